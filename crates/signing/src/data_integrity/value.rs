//! A proof's value: `z` and the signature in base58btc.

use super::{ProofError, Suite};
use crate::multikey::decode_base58btc;

/// The longest text of 96 bytes in base58btc, with some room.
const LONGEST: usize = 144;

/// A signature of at most 96 bytes.
#[derive(Clone, Copy)]
pub(super) struct Signature {
    bytes: [u8; 96],
    length: usize,
}

impl Signature {
    /// No signature, which fits nothing.
    pub(super) const NONE: Self = Self { bytes: [0; 96], length: 0 };

    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Reads a `proofValue`; its length must be one the suite's signatures have.
    pub(super) fn decode(suite: Suite, value: &str) -> Result<Self, ProofError> {
        let bad = |reason| ProofError::bad("proofValue", reason);
        let decoded = decode_base58btc(value, LONGEST).map_err(bad)?;
        let mut signature = Self { bytes: [0; 96], length: decoded.len() };
        match signature.bytes.get_mut(..decoded.len()) {
            Some(bytes) if suite.recipe().signature_lengths.contains(&decoded.len()) => {
                bytes.copy_from_slice(&decoded);
                Ok(signature)
            }
            _ => Err(bad("it does not have the length of a signature")),
        }
    }
}

/// Writes a `proofValue`.
pub(super) fn encode(signature: &[u8]) -> String {
    format!("z{}", bs58::encode(signature).into_string())
}
