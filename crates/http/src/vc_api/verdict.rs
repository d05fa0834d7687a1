//! A report in the words of the VC API: `verified`, and problems by the W3C's types.

use std::borrow::Cow;

use accolade_issuing::Fault;
use accolade_verifying::{Check, CheckOutcome, Outcome, Report};
use actix_web::http::StatusCode;
use serde::Serialize;

macro_rules! vcdm {
    ($name:literal) => {
        concat!("https://www.w3.org/TR/vc-data-model#", $name)
    };
}
macro_rules! security {
    ($name:literal) => {
        concat!("https://w3id.org/security#", $name)
    };
}
macro_rules! status_list {
    ($name:literal) => {
        concat!("https://www.w3.org/ns/credentials/status-list#", $name)
    };
}

/// What came of an examination.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Verdict<'r> {
    verified: bool,
    /// The steps that passed.
    checks: Vec<&'r str>,
    /// What is unusual, and no reason to refuse it.
    warnings: Vec<ProblemDetails<'r>>,
    /// Why it is not verified.
    problem_details: Vec<ProblemDetails<'r>>,
    /// The credentials of a presentation, in their order there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    credential_results: Vec<Verdict<'r>>,
}

/// A problem ([VCDM 2.0, problem details](https://www.w3.org/TR/vc-data-model-2.0/#problem-details)).
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ProblemDetails<'r> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    detail: String,
    /// Our own name for the reason, as in the report of `/v1/verify`.
    code: Cow<'r, str>,
    /// The step of the examination, or the place in the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
}

impl<'r> Verdict<'r> {
    pub(super) fn of(report: &'r Report) -> Self {
        let with = |wanted: &'static [CheckOutcome]| {
            report.checks.iter().filter(move |check| wanted.contains(&check.outcome))
        };
        let refusals = with(&[CheckOutcome::Failed, CheckOutcome::Unknown]);
        Self {
            verified: report.outcome == Outcome::Valid,
            checks: with(&[CheckOutcome::Passed]).map(|check| check.id).collect(),
            warnings: with(&[CheckOutcome::Warning]).map(ProblemDetails::of).collect(),
            problem_details: refusals.map(ProblemDetails::of).collect(),
            credential_results: report.credentials.iter().map(Self::of).collect(),
        }
    }

    /// The verdict on a request that nothing could be made of.
    pub(super) fn of_faults(faults: Vec<Fault>) -> Verdict<'static> {
        let problem = |fault: Fault| ProblemDetails {
            kind: vcdm!("MALFORMED_VALUE_ERROR"),
            title: "The request is not as it must be",
            detail: fault.detail,
            code: fault.rule.into(),
            check: None,
            pointer: Some(fault.pointer),
        };
        Verdict {
            verified: false,
            checks: Vec::new(),
            warnings: Vec::new(),
            problem_details: faults.into_iter().map(problem).collect(),
            credential_results: Vec::new(),
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        if self.verified { StatusCode::OK } else { StatusCode::BAD_REQUEST }
    }
}

impl<'r> ProblemDetails<'r> {
    fn of(check: &'r Check) -> Self {
        let (kind, title) = kind_of(check);
        Self {
            kind,
            title,
            detail: check.detail.clone(),
            code: check.code.unwrap_or(check.id).into(),
            check: Some(check.id),
            pointer: None,
        }
    }
}

/// The W3C's type of a problem, and its title: by the reason where the W3C has a type for it, else by the step.
fn kind_of(check: &Check) -> (&'static str, &'static str) {
    match (check.code.unwrap_or_default(), check.id) {
        ("challenge_not_answered", _) => {
            (security!("INVALID_CHALLENGE_ERROR"), "The challenge is another one")
        }
        ("other_domain", _) => (security!("INVALID_DOMAIN_ERROR"), "The domain is another one"),
        ("STATUS_LIST_LENGTH_ERROR", _) => {
            (status_list!("STATUS_LIST_LENGTH_ERROR"), "The status list is too short")
        }
        ("RANGE_ERROR", _) => (vcdm!("RANGE_ERROR"), "A number is out of range"),
        (_, "fetch" | "parse" | "format") => (vcdm!("PARSING_ERROR"), "It cannot be read"),
        (_, "proof") => (security!("PROOF_VERIFICATION_ERROR"), "The proof does not hold"),
        (_, "other_proof" | "inner_proof" | "key" | "holder") => {
            (vcdm!("CRYPTOGRAPHIC_SECURITY_ERROR"), "A key or a proof is not as it must be")
        }
        (_, "validity") => (vcdm!("RANGE_ERROR"), "It is not valid at this time"),
        (_, "status") if check.outcome == CheckOutcome::Unknown => {
            (status_list!("STATUS_RETRIEVAL_ERROR"), "The status could not be looked up")
        }
        (_, "status") => (status_list!("STATUS_VERIFICATION_ERROR"), "The status speaks against it"),
        _ => (vcdm!("MALFORMED_VALUE_ERROR"), "It breaks a rule of the data model"),
    }
}
