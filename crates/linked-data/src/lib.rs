#![doc = include_str!("../README.md")]

mod budget;
mod canon;
mod context;
mod dataset;
mod error;
mod expand;
mod iri;
mod keyword;
mod nquads;
mod number;
mod options;
mod path;
mod placed;
mod prepared;
mod rows;
mod scratch;
mod selection;

pub mod contexts;
pub mod jcs;
pub mod json;

use sha2::{Digest, Sha256};

pub use budget::Budget;
pub use error::{Error, Rule};
pub use nquads::{Canonical, NQuadsError, canonicalize_nquads};
pub use options::{ContextLoader, Direction, HashAlgorithm, Options};
pub use placed::{BlankNode, PlacedQuads};
pub use prepared::Prepared;
pub use selection::{Gaps, SelectionError, select};

use serde_json::Value;

/// Expands a JSON-LD document, labels its blank nodes by [RDFC-1.0](https://www.w3.org/TR/rdf-canon/) and writes its canonical N-Quads.
///
/// The document should come from [`json::parse`], which refuses what two readers could understand differently.
///
/// # Errors
/// See [`Error`]; in safe mode (the default) also whatever would be lost on the way.
pub fn canonicalize(document: &Value, options: &Options<'_>) -> Result<String, Error> {
    let mut text = String::new();
    write_canonical(&mut text, document, options)?;
    Ok(text)
}

fn write_canonical(out: &mut String, document: &Value, options: &Options<'_>) -> Result<(), Error> {
    let (dataset, mut processor) = expand::Expander::quads(options).run(document)?;
    canon::canonicalize(out, &dataset, options.hash, &mut processor.meter).map(drop)
}

/// Expands a JSON-LD document: an array in [expanded document form](https://www.w3.org/TR/json-ld11/#expanded-document-form), without contexts,
/// every name an IRI, every value an object.
///
/// It is the very walk that [`canonicalize`] makes quads of, and in safe mode it refuses the same (but for a base direction, which expanded
/// JSON-LD keeps). Language tags become lower case.
///
/// ```
/// use accolade_linked_data::{Options, expand};
/// use serde_json::json;
/// let document = json!({"@context": {"name": "https://schema.org/name"}, "@id": "urn:x", "name": "Jo"});
/// let expanded = expand(&document, &Options::default())?;
/// assert_eq!(expanded, json!([{"@id": "urn:x", "https://schema.org/name": [{"@value": "Jo"}]}]));
/// # Ok::<(), accolade_linked_data::Error>(())
/// ```
///
/// # Errors
/// As for [`canonicalize`].
pub fn expand(document: &Value, options: &Options<'_>) -> Result<Value, Error> {
    expand::Expander::tree(options).run(document).map(|(expanded, _)| expanded)
}

/// SHA-256 of the canonical N-Quads of a JSON-LD document.
///
/// # Errors
/// As for [`canonicalize`].
pub fn canonical_hash(document: &Value, options: &Options<'_>) -> Result<[u8; 32], Error> {
    scratch::with(|text| {
        write_canonical(text, document, options)?;
        Ok(Sha256::digest(text.as_bytes()).into())
    })
}
