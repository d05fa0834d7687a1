//! The tree as requests and replies have it.

use serde_json::{Map, Value, json};

use super::{Group, HowMany, Leaf, Node, Requirements, Source, Wanted};
use crate::Credits;

impl Requirements {
    /// The tree as requests and replies have it, with what was left out filled in; [`Requirements::parse`] reads it back.
    pub fn to_value(&self) -> Value {
        node(&self.0)
    }
}

fn node(part: &Node) -> Value {
    match part {
        Node::Leaf(leaf) => written(leaf),
        Node::Group(group) => written_group(group),
    }
}

fn written_group(group: &Group) -> Value {
    let of: Vec<Value> = group.of.iter().map(node).collect();
    match group.wanted {
        HowMany::All => json!({ "allOf": of }),
        HowMany::Any => json!({ "anyOf": of }),
        HowMany::These(count) => json!({ "nOf": of, "n": count }),
    }
}

fn written(leaf: &Leaf) -> Value {
    let sources: Vec<&str> = leaf.confirmed_by.iter().copied().map(Source::as_str).collect();
    let wanted = match &leaf.wanted {
        Wanted::Done => None,
        Wanted::PassMark(mark) => Some(("passMark", number(*mark))),
        Wanted::Level { code, .. } => Some(("rubricLevel", json!(code))),
        Wanted::Hours(hours) => Some(("hours", json!(hours))),
        Wanted::Prior(achievement) => Some(("achievement", json!(achievement))),
    };
    let members = [
        Some(("id", json!(leaf.id))),
        Some(("kind", json!(leaf.kind.as_str()))),
        Some(("title", json!(leaf.title))),
        leaf.description.as_ref().map(|words| ("description", json!(words))),
        leaf.due.map(|due| ("due", json!(due))),
        leaf.weight.map(|weight| ("weight", number(weight))),
        Some(("evidenceNeeded", json!(leaf.evidence_needed))),
        Some(("confirmedBy", json!(sources))),
        wanted,
        leaf.iri.as_ref().map(|iri| ("iri", json!(iri))),
    ];
    let members = members.into_iter().flatten().map(|(name, value)| (name.to_owned(), value));
    Value::Object(members.collect::<Map<_, _>>())
}

/// Whole numbers without a fraction.
fn number(number: f64) -> Value {
    json!(Credits::new(number))
}
