//! Every document that is one fault away from a good one.

use std::collections::HashSet;

use serde_json::{Value, json};

/// A document with one fault, and what the fault is.
pub(crate) struct Mutation {
    pub(crate) what: String,
    pub(crate) document: Value,
}

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

/// All documents one fault away, each fault at every place. Of places that are alike, the first.
pub(crate) fn of(document: &Value) -> impl Iterator<Item = Mutation> {
    let mut places = Vec::new();
    walk(document, String::new(), &mut places);
    let mut seen = HashSet::new();
    places.retain(|place| seen.insert(likeness(place)));
    places.into_iter().flat_map(|place| at(document, &place))
}

/// What places have in common that differ by an index only, or by where an alignment or endorsement stands.
fn likeness(place: &str) -> String {
    let is_index = |step: &str| step.parse::<usize>().is_ok();
    let names: Vec<&str> = place.split('/').map(|step| if is_index(step) { "#" } else { step }).collect();
    let inner = names.iter().rposition(|name| matches!(*name, "alignment" | "endorsement"));
    let start = inner.filter(|start| start + 2 < names.len()).unwrap_or_default();
    names[start..].join("/")
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

fn at(document: &Value, place: &str) -> Vec<Mutation> {
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
            replacements.extend(TEXTS.iter().map(|text| json!(text)));
            replacements.push(json!(format!("{text} ")));
            replacements.push(json!(text.to_lowercase()));
        }
        _ => replacements.extend(TEXTS.iter().map(|text| json!(text))),
    }
    let replaced = replacements.into_iter().filter(|value| value != here).map(|value| Mutation {
        what: format!("{place} = {value}"),
        document: replace(document, place, value),
    });
    replaced.chain(dropped(document, place)).collect()
}

fn dropped(document: &Value, place: &str) -> Option<Mutation> {
    let (parent, name) = place.rsplit_once('/')?;
    let mut document = document.clone();
    match document.pointer_mut(parent)? {
        Value::Object(members) => drop(members.remove(name)),
        Value::Array(items) => drop(items.remove(name.parse().unwrap())),
        _ => return None,
    }
    Some(Mutation { what: format!("{place} left out"), document })
}

fn replace(document: &Value, place: &str, value: Value) -> Value {
    let mut document = document.clone();
    *document.pointer_mut(place).unwrap() = value;
    document
}

fn with_item(items: &[Value], item: Value) -> Value {
    items.iter().cloned().chain([item]).collect()
}

fn with_member(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}
