//! The kinds of members.

use serde_json::Value;

use super::{Fault, Form, kind_of};
use crate::{Timestamp, Uri, invisible, uri};

impl<'a> Form<'a> {
    /// A text of 1 to `longest` characters.
    pub fn text(&self, name: &str, longest: usize, faults: &mut Vec<Fault>) -> Option<String> {
        text_at(self.value(name)?, &self.pointer(name), longest, faults)
    }

    /// Texts of 1 to `longest` characters, at most `most` of them, no two alike.
    pub fn texts(&self, name: &str, most: usize, longest: usize, faults: &mut Vec<Fault>) -> Vec<String> {
        let mut texts = Vec::new();
        for (value, at) in self.list(name, most, faults) {
            let Some(text) = text_at(value, &at, longest, faults) else { continue };
            if texts.contains(&text) {
                faults.push(Fault::new(at, "repeated", "this stands here already"));
            } else {
                texts.push(text);
            }
        }
        texts
    }

    /// The entries of an array, each with its pointer; at most `most` of them.
    pub fn list(&self, name: &str, most: usize, faults: &mut Vec<Fault>) -> Vec<(&'a Value, String)> {
        let at = self.pointer(name);
        match self.value(name) {
            None => Vec::new(),
            Some(Value::Array(items)) if items.len() > most => {
                faults.push(Fault::new(at, "too_many", format!("`{name}` has at most {most} entries")));
                Vec::new()
            }
            Some(Value::Array(items)) => {
                items.iter().enumerate().map(|(index, item)| (item, format!("{at}/{index}"))).collect()
            }
            Some(other) => {
                let detail = format!("`{name}` is an array, not {}", kind_of(other));
                faults.push(Fault::new(at, "wrong_type", detail));
                Vec::new()
            }
        }
    }

    /// A number from `least` to `most`.
    pub fn number(&self, name: &str, least: f64, most: f64, faults: &mut Vec<Fault>) -> Option<f64> {
        let value = self.value(name)?;
        match value.as_f64() {
            None => self.wrong_type(name, "a number", value, faults),
            Some(number) if (least..=most).contains(&number) => return Some(number),
            Some(number) => {
                let detail = format!("`{name}` is from {least} to {most}, not {number}");
                self.fault(name, "range", detail, faults);
            }
        }
        None
    }

