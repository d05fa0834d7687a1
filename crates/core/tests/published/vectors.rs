//! Where the published files are.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The folder of published files; says so and gives `None` where it is not known, which CI does not accept.
pub(crate) fn folder() -> Option<PathBuf> {
    match std::env::var_os("ACCOLADE_VECTORS") {
        Some(folder) => Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)),
        None if std::env::var_os("CI").is_some() => panic!("ACCOLADE_VECTORS is not set, and CI needs it"),
        None => {
            skipped();
            None
        }
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so in one visible line")]
fn skipped() {
    eprintln!("skipped: ACCOLADE_VECTORS is not set, so the published schemas and examples were not tried");
}

/// A JSON file of the folder.
pub(crate) fn json(folder: &Path, file: &str) -> Value {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Every published Open Badges 3.0 example with its file name.
pub(crate) fn examples(folder: &Path) -> Vec<(String, Value)> {
    let mut names: Vec<String> = std::fs::read_dir(folder.join("examples/ob30"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .collect();
    names.sort();
    assert!(names.len() >= 7, "only {names:?}");
    names.into_iter().map(|name| (name.clone(), json(folder, &format!("examples/ob30/{name}")))).collect()
}

/// Whether an example is an endorsement rather than a badge.
pub(crate) fn is_endorsement(example: &Value) -> bool {
    example["type"].as_array().is_some_and(|types| types.iter().any(|name| name == "EndorsementCredential"))
}
