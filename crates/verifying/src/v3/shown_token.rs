//! The token of a presentation.

use std::sync::Arc;

use accolade_core::Timestamp;
use accolade_signing::jws::{self, Header};
use accolade_signing::jwt::JwtError;
use accolade_signing::vp_jwt::{self, VpClaims};
use serde_json::Value;

use super::keys;
use super::proofs::ProofFindings;
use super::signatory::Signatory;
use super::token::worded;
use crate::case::LEEWAY_SECONDS;
use crate::library::Library;
use crate::report::Trouble;

/// A token that was found consistent, its signature not yet verified. Owned, so that it can go from thread to thread.
pub(super) struct ShownToken {
    text: Arc<str>,
    header: Header,
    pub(super) claims: VpClaims,
    pub(super) presentation: Arc<Value>,
}

impl ShownToken {
    pub(super) fn read(text: Arc<str>) -> Result<Self, JwtError> {
        let vp = vp_jwt::read(&text)?;
        // Whether each entry is of a form that may stand there.
        vp.credentials()?;
        let (header, claims) = (vp.header().clone(), vp.claims().clone());
        let presentation = Arc::new(vp.presentation().clone());
        Ok(Self { text, header, claims, presentation })
    }
}

/// Examines for whom and when the token was made, and its signature.
pub(super) async fn examine(
    library: &mut Library<'_>,
    now: Timestamp,
    signatory: Signatory<'_>,
    token: &ShownToken,
) -> ProofFindings {
    if let Err(trouble) = is_for(&token.claims, signatory).and_then(|()| timely(&token.claims, now)) {
        return ProofFindings::NoProof { key: String::new(), trouble };
    }
    let found = match keys::of_header(library, signatory, &token.header).await {
        Ok(found) => found,
        Err(trouble) => return ProofFindings::NoKey(trouble),
    };
    if let Err(trouble) = found.was_in_force(token.claims.iat.max(token.claims.nbf), now) {
        return ProofFindings::NoProof { key: found.words, trouble };
    }
    let (text, key) = (Arc::clone(&token.text), found.key.clone());
    match library.hands.compute(move || jws::parse(&text)?.verify(&key)).await {
        Err(trouble) => ProofFindings::NoProof { key: found.words, trouble },
        Ok(Ok(())) => ProofFindings::good(found),
        Ok(Err(error)) => ProofFindings::NoProof { key: found.words, trouble: worded(&error) },
    }
}

/// Whether it answers what the caller sent, and was made for the caller.
fn is_for(claims: &VpClaims, signatory: Signatory<'_>) -> Result<(), Trouble> {
    if signatory.challenge.is_some_and(|expected| claims.nonce.as_deref() != Some(expected)) {
        return Err(Trouble::flaw(
            "challenge_not_answered",
            "The presentation was not made in answer to this request, so it may be a copy of an older one.",
        ));
    }
    if !signatory.domain.is_empty() && !signatory.domain.iter().any(|expected| claims.aud.contains(expected))
    {
        return Err(Trouble::flaw("other_domain", "The presentation was made for somebody else."));
    }
    Ok(())
}

fn timely(claims: &VpClaims, now: Timestamp) -> Result<(), Trouble> {
    if claims.exp.is_some_and(|end| end < now) {
        return Err(Trouble::flaw(
            "proof_expired",
            "The presentation was made to count for a limited time, which is over.",
        ));
    }
    if claims.nbf.max(claims.iat).is_some_and(|start| start > now.plus_seconds(LEEWAY_SECONDS)) {
        return Err(Trouble::flaw(
            "proof_from_the_future",
            "The presentation says it was made at a time that is yet to come.",
        ));
    }
    Ok(())
}
