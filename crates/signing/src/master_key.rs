//! The master key: the one secret that opens all the others.

use std::fmt;

use accolade_core::Entropy;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The 256-bit key under which signing keys are sealed and from which other secrets are derived.
///
/// It lives in a file of its own, never in the database; without it a copy of the database holds no usable key.
pub struct MasterKey(Zeroizing<[u8; 32]>);

/// The text is no master key; it is never repeated in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 64 hexadecimal digits, and not all zeros")]
pub struct MasterKeyError;

impl MasterKey {
    /// Takes the 32 bytes as they are.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Makes a new master key.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut());
        Self(bytes)
    }

    /// Reads a master key file: 64 hexadecimal digits of either case, white space around them allowed.
    pub fn parse(text: &str) -> Result<Self, MasterKeyError> {
        let digits = text.trim();
        if digits.len() != 64 || !digits.is_ascii() {
            return Err(MasterKeyError);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks(2)) {
            *byte = pair.iter().try_fold(0, |high, digit| hex_value(*digit).map(|low| high << 4 | low))?;
        }
        // An all-zero file is one that was made and never written.
        if bytes.iter().all(|byte| *byte == 0) { Err(MasterKeyError) } else { Ok(Self(bytes)) }
    }

    /// The text [`MasterKey::parse`] reads, with a final line feed. For the key's own file (mode 0600) only.
    pub fn to_file_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(65));
        for nibble in self.0.iter().flat_map(|byte| [byte >> 4, byte & 0xf]) {
            text.extend(char::from_digit(nibble.into(), 16));
        }
        text.push('\n');
        text
    }

    /// A key for one use, told by `label`; keys of different labels tell nothing of each other or of the master key
    /// (HMAC-SHA256 as an expander, [RFC 5869](https://www.rfc-editor.org/rfc/rfc5869.html#section-2.3)).
    pub fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        // HMAC takes keys of every length, so the branch without one is never walked.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_slice()) {
            mac.update(label.as_bytes());
            mac.update(&[1]);
            bytes.copy_from_slice(&mac.finalize().into_bytes());
        }
        bytes
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey([REDACTED])")
    }
}

fn hex_value(digit: u8) -> Result<u8, MasterKeyError> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok()).ok_or(MasterKeyError)
}
