//! Rules about the parts of a credential that say of themselves what they are: status, schemas, refreshing, terms, evidence.

use serde_json::Value;

use super::{each, identifiers, vcdm};
use crate::check::findings::Findings;
use crate::check::place::Place;
use crate::check::rule::rules;
use crate::check::status;
use crate::check::walk::kind_of;

rules! {
    PART_FORM: Specification Error/Error "vc-part-form", vcdm!("advanced-concepts"),
        "Status, schemas, refresh services, terms of use and evidence are objects.";
}

/// The members that hold such parts, and whether each part must have an `id`.
const PARTS: [(&str, bool); 7] = [
    ("credentialStatus", false),
    ("credentialSchema", true),
    ("refreshService", false),
    ("termsOfUse", false),
    ("evidence", false),
    ("renderMethod", false),
    ("confidenceMethod", false),
];

pub(super) fn check(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    for (name, needs_id) in PARTS {
        members_of(document, name, needs_id, place, findings);
    }
}

/// The terms under which a presentation or credential is shown.
pub(super) fn terms_of_use(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    members_of(document, "termsOfUse", false, place, findings);
}

fn members_of(
    document: &Value,
    name: &'static str,
    needs_id: bool,
    place: &Place<'_>,
    findings: &mut Findings,
) {
    let Some(value) = document.get(name) else { return };
    let at = place.member(name);
    if value.as_array().is_some_and(Vec::is_empty) {
        findings.add(&PART_FORM, &at, format!("`{name}` is empty; leave it out."));
    }
    each(value, &at, findings, |part, at, findings| {
        if !part.is_object() {
            let detail = format!("`{name}` must be an object with a `type`, not {}.", kind_of(part));
            return findings.add(&PART_FORM, at, detail);
        }
        identifiers::must_have_type(part, at, findings);
        match needs_id {
            true => identifiers::must_have_id(part, at, findings),
            false => identifiers::id(part, at, findings),
        }
        if name == "credentialStatus" {
            status::entry(part, at, findings);
        }
    });
}
