//! Compact JWS ([RFC 7515](https://www.rfc-editor.org/rfc/rfc7515.html#section-7.1)), read by a strict parser of our
//! own and verified with a key that somebody else has chosen: the header never decides how.

use accolade_linked_data::json::{self, JsonError};
use serde_json::{Map, Value};

use crate::{Algorithm, KeyError, PublicKey, Signer, SigningError, base64url};

/// The longest token read, in bytes.
pub const LONGEST: usize = 4 * 1024 * 1024;
/// The longest `kid` taken, in bytes.
const LONGEST_KID: usize = 2048;

/// A compact JWS taken apart, its signature not yet verified.
#[derive(Debug, Clone, PartialEq)]
pub struct CompactJws<'a> {
    header: Header,
    signing_input: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// The members a protected header may have here.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// `alg`: what the token claims to be signed with; a claim, checked against the key.
    pub alg: Algorithm,
    /// `kid`: where the key is said to be; printable ASCII without blanks and quotes, at most 2048 bytes.
    pub kid: Option<String>,
    /// `typ`, as written.
    pub typ: Option<String>,
    /// `jwk`: a key the token brings along. It proves nothing until it is found among the issuer's own keys.
    pub jwk: Option<PublicKey>,
}

/// Why a token is not a compact JWS that may be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Longer than [`LONGEST`].
    #[error("the token is longer than {LONGEST} bytes")]
    TooLong,
    /// Not three non-empty parts between two dots.
    #[error("a compact JWS has exactly three non-empty parts between two dots")]
    NotThreeParts,
    /// A part is not canonical base64url without padding.
    #[error("the {0} is not base64url without padding, or ends in unused bits that are not zero")]
    BadBase64(&'static str),
    /// A member occurs twice.
    #[error("the {part} repeats a member: {error}")]
    DuplicateMember {
        /// `header` or `payload`.
        part: &'static str,
        /// Where, in the parser's words.
        error: String,
    },
    /// A part is no strict JSON object.
    #[error("the {part} is not a strict JSON object: {error}")]
    BadJson {
        /// `header` or `payload`.
        part: &'static str,
        /// What the parser says.
        error: String,
    },
    /// `alg` is missing, unsigned, symmetric or unknown.
    #[error("the algorithm {0:?} is not allowed; only EdDSA, ES256, ES384, RS256 and PS256 are")]
    AlgNotAllowed(String),
    /// `crit` is present: no extension is understood, so nothing critical can be.
    #[error("the header has `crit`, and no critical extension is supported")]
    CritNotAllowed,
    /// A header member that Open Badges does not allow.
    #[error("the header member {0:?} is not allowed")]
    HeaderNotAllowed(String),
    /// A header member of the wrong type.
    #[error("the header member {0:?} has the wrong type")]
    BadHeader(&'static str),
    /// `kid` is too long or has characters no key identifier needs.
    #[error("`kid` is not a usable key identifier")]
    BadKid,
    /// `typ` names another kind of token.
    #[error("`typ` {0:?} is not that of this kind of token")]
    BadTyp(String),
    /// The key inside the header is not usable.
    #[error("the key in the header: {0}")]
    BadKey(#[from] KeyError),
    /// The header claims another algorithm than the key's.
    #[error("the token says {header}, but the key verifies {key}")]
    KeyAlgMismatch {
        /// What the header says.
        header: Algorithm,
        /// What the key is for.
        key: Algorithm,
    },
    /// The signature does not fit.
    #[error("the signature does not fit the token and the key")]
    BadSignature,
}

impl JwsError {
    /// A stable name for reports, such as `alg_not_allowed` or `bad_signature`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::NotThreeParts => "not_compact_jws",
            Self::BadBase64(_) => "bad_base64url",
            Self::DuplicateMember { .. } => "duplicate_member",
            Self::BadJson { .. } => "bad_json",
            Self::AlgNotAllowed(_) => "alg_not_allowed",
            Self::CritNotAllowed => "crit_not_allowed",
            Self::HeaderNotAllowed(_) => "header_not_allowed",
            Self::BadHeader(_) => "bad_header",
            Self::BadKid => "bad_kid",
            Self::BadTyp(_) => "bad_typ",
            Self::BadKey(error) => error.code(),
            Self::KeyAlgMismatch { .. } => "key_alg_mismatch",
            Self::BadSignature => "bad_signature",
        }
    }
}

