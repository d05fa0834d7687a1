//! What the token forms of credentials and presentations have in common: JWT claims, typed, and equal to what the
//! document inside says of itself ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519.html#section-4.1)).

use accolade_core::Timestamp;
use serde_json::{Map, Value};

use crate::jws::JwsError;
use crate::{SigningError, json_text};

/// The registered claims ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519.html#section-4.1)) and the few of proof of
/// possession: they are the token's and no members of the document.
pub(crate) const REGISTERED: [&str; 9] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "nonce"];

/// The JWT claims of a credential's token, typed; each equals what the credential itself says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The issuer's id; where the token need not repeat it, the credential's own.
    pub iss: String,
    /// The subject's id.
    pub sub: Option<String>,
    /// The credential's id.
    pub jti: Option<String>,
    /// `validFrom` (of a VCDM 1.1 credential `issuanceDate`); of a `vc+jwt` token the signature's own start.
    pub nbf: Option<Timestamp>,
    /// `validUntil` (of a VCDM 1.1 credential `expirationDate`); of a `vc+jwt` token the signature's own end.
    pub exp: Option<Timestamp>,
    /// When the signature was made.
    pub iat: Option<Timestamp>,
}

/// Why a token is not a consistent one of a credential or a presentation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwtError {
    /// Not a strict compact JWS, or a bad signature.
    #[error(transparent)]
    Jws(#[from] JwsError),
    /// The header says neither where the key is nor what it is.
    #[error("the header has neither `kid` nor `jwk`")]
    NoKey,
    /// A claim is missing, or the member of the document that it should repeat.
    #[error("the claim `{0}`, or the member it repeats, is missing")]
    ClaimMissing(&'static str),
    /// A claim is of the wrong type: a text where whole seconds belong, a fraction, a number where a text belongs.
    #[error("the claim `{0}` has the wrong type")]
    ClaimType(&'static str),
    /// A time before 1970 or after the year 9999.
    #[error("the claim `{0}` names no usable time")]
    ClaimRange(&'static str),
    /// A claim and the document disagree, or a claim and what was expected.
    #[error("the claim `{0}` does not equal what it must")]
    ClaimMismatch(&'static str),
    /// A claim that this form of token must not have.
    #[error("the claim `{0}` is not allowed in this form of token")]
    ClaimNotAllowed(&'static str),
    /// A `vc` or `vp` claim, and beside it members that are no registered claims: they would be signed and count for nothing.
    #[error("the token holds two documents: a `vc` or `vp` claim and members beside it")]
    TwoCredentials,
    /// A member of the document has a form that cannot be compared.
    #[error("the member `{0}` is not readable")]
    BadMember(&'static str),
}

impl JwtError {
    /// A stable name for reports, such as `claim_type` or `bad_signature`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Jws(error) => error.code(),
            Self::NoKey => "no_kid",
            Self::ClaimMissing(_) => "claim_missing",
            Self::ClaimType(_) => "claim_type",
            Self::ClaimRange(_) => "claim_range",
            Self::ClaimMismatch(_) => "claim_mismatch",
            Self::ClaimNotAllowed(_) => "claim_not_allowed",
            Self::TwoCredentials => "two_credentials",
            Self::BadMember(_) => "bad_member",
        }
    }
}

/// The value of a claim; `None` is left out.
#[derive(Clone, Copy)]
pub(crate) enum Claim<'a> {
    Text(&'a str),
    Seconds(i64),
    Object(&'a Map<String, Value>),
    None,
}

impl<'a> Claim<'a> {
    pub(crate) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::None, Self::Text)
    }

    pub(crate) fn time(moment: Option<Timestamp>) -> Self {
        moment.map_or(Self::None, |moment| Self::Seconds(moment.unix_seconds()))
    }
}

/// A document's members, then claims, as one JSON object. The document is written from where it stands, since a copy of it
/// would cost as much as the signature.
pub(crate) fn payload(document: &Map<String, Value>, claims: &[(&'static str, Claim<'_>)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(USUAL_PAYLOAD);
    out.push(b'{');
    json_text::push_members(&mut out, document);
    for (name, claim) in claims.iter().filter(|(_, claim)| !matches!(claim, Claim::None)) {
        if out.len() > 1 {
            out.push(b',');
        }
        json_text::push_string(&mut out, name);
        out.push(b':');
        match claim {
            Claim::Text(text) => json_text::push_string(&mut out, text),
            Claim::Seconds(seconds) => json_text::push(&mut out, &Value::from(*seconds)),
            Claim::Object(object) => {
                out.push(b'{');
                json_text::push_members(&mut out, object);
                out.push(b'}');
            }
            Claim::None => {}
        }
    }
    out.push(b'}');
    out
}

/// A full credential fits without the text being moved as it grows.
const USUAL_PAYLOAD: usize = 8192;

/// What claims repeat, as the credential says it.
pub(crate) struct Facts<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) issuer: Option<&'a str>,
    pub(crate) subject: Option<&'a str>,
    pub(crate) valid_from: Option<&'a str>,
    pub(crate) valid_until: Option<&'a str>,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(credential: &'a Map<String, Value>) -> Self {
        let text = |name: &str| credential.get(name).and_then(Value::as_str);
        let subject = match credential.get("credentialSubject") {
            Some(Value::Array(subjects)) if subjects.len() == 1 => subjects.first(),
            other => other,
        };
        Self {
            id: text("id"),
            issuer: credential.get("issuer").and_then(id_of),
            subject: subject.and_then(|subject| subject.get("id")).and_then(Value::as_str),
            valid_from: text("validFrom").or_else(|| text("issuanceDate")),
            valid_until: text("validUntil").or_else(|| text("expirationDate")),
        }
    }
}

/// The id of something that is named by it or written out with it.
pub(crate) fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("id").and_then(Value::as_str))
}

