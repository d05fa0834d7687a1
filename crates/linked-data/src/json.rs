//! Strict I-JSON.
use serde_json::Value;

/// Reads one JSON document.
///
/// # Errors
/// See [`JsonError`].
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    serde_json::from_slice(bytes).map_err(|_| JsonError {
        pointer: String::new(),
        line: 1,
        column: 1,
        kind: JsonErrorKind::Syntax("invalid JSON"),
    })
}

/// [`parse`] with a limit on the size of the text.
///
/// # Errors
/// See [`JsonError`].
pub fn parse_limited(bytes: &[u8], max_bytes: usize) -> Result<Value, JsonError> {
    if bytes.len() > max_bytes {
        return Err(JsonError {
            pointer: String::new(),
            line: 1,
            column: 1,
            kind: JsonErrorKind::TooLarge { limit: max_bytes },
        });
    }
    parse(bytes)
}

/// Why a text is not acceptable JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} (line {line}, column {column}, at \"{pointer}\")")]
pub struct JsonError {
    /// JSON Pointer (RFC 6901) of the value being read; empty for the document itself.
    pub pointer: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: JsonErrorKind,
}

/// What is wrong with a JSON text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// Not JSON at all.
    #[error("not JSON: {0}")]
    Syntax(&'static str),
    /// More bytes than allowed.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}
