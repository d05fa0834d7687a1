//! What somebody hands in to have it examined.

use bytes::Bytes;

/// A badge as it was handed in, not yet looked at.
#[derive(Debug, Clone)]
pub enum Submission {
    /// The address of a badge: the examiner fetches it.
    Url(String),
    /// JSON text: an OB 3.0 credential with embedded proof, or an OB 2.0 Assertion.
    Json(Bytes),
    /// A compact JWS: an OB 3.0 VC-JWT, or an OB 2.0 signed Assertion.
    Jwt(String),
    /// A PNG or SVG with a badge baked into it.
    Image(Bytes),
    /// A PDF with a badge attached to it.
    Pdf(Bytes),
}

impl Submission {
    /// The submission a file or a raw request body is, told by its first bytes: PNG signature or `<` is an image, `%PDF-` a PDF, `{` or
    /// `[` JSON, `http://` or `https://` an address, anything else is read as a compact JWS.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        if accolade_baking::detect(&bytes).is_some() {
            return Self::Image(bytes);
        }
        if accolade_baking::pdf::is_pdf(&bytes) {
            return Self::Pdf(bytes);
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim();
        if text.starts_with(['{', '[']) {
            return Self::Json(bytes);
        }
        if text.starts_with("http://") || text.starts_with("https://") {
            return Self::Url(text.to_owned());
        }
        Self::Jwt(text.to_owned())
    }

    /// A JSON value that was already read strictly, as JSON text.
    pub fn from_value(value: &serde_json::Value) -> Self {
        Self::Json(Bytes::from(value.to_string()))
    }
}
