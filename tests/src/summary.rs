//! `target/bench/summary.json`: the figures of all benches, `{"name": {"value": …, "unit": …}}`.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

/// Writes the figures beside those of other benches; the same name again replaces the older figure.
///
/// # Panics
/// Where the file cannot be written: a bench without its figures has failed.
pub fn merge(figures: &[(&str, f64, &str)]) {
    let path = path();
    let mut summary: Map<String, Value> =
        std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    for (name, value, unit) in figures {
        let rounded = (value * 1000.0).round() / 1000.0;
        summary.insert((*name).to_owned(), json!({"value": rounded, "unit": unit}));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).unwrap();
    }
    std::fs::write(&path, format!("{:#}\n", Value::Object(summary))).unwrap();
}

/// `ACCOLADE_BENCH_SUMMARY`, or the workspace's `target/bench/summary.json`.
fn path() -> PathBuf {
    std::env::var_os("ACCOLADE_BENCH_SUMMARY").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/bench/summary.json")),
        PathBuf::from,
    )
}
