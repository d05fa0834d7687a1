//! The protected header: read member by member, written in one fixed order.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{JwsError, object};
use crate::{Algorithm, PublicKey};

/// The longest `kid` taken, in bytes.
const LONGEST_KID: usize = 2048;
/// The longest `typ`, `cty` and `iss` taken, in bytes.
const LONGEST_TEXT: usize = 256;
/// What a header may hold. Everything else is refused, above all `jku`, `x5u` and `x5c`, which would bring keys along that
/// nobody vouches for, and `b64`, which would change what is signed.
const MEMBERS: [&str; 6] = ["alg", "kid", "typ", "cty", "iss", "jwk"];

/// The members a protected header may have here.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// `alg`: what the token claims to be signed with; a claim, checked against the key.
    pub alg: Algorithm,
    /// `kid`: where the key is said to be; printable ASCII without blanks and quotes, at most 2048 bytes.
    pub kid: Option<String>,
    /// `typ`, as written.
    pub typ: Option<String>,
    /// `cty`, as written.
    pub cty: Option<String>,
    /// `iss`: whose token it claims to be.
    pub iss: Option<String>,
    /// `jwk`: a key the token brings along. It proves nothing until it is found among the issuer's own keys.
    pub jwk: Option<PublicKey>,
}

/// A header to sign with; `alg` is the signer's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeaderToSign<'a> {
    /// `kid`, where there is one.
    pub kid: Option<&'a str>,
    /// `typ`, where there is one.
    pub typ: Option<&'a str>,
    /// `cty`, where there is one.
    pub cty: Option<&'a str>,
}

impl Header {
    /// Whether `typ` is that media type, given without `application/`; case does not matter
    /// ([RFC 7515](https://www.rfc-editor.org/rfc/rfc7515.html#section-4.1.9)).
    pub(crate) fn is_typ(&self, name: &str) -> bool {
        self.typ.as_deref().is_some_and(|typ| is_media_type(typ, name))
    }

    /// Refuses `cty` and `iss`, which Open Badges does not allow.
    pub(crate) fn check_plain(&self) -> Result<(), JwsError> {
        let extra = self.cty.as_ref().map(|_| "cty").or(self.iss.as_ref().map(|_| "iss"));
        extra.map_or(Ok(()), |name| Err(JwsError::HeaderNotAllowed(name.to_owned())))
    }

    /// Refuses a `cty` other than that media type.
    pub(crate) fn check_cty(&self, name: &str) -> Result<(), JwsError> {
        match &self.cty {
            Some(cty) if !is_media_type(cty, name) => Err(JwsError::BadCty(cty.clone())),
            _ => Ok(()),
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, JwsError> {
        let members = object(bytes, "header")?;
        if members.contains_key("crit") {
            return Err(JwsError::CritNotAllowed);
        }
        if let Some(name) = members.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
            return Err(JwsError::HeaderNotAllowed(excerpt(name)));
        }
        let alg = match members.get("alg") {
            Some(Value::String(name)) => {
                algorithm(name).ok_or_else(|| JwsError::AlgNotAllowed(excerpt(name)))?
            }
            Some(_) => return Err(JwsError::BadHeader("alg")),
            None => return Err(JwsError::AlgNotAllowed(String::new())),
        };
        let kid = match members.get("kid") {
            Some(Value::String(kid)) if is_key_identifier(kid) => Some(kid.clone()),
            Some(Value::String(_)) => return Err(JwsError::BadKid),
            Some(_) => return Err(JwsError::BadHeader("kid")),
            None => None,
        };
        Ok(Self {
            alg,
            kid,
            typ: text(&members, "typ")?,
            cty: text(&members, "cty")?,
            iss: text(&members, "iss")?,
            jwk: members.get("jwk").map(PublicKey::from_jwk).transpose()?,
        })
    }
}

impl<'a> HeaderToSign<'a> {
    /// As JSON, its members in the order of the alphabet.
    pub(super) fn to_json(self, alg: Algorithm) -> serde_json::Result<Vec<u8>> {
        #[derive(Serialize)]
        struct Written<'a> {
            alg: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            cty: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            kid: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            typ: Option<&'a str>,
        }
        let Self { kid, typ, cty } = self;
        serde_json::to_vec(&Written { alg: alg.as_str(), cty, kid, typ })
    }
}

fn is_media_type(written: &str, name: &str) -> bool {
    const PREFIX: &str = "application/";
    let short = match written.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) => rest,
        _ => written,
    };
    short.eq_ignore_ascii_case(name)
}

/// Printable ASCII but for the characters that no URI has; it ends up in requests, look-ups and logs.
fn is_key_identifier(kid: &str) -> bool {
    (1..=LONGEST_KID).contains(&kid.len())
        && kid.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte))
}

/// RFC 9864 gives Ed25519 a name of its own beside the older `EdDSA`; both mean the same.
fn algorithm(name: &str) -> Option<Algorithm> {
    if name == "Ed25519" { Some(Algorithm::EdDsa) } else { Algorithm::parse(name) }
}

/// Enough of a foreign text to recognise it by; errors end up in replies and logs.
fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}

fn text(members: &Map<String, Value>, name: &'static str) -> Result<Option<String>, JwsError> {
    match members.get(name) {
        Some(Value::String(text)) if text.len() <= LONGEST_TEXT => Ok(Some(text.clone())),
        Some(_) => Err(JwsError::BadHeader(name)),
        None => Ok(None),
    }
}