/// Takes a token apart, strictly: exactly three non-empty parts in canonical base64url, a header that is strict JSON
/// and holds no members but `alg`, `kid`, `typ` and `jwk`, and one of the five algorithms.
pub fn parse(token: &str) -> Result<CompactJws<'_>, JwsError> {
    if token.len() > LONGEST {
        return Err(JwsError::TooLong);
    }
    let (signing_input, signature) = token.rsplit_once('.').ok_or(JwsError::NotThreeParts)?;
    let (header, payload) = signing_input.split_once('.').ok_or(JwsError::NotThreeParts)?;
    if payload.contains('.') || [header, payload, signature].iter().any(|part| part.is_empty()) {
        return Err(JwsError::NotThreeParts);
    }
    let decode = |part, name| base64url::decode(part).ok_or(JwsError::BadBase64(name));
    Ok(CompactJws {
        header: read_header(&decode(header, "header")?)?,
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

/// A header to sign with; `alg` is the signer's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeaderToSign<'a> {
    /// `kid`, where there is one.
    pub kid: Option<&'a str>,
    /// `typ`, where there is one.
    pub typ: Option<&'a str>,
}

impl Signer {
    /// Signs a payload as a compact JWS.
    pub fn sign_jws(&self, header: HeaderToSign<'_>, payload: &[u8]) -> Result<String, SigningError> {
        let mut members = Map::from_iter([("alg".to_owned(), self.algorithm().as_str().into())]);
        members.extend(header.kid.map(|kid| ("kid".to_owned(), kid.into())));
        members.extend(header.typ.map(|typ| ("typ".to_owned(), typ.into())));
        let mut token = String::with_capacity(payload.len() * 4 / 3 + 1024);
        base64url::encode_onto(Value::Object(members).to_string(), &mut token);
        token.push('.');
        base64url::encode_onto(payload, &mut token);
        let signature = self.sign(token.as_bytes())?;
        token.push('.');
        base64url::encode_onto(signature, &mut token);
        Ok(token)
    }
}

fn read_header(bytes: &[u8]) -> Result<Header, JwsError> {
    let members = object(bytes, "header")?;
    if members.contains_key("crit") {
        return Err(JwsError::CritNotAllowed);
    }
    if let Some(name) = members.keys().find(|name| !["alg", "kid", "typ", "jwk"].contains(&name.as_str())) {
        return Err(JwsError::HeaderNotAllowed(name.clone()));
    }
    let alg = match members.get("alg") {
        Some(Value::String(name)) => {
            Algorithm::parse(name).ok_or_else(|| JwsError::AlgNotAllowed(name.clone()))?
        }
        Some(_) => return Err(JwsError::BadHeader("alg")),
        None => return Err(JwsError::AlgNotAllowed(String::new())),
    };
    let kid = text(&members, "kid")?;
    if kid.as_deref().is_some_and(|kid| !is_key_identifier(kid)) {
        return Err(JwsError::BadKid);
    }
    let jwk = members.get("jwk").map(PublicKey::from_jwk).transpose()?;
    Ok(Header { alg, kid, typ: text(&members, "typ")?, jwk })
}

/// Printable ASCII but for the characters that no URI has; it ends up in requests, look-ups and logs.
fn is_key_identifier(kid: &str) -> bool {
    (1..=LONGEST_KID).contains(&kid.len())
        && kid.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte))
}

fn text(members: &Map<String, Value>, name: &'static str) -> Result<Option<String>, JwsError> {
    match members.get(name) {
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(JwsError::BadHeader(name)),
        None => Ok(None),
    }
}

fn object(bytes: &[u8], part: &'static str) -> Result<Map<String, Value>, JwsError> {
    match json::parse(bytes) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(JwsError::BadJson { part, error: "it is another kind of value".into() }),
        Err(error) => Err(unreadable(part, &error)),
    }
}

fn unreadable(part: &'static str, error: &JsonError) -> JwsError {
    let text = error.to_string();
    if error.kind.code() == "duplicate_member" {
        JwsError::DuplicateMember { part, error: text }
    } else {
        JwsError::BadJson { part, error: text }
    }
}
