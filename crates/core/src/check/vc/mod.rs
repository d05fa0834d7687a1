//! The rules of the data model of verifiable credentials, for those that are no badges
//! ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/)).
//!
//! Terms that no context defines, and proofs, are the business of other crates.

mod credential;
mod identifiers;
mod language;
mod parts;
mod presentation;
mod resources;

use serde_json::Value;

use super::Finding;
use super::findings::Findings;
use super::place::Place;
use super::rule::Rule;

/// Checks any verifiable credential, signed or not.
pub fn credential(document: &Value) -> Vec<Finding> {
    let mut findings = Findings::default();
    credential::check(document, &Place::root(), &mut findings);
    findings.0
}

/// Checks any verifiable presentation, signed or not; of the credentials in it only that each is of a form that may stand there.
pub fn presentation(document: &Value) -> Vec<Finding> {
    let mut findings = Findings::default();
    presentation::check(document, &Place::root(), &mut findings);
    findings.0
}

/// Checks `relatedResource` of any credential, badges as well.
pub fn related_resources(document: &Value) -> Vec<Finding> {
    let mut findings = Findings::default();
    resources::check(document, &Place::root(), &mut findings);
    findings.0
}

/// Every rule of these.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        identifiers::RULES,
        credential::RULES,
        language::RULES,
        parts::RULES,
        resources::RULES,
        presentation::RULES,
    ];
    groups.into_iter().flatten().copied()
}

/// The address of a section of the data model.
macro_rules! vcdm {
    ($section:literal) => {
        concat!("https://www.w3.org/TR/vc-data-model-2.0/#", $section)
    };
}

pub(crate) use vcdm;

/// Looks at a member's one value, or at each of several.
fn each(
    value: &Value,
    place: &Place<'_>,
    findings: &mut Findings,
    mut look: impl FnMut(&Value, &Place<'_>, &mut Findings),
) {
    match value {
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                look(entry, &place.item(index), findings);
            }
        }
        one => look(one, place, findings),
    }
}
