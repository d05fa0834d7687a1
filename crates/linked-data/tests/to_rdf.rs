//! The `toRdf` suite of the JSON-LD 1.1 API, JSON-LD 1.1 tests.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use accolade_linked_data::{Budget, HashAlgorithm, canonicalize, canonicalize_nquads};
use serde_json::Value;
use support::suite::{Suite, is_expected_error};

/// What we do not pass, and why: `id reason` on each line.
const KNOWN_FAILURES: &str = include_str!("to_rdf.known-failures");

fn verdict(suite: &Suite, entry: &Value) -> Result<(), String> {
    let document = suite.json(&entry["input"]);
    let outcome = suite.with_options(entry, |options| canonicalize(&document, options));
    if let Some(code) = entry.get("expectErrorCode") {
        return is_expected_error(code, &outcome);
    }
    let text = outcome.map_err(|error| error.to_string())?;
    if entry["expect"].is_null() {
        return Ok(());
    }
    let expected = suite.text(&entry["expect"]);
    let expected = canonicalize_nquads(&expected, HashAlgorithm::Sha256, Budget::default())
        .map_err(|error| format!("expected file: {error}"))?;
    if text == expected.text { Ok(()) } else { Err(format!("expected\n{}got\n{text}", expected.text)) }
}

#[test]
fn the_suite_passes_but_for_the_known_failures() {
    let Some(vectors) = support::vectors() else { return };
    let (current, old, wrong) = Suite::open(&vectors, "toRdf").run(KNOWN_FAILURES, verdict);
    assert_eq!((current, old), (448, 19), "tests for JSON-LD 1.1, and for 1.0 only");
    assert!(wrong.is_empty(), "{} of {current} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
