//! VC-JWT: a whole credential as the payload of a compact JWS, with its main facts repeated as JWT claims
//! ([OB 3.0, JSON Web Token proof](https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof)).

use accolade_core::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::jws::{self, Header, HeaderToSign, JwsError};
use crate::{PublicKey, Signer, SigningError, base64url, iri};

/// The claims that repeat the credential's members.
const CLAIMS: [&str; 6] = ["iss", "jti", "nbf", "sub", "exp", "iat"];

/// A VC-JWT taken apart and found consistent, its signature not yet verified.
///
/// The credential comes out of the signed payload and cannot be exchanged, so what is verified is what is returned.
#[derive(Debug, Clone, PartialEq)]
pub struct VcJwt<'a> {
    jws: jws::CompactJws<'a>,
    credential: Value,
    claims: Claims,
}

/// The JWT claims, typed; each equals what the credential itself says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The issuer's id.
    pub iss: String,
    /// The subject's id.
    pub sub: String,
    /// The credential's id.
    pub jti: String,
    /// `validFrom` (of a VCDM 1.1 credential `issuanceDate`).
    pub nbf: Timestamp,
    /// `validUntil` (of a VCDM 1.1 credential `expirationDate`), where the token has it.
    pub exp: Option<Timestamp>,
}

/// Why a token is not a consistent VC-JWT.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VcJwtError {
    /// Not a strict compact JWS, or a bad signature.
    #[error(transparent)]
    Jws(#[from] JwsError),
    /// The header says neither where the key is nor what it is.
    #[error("the header has neither `kid` nor `jwk`")]
    NoKey,
    /// A claim is missing, or the member of the credential that it should repeat.
    #[error("the claim `{0}`, or the member it repeats, is missing")]
    ClaimMissing(&'static str),
    /// A claim is of the wrong type: a text where whole seconds belong, a fraction, a number where a text belongs.
    #[error("the claim `{0}` has the wrong type")]
    ClaimType(&'static str),
    /// A time before 1970 or after the year 9999.
    #[error("the claim `{0}` names no usable time")]
    ClaimRange(&'static str),
    /// A claim and the credential disagree.
    #[error("the claim `{0}` does not equal the credential's own member")]
    ClaimMismatch(&'static str),
    /// Both a `vc` claim and credential members beside it.
    #[error("the token holds two credentials: a `vc` claim and members beside it")]
    TwoCredentials,
    /// A member of the credential has a form that cannot be compared.
    #[error("the credential's `{0}` is not readable")]
    BadMember(&'static str),
}

impl VcJwtError {
    /// A stable name for reports, such as `claim_type` or `bad_signature`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Jws(error) => error.code(),
            Self::NoKey => "no_kid",
            Self::ClaimMissing(_) => "claim_missing",
            Self::ClaimType(_) => "claim_type",
            Self::ClaimRange(_) => "claim_range",
            Self::ClaimMismatch(_) => "claim_mismatch",
            Self::TwoCredentials => "two_credentials",
            Self::BadMember(_) => "bad_member",
        }
    }
}

/// Signs a credential as a VC-JWT: header `alg`, `kid` and `typ: JWT`; payload the credential with `iss`, `jti`, `nbf`,
/// `sub` and, where it ends, `exp`, in whole seconds.
///
/// The credential must have `id`, `issuer` (text or object with `id`), `credentialSubject.id` and `validFrom`, and no
/// claims of its own.
pub fn sign(credential: &Value, kid: &str, signer: &Signer) -> Result<String, SigningError> {
    let unfit = |pointer: &str, reason| SigningError::Unfit { pointer: pointer.to_owned(), reason };
    let members = credential.as_object().ok_or_else(|| unfit("", "it is not a JSON object"))?;
    if let Some(name) = CLAIMS.into_iter().find(|name| members.contains_key(*name)) {
        return Err(unfit(&format!("/{name}"), "the credential already holds this JWT claim"));
    }
    let facts = Facts::of(members);
    let missing = |pointer| move || unfit(pointer, "a VC-JWT needs it");
    let seconds = |date: Option<&str>, pointer: &'static str| match date.map(Timestamp::parse) {
        Some(Ok(moment)) => Ok(Some(moment.unix_seconds())),
        Some(Err(_)) => Err(unfit(pointer, "it is not a date-time with a zone")),
        None => Ok(None),
    };
    let payload = Payload {
        credential: members,
        iss: facts.issuer.ok_or_else(missing("/issuer"))?,
        jti: facts.id.ok_or_else(missing("/id"))?,
        nbf: seconds(facts.valid_from, "/validFrom")?.ok_or_else(missing("/validFrom"))?,
        sub: facts.subject.ok_or_else(missing("/credentialSubject/id"))?,
        exp: seconds(facts.valid_until, "/validUntil")?,
    };
    let payload = serde_json::to_vec(&payload).map_err(|_| unfit("", "it cannot be written as JSON"))?;
    signer.sign_jws(HeaderToSign { kid: Some(kid), typ: Some("JWT") }, &payload)
}

/// What is signed: the credential's members, then the claims. The credential is written from where it stands, since a
/// copy of it would cost as much as the signature.
#[derive(Serialize)]
struct Payload<'a> {
    #[serde(flatten)]
    credential: &'a Map<String, Value>,
    iss: &'a str,
    jti: &'a str,
    nbf: i64,
    sub: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
}

/// Takes a VC-JWT apart and checks that claims and credential agree; the signature is for [`VcJwt::verify`].
///
/// The header must have `kid`, an absolute IRI, or `jwk`; `typ` must be absent, `JWT` or `vc+jwt`. `iss`, `sub`, `jti` and `nbf` must be there and equal the credential's own
/// members, the times to the second. A VCDM 1.1 token has its credential in the claim `vc` instead.
pub fn read(token: &str) -> Result<VcJwt<'_>, VcJwtError> {
    let jws = jws::parse(token)?;
    if let Some(typ) = jws.header().typ.as_deref()
        && !["JWT", "vc+jwt"].iter().any(|known| known.eq_ignore_ascii_case(typ))
    {
        return Err(JwsError::BadTyp(typ.to_owned()).into());
    }
    match (&jws.header().kid, &jws.header().jwk) {
        (Some(kid), _) if !iri::is_absolute(kid) => return Err(JwsError::BadKid.into()),
        (None, None) => return Err(VcJwtError::NoKey),
        _ => {}
    }
    let payload = jws.payload_json()?;
    let claims = read_claims(&payload)?;
    let credential = credential_of(payload)?;
    agree(&claims, &Facts::of(&credential))?;
    Ok(VcJwt { jws, credential: Value::Object(credential), claims })
}

