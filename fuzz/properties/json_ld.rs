//! JSON-LD documents: every text, read in every way there is.

use accolade_linked_data::{
    Budget, Direction, Error, HashAlgorithm, Options, canonicalize, canonicalize_nquads, expand, jcs, json,
};
use serde_json::Value;

/// So little that a hard document is given up soon.
const BUDGET: Budget = Budget {
    nodes: 4_000,
    depth: 128,
    quads: 2_000,
    blank_nodes: 500,
    graphs: 32,
    bytes: 1 << 20,
    work: 20_000,
};

/// Enough for whatever came out of a document that kept to the other.
const AMPLE: Budget = Budget {
    nodes: 1_000_000,
    depth: 1_000,
    quads: 1_000_000,
    blank_nodes: 1_000_000,
    graphs: 1_000,
    bytes: u32::MAX,
    work: u32::MAX,
};

/// The documents to begin with.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/json_ld");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let named = |file: &std::path::PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (named(file), std::fs::read(file).unwrap())).collect()
}

/// Reads the bytes in every way there is, and compares the outcomes.
pub(crate) fn hold_for(bytes: &[u8]) {
    let Ok(document) = json::parse(bytes) else { return };
    let canonical = jcs::canonicalize(&document);
    // 1e20 is written as a whole number, which the strict reader does not take back.
    let again = serde_json::from_str(&canonical).map(|same: Value| jcs::canonicalize(&same));
    assert_eq!(again.ok().as_ref(), Some(&canonical), "canonical JSON is its own canonical form");
    for (safe, base, direction) in [
        (true, None, Direction::Lose),
        (true, Some("https://base.example/a/b?q"), Direction::I18nDatatype),
        (false, None, Direction::CompoundLiteral),
        (false, Some("urn:base:x"), Direction::Lose),
    ] {
        let options = Options { safe, base, direction, budget: BUDGET, ..Options::default() };
        one_way(&document, &options);
    }
}

fn one_way(document: &Value, options: &Options<'_>) {
    let outcome = canonicalize(document, options);
    assert_eq!(canonicalize(document, options), outcome, "the same twice");
    let expanded = expand(document, options);
    match (&outcome, &expanded) {
        (Ok(text), Ok(expanded)) => {
            idempotent(text);
            if options.safe {
                means_the_same(expanded, text, options);
            }
        }
        // Expanding knows no quads and no direction that is lost; apart from that both refuse the same.
        (Err(Error::ComplexityLimit { .. }), _) | (_, Err(Error::ComplexityLimit { .. })) => {}
        (Err(Error::DroppedValue { .. }), Ok(_)) => {}
        (Err(a), Err(b)) if a == b => {}
        (Err(Error::DroppedValue { .. }), Err(_)) => {}
        (a, b) => panic!("{document}: quads {a:?}, expanded {b:?}"),
    }
}

/// Canonical N-Quads are their own canonical form.
fn idempotent(text: &str) {
    match canonicalize_nquads(text, HashAlgorithm::Sha256, AMPLE) {
        Ok(again) => assert_eq!(again.text, *text, "canonical N-Quads are their own canonical form"),
        Err(error) => panic!("{error}:\n{text}"),
    }
}

/// The expanded document needs no context any more, and means what the document meant.
fn means_the_same(expanded: &Value, text: &str, options: &Options<'_>) {
    let options = Options { budget: AMPLE, ..*options };
    match canonicalize(expanded, &options) {
        Ok(again) => assert_eq!(again, *text, "of the expanded document {expanded}"),
        Err(error) => panic!("{error}: {expanded}"),
    }
    let again = expand(expanded, &options);
    assert_eq!(again.as_ref(), Ok(expanded), "an expanded document is its own expanded form");
}
