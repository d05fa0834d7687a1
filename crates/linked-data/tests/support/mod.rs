//! What the conformance runners share.
#![allow(dead_code, reason = "each runner uses a part")]

pub(crate) mod poison;
pub(crate) mod published;
pub(crate) mod sound;
pub(crate) mod suite;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use accolade_linked_data::{ContextLoader, json};
use serde_json::Value;

/// The folder of the published vectors. Unset, the runner is skipped with a visible line; in CI that is a failure.
#[allow(clippy::print_stderr, reason = "a skipped suite must be seen")]
pub(crate) fn vectors() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("ACCOLADE_VECTORS") {
        return Some(folder.into());
    }
    assert!(std::env::var_os("CI").is_none(), "ACCOLADE_VECTORS is unset, and in CI no suite may be skipped");
    eprintln!("skipped: ACCOLADE_VECTORS is unset, so the published vectors are not checked");
    None
}

pub(crate) fn read(path: &PathBuf) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn read_json(path: &PathBuf) -> Value {
    json::parse(read(path).as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What is wrong with the outcomes of a suite's tests: failures that are not known, and known ones that do not fail.
/// `known_failures` has `id reason` on each line that does not begin with `#`.
pub(crate) fn wrong<'s>(
    known_failures: &str,
    verdicts: impl Iterator<Item = (&'s str, Result<(), String>)>,
) -> Vec<String> {
    let lines = known_failures.lines().filter(|line| !line.starts_with('#'));
    let mut known: BTreeMap<&str, &str> = lines.filter_map(|line| line.split_once(' ')).collect();
    let mut wrong = Vec::new();
    for (id, verdict) in verdicts {
        match (verdict, known.remove(id)) {
            (Ok(()), None) | (Err(_), Some(_)) => {}
            (Ok(()), Some(reason)) => {
                wrong.push(format!("{id} passes, though it is known to fail: {reason}"))
            }
            (Err(reason), None) => wrong.push(format!("{id} ({reason})")),
        }
    }
    wrong.extend(known.keys().map(|id| format!("{id} is known to fail, but there is no such test")));
    wrong
}

/// Answers with documents given beforehand.
pub(crate) struct Given(pub(crate) Vec<(&'static str, Arc<Value>)>);

impl ContextLoader for Given {
    fn load(&self, url: &str) -> Option<Arc<Value>> {
        self.0.iter().find(|(known, _)| *known == url).map(|(_, document)| Arc::clone(document))
    }
}

/// The context of the W3C's examples, which gives every unknown word a meaning. It must never be built in.
pub(crate) fn examples_context() -> Given {
    let context = serde_json::json!({"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}});
    Given(vec![("https://www.w3.org/ns/credentials/examples/v2", Arc::new(context))])
}
