//! The RDFC-1.0 test suite of the W3C: evaluation, map and negative tests, SHA-256 and SHA-384.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use accolade_linked_data::{Budget, Canonical, Error, HashAlgorithm, NQuadsError, canonicalize_nquads};
use serde_json::Value;

fn run(folder: &Path, entry: &Value) -> Result<Canonical, NQuadsError> {
    let input = support::read(&folder.join(entry["action"].as_str().unwrap()));
    let algorithm = match entry["hashAlgorithm"].as_str() {
        Some("SHA384") => HashAlgorithm::Sha384,
        _ => HashAlgorithm::Sha256,
    };
    canonicalize_nquads(&input, algorithm, Budget::default())
}

fn verdict(folder: &Path, entry: &Value) -> Result<(), String> {
    let outcome = run(folder, entry);
    let kind = entry["type"].as_str().unwrap();
    if kind == "rdfc:RDFC10NegativeEvalTest" {
        return match outcome {
            Err(NQuadsError::Refused(Error::ComplexityLimit { .. })) => Ok(()),
            other => Err(format!("expected a refusal, got {other:?}")),
        };
    }
    let canonical = outcome.map_err(|error| error.to_string())?;
    let expected = support::read(&folder.join(entry["result"].as_str().unwrap()));
    let is_equal = if kind == "rdfc:RDFC10MapTest" {
        canonical.labels == serde_json::from_str::<BTreeMap<String, String>>(&expected).unwrap()
    } else {
        canonical.text == expected
    };
    if is_equal { Ok(()) } else { Err(format!("got\n{}{:?}", canonical.text, canonical.labels)) }
}

#[test]
fn every_test_of_the_suite_passes() {
    let Some(vectors) = support::vectors() else { return };
    let folder = vectors.join("suites/rdf-canon");
    let manifest: Value = serde_json::from_str(&support::read(&folder.join("manifest.jsonld"))).unwrap();
    let entries = manifest["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 86);
    let mut failures = Vec::new();
    for entry in entries {
        let begin = Instant::now();
        if let Err(reason) = verdict(&folder, entry) {
            failures.push(format!("{}: {reason}", entry["id"]));
        }
        assert!(begin.elapsed().as_secs() < 20, "{} takes {:?}", entry["id"], begin.elapsed());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
