//! VC-JWT: a whole credential as the payload of a compact JWS, with its main facts repeated as JWT claims
//! ([OB 3.0, JSON Web Token proof](https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof)).

use accolade_core::Timestamp;
use serde_json::{Map, Value};

use crate::jws::{self, Header, HeaderToSign, JwsError};
use crate::jwt::{self, Claim, Claims, Facts, JwtError, REGISTERED, unfit};
use crate::{PublicKey, Signer, SigningError, base64url, iri, vc_jose};

/// A credential's token taken apart and found consistent, its signature not yet verified.
///
/// The credential comes out of the signed payload and cannot be exchanged, so what is verified is what is returned.
#[derive(Debug, Clone, PartialEq)]
pub struct VcJwt<'a> {
    pub(crate) jws: jws::CompactJws<'a>,
    pub(crate) credential: Value,
    pub(crate) claims: Claims,
}

/// Signs a credential as a VC-JWT: header `alg`, `kid` and `typ: JWT`; payload the credential with `iss`, `jti`, `nbf`,
/// `sub` and, where it ends, `exp`, in whole seconds.
///
/// The credential must have `id`, `issuer` (text or object with `id`), `credentialSubject.id` and `validFrom`, and no
/// claims of its own.
pub fn sign(credential: &Value, kid: &str, signer: &Signer) -> Result<String, SigningError> {
    let members = credential.as_object().ok_or_else(|| unfit("", "it is not a JSON object"))?;
    if let Some(name) = members.keys().find(|name| REGISTERED.contains(&name.as_str())) {
        return Err(unfit(&format!("/{name}"), "the credential already holds this JWT claim"));
    }
    let facts = Facts::of(members);
    let text = |fact: Option<&str>, pointer| match fact {
        Some(_) => Ok(()),
        None => Err(unfit(pointer, "a VC-JWT needs it")),
    };
    text(facts.issuer, "/issuer")?;
    text(facts.id, "/id")?;
    text(facts.subject, "/credentialSubject/id")?;
    text(facts.valid_from, "/validFrom")?;
    let seconds = |date: Option<&str>, pointer: &'static str| {
        let moment = date.map(Timestamp::parse).transpose();
        moment.map(Claim::time).map_err(|_| unfit(pointer, "it is not a date-time with a zone"))
    };
    let claims = [
        ("iss", Claim::text(facts.issuer)),
        ("jti", Claim::text(facts.id)),
        ("nbf", seconds(facts.valid_from, "/validFrom")?),
        ("sub", Claim::text(facts.subject)),
        ("exp", seconds(facts.valid_until, "/validUntil")?),
    ];
    let header = HeaderToSign { kid: Some(kid), typ: Some("JWT"), cty: None };
    signer.sign_jws(header, &jwt::payload(members, &claims))
}

/// Takes a credential's token apart and checks that claims and credential agree; the signature is for [`VcJwt::verify`].
///
/// `typ` says which form it is. Absent or `JWT`, it is that of Open Badges: the header must have `kid`, an absolute IRI, or
/// `jwk`; `iss`, `sub`, `jti` and `nbf` must be there and equal the credential's own members, the times to the second. A
/// VCDM 1.1 token has its credential in the claim `vc` instead, where what the claims say may be left out; it is put back. `vc+jwt` is the W3C's form, read by [`vc_jose::read`].
pub fn read(token: &str) -> Result<VcJwt<'_>, JwtError> {
    let jws = jws::parse(token)?;
    if jws.header().is_typ(vc_jose::TYP) {
        return vc_jose::read_jws(jws);
    }
    check_header(jws.header())?;
    let payload = jws.payload_json()?;
    let claims = read_claims(&payload)?;
    let credential = credential_of(payload, &claims)?;
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

/// The header Open Badges and VCDM 1.1 allow: `typ` absent or `JWT`, a `kid` that can be looked up or a
/// `jwk`.
pub(crate) fn check_header(header: &Header) -> Result<(), JwtError> {
    if let Some(typ) = &header.typ
        && !header.is_typ("JWT")
    {
        return Err(JwsError::BadTyp(typ.clone()).into());
    }
    header.check_plain()?;
    match (&header.kid, &header.jwk) {
        (Some(kid), None) if !iri::is_absolute(kid) => Err(JwsError::BadKid.into()),
        (None, None) => Err(JwtError::NoKey),
        _ => Ok(()),
    }
}

fn read_claims(payload: &Map<String, Value>) -> Result<Claims, JwtError> {
    let text = |name| jwt::text_claim(payload, name)?.ok_or(JwtError::ClaimMissing(name));
    Ok(Claims {
        iat: jwt::time_claim(payload, "iat")?,
        iss: text("iss")?,
        sub: Some(text("sub")?),
        jti: Some(text("jti")?),
        nbf: Some(jwt::time_claim(payload, "nbf")?.ok_or(JwtError::ClaimMissing("nbf"))?),
        exp: jwt::time_claim(payload, "exp")?,
    })
}

/// The credential a payload stands for: the payload without its claims, or the `vc` claim of VCDM 1.1.
fn credential_of(mut payload: Map<String, Value>, claims: &Claims) -> Result<Map<String, Value>, JwtError> {
    match payload.remove("vc") {
        Some(_) if !jwt::only_claims(&payload) => Err(JwtError::TwoCredentials),
        Some(Value::Object(mut credential)) => {
            restore(&mut credential, claims);
            Ok(credential)
        }
        Some(_) => Err(JwtError::ClaimType("vc")),
        None => {
            payload.retain(|name, _| !REGISTERED.contains(&name.as_str()));
            Ok(payload)
        }
    }
}

/// What the claims say may be left out of `vc`, and is put back where it is read
/// ([VCDM 1.1](https://www.w3.org/TR/vc-data-model/#jwt-decoding)).
fn restore(credential: &mut Map<String, Value>, claims: &Claims) {
    let text = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
    let mut put = |name: &str, other: &str, value: Option<String>| {
        if let Some(value) = value
            && ![name, other].iter().any(|name| credential.contains_key(*name))
        {
            credential.insert(name.to_owned(), value.into());
        }
    };
    put("id", "id", claims.jti.clone());
    put("issuer", "issuer", Some(claims.iss.clone()));
    put("issuanceDate", "validFrom", text(claims.nbf));
    put("expirationDate", "validUntil", text(claims.exp));
    for (member, id) in [("issuer", Some(&claims.iss)), ("credentialSubject", claims.sub.as_ref())] {
        if let (Some(Value::Object(members)), Some(id)) = (credential.get_mut(member), id) {
            members.entry("id").or_insert_with(|| id.as_str().into());
        }
    }
}

fn agree(claims: &Claims, facts: &Facts<'_>) -> Result<(), JwtError> {
    jwt::same_text("iss", Some(&claims.iss), facts.issuer)?;
    jwt::same_text("jti", claims.jti.as_deref(), facts.id)?;
    jwt::same_text("sub", claims.sub.as_deref(), facts.subject)?;
    match jwt::moment("validFrom", facts.valid_from)? {
        None => return Err(JwtError::ClaimMissing("nbf")),
        start if start != claims.nbf => return Err(JwtError::ClaimMismatch("nbf")),
        Some(_) => {}
    }
    // A token without `exp` still ends when its credential does; one with `exp` may be the only place that says so.
    match (jwt::moment("validUntil", facts.valid_until)?, claims.exp) {
        (Some(end), Some(exp)) if end != exp => Err(JwtError::ClaimMismatch("exp")),
        _ => Ok(()),
    }
}
