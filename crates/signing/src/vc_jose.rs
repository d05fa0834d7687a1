//! Credentials as the W3C secures them with JOSE: the credential itself is the payload, and the header says so
//! ([Securing Verifiable Credentials using JOSE and COSE](https://www.w3.org/TR/vc-jose-cose/#secure-with-jose)).
//!
//! Open Badges has a form of its own, [`crate::vc_jwt`]; presentations of both forms are in [`crate::vp_jwt`].

use accolade_core::Timestamp;
use accolade_linked_data::contexts;
use serde_json::{Map, Value, json};

use crate::jws::{self, CompactJws, HeaderToSign};
use crate::jwt::{self, Claim, Claims, Facts, JwtError, REGISTERED, unfit};
use crate::vc_jwt::VcJwt;
use crate::{Signer, SigningError};

/// The `typ` of such a token, and after `application/` its media type.
pub const TYP: &str = "vc+jwt";
/// Its `cty`.
const CTY: &str = "vc";
/// The type of a credential that stands inside another document as a token.
const ENVELOPED: &str = "EnvelopedVerifiableCredential";

/// The life of a signature, which is not that of the credential: `validFrom` and `validUntil` stay what they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SignatureLife {
    /// When the signature is made: `iat`.
    pub issued: Option<Timestamp>,
    /// When it ends: `exp`.
    pub expires: Option<Timestamp>,
}

/// Signs a credential: header `alg`, `kid`, `typ: vc+jwt` and `cty: vc`; payload the credential, with `iat` and `exp` where
/// they are wanted and no other claims.
///
/// The credential must be of type `VerifiableCredential`, have an `issuer`, and none of the claims' names as members.
pub fn sign(
    credential: &Value,
    kid: &str,
    life: SignatureLife,
    signer: &Signer,
) -> Result<String, SigningError> {
    let members = credential.as_object().ok_or_else(|| unfit("", "it is not a JSON object"))?;
    if !jwt::has_type(members, "VerifiableCredential") {
        return Err(unfit("/type", "it is not a verifiable credential"));
    }
    if Facts::of(members).issuer.is_none() {
        return Err(unfit("/issuer", "a credential has an issuer"));
    }
    refuse_claims(members)?;
    let claims = [("iat", Claim::time(life.issued)), ("exp", Claim::time(life.expires))];
    let header = HeaderToSign { kid: Some(kid), typ: Some(TYP), cty: Some(CTY) };
    signer.sign_jws(header, &jwt::payload(members, &claims))
}

/// Takes such a token apart and checks that claims and credential agree; the signature is for [`VcJwt::verify`].
///
/// `typ` must be `vc+jwt`, `cty` absent or `vc`. The header must have `kid` or `jwk`. `vc` and `vp` claims are refused. `iss`
/// (in header or payload), `sub` and `jti` need not be there; where they are, they equal the credential's own members. `iat`,
/// `nbf` and `exp` tell of the signature and stand for themselves, for the caller's clock.
pub fn read(token: &str) -> Result<VcJwt<'_>, JwtError> {
    let jws = jws::parse(token)?;
    if !jws.header().is_typ(TYP) {
        return Err(jws::JwsError::BadTyp(jws.header().typ.clone().unwrap_or_default()).into());
    }
    read_jws(jws)
}

pub(crate) fn read_jws(jws: CompactJws<'_>) -> Result<VcJwt<'_>, JwtError> {
    jws.header().check_cty(CTY)?;
    let mut payload = document_of(&jws)?;
    if !jwt::has_type(&payload, "VerifiableCredential") {
        return Err(JwtError::BadMember("type"));
    }
    let claims = read_claims(&jws, &payload)?;
    payload.retain(|name, _| !REGISTERED.contains(&name.as_str()));
    Ok(VcJwt { jws, credential: Value::Object(payload), claims })
}

/// The payload of a token of this family, without the claims that would put a second document into it.
pub(crate) fn document_of(jws: &CompactJws<'_>) -> Result<Map<String, Value>, JwtError> {
    if jws.header().kid.is_none() && jws.header().jwk.is_none() {
        return Err(JwtError::NoKey);
    }
    let payload = jws.payload_json()?;
    match ["vc", "vp"].into_iter().find(|name| payload.contains_key(*name)) {
        Some(name) => Err(JwtError::ClaimNotAllowed(name)),
        None => Ok(payload),
    }
}

/// A document that is signed must not have members that would be read as claims of its token.
pub(crate) fn refuse_claims(members: &Map<String, Value>) -> Result<(), SigningError> {
    match REGISTERED.into_iter().chain(["vc", "vp"]).find(|name| members.contains_key(*name)) {
        Some(name) => Err(unfit(&format!("/{name}"), "it would be read as a claim of the token")),
        None => Ok(()),
    }
}

/// A credential's token as a member of `verifiableCredential`: a `data:` URL with a type of its own
/// ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials)).
pub fn envelop(token: &str) -> Value {
    wrap(token, ENVELOPED, TYP)
}

pub(crate) fn wrap(token: &str, class: &str, typ: &str) -> Value {
    json!({
        "@context": contexts::CREDENTIALS_V2,
        "id": format!("data:application/{typ},{token}"),
        "type": class,
    })
}

/// The token inside an enveloped credential; nothing else in the envelope counts.
///
/// Its `type` must be `EnvelopedVerifiableCredential`, its first context that of VCDM 2.0, and its `id` a
/// `data:application/vc+jwt,` URL that is not in base64: a token is in base64url already.
pub fn open_envelope(envelope: &Value) -> Result<&str, JwtError> {
    open(envelope, ENVELOPED, TYP)
}

pub(crate) fn open<'v>(envelope: &'v Value, class: &str, typ: &str) -> Result<&'v str, JwtError> {
    let members = envelope.as_object().ok_or(JwtError::BadMember("type"))?;
    if !jwt::has_type(members, class) {
        return Err(JwtError::BadMember("type"));
    }
    let context = match members.get("@context") {
        Some(Value::Array(contexts)) => contexts.first(),
        other => other,
    };
    if context.and_then(Value::as_str) != Some(contexts::CREDENTIALS_V2) {
        return Err(JwtError::BadMember("@context"));
    }
    let id = members.get("id").and_then(Value::as_str).ok_or(JwtError::BadMember("id"))?;
    let (media_type, token) = id
        .strip_prefix("data:application/")
        .and_then(|rest| rest.split_once(','))
        .ok_or(JwtError::BadMember("id"))?;
    if media_type.eq_ignore_ascii_case(typ) { Ok(token) } else { Err(JwtError::BadMember("id")) }
}

fn read_claims(jws: &CompactJws<'_>, payload: &Map<String, Value>) -> Result<Claims, JwtError> {
    let facts = Facts::of(payload);
    let issuer = facts.issuer.ok_or(JwtError::BadMember("issuer"))?;
    let iss = jwt::text_claim(payload, "iss")?;
    jwt::same_text("iss", iss.as_deref(), Some(issuer))?;
    jwt::same_text("iss", jws.header().iss.as_deref(), Some(issuer))?;
    let claims = Claims {
        iss: issuer.to_owned(),
        sub: jwt::text_claim(payload, "sub")?,
        jti: jwt::text_claim(payload, "jti")?,
        nbf: jwt::time_claim(payload, "nbf")?,
        exp: jwt::time_claim(payload, "exp")?,
        iat: jwt::time_claim(payload, "iat")?,
    };
    jwt::same_text("sub", claims.sub.as_deref(), facts.subject)?;
    jwt::same_text("jti", claims.jti.as_deref(), facts.id)?;
    Ok(claims)
}
