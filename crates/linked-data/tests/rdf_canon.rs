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

use accolade_linked_data::{Budget, Canonical, Error, HashAlgorithm, NQuadsError, canonicalize_nquads};
use serde_json::Value;

/// What we do not pass, and why: `id reason` on each line.
const KNOWN_FAILURES: &str = include_str!("rdf_canon.known-failures");

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

/// CAN-1, and the poisoned graphs of CAN-2 among the negative tests.
#[test]
fn the_suite_passes_but_for_the_known_failures() {
    let Some(vectors) = support::vectors() else { return };
    let folder = vectors.join("suites/rdf-canon");
    let manifest: Value = serde_json::from_str(&support::read(&folder.join("manifest.jsonld"))).unwrap();
    let entries = manifest["entries"].as_array().unwrap();
    let of_kind = |kind: &str| entries.iter().filter(|entry| entry["type"] == kind).count();
    let counts = ["rdfc:RDFC10EvalTest", "rdfc:RDFC10MapTest", "rdfc:RDFC10NegativeEvalTest"].map(of_kind);
    assert_eq!((counts, entries.len()), ([64, 21, 1], 86), "evaluation, map and negative tests");
    let sha384 = entries.iter().filter(|entry| entry["hashAlgorithm"] == "SHA384").count();
    assert_eq!(sha384, 2, "tests with SHA-384");
    let verdicts = entries.iter().map(|entry| (entry["id"].as_str().unwrap(), verdict(&folder, entry)));
    let wrong = support::wrong(KNOWN_FAILURES, verdicts);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
