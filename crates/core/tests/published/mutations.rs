//! Every document that is one fault away from a good one.

use std::collections::HashSet;

use serde_json::{Value, json};

/// Texts that are wrong for one kind of member or another, and a few that are right.
const TEXTS: &[&str] = &[
    "",
    "plain words",
    "undefined",
    "{{name}}",
    "https://example.edu/1",
    "2026-11-23T10:00:00Z",
    "2026-11-23T10:00:00",
    "2026-02-30T10:00:00Z",
    "2026-11-23",
    "en-US",
    "EN_us",
    "e30.e30.c2ln",
    "e30.e30",
    "ext:Own",
    "an ext:Own",
    "ext:-",
    "ext:a b",
    "emailAddress",
    "email",
    "Completed",
    "CFItem",
];

/// Shows every document that is one fault away, with what the fault is; each fault at every place, but of places that
/// are alike only at the first, and each wrong text once for each member of a class. Gives their number. The fault is made in the document itself and undone, since copying
/// would take most of the time.
pub(crate) fn each(document: &Value, mut show: impl FnMut(&str, &Value)) -> usize {
    let mut places = Vec::new();
    walk(document, String::new(), &mut places);
    let mut seen = HashSet::new();
    places.retain(|place| seen.insert(likeness(place)));
    let mut document = document.clone();
    let (mut count, mut worded) = (0, HashSet::new());
    for place in places {
        let texts = if worded.insert(member(&place)) { TEXTS } else { &[] };
        for (what, value) in faults(&document, &place, texts) {
            let before = std::mem::replace(document.pointer_mut(&place).unwrap(), value);
            show(&what, &document);
            *document.pointer_mut(&place).unwrap() = before;
            count += 1;
        }
    }
    count
}

/// Members whose value is of the same class wherever they stand.
const PARTS: &[&str] = &[
    "alignment",
    "endorsement",
    "creator",
    "issuer",
    "source",
    "parentOrg",
    "image",
    "address",
    "otherIdentifier",
    "credentialSchema",
    "credentialStatus",
    "refreshService",
    "termsOfUse",
    "proof",
];

/// What places have in common that differ by an index only, or by where the same part of a document stands.
fn likeness(place: &str) -> String {
    let is_index = |step: &str| step.parse::<usize>().is_ok();
    let names: Vec<&str> = place.split('/').map(|step| if is_index(step) { "#" } else { step }).collect();
    let part = names.iter().rposition(|name| PARTS.contains(name)).filter(|part| part + 1 < names.len());
    names[part.unwrap_or_default()..].join("/")
}

/// The last two names of a place: a member and where it stands.
fn member(place: &str) -> String {
    let names: Vec<&str> = place.rsplit('/').filter(|step| step.parse::<usize>().is_err()).take(2).collect();
    names.join("/")
}

fn walk(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                walk(value, format!("{place}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                walk(value, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

/// What may stand at a place instead, and what fault that is.
fn faults(document: &Value, place: &str, texts: &[&str]) -> Vec<(String, Value)> {
    let here = document.pointer(place).unwrap();
    let mut replacements = vec![
        json!(null),
        json!(7),
        json!(-1.5),
        json!(true),
        json!([]),
        json!({}),
        json!([here]),
        json!([here, here]),
        json!(["words", 7]),
    ];
    match here {
        Value::Array(items) => {
            replacements.extend(items.first().cloned());
            replacements.push(Value::from(items.iter().rev().cloned().collect::<Vec<_>>()));
            replacements.push(with_item(items, json!("more")));
            replacements.push(with_item(items, json!({"more": 1})));
            replacements.push(json!([{}]));
        }
        Value::Object(_) => {
            replacements.push(with_member(here, "unknownMember", json!("x")));
            replacements.push(with_member(here, "unknownMember", json!(null)));
            replacements.push(with_member(here, "type", json!("Other")));
            replacements.push(with_member(here, "type", json!(["Other"])));
        }
        Value::String(text) => {
            replacements.extend(texts.iter().map(|text| json!(text)));
            replacements.push(json!(format!("{text} ")));
            replacements.push(json!(text.to_lowercase()));
        }
        _ => replacements.extend(texts.iter().map(|text| json!(text))),
    }
    let replaced = replacements.into_iter().filter(|value| value != here);
    replaced.map(|value| (format!("{place} = {value}"), value)).chain(dropped(here, place)).collect()
}

/// The object or array without one of its members or items, for each.
fn dropped(here: &Value, place: &str) -> Vec<(String, Value)> {
    let without = |what: String, value: Value| (format!("{place}/{what} left out"), value);
    match here {
        Value::Object(members) => members
            .keys()
            .map(|name| {
                let others = members.iter().filter(|(other, _)| *other != name);
                without(name.clone(), others.map(|(name, value)| (name.clone(), value.clone())).collect())
            })
            .collect(),
        Value::Array(items) => (0..items.len())
            .map(|index| {
                let mut others = items.clone();
                others.remove(index);
                without(index.to_string(), Value::from(others))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn with_item(items: &[Value], item: Value) -> Value {
    items.iter().cloned().chain([item]).collect()
}

fn with_member(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}
