//! What it was about: activities, and the other kinds of objects.

use serde_json::Value;

use super::actor;
use super::read::{MOST, extensions, in_another, iri, languages, uuid, word};
use crate::Uri;
use crate::form::{Fault, Form};

/// What a statement is about.
pub(super) enum Object {
    /// An activity.
    Activity {
        /// Its IRI.
        id: Uri,
        /// What it is called.
        title: Option<String>,
    },
    /// Another statement, by its id.
    Statement(String),
    /// Somebody, or a statement in this one.
    Other,
}

const DEFINITION: &[&str] = &[
    "name",
    "description",
    "type",
    "moreInfo",
    "extensions",
    "interactionType",
    "correctResponsesPattern",
    "choices",
    "scale",
    "source",
    "target",
    "steps",
];
const INTERACTIONS: &[&str] = &[
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
];

/// Reads what a statement is about.
pub(super) fn object(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Object> {
    match value.get("objectType").and_then(Value::as_str) {
        None | Some("Activity") => {
            let (id, title) = read(value, at, faults)?;
            Some(Object::Activity { id, title })
        }
        Some("StatementRef") => reference(value, at, faults).map(Object::Statement),
        Some("Agent" | "Group") => actor::read(value, at, faults).map(|_| Object::Other),
        Some("SubStatement") => {
            in_another(value, at, faults);
            Some(Object::Other)
        }
        Some(_) => {
            let detail = "this is one of Activity, Agent, Group, StatementRef, SubStatement";
            faults.push(Fault::new(format!("{at}/objectType"), "choice", detail));
            None
        }
    }
}

/// Reads an activity: its IRI and what it is called.
pub(super) fn read(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<(Uri, Option<String>)> {
    let form = Form::open(value, at, &["objectType", "id", "definition"], faults)?;
    word(&form, "objectType", &["Activity"], faults);
    form.demand("id", "the IRI of the activity", faults);
    let title = definition(&form, faults);
    Some((iri(&form, "id", faults)?, title))
}

fn definition(activity: &Form<'_>, faults: &mut Vec<Fault>) -> Option<String> {
    let form =
        Form::open(activity.value("definition")?, &activity.pointer("definition"), DEFINITION, faults)?;
    languages(&form, "description", faults);
    iri(&form, "type", faults);
    iri(&form, "moreInfo", faults);
    extensions(&form, faults);
    word(&form, "interactionType", INTERACTIONS, faults);
    for (pattern, at) in form.list("correctResponsesPattern", MOST, faults) {
        if !pattern.is_string() {
            faults.push(Fault::new(at, "wrong_type", "a text is wanted here"));
        }
    }
    for list in ["choices", "scale", "source", "target", "steps"] {
        for (part, at) in form.list(list, MOST, faults) {
            let Some(part) = Form::open(part, &at, &["id", "description"], faults) else { continue };
            part.demand("id", "what responses name it by", faults);
            languages(&part, "description", faults);
        }
    }
    languages(&form, "name", faults)
}

/// Reads a reference to another statement: its id.
pub(super) fn reference(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<String> {
    let form = Form::open(value, at, &["objectType", "id"], faults)?;
    form.demand("objectType", "StatementRef", faults);
    form.demand("id", "the id of the statement", faults);
    word(&form, "objectType", &["StatementRef"], faults);
    uuid(&form, "id", faults)
}
