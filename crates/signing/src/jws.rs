//! Compact JWS ([RFC 7515](https://www.rfc-editor.org/rfc/rfc7515.html#section-7.1)), read by a strict parser of our
//! own and verified with a key that somebody else has chosen: the header never decides how.

mod error;
mod header;

use accolade_linked_data::json;
use serde_json::{Map, Value};

pub use error::JwsError;
pub use header::{Header, HeaderToSign};

use crate::{PublicKey, Signer, SigningError, base64url};

/// The longest token read, in bytes.
pub const LONGEST: usize = 4 * 1024 * 1024;

/// A compact JWS taken apart, its signature not yet verified.
#[derive(Debug, Clone, PartialEq)]
pub struct CompactJws<'a> {
    header: Header,
    signing_input: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// Takes a token apart, strictly: exactly three non-empty parts in canonical base64url, a header that is strict JSON
/// and holds no members but `alg`, `kid`, `typ`, `cty`, `iss` and `jwk`, and one of the five algorithms.
pub fn parse(token: &str) -> Result<CompactJws<'_>, JwsError> {
    if token.len() > LONGEST {
        return Err(JwsError::TooLong);
    }
    if token.trim_start().starts_with('{') {
        return Err(JwsError::JsonSerialization);
    }
    let (signing_input, signature) = token.rsplit_once('.').ok_or(JwsError::NotThreeParts)?;
    let (header, payload) = signing_input.split_once('.').ok_or(JwsError::NotThreeParts)?;
    if payload.contains('.') || [header, payload, signature].iter().any(|part| part.is_empty()) {
        return Err(JwsError::NotThreeParts);
    }
    let decode = |part, name| base64url::decode(part).ok_or(JwsError::BadBase64(name));
    Ok(CompactJws {
        header: Header::read(&decode(header, "header")?)?,
        signing_input,
        payload: decode(payload, "payload")?,
        signature: decode(signature, "signature")?,
    })
}

impl CompactJws<'_> {
    /// The protected header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The payload's bytes; trust them only after [`CompactJws::verify`].
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The payload as strict JSON.
    pub fn payload_json(&self) -> Result<Map<String, Value>, JwsError> {
        object(&self.payload, "payload")
    }

    /// Verifies the signature. The key decides the algorithm; a header that says another one is refused.
    pub fn verify(&self, key: &PublicKey) -> Result<(), JwsError> {
        if self.header.alg != key.algorithm() {
            return Err(JwsError::KeyAlgMismatch { header: self.header.alg, key: key.algorithm() });
        }
        key.verify(self.signing_input.as_bytes(), &self.signature).map_err(|_| JwsError::BadSignature)
    }
}

impl Signer {
    /// Signs a payload as a compact JWS.
    pub fn sign_jws(&self, header: HeaderToSign<'_>, payload: &[u8]) -> Result<String, SigningError> {
        let header = header.to_json(self.algorithm()).map_err(|_| unwritable())?;
        let mut token = Vec::with_capacity((header.len() + payload.len()) * 4 / 3 + ROOM);
        base64url::encode_into(header, &mut token);
        token.push(b'.');
        base64url::encode_into(payload, &mut token);
        let signature = self.sign(&token)?;
        token.push(b'.');
        base64url::encode_into(signature, &mut token);
        String::from_utf8(token).map_err(|_| unwritable())
    }
}

/// What a token needs beside header and payload: two dots, an RSA signature of 4096 bits, rounding.
const ROOM: usize = 720;

fn unwritable() -> SigningError {
    SigningError::Unfit { pointer: String::new(), reason: "it cannot be written as JSON" }
}

fn object(bytes: &[u8], part: &'static str) -> Result<Map<String, Value>, JwsError> {
    match json::parse(bytes) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(JwsError::BadJson { part, error: "it is another kind of value".into() }),
        Err(error) if error.kind.code() == "duplicate_member" => {
            Err(JwsError::DuplicateMember { part, error: error.to_string() })
        }
        Err(error) => Err(JwsError::BadJson { part, error: error.to_string() }),
    }
}
