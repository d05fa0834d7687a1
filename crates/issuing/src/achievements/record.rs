//! What is said of an achievement beyond Open Badges: the record of a micro-credential, and the requirements that earn it.
//! Both are kept in the stored document under names of ours; what is signed and published has the record written into it.

use accolade_core::achievement::Achievement;
use accolade_core::class::Class;
use accolade_core::form;
use accolade_core::{MicroCredential, Requirements, micro_credential};
use serde_json::{Map, Value, json};

use crate::orders::sound_throughout;
use crate::{Fault, OfficeError};

/// The record of a micro-credential.
pub(crate) const MICRO_CREDENTIAL: &str = "microCredential";
/// What earns it.
pub(crate) const REQUIREMENTS: &str = "requirements";

impl From<form::Fault> for Fault {
    fn from(fault: form::Fault) -> Fault {
        Fault::new(fault.pointer, fault.rule, fault.detail)
    }
}

fn rejected(faults: Vec<form::Fault>) -> OfficeError {
    OfficeError::Rejected(faults.into_iter().map(Fault::from).collect())
}

/// Takes the two members out of those of a request or of a stored document.
pub(super) fn apart(members: &mut Map<String, Value>) -> Map<String, Value> {
    [MICRO_CREDENTIAL, REQUIREMENTS].into_iter().filter_map(|name| members.remove_entry(name)).collect()
}

/// The two as they are kept: read strictly, with what was left out filled in.
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

fn corrupt(faults: Vec<form::Fault>) -> OfficeError {
    let told: Vec<String> =
        faults.into_iter().map(|fault| format!("{}: {}", fault.pointer, fault.detail)).collect();
    OfficeError::corrupt(told.join("; "))
}

/// A stored document as Open Badges have it: without the requirements, and with the record written into it.
pub(crate) fn described(mut document: Value) -> Result<Value, OfficeError> {
    let Some(members) = document.as_object_mut() else { return Ok(document) };
    let Some(record) = apart(members).remove(MICRO_CREDENTIAL) else { return Ok(document) };
    let record = MicroCredential::parse(&record, "").map_err(corrupt)?;
    let mut achievement = Achievement::from_value(document)
        .map_err(|error| OfficeError::rejected("", "ob3.achievement", error.to_string()))?;
    record.describe(&mut achievement).map_err(rejected)?;
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