    /// True or false.
    pub fn flag(&self, name: &str, faults: &mut Vec<Fault>) -> Option<bool> {
        let value = self.value(name)?;
        let flag = value.as_bool();
        if flag.is_none() {
            self.wrong_type(name, "true or false", value, faults);
        }
        flag
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &self,
        name: &str,
        words: &[(&'static str, T)],
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        choice_at(self.value(name)?, &self.pointer(name), words, faults)
    }

    /// Some of a few words, none twice.
    pub fn choices<T: Copy + PartialEq>(
        &self,
        name: &str,
        words: &[(&'static str, T)],
        faults: &mut Vec<Fault>,
    ) -> Vec<T> {
        let mut chosen = Vec::new();
        for (value, at) in self.list(name, words.len(), faults) {
            match choice_at(value, &at, words, faults) {
                Some(word) if chosen.contains(&word) => {
                    faults.push(Fault::new(at, "repeated", "this stands here already"));
                }
                Some(word) => chosen.push(word),
                None => {}
            }
        }
        chosen
    }

    /// A date-time with a zone.
    pub fn time(&self, name: &str, faults: &mut Vec<Fault>) -> Option<Timestamp> {
        let text = self.text(name, 64, faults)?;
        match Timestamp::parse(&text) {
            Ok(time) => Some(time),
            Err(why) => {
                self.fault(name, "date_time", why.to_string(), faults);
                None
            }
        }
    }

    /// An absolute URI.
    pub fn uri(&self, name: &str, faults: &mut Vec<Fault>) -> Option<Uri> {
        uri_at(self.value(name)?, &self.pointer(name), faults)
    }

    /// An absolute URI that browsers open.
    pub fn url(&self, name: &str, faults: &mut Vec<Fault>) -> Option<Uri> {
        url_at(self.value(name)?, &self.pointer(name), faults)
    }

    /// Absolute URIs, at most `most` of them, no two alike.
    pub fn uris(&self, name: &str, most: usize, faults: &mut Vec<Fault>) -> Vec<Uri> {
        self.each_uri(name, most, uri_at, faults)
    }

    /// Absolute URIs that browsers open, at most `most` of them, no two alike.
    pub fn urls(&self, name: &str, most: usize, faults: &mut Vec<Fault>) -> Vec<Uri> {
        self.each_uri(name, most, url_at, faults)
    }

    fn each_uri(
        &self,
        name: &str,
        most: usize,
        read: fn(&Value, &str, &mut Vec<Fault>) -> Option<Uri>,
        faults: &mut Vec<Fault>,
    ) -> Vec<Uri> {
        let mut uris = Vec::new();
        for (value, at) in self.list(name, most, faults) {
            match read(value, &at, faults) {
                Some(uri) if uris.contains(&uri) => {
                    faults.push(Fault::new(at, "repeated", "this stands here already"));
                }
                Some(uri) => uris.push(uri),
                None => {}
            }
        }
        uris
    }

    fn wrong_type(&self, name: &str, wanted: &str, value: &Value, faults: &mut Vec<Fault>) {
        let detail = format!("`{name}` is {wanted}, not {}", kind_of(value));
        self.fault(name, "wrong_type", detail, faults);
    }
}

/// A text of 1 to `longest` characters that stands at the pointer `at`.
pub(crate) fn text_at(value: &Value, at: &str, longest: usize, faults: &mut Vec<Fault>) -> Option<String> {
    let (rule, detail) = match value {
        Value::String(text) if text.chars().all(|c| c.is_whitespace() || invisible::is_invisible(c)) => {
            ("empty", "this is empty; leave it out instead".to_owned())
        }
        Value::String(text) if text.contains('\0') => ("nul", "a text may not contain U+0000".to_owned()),
        Value::String(text) if text.chars().count() > longest => {
            ("too_long", format!("this is longer than {longest} characters"))
        }
        Value::String(text) => return Some(text.clone()),
        other => ("wrong_type", format!("a text is wanted here, not {}", kind_of(other))),
    };
    faults.push(Fault::new(at, rule, detail));
    None
}

fn choice_at<T: Copy>(
    value: &Value,
    at: &str,
    words: &[(&'static str, T)],
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let chosen = value.as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
    if chosen.is_none() {
        let all = words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        faults.push(Fault::new(at, "choice", format!("this is one of {all}")));
    }
    chosen.map(|(_, meaning)| *meaning)
}

/// Characters of a URI: enough for any address, too few to fill a credential with.
const LONGEST_URI: usize = 2_000;

fn uri_at(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Uri> {
    let text = text_at(value, at, LONGEST_URI, faults)?;
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
    if DANGEROUS.contains(&scheme.as_str()) {
        faults.push(Fault::new(at, "uri", "a URI of this scheme is not allowed here"));
        return None;
    }
    match Uri::parse(text) {
        Ok(uri) => Some(uri),
        Err(why) => {
            faults.push(Fault::new(at, "uri", why.to_string()));
            None
        }
    }
}

/// Schemes that a page which made a link of them would run or look up on the reader's own machine.
const DANGEROUS: [&str; 8] =
    ["javascript", "vbscript", "data", "file", "blob", "about", "filesystem", "view-source"];

fn url_at(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Uri> {
    let read = uri_at(value, at, faults)?;
    if uri::is_web(&read) {
        return Some(read);
    }
    faults.push(Fault::new(at, "url", "this must be an http or https URL"));
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rules(read: impl FnOnce(&Form<'_>, &mut Vec<Fault>), body: &Value) -> Vec<(String, &'static str)> {
        let mut faults = Vec::new();
        let form = Form::open(body, "", &["a"], &mut faults).unwrap();
        read(&form, &mut faults);
        faults.into_iter().map(|fault| (fault.pointer, fault.rule)).collect()
    }

    #[test]
    fn a_text_says_something_and_not_too_much() {
        for (value, rule) in [
            (json!(" \u{200b}"), "empty"),
            (json!("abcd"), "too_long"),
            (json!("a\0"), "nul"),
            (json!(1), "wrong_type"),
        ] {
            let found = rules(|form, faults| drop(form.text("a", 3, faults)), &json!({ "a": value }));
            assert_eq!(found, [("/a".to_owned(), rule)], "{value}");
        }
    }

    #[test]
    fn a_link_leads_to_the_web_and_runs_nothing() {
        for (value, rule) in [
            ("javascript:alert(1)", "uri"),
            ("data:text/html,x", "uri"),
            ("urn:isbn:9783161484100", "url"),
            ("www.example.org", "uri"),
        ] {
            let found = rules(|form, faults| drop(form.url("a", faults)), &json!({ "a": value }));
            assert_eq!(found, [("/a".to_owned(), rule)], "{value}");
        }
        let read = |form: &Form<'_>, faults: &mut Vec<Fault>| assert!(form.url("a", faults).is_some());
        assert_eq!(rules(read, &json!({ "a": "https://example.org/" })), []);
    }

    #[test]
    fn what_stands_there_twice_is_named_at_its_second_place() {
        let body = json!({ "a": ["urn:example:1", "urn:example:1"] });
        let found = rules(|form, faults| drop(form.uris("a", 5, faults)), &body);
        assert_eq!(found, [("/a/1".to_owned(), "repeated")]);
        let found = rules(|form, faults| drop(form.texts("a", 1, 9, faults)), &body);
        assert_eq!(found, [("/a".to_owned(), "too_many")]);
    }
}
