//! Identifiers of issuers and the documents that list their keys: `did:key`, `did:web`, and controller documents.

mod document;
mod key;
mod web;

pub use document::{
    ASSERTION_METHOD, AUTHENTICATION, DocumentKey, KeyForm, VerificationMethod, add_methods, did_document,
    find_method,
};
pub use key::{DidKeyError, did_key, did_key_document, did_key_method, parse_did_key, parse_did_key_method};
pub use web::{did_web, did_web_url};

use crate::KeyError;

/// Why an identifier or a document does not lead to a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DidError {
    /// Not a DID of the method at hand, or one whose parts are not allowed.
    #[error("not a usable identifier: {0}")]
    BadIdentifier(&'static str),
    /// The document has no such verification method.
    #[error("the document lists no verification method {0:?}")]
    NoMethod(String),
    /// The document has the method more than once.
    #[error("the document lists the verification method {0:?} more than once")]
    AmbiguousMethod(String),
    /// The method is there, but not under the relationship asked for.
    #[error("the key is not listed under {0:?}")]
    Relationship(String),
    /// The method's controller, or the document's own id, is someone else's.
    #[error("the key is controlled by {found:?}, not by {expected:?}")]
    Controller {
        /// What the document says.
        found: String,
        /// What was asked for.
        expected: String,
    },
    /// The document or the method in it is not built as the standard says.
    #[error("the document is not usable: {0}")]
    BadDocument(&'static str),
    /// The `did:key` leads to no key.
    #[error(transparent)]
    DidKey(#[from] DidKeyError),
    /// The key itself is not usable.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl DidError {
    /// A stable name for reports: `bad_identifier`, `no_method`, `ambiguous_kid`, `relationship`, `controller`,
    /// `bad_document`, or the key's own.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadIdentifier(_) => "bad_identifier",
            Self::NoMethod(_) => "no_method",
            Self::AmbiguousMethod(_) => "ambiguous_kid",
            Self::Relationship(_) => "relationship",
            Self::Controller { .. } => "controller",
            Self::BadDocument(_) => "bad_document",
            Self::DidKey(error) => error.code(),
            Self::Key(error) => error.code(),
        }
    }
}
