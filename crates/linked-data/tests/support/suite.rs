//! The suites of the JSON-LD API: their manifests, their contexts, and what is known to fail.

use std::path::PathBuf;
use std::sync::Arc;

use accolade_linked_data::{ContextLoader, Direction, Error, Options};
use serde_json::Value;

use super::{read, wrong};

const BASE: &str = "https://w3c.github.io/json-ld-api/tests/";

/// One suite of the W3C. As a loader of contexts it answers with its own files, and with nothing else.
pub(crate) struct Suite {
    folder: PathBuf,
    manifest: Value,
}

impl ContextLoader for Suite {
    fn load(&self, url: &str) -> Option<Arc<Value>> {
        let text = std::fs::read(self.folder.join(url.strip_prefix(BASE)?)).ok()?;
        serde_json::from_slice(&text).ok().map(Arc::new)
    }
}

impl Suite {
    pub(crate) fn open(vectors: &std::path::Path, name: &str) -> Self {
        let folder = vectors.join("suites/json-ld-api");
        let manifest = serde_json::from_str(&read(&folder.join(format!("{name}-manifest.jsonld")))).unwrap();
        Self { folder, manifest }
    }

    pub(crate) fn text(&self, file: &Value) -> String {
        read(&self.folder.join(file.as_str().unwrap()))
    }

    /// A file as JSON. The suite's files are not I-JSON throughout.
    pub(crate) fn json(&self, file: &Value) -> Value {
        serde_json::from_str(&self.text(file)).unwrap()
    }

    /// Runs every test for JSON-LD 1.1; gives how many ran, how many are for 1.0 only, and what is wrong.
    pub(crate) fn run(
        &self,
        known_failures: &str,
        verdict: impl Fn(&Self, &Value) -> Result<(), String>,
    ) -> (usize, usize, Vec<String>) {
        let all = self.manifest["sequence"].as_array().unwrap();
        let (old, current): (Vec<&Value>, Vec<&Value>) = all.iter().partition(|entry| is_for_1_0(entry));
        let verdicts = current.iter().map(|entry| {
            let outcome = verdict(self, entry);
            (entry["@id"].as_str().unwrap(), outcome.map_err(|reason| format!("{}: {reason}", entry["name"])))
        });
        let wrong = wrong(known_failures, verdicts);
        (current.len(), old.len(), wrong)
    }

    /// Hands the options that a test asks for to `use_them`.
    pub(crate) fn with_options<T>(&self, entry: &Value, use_them: impl FnOnce(&Options<'_>) -> T) -> T {
        let option = &entry["option"];
        let input = entry["input"].as_str().unwrap();
        let base = option["base"].as_str().map_or_else(|| format!("{BASE}{input}"), str::to_owned);
        let expand_context =
            option["expandContext"].as_str().map(|file| self.json(&Value::String(file.to_owned())));
        let direction = match option["rdfDirection"].as_str() {
            Some("i18n-datatype") => Direction::I18nDatatype,
            Some("compound-literal") => Direction::CompoundLiteral,
            _ => Direction::Lose,
        };
        use_them(&Options {
            safe: false,
            base: Some(&base),
            loader: Some(self),
            expand_context: expand_context.as_ref(),
            direction,
            ..Options::default()
        })
    }
}

fn is_for_1_0(entry: &Value) -> bool {
    entry["option"]["specVersion"] == "json-ld-1.0" || entry["option"]["processingMode"] == "json-ld-1.0"
}

/// Whether an error is the one that a negative test expects.
pub(crate) fn is_expected_error<T: std::fmt::Display>(
    code: &Value,
    outcome: &Result<T, Error>,
) -> Result<(), String> {
    let name = match outcome {
        Err(Error::JsonLd { rule, .. }) => rule.name(),
        Err(Error::ContextNotAllowed { .. }) => "loading remote context failed",
        Err(other) => return Err(format!("expected {code}, got {other}")),
        Ok(result) => return Err(format!("expected {code}, got\n{result}")),
    };
    if code == name { Ok(()) } else { Err(format!("expected {code}, got {name}")) }
}
