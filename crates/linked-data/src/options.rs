//! How a document is to be read.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::budget::Budget;

/// How a document is to be read. The default is safe mode, no base IRI, only the built-in contexts.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Refuse whatever would be lost on the way to RDF (undefined terms and types, relative IRIs, dropped values).
    /// Anything that is signed must be read in this mode.
    pub safe: bool,
    /// Base IRI that relative references resolve against.
    pub base: Option<&'a str>,
    /// What the document may cost.
    pub budget: Budget,
    /// Answers for context URLs that are not built in. `None`: such a URL is an error. Built-in contexts are never asked for here.
    pub loader: Option<&'a dyn ContextLoader>,
    /// A context applied before the document's own (the `expandContext` option of JSON-LD).
    pub expand_context: Option<&'a Value>,
    /// What becomes of `@direction`.
    pub direction: Direction,
    /// The hash inside canonicalisation. SHA-256 unless a suite says otherwise; it is not the hash of the result.
    pub hash: HashAlgorithm,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            safe: true,
            base: None,
            budget: Budget::default(),
            loader: None,
            expand_context: None,
            direction: Direction::Lose,
            hash: HashAlgorithm::Sha256,
        }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("safe", &self.safe)
            .field("base", &self.base)
            .field("budget", &self.budget)
            .field("loader", &self.loader.is_some())
            .field("expand_context", &self.expand_context)
            .field("direction", &self.direction)
            .field("hash", &self.hash)
            .finish()
    }
}

/// Answers for remote contexts that are not built in, from memory or disk. This crate itself never touches a network.
pub trait ContextLoader {
    /// The document at `url`, whose `@context` member is the context; `None` if this loader does not know it.
    fn load(&self, url: &str) -> Option<Arc<Value>>;
}

/// What becomes of a base direction (`rdfDirection` of the [JSON-LD API](https://www.w3.org/TR/json-ld11-api/#the-jsonldoptions-type)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// It is lost; an error in safe mode.
    #[default]
    Lose,
    /// A literal of a datatype that names language and direction.
    I18nDatatype,
    /// A blank node with value, language and direction.
    CompoundLiteral,
}

/// The hash that [RDFC-1.0](https://www.w3.org/TR/rdf-canon/) uses to tell blank nodes apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HashAlgorithm {
    /// SHA-256, the default of the standard.
    #[default]
    Sha256,
    /// SHA-384, used with P-384 keys.
    Sha384,
}
