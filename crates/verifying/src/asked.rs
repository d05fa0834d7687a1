//! What a caller of the W3C's VC API asks for.

use crate::examiner::Expectations;

/// What a caller of the W3C's VC API asks for
/// ([verify credential](https://w3c-ccg.github.io/vc-api/#verify-credential), its `options`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only the proof and the form of the document: status, schemas and other resources are not looked up, and a key that
    /// is not the issuer's, or a time that is over, is only remarked upon.
    pub proof_only: bool,
    /// The challenge the proof must answer, if one was sent; of a token its `nonce`.
    pub challenge: Option<String>,
    /// The domains the proof must be made for; empty if any will do. A token must name one of them in `aud`.
    pub domain: Vec<String>,
}

impl Asked {
    pub(crate) fn expectations(&self) -> Expectations {
        Expectations { recipient: None, challenge: self.challenge.clone(), domain: self.domain.clone() }
    }
}

/// By whose rules a submission is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As a badge, or what holds badges: every rule and every step.
    Badge,
    /// As any verifiable credential, by the rules of the data model.
    Credential {
        /// As [`Asked::proof_only`].
        proof_only: bool,
    },
    /// As any verifiable presentation, by the rules of the data model.
    Presentation {
        /// As [`Asked::proof_only`].
        proof_only: bool,
    },
}

impl Manner {
    /// Whether nothing is looked up but keys, and only proof and form are judged.
    pub(crate) fn is_proof_only(self) -> bool {
        matches!(self, Self::Credential { proof_only: true } | Self::Presentation { proof_only: true })
    }
}
