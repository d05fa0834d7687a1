#![doc = include_str!("../README.md")]

mod budget;
mod error;
mod options;

pub mod contexts;
pub mod json;

pub use budget::Budget;
pub use error::{Error, Rule};
pub use options::{ContextLoader, Direction, HashAlgorithm, Options};

use serde_json::Value;

/// Expands a JSON-LD document and writes its canonical N-Quads.
///
/// # Errors
/// See [`Error`].
pub fn canonicalize(document: &Value, options: &Options<'_>) -> Result<String, Error> {
    let _ = (document, options);
    Ok(String::new())
}

/// SHA-256 of the canonical N-Quads of a JSON-LD document.
///
/// # Errors
/// See [`Error`].
pub fn canonical_hash(document: &Value, options: &Options<'_>) -> Result<[u8; 32], Error> {
    let _ = (document, options);
    Ok([0; 32])
}
