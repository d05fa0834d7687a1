//! Parts of a document, chosen by JSON Pointers and still meaning the same: what says who and what a node is (`@context`, `id`,
//! `type`) comes along with whatever stands below it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use thiserror::Error as ThisError;

/// Members that every object on the way to a chosen place keeps: without them the place would mean something else, or stand in
/// another node.
const KEPT: [&str; 5] = ["@context", "@id", "@type", "id", "type"];

/// What stands in an array for the items that were not chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gaps {
    /// Nothing: the chosen items move together.
    Closed,
    /// `null`, which JSON-LD passes over: every chosen item stands at the index it had.
    Null,
}

/// Why a pointer chooses nothing.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[error("the JSON pointer {pointer:?} cannot be followed: {reason}")]
#[non_exhaustive]
pub struct SelectionError {
    /// The pointer as given.
    pub pointer: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// The part of a document that some [JSON Pointers](https://www.rfc-editor.org/rfc/rfc6901.html) choose: all that stands at each of
/// them, and of every object on the way there `@context`, `id` and `type`. The empty pointer chooses everything; no pointer at all
/// chooses the members just named of the root.
///
/// ```
/// use accolade_linked_data::{Gaps, select};
/// let document = serde_json::json!({"id": "urn:a", "list": [{"type": "T", "x": 1, "y": 2}, 2], "other": 3});
/// let part = select(&document, &["/list/0/y"], Gaps::Closed)?;
/// assert_eq!(part, serde_json::json!({"id": "urn:a", "list": [{"type": "T", "y": 2}]}));
/// # Ok::<(), accolade_linked_data::SelectionError>(())
/// ```
///
/// # Errors
/// If a pointer is malformed, leads nowhere, or leads into a `@context`, which cannot be had in parts.
pub fn select<P: AsRef<str>>(document: &Value, pointers: &[P], gaps: Gaps) -> Result<Value, SelectionError> {
    let mut chosen = Chosen::default();
    for pointer in pointers {
        let pointer = pointer.as_ref();
        chosen
            .add(document, pointer)
            .map_err(|reason| SelectionError { pointer: pointer.to_owned(), reason })?;
    }
    Ok(chosen.cut(document, gaps))
}

/// What is chosen at one place.
#[derive(Default)]
struct Chosen<'d> {
    whole: bool,
    members: BTreeMap<&'d str, Chosen<'d>>,
    items: BTreeMap<usize, Chosen<'d>>,
}

impl<'d> Chosen<'d> {
    fn add(&mut self, document: &'d Value, pointer: &str) -> Result<(), &'static str> {
        let (mut here, mut value) = (self, document);
        for token in tokens(pointer)? {
            match value {
                Value::Object(map) => {
                    let name = name_of(token)?;
                    if name == "@context" {
                        return Err("a context is always there as a whole");
                    }
                    let (name, inner) = map.get_key_value(&name).ok_or("there is no such member")?;
                    value = inner;
                    here = here.members.entry(name).or_default();
                }
                Value::Array(items) => {
                    let index = index_of(token).ok_or("an array's items have plain numbers")?;
                    value = items.get(index).ok_or("the array is shorter")?;
                    here = here.items.entry(index).or_default();
                }
                _ => return Err("it leads into a value that has no parts"),
            }
        }
        here.whole = true;
        Ok(())
    }

    fn cut(&self, value: &Value, gaps: Gaps) -> Value {
        match value {
            value if self.whole => value.clone(),
            Value::Object(map) => {
                let kept = KEPT.iter().filter_map(|name| map.get_key_value(*name));
                let mut part: Map<String, Value> =
                    kept.map(|(name, value)| (name.clone(), value.clone())).collect();
                for (&name, chosen) in &self.members {
                    if let Some(value) = map.get(name).filter(|_| !KEPT.contains(&name)) {
                        part.insert(name.to_owned(), chosen.cut(value, gaps));
                    }
                }
                Value::Object(part)
            }
            Value::Array(items) if gaps == Gaps::Null => {
                let item = |(index, item)| match self.items.get(&index) {
                    Some(chosen) => chosen.cut(item, gaps),
                    None => Value::Null,
                };
                Value::Array(items.iter().enumerate().map(item).collect())
            }
            Value::Array(items) => {
                let item =
                    |(index, chosen): (&usize, &Chosen<'_>)| Some(chosen.cut(items.get(*index)?, gaps));
                Value::Array(self.items.iter().filter_map(item).collect())
            }
            scalar => scalar.clone(),
        }
    }
}

/// The steps of a pointer, still escaped.
fn tokens(pointer: &str) -> Result<impl Iterator<Item = &str>, &'static str> {
    let mut steps = pointer.split('/');
    match steps.next() {
        Some("") => Ok(steps),
        _ => Err("it does not begin with a slash"),
    }
}

fn name_of(token: &str) -> Result<String, &'static str> {
    let mut escapes = token.split('~').skip(1);
    if escapes.any(|rest| !rest.starts_with(['0', '1'])) {
        return Err("it has a `~` without 0 or 1 after it");
    }
    Ok(token.replace("~1", "/").replace("~0", "~"))
}

