//! The `expand` suite of the JSON-LD 1.1 API, JSON-LD 1.1 tests.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use accolade_linked_data::expand;
use serde_json::Value;
use support::suite::{Suite, is_expected_error};

/// What we do not pass, and why: `id reason` on each line.
const KNOWN_FAILURES: &str = include_str!("expand.known-failures");

/// Expanded documents are the same if they differ in the order of arrays only; but lists have their order, and JSON literals are themselves.
fn is_same(ours: &Value, theirs: &Value, is_ordered: bool) -> bool {
    match (ours, theirs) {
        (Value::Array(a), Value::Array(b)) if is_ordered => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b, false))
        }
        (Value::Array(a), Value::Array(b)) => {
            let mut left: Vec<&Value> = b.iter().collect();
            let found = |a: &Value, left: &mut Vec<&Value>| {
                let at = left.iter().position(|b| is_same(a, b, false));
                at.map(|at| left.remove(at)).is_some()
            };
            a.len() == b.len() && a.iter().all(|a| found(a, &mut left))
        }
        (Value::Object(a), Value::Object(b)) => {
            let is_json = a.get("@type").is_some_and(|name| name == "@json");
            let same = |name: &String, a: &Value, b: &Value| match name.as_str() {
                "@value" if is_json => a == b,
                "@language" => a.as_str().map(str::to_lowercase) == b.as_str().map(str::to_lowercase),
                name => is_same(a, b, name == "@list"),
            };
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(name, a, b)))
        }
        (a, b) => a == b,
    }
}

fn verdict(suite: &Suite, entry: &Value) -> Result<(), String> {
    let document = suite.json(&entry["input"]);
    let outcome = suite.with_options(entry, |options| expand(&document, options));
    if let Some(code) = entry.get("expectErrorCode") {
        return is_expected_error(code, &outcome);
    }
    let ours = outcome.map_err(|error| error.to_string())?;
    let theirs = suite.json(&entry["expect"]);
    if is_same(&ours, &theirs, false) { Ok(()) } else { Err(format!("expected\n{theirs}\ngot\n{ours}")) }
}

#[test]
fn the_suite_passes_but_for_the_known_failures() {
    let Some(vectors) = support::vectors() else { return };
    let (current, old, wrong) = Suite::open(&vectors, "expand").run(KNOWN_FAILURES, verdict);
    assert_eq!((current, old), (367, 18), "tests for JSON-LD 1.1, and for 1.0 only");
    assert!(wrong.is_empty(), "{} of {current} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
