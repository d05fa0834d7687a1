//! Randomness as an argument, and the random identifiers made of it.

/// A source of unpredictable bytes; the system's in the program, a counted one in tests.
pub trait Entropy: Send + Sync {
    /// Fills the whole buffer with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// A random (version 4) UUID in its usual text form, lower-case with hyphens
/// ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562.html#section-5.4)).
pub fn random_uuid(entropy: &dyn Entropy) -> String {
    let mut bytes = [0_u8; 16];
    entropy.fill(&mut bytes);
    let bits = u128::from_be_bytes(bytes);
    let version_4 = (bits & !(0xf << 76)) | (0x4 << 76);
    let marked = (version_4 & !(0b11 << 62)) | (0b10 << 62);
    let hex = format!("{marked:032x}");
    let mut text = String::with_capacity(36);
    for (place, digit) in hex.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

/// So many random bytes as lower-case hexadecimal digits, for salts and secrets.
pub fn random_hex(entropy: &dyn Entropy, bytes: usize) -> String {
    let mut buffer = vec![0_u8; bytes];
    entropy.fill(&mut buffer);
    crate::identity::hex(&buffer)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Same(u8);

    impl Entropy for Same {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    #[test]
    fn a_uuid_states_version_and_variant_whatever_the_bytes() {
        assert_eq!(random_uuid(&Same(0x00)), "00000000-0000-4000-8000-000000000000");
        assert_eq!(random_uuid(&Same(0xff)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn hexadecimal_text_has_two_digits_for_each_byte() {
        assert_eq!(random_hex(&Same(0x0a), 3), "0a0a0a");
    }
}
