//! Rules about which members stand where, and about `type`.

use serde_json::Value;

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};
use super::shape::Shape;
use super::{suggest, walk};

rules! {
    WRONG_TYPE: Schema Error/Error "wrong-type", ob!("data-models"),
        "A member's value is of the JSON type that the data model gives it.";
    MEMBER_MISSING: Schema Error/Error "member-missing", ob!("data-models"),
        "Members that the data model demands are there.";
    MEMBER_UNKNOWN: Schema Error/Error "member-unknown", ob!("data-models"),
        "A closed class has only the members of the data model.";
    MEMBER_MISSPELT: House Warning/Warning "member-misspelt", ob!("extending"),
        "A member that looks like a misspelt one is spelt rightly.";
    ARRAY_EXPECTED: Schema Error/Warning "array-expected", ob!("serialization"),
        "What may be there several times is an array, also if it is there once.";
    ARRAY_EMPTY: Specification Warning/Warning "array-empty", ob!("serialization"),
        "An empty array is left out.";
    VALUE_NULL: Specification Warning/Warning "value-null", ob!("serialization"),
        "A null is left out.";
    ONE_OBJECT: Schema Error/Warning "one-object", ob!("data-models"),
        "What the data model allows once is not an array.";
    TYPE_LACKS_CLASS: Schema Error/Error "type-lacks-class", ob!("data-models"),
        "`type` names the class.";
    TYPE_BLANK: Specification Error/Error "type-blank", "https://www.w3.org/TR/vc-data-model-2.0/#types",
        "Every entry of `type` is a name.";
    TYPE_REPEATED: House Warning/Warning "type-repeated", "https://www.w3.org/TR/vc-data-model-2.0/#types",
        "`type` names each type once.";
    CRITERIA_EMPTY: Specification Error/Error "criteria-empty", ob!("criteria"),
        "Criteria have an `id` (a page) or a `narrative`.";
}

/// Checks `type` of a class that may have more types.
pub(crate) fn types(value: &Value, shape: &'static Shape, place: &Place<'_>, findings: &mut Findings) {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::String(name) => {
            let detail = format!("`type` must be an array: [\"{name}\"].");
            findings.add_as(&ARRAY_EXPECTED, shape.spec, place, detail);
            std::slice::from_ref(value)
        }
        other => {
            let detail = format!("`type` must be an array of texts, not {}.", walk::kind_of(other));
            findings.add_as(&WRONG_TYPE, shape.spec, place, detail);
            return;
        }
    };
    for (index, item) in items.iter().enumerate() {
        type_entry(
            item,
            items.iter().take(index).any(|earlier| earlier == item),
            &place.item(index),
            findings,
        );
    }
    for row in shape.types {
        if !items.iter().any(|item| row.iter().any(|name| item == name)) {
            let wanted = row.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(" or ");
            let meant =
                items.iter().filter_map(Value::as_str).find(|name| suggest::nearest(name, row).is_some());
            let hint = meant.map(|meant| format!(" Is \"{meant}\" a misspelling of it?")).unwrap_or_default();
            let detail = format!("`type` must hold {wanted}.{hint}");
            findings.add_as(&TYPE_LACKS_CLASS, shape.spec, place, detail);
        }
    }
}

fn type_entry(item: &Value, seen_before: bool, place: &Place<'_>, findings: &mut Findings) {
    match item.as_str() {
        None => {
            findings.add(&WRONG_TYPE, place, format!("Types are texts, not {}.", walk::kind_of(item)));
        }
        Some(name) if name.trim().is_empty() || name.contains(char::is_whitespace) => {
            findings.add(&TYPE_BLANK, place, format!("\"{name}\" is not the name of a type."));
        }
        Some(name) if seen_before => {
            findings.add(&TYPE_REPEATED, place, format!("\"{name}\" is listed more than once."));
        }
        Some(_) => {}
    }
}

/// Checks `type` of a class that must have this one only.
pub(crate) fn only_type(value: &Value, shape: &'static Shape, place: &Place<'_>, findings: &mut Findings) {
    match value {
        Value::String(name) if name == shape.name => {}
        Value::String(name) => {
            let detail = format!("`type` must be \"{}\", not \"{name}\".", shape.name);
            findings.add_as(&TYPE_LACKS_CLASS, shape.spec, place, detail);
        }
        other => {
            let detail = format!("`type` must be the text \"{}\", not {}.", shape.name, walk::kind_of(other));
            findings.add_as(&WRONG_TYPE, shape.spec, place, detail);
        }
    }
}

/// Criteria without page and words tell nobody anything.
pub(crate) fn criteria_say_something(criteria: &Value, place: &Place<'_>, findings: &mut Findings) {
    let says = |member: &str| {
        criteria.get(member).is_some_and(|value| value.as_str().is_none_or(|text| !text.trim().is_empty()))
    };
    if !says("id") && !says("narrative") {
        let detail =
            "Criteria need an `id` (a page that describes them) or a `narrative` (the words themselves).";
        findings.add(&CRITERIA_EMPTY, place, detail);
    }
}
