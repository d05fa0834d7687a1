//! A JSON object of a request, read member by member: strictly, every fault with its pointer, all of them at once.

mod members;
pub(crate) use members::text_at;

use serde_json::{Map, Value};

use crate::check;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) to the offending place; for a missing member, to
    /// where it should be.
    pub pointer: String,
    /// The broken rule's stable name, such as `unknown_member`.
    pub rule: &'static str,
    /// What is wrong, and what would be right.
    pub detail: String,
}

impl Fault {
    /// A fault.
    pub fn new(pointer: impl Into<String>, rule: &'static str, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), rule, detail: detail.into() }
    }
}

/// An object known to have only members that it may have. Nulls are faults already and read as absent.
pub struct Form<'a> {
    members: &'a Map<String, Value>,
    at: String,
}

impl<'a> Form<'a> {
    /// Opens the object that stands at the pointer `at`; `None` where it is no object.
    pub fn open(value: &'a Value, at: &str, known: &[&'static str], faults: &mut Vec<Fault>) -> Option<Self> {
        let Value::Object(members) = value else {
            faults.push(Fault::new(
                at,
                "wrong_type",
                format!("an object is wanted here, not {}", kind_of(value)),
            ));
            return None;
        };
        let form = Self { members, at: at.to_owned() };
        for (name, value) in members {
            if !known.contains(&name.as_str()) {
                faults.push(Fault::new(form.pointer(name), "unknown_member", unknown_in_words(name, known)));
            } else if value.is_null() {
                let detail = format!("`{name}` is null; leave it out instead");
                faults.push(Fault::new(form.pointer(name), "null", detail));
            }
        }
        Some(form)
    }

    /// Whether the member is there.
    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// The member as it stands.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// Where the member stands, or should stand.
    pub fn pointer(&self, name: &str) -> String {
        format!("{}/{}", self.at, name.replace('~', "~0").replace('/', "~1"))
    }

    /// Where the object stands.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Notes a fault of the member.
    pub fn fault(&self, name: &str, rule: &'static str, detail: impl Into<String>, faults: &mut Vec<Fault>) {
        faults.push(Fault::new(self.pointer(name), rule, detail));
    }

    /// Notes a fault where the member is missing.
    pub fn demand(&self, name: &str, why: &str, faults: &mut Vec<Fault>) {
        // A null is a fault already.
        if !self.members.contains_key(name) {
            self.fault(name, "required", format!("`{name}` is wanted here: {why}"), faults);
        }
    }
}

/// What a JSON value is, in words.
pub fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn unknown_in_words(name: &str, known: &[&'static str]) -> String {
    let shown: String = name.chars().take(100).collect();
    match check::nearest_member(name, known) {
        Some(meant) => format!("`{shown}` is not known here; did you mean `{meant}`?"),
        None => format!("`{shown}` is not known here; known are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_known_is_named_with_what_was_meant() {
        let mut faults = Vec::new();
        let body = json!({"hours": null, "etcs": 3, "a/b": 1});
        Form::open(&body, "/workload", &["hours", "ects"], &mut faults).unwrap();
        // Whether members keep their order is decided by whoever builds the whole program.
        let mut told: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.rule)).collect();
        told.sort_unstable();
        let wanted = [
            ("/workload/a~1b", "unknown_member"),
            ("/workload/etcs", "unknown_member"),
            ("/workload/hours", "null"),
        ];
        assert_eq!(told, wanted);
        assert!(faults.iter().any(|fault| fault.detail.contains("did you mean `ects`?")), "{faults:?}");
    }

    #[test]
    fn what_is_no_object_is_no_form() {
        let mut faults = Vec::new();
        assert!(Form::open(&json!([]), "/x", &[], &mut faults).is_none());
        assert_eq!(faults, [Fault::new("/x", "wrong_type", "an object is wanted here, not an array")]);
    }
}
