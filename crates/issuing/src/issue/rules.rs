//! What a credential must be before it is signed: what our own examiner would take, and what JSON-LD does not lose.

use accolade_core::check::{self, Finding};
use accolade_linked_data::{Options, canonical_hash, contexts};
use accolade_signing::data_integrity::Proof;
use serde_json::{Map, Value};

use super::order::IssueOrder;
use super::{IssueSuite, keywords, reserved};
use crate::office::Desk;
use crate::orders::sound_throughout;
use crate::{Fault, OfficeError};

/// Whoever mends so many asks again; and each is compared with all others.
const MOST_FAULTS: usize = 100;
/// A credential has two or three contexts.
const MOST_CONTEXTS: usize = 32;
/// A set of proofs is two or three.
const MOST_PROOFS: usize = 8;
/// What verifiers of badges take by their own rules.
const BADGE_TYPES: [&str; 4] =
    ["AchievementCredential", "OpenBadgeCredential", "EndorsementCredential", "ClrCredential"];

/// A credential apart from the proofs it has already.
pub(super) struct Draft {
    /// Without `proof`.
    pub(super) document: Value,
    /// The proofs that are kept beside the new one.
    pub(super) proofs: Vec<Value>,
}

/// Takes the credential of an order, or tells everything that is wrong with it.
pub(super) fn draft(desk: &Desk, order: &IssueOrder, suite: IssueSuite) -> Result<Draft, OfficeError> {
    let mut faults = Vec::new();
    let mut members = order.credential.clone();
    let proofs = proofs(members.remove("proof"), suite, &mut faults);
    if suite != IssueSuite::EcdsaSd2023 && !order.mandatory_pointers.is_empty() {
        faults.push(Fault::new(
            "/options/mandatoryPointers",
            "suite",
            format!("only ecdsa-sd-2023 lets a holder show parts, and this is {suite}"),
        ));
    }
    known_contexts(&members, &mut faults);
    let document = Value::Object(members);
    keywords::refuse(&document, &mut faults);
    sound_throughout(&document, "", &mut faults);
    faults.extend(broken_rules(&document));
    faults.extend(reserved::faults(desk, &document));
    if faults.is_empty() {
        // The JCS suites and tokens would sign a member that means nothing; nobody is to be misled by one.
        if let Err(error) = canonical_hash(&document, &Options::default()) {
            faults.push(Fault::new(error.pointer().unwrap_or_default(), error.code(), error.to_string()));
        }
    }
    if faults.is_empty() { Ok(Draft { document, proofs }) } else { Err(rejected(faults)) }
}

/// Faults with pointers into the request, each place and rule once.
pub(super) fn rejected(faults: Vec<Fault>) -> OfficeError {
    let mut told: Vec<Fault> = Vec::new();
    for mut fault in faults.into_iter().take(MOST_FAULTS) {
        if !fault.pointer.starts_with("/options/") {
            fault.pointer = format!("/credential{}", fault.pointer);
        }
        if !told.iter().any(|other| other.pointer == fault.pointer && other.rule == fault.rule) {
            told.push(fault);
        }
    }
    OfficeError::Rejected(told)
}

/// The data model's own rules; a badge is held to those of badges as well, since a verifier of badges will be.
fn broken_rules(document: &Value) -> Vec<Fault> {
    let is = |name: &str| texts(document.get("type")).any(|kind| kind == name);
    let mut findings = check::vc::credential(document);
    if !is("VerifiableCredential") {
        return vec![Fault::new("/type", "vc.type", "a credential is of type VerifiableCredential")]
            .into_iter()
            .chain(faults_of(findings))
            .collect();
    }
    if is("AchievementCredential") || is("OpenBadgeCredential") {
        findings.extend(check::credential(document));
    }
    if is("EndorsementCredential") {
        findings.extend(check::endorsement(document));
    }
    faults_of(findings).collect()
}

fn faults_of(findings: Vec<Finding>) -> impl Iterator<Item = Fault> {
    findings
        .into_iter()
        .filter(Finding::is_error)
        .map(|finding| Fault::new(finding.pointer, finding.rule, finding.detail))
}

/// The proofs that stand there already. They are kept, as a set: each says its own thing by its own key.
fn proofs(member: Option<Value>, suite: IssueSuite, faults: &mut Vec<Fault>) -> Vec<Value> {
    let proofs = match member {
        None => return Vec::new(),
        Some(Value::Array(proofs)) => proofs,
        Some(proof) => vec![proof],
    };
    if suite == IssueSuite::Jwt {
        let detail = "a token proves the whole credential: leave `proof` out";
        faults.push(Fault::new("/proof", "proof", detail));
    }
    if proofs.is_empty() || proofs.len() > MOST_PROOFS {
        let detail =
            format!("leave `proof` out, or give 1 to {MOST_PROOFS} proofs to be kept beside the new one");
        faults.push(Fault::new("/proof", "proof", detail));
    }
    for (index, proof) in proofs.iter().enumerate().take(MOST_PROOFS) {
        if let Err(error) = Proof::read(proof) {
            faults.push(Fault::new(format!("/proof/{index}"), error.code(), error.to_string()));
        }
    }
    proofs
}

/// Contexts are known ones, by their URL, the data model's first: whatever verifiers would have to fetch, or to take from
/// the credential itself, could change what was signed.
fn known_contexts(members: &Map<String, Value>, faults: &mut Vec<Fault>) {
    let listed = match members.get("@context") {
        Some(Value::Array(listed)) => listed.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    if listed.len() > MOST_CONTEXTS {
        let detail = format!("at most {MOST_CONTEXTS} contexts are taken");
        faults.push(Fault::new("/@context", "too_many", detail));
        return;
    }
    if listed.first().and_then(Value::as_str) != Some(contexts::CREDENTIALS_V2) {
        let detail = format!("the first context is {:?}", contexts::CREDENTIALS_V2);
        faults.push(Fault::new("/@context", "context_order", detail));
    }
    let is_badge = texts(members.get("type")).any(|kind| BADGE_TYPES.contains(&kind));
    for (index, context) in listed.iter().enumerate() {
        let at = || format!("/@context/{index}");
        match context.as_str() {
            None => faults.push(Fault::new(
                at(),
                "context_not_allowed",
                "definitions inside a credential are not signed here; name a context by its URL",
            )),
            Some(url) if !contexts::is_known(url) => faults.push(Fault::new(
                at(),
                "context_not_allowed",
                format!("{url:?} is not one of the contexts built in here, and none is fetched"),
            )),
            Some(url) if is_badge && contexts::GIVES_ANYTHING_A_MEANING.contains(&url) => faults.push(Fault::new(
                at(),
                "context_not_allowed",
                "a badge says only what its own vocabularies define, and this context gives any word a meaning",
            )),
            Some(_) if listed.iter().take(index).any(|earlier| earlier == context) => {
                faults.push(Fault::new(at(), "context_order", "this context stands there twice"));
            }
            Some(_) => {}
        }
    }
}

/// The texts of a member that holds one or a list of them.
pub(super) fn texts(member: Option<&Value>) -> impl Iterator<Item = &str> {
    let many = member.and_then(Value::as_array).into_iter().flatten();
    many.chain(member.filter(|value| value.is_string())).filter_map(Value::as_str)
}
