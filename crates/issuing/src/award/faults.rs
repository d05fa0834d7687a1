//! Turns what is wrong with a drafted credential into faults of the request it was drafted from.

use accolade_core::check::{Finding, Severity};
use accolade_signing::data_integrity::ProofError;

use crate::orders::{CREDENTIAL_MEMBERS, SUBJECT_MEMBERS};
use crate::{Fault, OfficeError};

/// The findings that forbid signing, with pointers into the order.
pub(super) fn of_findings(findings: Vec<Finding>) -> Vec<Fault> {
    findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| in_the_order(&finding.pointer, finding.rule, finding.detail))
        .collect()
}

/// What JSON-LD refused is the request's fault; everything else is ours.
pub(super) fn of_proof(error: ProofError) -> OfficeError {
    match error {
        ProofError::LinkedData { part: "document", error } => {
            let pointer = error.pointer().unwrap_or_default().to_owned();
            OfficeError::Rejected(vec![in_the_order(&pointer, error.code(), error.to_string())])
        }
        other => OfficeError::signing(other),
    }
}

/// A fault of JSON-LD processing outside of signing.
pub(super) fn of_linked_data(error: &accolade_linked_data::Error) -> OfficeError {
    let pointer = error.pointer().unwrap_or_default();
    OfficeError::Rejected(vec![in_the_order(pointer, error.code(), error.to_string())])
}

/// A pointer into the credential becomes one into the order, where the order is to blame; otherwise the detail says
/// which part of the credential it is, and the pointer is that of the whole order.
fn in_the_order(pointer: &str, rule: &str, detail: String) -> Fault {
    let (first, rest) = split(pointer);
    let at_root =
        ["validFrom", "validUntil", "awardedDate"].contains(&first) || CREDENTIAL_MEMBERS.contains(&first);
    if at_root {
        return Fault::new(pointer, rule, detail);
    }
    if first == "credentialSubject" {
        let (member, _) = split(rest);
        if SUBJECT_MEMBERS.contains(&member) {
            return Fault::new(rest, rule, detail);
        }
        if ["id", "identifier"].contains(&member) {
            return Fault::new("/recipient", rule, detail);
        }
    }
    Fault::new("", rule, format!("in the credential at {pointer}: {detail}"))
}

/// `/a/b/c` into `a` and `/b/c`.
fn split(pointer: &str) -> (&str, &str) {
    let pointer = pointer.strip_prefix('/').unwrap_or(pointer);
    match pointer.find('/') {
        Some(slash) => pointer.split_at(slash),
        None => (pointer, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lead_into_the_order_where_the_order_is_to_blame() {
        for (in_credential, in_order) in [
            ("/validUntil", "/validUntil"),
            ("/evidence/0/id", "/evidence/0/id"),
            ("/credentialSubject/result/1/value", "/result/1/value"),
            ("/credentialSubject/narrative", "/narrative"),
            ("/credentialSubject/id", "/recipient"),
            ("/credentialSubject/identifier/0/identityHash", "/recipient"),
            ("/credentialSubject/achievement/name", ""),
            ("/issuer/url", ""),
            ("", ""),
        ] {
            assert_eq!(in_the_order(in_credential, "r", "d".into()).pointer, in_order, "{in_credential}");
        }
    }
}