/// Digits without leading zeros.
fn index_of(token: &str) -> Option<usize> {
    let plain = token == "0" || !token.starts_with('0');
    (plain && token.bytes().all(|byte| byte.is_ascii_digit())).then(|| token.parse().ok())?
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn badge() -> Value {
        json!({
            "@context": ["https://a.example/", "https://b.example/"],
            "id": "urn:x",
            "type": ["A", "B"],
            "name": "N",
            "to": {"type": "P", "@id": "urn:p", "a/b": 1, "m~n": 2, "@context": {"q": "urn:q"}, "q": {"z": null}},
            "many": [{"id": "urn:0", "n": 0, "m": 0}, "one", [{"n": 2}, {"n": 3}]],
            "id_of": {"id": "_:b", "n": 1, "m": 2},
        })
    }

    fn chosen(pointers: &[&str]) -> Value {
        select(&badge(), pointers, Gaps::Closed).unwrap()
    }

    fn root(members: Value) -> Value {
        let mut root = json!({"@context": badge()["@context"], "id": "urn:x", "type": ["A", "B"]});
        root.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        root
    }

    #[test]
    fn what_says_who_and_what_comes_along() {
        assert_eq!(chosen(&[]), root(json!({})));
        assert_eq!(chosen(&["/name"]), root(json!({"name": "N"})));
        let to = json!({"type": "P", "@id": "urn:p", "@context": {"q": "urn:q"}, "a/b": 1, "m~n": 2});
        assert_eq!(chosen(&["/to/a~1b", "/to/m~0n"]), root(json!({"to": to})));
        assert_eq!(chosen(&["/id_of/n"]), root(json!({"id_of": {"id": "_:b", "n": 1}})));
        assert_eq!(chosen(&["/to/q/z"])["to"]["q"], json!({"z": null}));
        assert_eq!(chosen(&["/type/1", "/id"]), root(json!({})));
    }

    #[test]
    fn the_whole_takes_its_parts_in() {
        for pointers in [["/to", "/to/a~1b"], ["/to/a~1b", "/to"]] {
            assert_eq!(chosen(&pointers), root(json!({"to": badge()["to"]})));
        }
        assert_eq!(chosen(&["/name", ""]), badge());
    }

    #[test]
    fn items_move_together_or_stay_where_they_were() {
        let pointers = ["/many/2/1", "/many/0/m"];
        let closed = json!([{"id": "urn:0", "m": 0}, [{"n": 3}]]);
        assert_eq!(chosen(&pointers)["many"], closed);
        let gaps = json!([{"id": "urn:0", "m": 0}, null, [null, {"n": 3}]]);
        assert_eq!(select(&badge(), &pointers, Gaps::Null).unwrap()["many"], gaps);
    }

    #[test]
    fn a_pointer_that_leads_nowhere_is_an_error_that_names_it() {
        for (pointer, word) in [
            ("name", "slash"),
            ("/nobody", "member"),
            ("/", "member"),
            ("/to/m~n", "~"),
            ("/to/m~", "~"),
            ("/to/m~2n", "~"),
            ("/name/0", "no parts"),
            ("/to/q/z/y", "no parts"),
            ("/many/3", "shorter"),
            ("/many/00", "plain numbers"),
            ("/many/01", "plain numbers"),
            ("/many/-", "plain numbers"),
            ("/many/+1", "plain numbers"),
            ("/many/", "plain numbers"),
            ("/many/99999999999999999999999", "plain numbers"),
            ("/@context", "whole"),
            ("/@context/0", "whole"),
            ("/to/@context/q", "whole"),
        ] {
            let error = select(&badge(), &["/name", pointer], Gaps::Closed).unwrap_err();
            assert_eq!(error.pointer, pointer);
            assert!(error.reason.contains(word), "{pointer}: {error}");
        }
    }
}
