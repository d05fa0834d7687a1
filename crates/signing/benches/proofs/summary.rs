//! The benchmark summary that every bench of the workspace writes its figures into.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

/// Sets `{"name": {"value": …, "unit": …}}` for each figure in the file named by `ACCOLADE_BENCH_SUMMARY`, else in the
/// workspace's `target/bench/summary.json`; figures of other benches stay. Gives the file's path and all it holds now.
pub(crate) fn merge(figures: &[(String, f64, &str)]) -> io::Result<(PathBuf, Map<String, Value>)> {
    let path = std::env::var_os("ACCOLADE_BENCH_SUMMARY").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/bench/summary.json"),
        PathBuf::from,
    );
    let mut summary: Map<String, Value> = match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Map::new(),
        Err(error) => return Err(error),
    };
    for (name, value, unit) in figures {
        let value = (value * 1000.0).round() / 1000.0;
        summary.insert(name.clone(), json!({ "value": value, "unit": unit }));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, serde_json::to_string_pretty(&summary)? + "\n")?;
    Ok((path, summary))
}
