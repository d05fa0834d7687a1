//! A JSON object read member by member; every fault is noted with its pointer and reading goes on.

use accolade_core::Timestamp;
use serde_json::{Map, Value};

use super::text;
use crate::Fault;

/// An object of a request, known to have only members that it may have.
pub(crate) struct Form<'a> {
    members: &'a Map<String, Value>,
    at: String,
}

impl<'a> Form<'a> {
    /// Opens the object at `at`. Members not in `known` are faults that name the nearest known one.
    pub(crate) fn open(
        value: &'a Value,
        at: &str,
        known: &[&str],
        faults: &mut Vec<Fault>,
    ) -> Option<Form<'a>> {
        let Value::Object(members) = value else {
            faults.push(Fault::new(
                at,
                "wrong_type",
                format!("an object is wanted here, not {}", kind_of(value)),
            ));
            return None;
        };
        refuse_unknown(members, at, known, faults);
        Some(Form { members, at: at.to_owned() })
    }

    /// The member, `None` where it is absent or null (null is a fault noted elsewhere).
    pub(crate) fn value(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// A text of 1 to `longest` characters.
    pub(crate) fn text(&self, name: &str, longest: usize, faults: &mut Vec<Fault>) -> Option<String> {
        let value = self.value(name)?;
        let Value::String(text) = value else {
            self.wrong_type(name, "a string", value, faults);
            return None;
        };
        if text.trim().is_empty() {
            faults.push(Fault::new(
                self.pointer(name),
                "empty",
                format!("`{name}` is empty; leave it out instead"),
            ));
            return None;
        }
        if text.chars().count() > longest {
            let detail = format!("`{name}` is longer than {longest} characters");
            faults.push(Fault::new(self.pointer(name), "too_long", detail));
            return None;
        }
        Some(text.clone())
    }

    /// The name of a person or thing: a text that is no left-over placeholder.
    pub(crate) fn name(&self, name: &str, faults: &mut Vec<Fault>) -> Option<String> {
        let text = self.text(name, 1000, faults)?;
        match text::placeholder(&text) {
            None => Some(text),
            Some(detail) => {
                faults.push(Fault::new(self.pointer(name), "placeholder", detail));
                None
            }
        }
    }

    /// A date-time with a zone.
    pub(crate) fn time(&self, name: &str, faults: &mut Vec<Fault>) -> Option<Timestamp> {
        let value = self.value(name)?;
        let Value::String(text) = value else {
            self.wrong_type(name, "a date-time such as \"2026-11-23T10:00:00Z\"", value, faults);
            return None;
        };
        let read = Timestamp::parse(text);
        if let Err(why) = &read {
            faults.push(Fault::new(self.pointer(name), "date_time", why.to_string()));
        }
        read.ok()
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(
        &self,
        name: &str,
        words: &[(&str, T)],
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let value = self.value(name)?;
        let chosen = value.as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
        if chosen.is_none() {
            let all = words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
            faults.push(Fault::new(self.pointer(name), "choice", format!("`{name}` is one of {all}")));
        }
        chosen.map(|(_, meaning)| *meaning)
    }

    /// True or false.
    pub(crate) fn flag(&self, name: &str, faults: &mut Vec<Fault>) -> Option<bool> {
        let value = self.value(name)?;
        let flag = value.as_bool();
        if flag.is_none() {
            self.wrong_type(name, "true or false", value, faults);
        }
        flag
    }

    pub(crate) fn pointer(&self, name: &str) -> String {
        format!("{}/{}", self.at, escape(name))
    }

    fn wrong_type(&self, name: &str, wanted: &str, value: &Value, faults: &mut Vec<Fault>) {
        let detail = format!("`{name}` is {wanted}, not {}", kind_of(value));
        faults.push(Fault::new(self.pointer(name), "wrong_type", detail));
    }
}

/// Notes every member that is not known, with the known one that was probably meant, and every null.
pub(crate) fn refuse_unknown(
    members: &Map<String, Value>,
    at: &str,
    known: &[&str],
    faults: &mut Vec<Fault>,
) {
    for (name, value) in members {
        let pointer = format!("{at}/{}", escape(name));
        if !known.contains(&name.as_str()) {
            faults.push(Fault::new(pointer, "unknown_member", unknown_in_words(name, known)));
        } else if value.is_null() {
            faults.push(Fault::new(pointer, "null", format!("`{name}` is null; leave it out instead")));
        }
    }
}

fn unknown_in_words(name: &str, known: &[&str]) -> String {
    let shown: String = name.chars().take(100).collect();
    let nearest = known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    match nearest {
        Some((_, meant)) => format!("`{shown}` is not known here; did you mean `{meant}`?"),
        None => format!("`{shown}` is not known here; known are {}", known.join(", ")),
    }
}

/// What a JSON value is, in words.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A member name as a JSON pointer step (RFC 6901).
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