/// Whether a document's `type` is, or holds, that one.
pub(crate) fn has_type(document: &Map<String, Value>, wanted: &str) -> bool {
    match document.get("type") {
        Some(Value::String(found)) => found == wanted,
        Some(Value::Array(found)) => found.iter().any(|found| found == wanted),
        _ => false,
    }
}

/// Whether there is nothing but registered claims.
pub(crate) fn only_claims(payload: &Map<String, Value>) -> bool {
    payload.keys().all(|name| REGISTERED.contains(&name.as_str()))
}

pub(crate) fn text_claim(
    payload: &Map<String, Value>,
    name: &'static str,
) -> Result<Option<String>, JwtError> {
    match payload.get(name) {
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(JwtError::ClaimType(name)),
        None => Ok(None),
    }
}

/// A claim in whole seconds. Fractions are allowed by RFC 7519 and made by nobody; two tokens must not mean one moment.
pub(crate) fn time_claim(
    payload: &Map<String, Value>,
    name: &'static str,
) -> Result<Option<Timestamp>, JwtError> {
    match payload.get(name) {
        Some(Value::Number(number)) if number.is_f64() => Err(JwtError::ClaimType(name)),
        Some(Value::Number(number)) => number
            .as_i64()
            .filter(|seconds| *seconds >= 0)
            .and_then(Timestamp::from_unix_seconds)
            .map(Some)
            .ok_or(JwtError::ClaimRange(name)),
        Some(_) => Err(JwtError::ClaimType(name)),
        None => Ok(None),
    }
}

/// Where a claim is there, the document must have the member it repeats, letter for letter.
pub(crate) fn same_text(
    name: &'static str,
    claim: Option<&str>,
    member: Option<&str>,
) -> Result<(), JwtError> {
    match (claim, member) {
        (None, _) => Ok(()),
        (Some(claim), Some(member)) if claim == member => Ok(()),
        (Some(_), Some(_)) => Err(JwtError::ClaimMismatch(name)),
        (Some(_), None) => Err(JwtError::ClaimMissing(name)),
    }
}

/// A date of the document.
pub(crate) fn moment(name: &'static str, member: Option<&str>) -> Result<Option<Timestamp>, JwtError> {
    member.map(Timestamp::parse).transpose().map_err(|_| JwtError::BadMember(name))
}

pub(crate) fn unfit(pointer: &str, reason: &'static str) -> SigningError {
    SigningError::Unfit { pointer: pointer.to_owned(), reason }
}
