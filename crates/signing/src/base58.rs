//! Base58btc of signatures ([draft-msporny-base58](https://datatracker.ietf.org/doc/html/draft-msporny-base58-03)), for texts and
//! bytes whose length is known beforehand.
//!
//! Digits are handled five at a time, as one of base 58^5, which a division by a constant takes out of 32 bits; `bs58`, which
//! takes one digit at a time, needs 4.5 µs for a signature, which is a third of what signing costs.

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// What each byte counts as a digit; 255 for those that are none.
const DIGITS: [u8; 256] = {
    let mut digits = [255; 256];
    let mut rest: &[u8] = ALPHABET;
    let mut digit = 0;
    while let [byte, tail @ ..] = rest {
        put(&mut digits, *byte, digit);
        digit += 1;
        rest = tail;
    }
    digits
};
/// 58^5, below 2^30.
const GROUP: u64 = 656_356_768;
/// The most groups that 64 bits more can need more.
const GROUPS_OF_A_PAIR: usize = 3;
/// The most 32-bit limbs: 96 bytes.
const LIMBS: usize = 24;
/// The most groups: what 96 bytes can need.
const GROUPS: usize = 27;

#[expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a byte always has its place among 256; const code has no From"
)]
const fn put(digits: &mut [u8; 256], byte: u8, digit: u8) {
    digits[byte as usize] = digit;
}

/// Writes the bytes, of which there are at most 96 and a multiple of eight, behind `before`.
pub(crate) fn encode(before: &str, bytes: &[u8]) -> String {
    let (pairs, _) = bytes.as_chunks::<8>();
    debug_assert!(bytes.len() <= 4 * LIMBS && bytes.len().is_multiple_of(8));
    // Least significant first.
    let mut groups = [0_u32; GROUPS];
    let mut used = 0;
    for pair in pairs {
        // Two limbs in one pass: the second follows the first by one group, and the processor does both at once.
        let pair = u64::from_be_bytes(*pair);
        let (mut first, mut second) = (pair >> 32, pair & 0xffff_ffff);
        used += GROUPS_OF_A_PAIR;
        for group in groups.iter_mut().take(used) {
            let value = (u64::from(*group) << 32) + first;
            first = value / GROUP;
            let value = ((value - first * GROUP) << 32) + second;
            second = value / GROUP;
            *group = low(value - second * GROUP);
        }
        while groups.get(used.saturating_sub(1)).is_none_or(|group| *group == 0) && used > 0 {
            used -= 1;
        }
    }
    let mut text = [b'1'; 5 * GROUPS];
    for (digits, group) in text.as_rchunks_mut::<5>().1.iter_mut().rev().zip(groups) {
        let mut rest = group;
        for digit in digits.iter_mut().rev() {
            *digit = u8::try_from(rest % 58)
                .ok()
                .and_then(|at| ALPHABET.get(usize::from(at)))
                .copied()
                .unwrap_or(b'1');
            rest /= 58;
        }
    }
    // Leading zero bytes are written as so many `1`, and there are no other leading ones.
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let ones = text.iter().take_while(|digit| **digit == b'1').count();
    let text = text.get(ones.saturating_sub(zeros)..).unwrap_or_default();
    let mut out = String::with_capacity(before.len() + text.len());
    out.push_str(before);
    out.push_str(str::from_utf8(text).unwrap_or_default());
    out
}

/// Why a text is not the base58btc of so many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotBase58 {
    Digit,
    Length,
}

/// Reads a text into the buffer of at most 96 bytes and a multiple of four, from its end. Says how many bytes the text
/// stands for: these are the last ones of the buffer, all before them is zero.
pub(crate) fn decode(text: &str, buffer: &mut [u8]) -> Result<usize, NotBase58> {
    debug_assert!(buffer.len() <= 4 * LIMBS && buffer.len().is_multiple_of(4));
    let mut limbs = [0_u32; LIMBS];
    let room = buffer.len() / 4;
    // Least significant first; so many are in use.
    let mut used = 0;
    let (head, groups) = text.as_bytes().as_rchunks::<5>();
    let groups = std::iter::once(head).chain(groups.iter().map(<[u8; 5]>::as_slice));
    for group in groups {
        let (mut value, mut weight) = (0_u64, 1_u64);
        for byte in group {
            let digit = DIGITS
                .get(usize::from(*byte))
                .copied()
                .filter(|digit| *digit < 58)
                .ok_or(NotBase58::Digit)?;
            value = value * 58 + u64::from(digit);
            weight *= 58;
        }
        let mut carry = value;
        for limb in limbs.iter_mut().take(used) {
            let value = u64::from(*limb) * weight + carry;
            *limb = low(value & 0xffff_ffff);
            carry = value >> 32;
        }
        if carry > 0 {
            let limb = limbs.iter_mut().take(room).nth(used).ok_or(NotBase58::Length)?;
            *limb = low(carry);
            used += 1;
        }
    }
    let (chunks, _) = buffer.as_chunks_mut::<4>();
    chunks.iter_mut().rev().zip(limbs).for_each(|(chunk, limb)| *chunk = limb.to_be_bytes());
    let zeros = text.bytes().take_while(|digit| *digit == b'1').count();
    let significant = buffer.len() - buffer.iter().take_while(|byte| **byte == 0).count();
    match zeros + significant {
        length if length <= buffer.len() => Ok(length),
        _ => Err(NotBase58::Length),
    }
}

/// Of a number below 2^32.
fn low(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn signatures_are_written_and_read_as_others_do(
            mut bytes in prop_oneof![prop::collection::vec(any::<u8>(), 64), prop::collection::vec(any::<u8>(), 96)],
            zeros in 0_usize..96,
        ) {
            let zeros = if zeros < 64 { 0 } else { zeros % bytes.len() };
            bytes.iter_mut().take(zeros).for_each(|byte| *byte = 0);
            let text = encode("", &bytes);
            prop_assert_eq!(&text, &bs58::encode(&bytes).into_string());
            let mut read = vec![7; bytes.len()];
            prop_assert_eq!(decode(&text, &mut read), Ok(bytes.len()));
            prop_assert_eq!(&read, &bytes);
        }

        #[test]
        fn any_text_is_read_as_others_do(text in prop_oneof!["[1-9A-HJ-NP-Za-km-z]{0,140}", "1{0,64}[2-9A-H]{0,90}", "[0-9a-zA-Z]{0,20}", ".{0,8}"]) {
            let mut buffer = [7; 64];
            match (decode(&text, &mut buffer), bs58::decode(&text).into_vec()) {
                (Ok(length), Ok(bytes)) => prop_assert_eq!(&buffer[64 - length..], &bytes[..]),
                (Err(NotBase58::Length), Ok(bytes)) => prop_assert!(bytes.len() > 64),
                (Err(_), Err(_)) => {}
                (ours, theirs) => prop_assert!(false, "{ours:?} {theirs:?}"),
            }
        }
    }
}
