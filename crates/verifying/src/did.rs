//! From a DID to its document ([DID Resolution](https://www.w3.org/TR/did-resolution/)).

use accolade_signing::did::{self, DidKeyError};
use serde_json::Value;

use crate::egress::Keeping;
use crate::library::{Library, on_this_machine};
use crate::report::Trouble;

/// Why a DID leads to no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DidTrouble {
    /// Not a DID, or not one by the rules of its method; with the name of the fault and what it is.
    #[error("{detail}")]
    Invalid {
        /// `invalidDid`, or of a `did:key` `invalidPublicKey`, `invalidPublicKeyLength` or `unsupportedPublicKeyType`.
        name: &'static str,
        /// In words.
        detail: String,
    },
    /// A method other than `key` and `web`.
    #[error("DIDs of the method {0:?} are not resolved here")]
    MethodNotSupported(String),
    /// No document stands where the DID says.
    #[error("{0}")]
    NotFound(String),
    /// A document stands there, but it is not that of the DID.
    #[error("{0}")]
    InvalidDocument(String),
    /// Whether there is a document could not be found out.
    #[error("{0}")]
    Unreachable(String),
}

impl DidTrouble {
    /// The name in the standard: `invalidDid`, `methodNotSupported`, `notFound`, `invalidDidDocument`, `internalError`, or
    /// that of the method.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Invalid { name, .. } => name,
            Self::MethodNotSupported(_) => "methodNotSupported",
            Self::NotFound(_) => "notFound",
            Self::InvalidDocument(_) => "invalidDidDocument",
            Self::Unreachable(_) => "internalError",
        }
    }
}

pub(crate) async fn resolve(library: &mut Library<'_>, did: &str) -> Result<Value, DidTrouble> {
    match method_of(did)? {
        "key" => did::did_key_document(did)
            .map_err(|error: DidKeyError| invalid(error.published(), error.to_string())),
        "web" => web(library, did).await,
        other => Err(DidTrouble::MethodNotSupported(other.to_owned())),
    }
}

/// The method of a DID by its general syntax: `did:`, a method of small letters and digits, and something behind it that is
/// no path, query or fragment ([DID Core](https://www.w3.org/TR/did-1.0/#did-syntax)).
fn method_of(did: &str) -> Result<&str, DidTrouble> {
    let bad = |reason: &str| Err(invalid("invalidDid", format!("this is no DID: {reason}")));
    let Some((method, id)) = did.strip_prefix("did:").and_then(|rest| rest.split_once(':')) else {
        return bad("it is not did:, a method, and an identifier");
    };
    if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return bad("the method is small letters and digits");
    }
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:%".contains(&byte);
    if id.is_empty() || id.ends_with(':') || !id.bytes().all(may_stand) {
        return bad("the identifier has characters that none has");
    }
    Ok(method)
}

async fn web(library: &mut Library<'_>, did: &str) -> Result<Value, DidTrouble> {
    let url = did::did_web_url(did).map_err(|error| invalid("invalidDid", error.to_string()))?;
    let url = on_this_machine(&url).unwrap_or(url);
    let document = match library.json(&url, "the DID document", Keeping::ISSUER).await {
        Ok(document) => document,
        Err(Trouble::Gap(gap)) if gap.code == "not_found" => return Err(DidTrouble::NotFound(gap.detail)),
        Err(Trouble::Gap(gap)) if gap.code == "not_json" => {
            return Err(DidTrouble::InvalidDocument(gap.detail));
        }
        Err(trouble) => return Err(DidTrouble::Unreachable(trouble.detail().to_owned())),
    };
    if document.get("id").and_then(Value::as_str) != Some(did) {
        return Err(DidTrouble::InvalidDocument(
            "The document that stands there is that of another identifier.".to_owned(),
        ));
    }
    Ok(document)
}

fn invalid(name: &'static str, detail: String) -> DidTrouble {
    DidTrouble::Invalid { name, detail }
}
