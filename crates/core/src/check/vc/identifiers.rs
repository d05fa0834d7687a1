//! Rules about what every object of the data model may have: `id` and `type`; and about `@context`.

use serde_json::Value;

use super::vcdm;
use crate::check::findings::Findings;
use crate::check::place::Place;
use crate::check::rule::rules;
use crate::check::texts::excerpt;
use crate::check::walk::kind_of;
use crate::context::CREDENTIALS_V2;
use crate::uri;

rules! {
    CONTEXT_MISSING: Specification Error/Error "vc-context-form", vcdm!("contexts"),
        "`@context` is a list of URLs and objects.";
    CONTEXT_FIRST: Specification Error/Error "vc-context-first", vcdm!("contexts"),
        "The first context is that of verifiable credentials 2.0.";
    ID_NOT_URL: Specification Error/Error "vc-id-not-url", vcdm!("identifiers"),
        "An `id` is a single URL.";
    ID_MISSING: Specification Error/Error "vc-id-missing", vcdm!("identifiers"),
        "What is found by its id has one.";
    TYPE_MISSING: Specification Error/Error "vc-type-missing", vcdm!("types"),
        "What must have a type has one.";
    TYPE_FORM: Specification Error/Error "vc-type-form", vcdm!("types"),
        "A `type` is a term or URL, or a list of them.";
    TYPE_LACKS_CLASS: Specification Error/Error "vc-type-lacks-class", vcdm!("types"),
        "A credential or presentation says by its type that it is one.";
}

/// The contexts of a credential, a presentation, or an envelope.
pub(super) fn contexts(object: &Value, place: &Place<'_>, findings: &mut Findings) {
    let at = place.member("@context");
    let listed = match object.get("@context") {
        Some(Value::Array(listed)) => listed.as_slice(),
        Some(one @ Value::String(_)) => std::slice::from_ref(one),
        found => {
            let found = found.map_or("missing", kind_of);
            let detail =
                format!("`@context` must be a list that starts with {CREDENTIALS_V2}; it is {found}.");
            return findings.add(&CONTEXT_MISSING, &at, detail);
        }
    };
    if listed.first().is_none_or(|first| first != CREDENTIALS_V2) {
        findings.add(&CONTEXT_FIRST, &at.item(0), format!("The first context must be {CREDENTIALS_V2}."));
    }
    for (index, context) in listed.iter().enumerate() {
        match context {
            Value::Object(_) => {}
            Value::String(url) if uri::is_absolute(url) => {}
            other => {
                let detail = format!("A context is a URL or an object; this is {}.", kind_of(other));
                findings.add(&CONTEXT_MISSING, &at.item(index), detail);
            }
        }
    }
}

/// The `id` of an object, which may be missing.
pub(super) fn id(object: &Value, place: &Place<'_>, findings: &mut Findings) {
    if let Some(id) = object.get("id") {
        url(id, &place.member("id"), findings);
    }
}

/// The `id` of an object that must have one.
pub(super) fn must_have_id(object: &Value, place: &Place<'_>, findings: &mut Findings) {
    if object.get("id").is_none() {
        let detail = format!("`{}` needs an `id`, a URL.", place.name());
        findings.add(&ID_MISSING, &place.member("id"), detail);
    }
    id(object, place, findings);
}

/// A value that must be one URL.
pub(super) fn url(value: &Value, place: &Place<'_>, findings: &mut Findings) {
    let detail = match value {
        Value::String(text) if uri::is_absolute(text) => return,
        Value::String(text) => format!("`{}` must be a URL, not \"{}\".", place.name(), excerpt(text)),
        other => format!("`{}` must be a single URL, not {}.", place.name(), kind_of(other)),
    };
    findings.add(&ID_NOT_URL, place, detail);
}

/// The `type` of an object that must have one.
pub(super) fn must_have_type(object: &Value, place: &Place<'_>, findings: &mut Findings) {
    let at = place.member("type");
    match object.get("type") {
        None => {
            let detail = format!("`{}` needs a `type` that says what it is.", place.name());
            findings.add(&TYPE_MISSING, &at, detail);
        }
        Some(found) => type_form(found, &at, findings),
    }
}

/// The `type` of an object that must be of that class.
pub(super) fn must_be(class: &str, object: &Value, place: &Place<'_>, findings: &mut Findings) {
    must_have_type(object, place, findings);
    let is_one = match object.get("type") {
        Some(Value::Array(types)) => types.iter().any(|found| found == class),
        Some(found) => found == class,
        None => return,
    };
    if !is_one {
        findings.add(&TYPE_LACKS_CLASS, &place.member("type"), format!("`type` must hold \"{class}\"."));
    }
}

fn type_form(value: &Value, place: &Place<'_>, findings: &mut Findings) {
    let is_name = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    let fits = match value {
        Value::Array(types) => !types.is_empty() && types.iter().all(is_name),
        one => is_name(one),
    };
    if !fits {
        findings.add(&TYPE_FORM, place, "`type` must be a term or URL, or a list of them with at least one.");
    }
}
