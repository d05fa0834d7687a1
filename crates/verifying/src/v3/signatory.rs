//! Who must have signed a document, and what the proof must say beside.

use accolade_signing::data_integrity::Purpose;

use crate::case::Case;

/// Who must have signed a document, and what the proof must say beside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signatory<'a> {
    /// The issuer's or holder's id. `None` where a presentation names no holder: then whoever the proof names.
    pub(super) id: Option<&'a str>,
    /// What the proof must be for; the key must be listed for it.
    pub(super) purpose: Purpose,
    /// What the proof must answer.
    pub(super) challenge: Option<&'a str>,
    /// For whom the proof must be made; empty if for anybody.
    pub(super) domain: &'a [String],
    /// Whether the key may be somebody else's, which is then remarked upon.
    pub(super) may_be_another: bool,
}

impl<'a> Signatory<'a> {
    /// The issuer of a credential, of whose proof nothing else is expected.
    pub(super) fn issuer(id: &'a str) -> Self {
        Self {
            id: Some(id),
            purpose: Purpose::AssertionMethod,
            challenge: None,
            domain: &[],
            may_be_another: false,
        }
    }

    /// The issuer of the credential that was handed in.
    pub(super) fn issuer_in(case: &Case<'a>, id: &'a str) -> Self {
        let may_be_another = case.manner.is_proof_only();
        let (challenge, domain) = expected(case);
        // What a caller expects of a presentation it cannot expect of the credentials in it.
        match case.depth {
            0 if case.manner != crate::asked::Manner::Badge => {
                Self { challenge, domain, may_be_another, ..Self::issuer(id) }
            }
            _ => Self { may_be_another, ..Self::issuer(id) },
        }
    }

    /// The holder of a presentation.
    pub(super) fn holder_in(case: &Case<'a>, id: Option<&'a str>) -> Self {
        let (challenge, domain) = expected(case);
        Self {
            id,
            purpose: Purpose::Authentication,
            challenge,
            domain,
            may_be_another: case.manner.is_proof_only(),
        }
    }
}

fn expected<'a>(case: &Case<'a>) -> (Option<&'a str>, &'a [String]) {
    (case.expectations.challenge.as_deref(), &case.expectations.domain)
}
