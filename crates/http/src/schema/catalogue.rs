//! The catalogue of micro-credentials.

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::text::{kinds, written};

kinds! {
    /// A page of the catalogue.
    CataloguePage: page();
}

fn page() -> Value {
    let text = json!({"type": "string"});
    let url = json!({"type": "string", "format": "uri"});
    let object = |properties: Value, required: &[&str]| json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
    let item = object(
        json!({
            "id": text, "name": text, "description": text, "inLanguage": text,
            "issuer": object(json!({"id": text, "profileId": text, "name": text}), &["id", "profileId", "name"]),
            "microCredential": {"$ref": "#/components/schemas/MicroCredential"},
            "createdAt": {"type": "string", "format": "date-time"},
            "links": object(json!({"public": url, "image": url, "issuer": url}), &["public", "image", "issuer"])
        }),
        &["id", "name", "issuer", "createdAt", "links"],
    );
    object(
        json!({
            "items": {"type": "array", "maxItems": 24, "items": item},
            "total": {"type": "integer", "minimum": 0, "description": "How many were found."},
            "page": {"type": "integer", "minimum": 1},
            "pages": {"type": "integer", "minimum": 1}
        }),
        &["items", "total", "page", "pages"],
    )
}
