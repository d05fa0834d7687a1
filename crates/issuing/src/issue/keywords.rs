//! The keywords of JSON-LD, which change what the members around them mean.

use serde_json::Value;

use crate::Fault;
use crate::orders::escape;

/// Keywords that a credential has a use for.
const TAKEN: [&str; 4] = ["@context", "@value", "@language", "@direction"];
/// The members under which whole credentials stand, with contexts of their own.
const ENCLOSING: [&str; 2] = ["endorsement", "verifiableCredential"];

/// Refuses keywords that say things where nobody looks for them (`@type` beside `type`, `@reverse`), and contexts in a part
/// of the credential, which would then mean something else than its members seem to say.
pub(super) fn refuse(document: &Value, faults: &mut Vec<Fault>) {
    walk(document, "", Contexts::Here, faults);
}

/// Where a value stands, as far as contexts are concerned.
#[derive(Clone, Copy)]
enum Contexts {
    /// The credential itself: they were looked at already.
    Here,
    /// A part of it: none.
    None,
    /// In a credential that it encloses: its own matter.
    Enclosed,
}

impl Contexts {
    fn within(self, name: &str) -> Contexts {
        match self {
            Contexts::Enclosed => Contexts::Enclosed,
            _ if ENCLOSING.contains(&name) => Contexts::Enclosed,
            _ => Contexts::None,
        }
    }
}

fn walk(value: &Value, at: &str, contexts: Contexts, faults: &mut Vec<Fault>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let pointer = format!("{at}/{}", escape(name));
                if name.starts_with('@') && !TAKEN.contains(&name.as_str()) {
                    let detail = format!("{name:?} is not taken; write the member by its own name");
                    faults.push(Fault::new(pointer, "keyword_not_allowed", detail));
                } else if name != "@context" {
                    walk(member, &pointer, contexts.within(name), faults);
                } else if matches!(contexts, Contexts::None) {
                    let detail = "only the credential itself has contexts, and what it encloses";
                    faults.push(Fault::new(pointer, "nested_context", detail));
                }
            }
        }
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                walk(entry, &format!("{at}/{index}"), contexts, faults);
            }
        }
        _ => {}
    }
}
