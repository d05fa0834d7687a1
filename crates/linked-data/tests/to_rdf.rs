//! The `toRdf` suite of the JSON-LD 1.1 API, JSON-LD 1.1 tests.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use accolade_linked_data::{
    Budget, ContextLoader, Direction, HashAlgorithm, Options, canonicalize, canonicalize_nquads,
};
use serde_json::Value;

const BASE: &str = "https://w3c.github.io/json-ld-api/tests/";

/// What we do not pass, and why: `id reason` on each line.
const KNOWN_FAILURES: &str = include_str!("to_rdf.known-failures");

/// Answers with the suite's own files.
struct Suite(PathBuf);

impl ContextLoader for Suite {
    fn load(&self, url: &str) -> Option<Arc<Value>> {
        let text = std::fs::read(self.0.join(url.strip_prefix(BASE)?)).ok()?;
        serde_json::from_slice(&text).ok().map(Arc::new)
    }
}

fn is_for_1_0(entry: &Value) -> bool {
    entry["option"]["specVersion"] == "json-ld-1.0" || entry["option"]["processingMode"] == "json-ld-1.0"
}

fn verdict(suite: &Suite, entry: &Value) -> Result<(), String> {
    let input = entry["input"].as_str().unwrap();
    let option = &entry["option"];
    let base = option["base"].as_str().map_or_else(|| format!("{BASE}{input}"), str::to_owned);
    let expand_context = option["expandContext"].as_str().map(|file| support::read_json(&suite.0.join(file)));
    let direction = match option["rdfDirection"].as_str() {
        Some("i18n-datatype") => Direction::I18nDatatype,
        Some("compound-literal") => Direction::CompoundLiteral,
        _ => Direction::Lose,
    };
    let options = Options {
        safe: false,
        base: Some(&base),
        loader: Some(suite),
        expand_context: expand_context.as_ref(),
        direction,
        ..Options::default()
    };
    let document: Value =
        serde_json::from_str(&support::read(&suite.0.join(input))).map_err(|error| error.to_string())?;
    let outcome = canonicalize(&document, &options);
    if let Some(code) = entry["expectErrorCode"].as_str() {
        let name = match &outcome {
            Err(accolade_linked_data::Error::JsonLd { rule, .. }) => rule.name(),
            Err(accolade_linked_data::Error::ContextNotAllowed { .. }) => "loading remote context failed",
            Err(other) => return Err(format!("expected \"{code}\", got {other}")),
            Ok(text) => return Err(format!("expected \"{code}\", got\n{text}")),
        };
        return if name == code {
            Ok(())
        } else {
            Err(format!("expected \"{code}\", got {}", outcome.unwrap_err()))
        };
    }
    let text = outcome.map_err(|error| error.to_string())?;
    let Some(expected) = entry["expect"].as_str() else { return Ok(()) };
    let expected = support::read(&suite.0.join(expected));
    let expected = canonicalize_nquads(&expected, HashAlgorithm::Sha256, Budget::default())
        .map_err(|error| format!("expected file: {error}"))?;
    if text == expected.text { Ok(()) } else { Err(format!("expected\n{}got\n{text}", expected.text)) }
}

#[test]
fn the_suite_passes_but_for_the_known_failures() {
    let Some(vectors) = support::vectors() else { return };
    let suite = Suite(vectors.join("suites/json-ld-api"));
    let manifest: Value =
        serde_json::from_str(&support::read(&suite.0.join("toRdf-manifest.jsonld"))).unwrap();
    let known: BTreeMap<&str, &str> = KNOWN_FAILURES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in manifest["sequence"].as_array().unwrap().iter().filter(|entry| !is_for_1_0(entry)) {
        count += 1;
        let id = entry["@id"].as_str().unwrap();
        match (verdict(&suite, entry), known.get(id)) {
            (Ok(()), None) | (Err(_), Some(_)) => {}
            (Ok(()), Some(reason)) => {
                wrong.push(format!("{id} passes, though it is known to fail: {reason}"))
            }
            (Err(reason), None) => wrong.push(format!("{id} ({}): {reason}", entry["name"])),
        }
    }
    assert!(count > 440, "only {count} tests found");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
