//! The signature of a VC-JWT.

use std::sync::Arc;

use accolade_core::Timestamp;
use accolade_signing::jws::{self, Header};
use accolade_signing::jwt::{Claims, JwtError};
use accolade_signing::vc_jwt;
use serde_json::Value;

use super::keys;
use super::proofs::ProofFindings;
use crate::library::Library;
use crate::report::Trouble;

/// A token that was found consistent, its signature not yet verified. Owned, so that it can go from thread to thread.
pub(super) struct Token {
    text: Arc<str>,
    header: Header,
    pub(super) claims: Claims,
    pub(super) credential: Arc<Value>,
}

impl Token {
    pub(super) fn read(text: Arc<str>) -> Result<Self, JwtError> {
        let vc = vc_jwt::read(&text)?;
        let (header, claims) = (vc.header().clone(), vc.claims().clone());
        let credential = Arc::new(vc.credential().clone());
        Ok(Self { text, header, claims, credential })
    }
}

/// Examines the signature of a token that was already found consistent. The header only selects among the keys of the
/// issuer; a key it brings along counts for nothing by itself.
pub(super) async fn examine(
    library: &mut Library<'_>,
    now: Timestamp,
    issuer: &str,
    token: &Token,
) -> ProofFindings {
    let found = match keys::of_header(library, issuer, &token.header).await {
        Ok(found) => found,
        Err(trouble) => return ProofFindings::NoKey(trouble),
    };
    let key = found.words.clone();
    // The token's own times are its signer's word, so they say nothing about a key that was revoked since.
    if let Err(trouble) = found.was_in_force(token.claims.nbf.or(token.claims.iat), now) {
        return ProofFindings::NoProof { key, trouble };
    }
    let text = Arc::clone(&token.text);
    match library.hands.compute(move || jws::parse(&text)?.verify(&found.key)).await {
        Err(trouble) => ProofFindings::NoProof { key, trouble },
        Ok(Ok(())) => ProofFindings::Good { key, others: Vec::new() },
        Ok(Err(error)) => {
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