impl VcJwt<'_> {
    /// The protected header.
    pub fn header(&self) -> &Header {
        self.jws.header()
    }

    /// The claims.
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// The credential inside the token (of a VCDM 2.0 token without the JWT claims).
    pub fn credential(&self) -> &Value {
        &self.credential
    }

    /// The payload, byte for byte as signed.
    pub fn payload(&self) -> &[u8] {
        self.jws.payload()
    }

    /// Verifies the signature with a key that was found to be the issuer's.
    pub fn verify(&self, key: &PublicKey) -> Result<(), JwsError> {
        self.jws.verify(key)
    }
}

/// Whether some text looks like a compact JWS, before anything is decoded: three parts, the first of them JSON.
pub fn looks_like_jwt(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("eyJ")
        && text.split('.').count() == 3
        && text.split('.').next().is_some_and(|header| base64url::decode(header).is_some())
}

/// What claims repeat, as the credential says it.
struct Facts<'a> {
    id: Option<&'a str>,
    issuer: Option<&'a str>,
    subject: Option<&'a str>,
    valid_from: Option<&'a str>,
    valid_until: Option<&'a str>,
}

impl<'a> Facts<'a> {
    fn of(credential: &'a Map<String, Value>) -> Self {
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

fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("id").and_then(Value::as_str))
}

fn read_claims(payload: &Map<String, Value>) -> Result<Claims, VcJwtError> {
    let text = |name| match payload.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(VcJwtError::ClaimType(name)),
        None => Err(VcJwtError::ClaimMissing(name)),
    };
    time(payload, "iat")?;
    Ok(Claims {
        iss: text("iss")?,
        sub: text("sub")?,
        jti: text("jti")?,
        nbf: time(payload, "nbf")?.ok_or(VcJwtError::ClaimMissing("nbf"))?,
        exp: time(payload, "exp")?,
    })
}

fn time(payload: &Map<String, Value>, name: &'static str) -> Result<Option<Timestamp>, VcJwtError> {
    match payload.get(name) {
        Some(Value::Number(number)) if number.is_f64() => Err(VcJwtError::ClaimType(name)),
        Some(Value::Number(number)) => number
            .as_i64()
            .filter(|seconds| *seconds >= 0)
            .and_then(Timestamp::from_unix_seconds)
            .map(Some)
            .ok_or(VcJwtError::ClaimRange(name)),
        Some(_) => Err(VcJwtError::ClaimType(name)),
        None => Ok(None),
    }
}

/// The credential a payload stands for: the payload without its claims, or the `vc` claim of VCDM 1.1.
fn credential_of(mut payload: Map<String, Value>) -> Result<Map<String, Value>, VcJwtError> {
    let has_own_members =
        ["@context", "type", "credentialSubject"].iter().any(|name| payload.contains_key(*name));
    match payload.remove("vc") {
        Some(_) if has_own_members => Err(VcJwtError::TwoCredentials),
        Some(Value::Object(credential)) => Ok(credential),
        Some(_) => Err(VcJwtError::ClaimType("vc")),
        None => {
            payload.retain(|name, _| !CLAIMS.contains(&name.as_str()));
            Ok(payload)
        }
    }
}

fn agree(claims: &Claims, facts: &Facts<'_>) -> Result<(), VcJwtError> {
    let same_text = |name, claim: &str, member: Option<&str>| match member {
        Some(member) if member == claim => Ok(()),
        Some(_) => Err(VcJwtError::ClaimMismatch(name)),
        None => Err(VcJwtError::ClaimMissing(name)),
    };
    same_text("iss", &claims.iss, facts.issuer)?;
    same_text("jti", &claims.jti, facts.id)?;
    same_text("sub", &claims.sub, facts.subject)?;
    let moment = |name, member: Option<&str>| match member.map(Timestamp::parse) {
        Some(Ok(moment)) => Ok(Some(moment)),
        Some(Err(_)) => Err(VcJwtError::BadMember(name)),
        None => Ok(None),
    };
    match moment("validFrom", facts.valid_from)? {
        Some(start) if start == claims.nbf => {}
        Some(_) => return Err(VcJwtError::ClaimMismatch("nbf")),
        None => return Err(VcJwtError::ClaimMissing("nbf")),
    }
    // A token without `exp` still ends when its credential does; one with `exp` may be the only place that says so.
    match (moment("validUntil", facts.valid_until)?, claims.exp) {
        (Some(end), Some(exp)) if end != exp => Err(VcJwtError::ClaimMismatch("exp")),
        _ => Ok(()),
    }
}
