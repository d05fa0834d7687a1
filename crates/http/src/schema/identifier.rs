//! The shapes of DID Resolution.

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::text::{kinds, written};

/// What comes of resolving a DID
/// ([DID Resolution](https://www.w3.org/TR/did-resolution/#did-resolution-result)).
#[derive(ToSchema)]
#[schema(as = DidResolution, rename_all = "camelCase")]
pub(crate) struct DidResolution {
    /// `https://w3id.org/did-resolution/v1`
    #[schema(rename = "@context")]
    context: String,
    /// The DID document; null where there is none to be had.
    #[schema(value_type = Option<Object>)]
    did_document: Option<Value>,
    did_resolution_metadata: DidResolutionMetadata,
    /// Empty: neither `did:key` nor `did:web` says more of a document than stands in it.
    #[schema(value_type = Object)]
    did_document_metadata: Value,
}

/// How the resolution went.
#[derive(ToSchema)]
#[schema(as = DidResolutionMetadata, rename_all = "camelCase")]
pub(crate) struct DidResolutionMetadata {
    /// The media type of the DID document, where there is one.
    #[schema(required = false, nullable = false)]
    content_type: Option<String>,
    /// Where there is none, why: `invalidDid`, `notFound`, `representationNotSupported`, `methodNotSupported`,
    /// `invalidDidDocument`, `internalError`, or a name of the method such as `invalidPublicKey`.
    #[schema(required = false, nullable = false)]
    error: Option<String>,
    /// The same for people.
    #[schema(required = false, nullable = false)]
    error_message: Option<String>,
}

kinds! {
    /// A `did:key` or `did:web`, percent-encoded once, as anything in a path is.
    DidSought: json!({"type": "string", "pattern": "^did:(key|web):[A-Za-z0-9._:%-]+$", "maxLength": 2048});
}
