//! What is said of an achievement beyond Open Badges: the record of a micro-credential, and the requirements that earn it.
//! Both are kept in the stored document under names of ours; what is signed and published has the record written into it.

use accolade_core::achievement::Achievement;
use accolade_core::class::Class;
use accolade_core::form;
use accolade_core::{MicroCredential, Requirements, micro_credential};
use serde_json::{Map, Value, json};

use crate::orders::{shape, sound_throughout};
use crate::{Fault, OfficeError};

/// The record of a micro-credential.
pub(crate) const MICRO_CREDENTIAL: &str = "microCredential";
/// What earns it.
pub(crate) const REQUIREMENTS: &str = "requirements";
/// Who says that it is earned: nobody (`automatic`), or a coordinator.
pub(crate) const APPROVAL: &str = "approval";
/// All of these.
const OURS: [&str; 3] = [MICRO_CREDENTIAL, REQUIREMENTS, APPROVAL];
/// Whether an approval is wanted, by its name in requests.
const APPROVALS: [(&str, bool); 2] = [("automatic", false), ("coordinator", true)];

impl From<form::Fault> for Fault {
    fn from(fault: form::Fault) -> Fault {
        Fault::new(fault.pointer, fault.rule, fault.detail)
    }
}

fn rejected(faults: Vec<form::Fault>) -> OfficeError {
    OfficeError::Rejected(faults.into_iter().map(Fault::from).collect())
}

/// Whether a request for an achievement may have a member of that name.
pub(super) fn is_known(name: &str) -> bool {
    shape::ACHIEVEMENT.knows(name) || OURS.contains(&name)
}

/// Takes these members out of those of a request or of a stored document.
pub(super) fn apart(members: &mut Map<String, Value>) -> Map<String, Value> {
    OURS.into_iter().filter_map(|name| members.remove_entry(name)).collect()
}

/// They as they are kept: read strictly, with what was left out filled in.
pub(super) fn read(ours: &Map<String, Value>) -> Result<Map<String, Value>, OfficeError> {
    let mut faults = Vec::new();
    sound_throughout(&Value::Object(ours.clone()), "", &mut faults);
    let pointer = |name: &str| format!("/{name}");
    let mut kept = Map::new();
    let mut competency = Vec::new();
    if let Some(record) = ours.get(MICRO_CREDENTIAL) {
        match MicroCredential::parse(record, &pointer(MICRO_CREDENTIAL)) {
            Ok(record) => {
                competency = record.competency_codes();
                kept.insert(MICRO_CREDENTIAL.to_owned(), record.to_value());
            }
            Err(found) => faults.extend(found.into_iter().map(Fault::from)),
        }
    }
    if let Some(tree) = ours.get(REQUIREMENTS) {
        match Requirements::parse(tree, &pointer(REQUIREMENTS), &competency) {
            Ok(tree) => drop(kept.insert(REQUIREMENTS.to_owned(), tree.to_value())),
            Err(found) => faults.extend(found.into_iter().map(Fault::from)),
        }
    }
    if let Some(approval) = ours.get(APPROVAL) {
        let is_known =
            approval.as_str().is_some_and(|word| APPROVALS.iter().any(|(known, _)| *known == word));
        if !is_known {
            let detail = "this is one of \"automatic\", \"coordinator\"";
            faults.push(Fault::new(pointer(APPROVAL), "choice", detail));
        } else if ours.contains_key(REQUIREMENTS) {
            kept.insert(APPROVAL.to_owned(), approval.clone());
        } else {
            let detail = "there are no `requirements` that could be approved";
            faults.push(Fault::new(pointer(APPROVAL), "contradiction", detail));
        }
    }
    // A text can be met twice: on the walk over everything, and where it is read. One fault is enough.
    faults.sort_by(|a, b| (&a.pointer, &a.rule).cmp(&(&b.pointer, &b.rule)));
    faults.dedup_by(|a, b| (&a.pointer, &a.rule) == (&b.pointer, &b.rule));
    if faults.is_empty() { Ok(kept) } else { Err(OfficeError::Rejected(faults)) }
}

/// The record of a stored document, where it has one.
pub(crate) fn micro_credential(stored: &Value) -> Result<Option<MicroCredential>, OfficeError> {
    let record = stored.get(MICRO_CREDENTIAL);
    record.map(|record| MicroCredential::parse(record, "")).transpose().map_err(corrupt)
}

/// The requirements of a stored document, where it has any.
pub(crate) fn requirements(stored: &Value) -> Result<Option<Requirements>, OfficeError> {
    let competency = micro_credential(stored)?.map(|record| record.competency_codes()).unwrap_or_default();
    let tree = stored.get(REQUIREMENTS);
    tree.map(|tree| Requirements::parse(tree, "", &competency)).transpose().map_err(corrupt)
}

/// Whether a coordinator approves each award that requirements earn.
pub(crate) fn needs_approval(stored: &Value) -> bool {
    let word = stored.get(APPROVAL).and_then(Value::as_str);
    APPROVALS.iter().any(|(known, needed)| *needed && Some(*known) == word)
}

fn corrupt(faults: Vec<form::Fault>) -> OfficeError {
    let told: Vec<String> =
        faults.into_iter().map(|fault| format!("{}: {}", fault.pointer, fault.detail)).collect();
    OfficeError::corrupt(told.join("; "))
}

/// A stored document as Open Badges have it: without the requirements, but with the results that they give; and with the
/// record written into it.
pub(crate) fn described(mut document: Value) -> Result<Value, OfficeError> {
    let (record, tree) = (micro_credential(&document)?, requirements(&document)?);
    if let Some(members) = document.as_object_mut() {
        apart(members);
    }
    if record.is_none() && tree.is_none() {
        return Ok(document);
    }
    let mut achievement = Achievement::from_value(document)
        .map_err(|error| OfficeError::rejected("", "ob3.achievement", error.to_string()))?;
    if let Some(record) = record {
        record.describe(&mut achievement).map_err(rejected)?;
    }
    if let Some(tree) = tree {
        tree.describe(&mut achievement);
    }
    Ok(achievement.to_value())
}

/// The contexts of a document with that Achievement in it: the standard's, and ours where it has members of ours.
pub(crate) fn contexts_of(achievement: &Value) -> Value {
    let mut contexts = accolade_core::OB_CONTEXTS.map(Value::from).to_vec();
    if micro_credential::TERMS.iter().any(|term| achievement.get(term.name).is_some()) {
        contexts.push(Value::Object(micro_credential::inline_context()));
    }
    json!(contexts)
}
