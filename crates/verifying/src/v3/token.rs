//! The signature of a VC-JWT.

use std::sync::Arc;

use accolade_core::Timestamp;
use accolade_signing::jws::{self, Header, JwsError};
use accolade_signing::jwt::{Claims, JwtError};
use accolade_signing::vc_jwt;
use serde_json::Value;

use super::keys;
use super::older;
use super::proofs::ProofFindings;
use super::signatory::Signatory;
use super::validity::Life;
use crate::library::{Library, shown};
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

    /// The credential in the words of VCDM 2.0, to be judged.
    pub(super) fn words(&self) -> Arc<Value> {
        older::in_words_of_v2(&self.credential)
    }

    /// The time of the signature.
    pub(super) fn life(&self) -> Life {
        Life { begins: self.claims.nbf, ends: self.claims.exp }
    }

    /// When it says it was signed: `nbf` repeats the credential's own start, which may be earlier.
    fn signed(&self) -> Option<Timestamp> {
        self.claims.iat.max(self.claims.nbf)
    }
}

/// Examines the signature of a token that was already found consistent. The header only selects among the keys of the
/// issuer; a key it brings along counts for nothing by itself.
pub(super) async fn examine(
    library: &mut Library<'_>,
    now: Timestamp,
    signatory: Signatory<'_>,
    token: &Token,
) -> ProofFindings {
    if signatory.challenge.is_some() || !signatory.domain.is_empty() {
        return ProofFindings::NoProof { key: String::new(), trouble: no_answer() };
    }
    let found = match keys::of_header(library, signatory, &token.header).await {
        Ok(found) => found,
        Err(trouble) => return ProofFindings::NoKey(trouble),
    };
    let key = found.words.clone();
    // The token's own times are its signer's word, so they say nothing about a key that was revoked since.
    if let Err(trouble) = found.was_in_force(token.signed(), now) {
        return ProofFindings::NoProof { key, trouble };
    }
    let (text, public) = (Arc::clone(&token.text), found.key.clone());
    match library.hands.compute(move || jws::parse(&text)?.verify(&public)).await {
        Err(trouble) => ProofFindings::NoProof { key, trouble },
        Ok(Ok(())) => ProofFindings::good(found),
        Ok(Err(error)) => ProofFindings::NoProof { key, trouble: worded(&error) },
    }
}

/// The token of a credential answers nobody in particular.
fn no_answer() -> Trouble {
    Trouble::flaw(
        "challenge_not_answered",
        "A credential as a token is made for nobody in particular, so it cannot be an answer to this request.",
    )
}

/// Why the signature of a token does not hold.
pub(super) fn worded(error: &JwsError) -> Trouble {
    let detail = match error.code() {
        "bad_signature" => {
            "The signature does not fit: the token was changed after it was signed.".to_owned()
        }
        _ => format!("The signature cannot be used: {}.", shown(&error.to_string())),
    };
    Trouble::flaw(error.code(), detail)
}
