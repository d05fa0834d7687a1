//! A proof's value: `z` and the signature in base58btc.

use super::{ProofError, Suite};
use crate::base58::{self, NotBase58};

/// The longest text of 96 bytes in base58btc, with some room. Base58 takes quadratic time, hence a limit.
const LONGEST: usize = 144;
/// The longest signature.
const MOST: usize = 96;

/// A signature of at most 96 bytes.
#[derive(Clone, Copy)]
pub(super) struct Signature {
    /// It stands at the end.
    bytes: [u8; MOST],
    length: usize,
}

impl Signature {
    /// No signature, which fits nothing.
    pub(super) const NONE: Self = Self { bytes: [0; MOST], length: 0 };

    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(MOST - self.length..).unwrap_or_default()
    }

    /// Reads a `proofValue`; its length must be one the suite's signatures have.
    pub(super) fn decode(suite: Suite, value: &str) -> Result<Self, ProofError> {
        let bad = |reason| Err(ProofError::bad("proofValue", reason));
        let Some(text) = value.strip_prefix('z') else {
            return bad("it does not start with `z` (base58btc)");
        };
        if text.len() > LONGEST {
            return bad("it is too long");
        }
        let mut bytes = [0; MOST];
        match base58::decode(text, &mut bytes) {
            Ok(length) if suite.recipe().signature_lengths.contains(&length) => Ok(Self { bytes, length }),
            Ok(_) | Err(NotBase58::Length) => bad("it does not have the length of a signature"),
            Err(NotBase58::Digit) => bad("it holds characters that base58btc does not have"),
        }
    }
}

/// Writes a `proofValue`.
pub(super) fn encode(signature: &[u8]) -> String {
    base58::encode("z", signature)
}
