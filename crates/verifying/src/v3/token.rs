//! The signature of a VC-JWT.

use accolade_core::Timestamp;
use accolade_signing::vc_jwt::VcJwt;

use super::keys;
use super::proofs::ProofFindings;
use crate::library::Library;
use crate::report::Trouble;

/// Examines the signature of a token that was already found consistent. The header only selects among the keys of the
/// issuer; a key it brings along counts for nothing by itself.
pub(super) async fn examine(
    library: &mut Library<'_>,
    now: Timestamp,
    issuer: &str,
    vc: &VcJwt<'_>,
) -> ProofFindings {
    let found = match keys::of_header(library, issuer, vc.header()).await {
        Ok(found) => found,
        Err(trouble) => return ProofFindings::NoKey(trouble),
    };
    let key = found.words.clone();
    // The token's own times are its signer's word, so they say nothing about a key that was revoked since.
    if let Err(trouble) = found.was_in_force(Some(vc.claims().nbf), now) {
        return ProofFindings::NoProof { key, trouble };
    }
    match vc.verify(&found.key) {
        Ok(()) => ProofFindings::Good { key, others: Vec::new() },
        Err(error) => {
            let detail = match error.code() {
                "bad_signature" => {
                    "The signature does not fit: the token was changed after it was signed.".to_owned()
                }
                _ => format!("The signature is not usable: {error}."),
            };
            ProofFindings::NoProof { key, trouble: Trouble::flaw(error.code(), detail) }
        }
    }
}
