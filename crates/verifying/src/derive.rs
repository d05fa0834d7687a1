//! Showing a part of a credential.

use accolade_signing::data_integrity::{ProofError, selective};
use serde_json::Value;

/// Why nothing can be derived from a credential.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct DeriveError(#[from] ProofError);

impl DeriveError {
    /// A stable name, such as `no_base_proof`, `bad_pointer` or `nothing_chosen`.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }
}

/// Makes of a credential with an `ecdsa-sd-2023` base proof the one that shows what the pointers choose and what its issuer
/// made mandatory ([VC API, derive](https://w3c-ccg.github.io/vc-api/#derive-credential)).
///
/// Pure arithmetic, bounded, up to a quarter of a second long: not for an event loop. The base proof is not verified.
///
/// # Errors
/// If there is not exactly one base proof, a pointer leads nowhere or cuts something apart, or nothing is chosen.
pub fn derive(credential: &Value, selective_pointers: &[String]) -> Result<Value, DeriveError> {
    Ok(selective::derive(credential, selective_pointers)?)
}
