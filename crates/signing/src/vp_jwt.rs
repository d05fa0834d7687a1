//! Presentations as tokens: credentials that their holder shows to one audience, in answer to one nonce.
//!
//! There are two forms, as of credentials: the claim `vp` of
//! [VCDM 1.1](https://www.w3.org/TR/vc-data-model/#jwt-encoding), which goes with Open Badges' VC-JWT, and `vp+jwt` of
//! [JOSE and COSE](https://www.w3.org/TR/vc-jose-cose/#securing-vps-with-jose), whose payload is the presentation itself.

use accolade_core::Timestamp;
use serde_json::{Map, Value};

use crate::jws::{self, CompactJws, Header, HeaderToSign, JwsError};
use crate::jwt::{self, Claim, JwtError, REGISTERED, unfit};
use crate::{PublicKey, Signer, SigningError, vc_jose, vc_jwt};

/// The `typ` of the W3C's form, and after `application/` its media type.
pub const TYP: &str = "vp+jwt";
/// Its `cty`.
const CTY: &str = "vp";
const ENVELOPED: &str = "EnvelopedVerifiablePresentation";

/// How a presentation becomes a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The claim `vp`, header `typ: JWT`.
    Claim,
    /// The payload itself, header `typ: vp+jwt`.
    Jose,
}

/// For whom a presentation is made, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session<'a> {
    /// Who is to accept it: `aud`.
    pub audience: &'a str,
    /// What they asked with: `nonce`. Without it, whoever has seen the presentation could show it again.
    pub nonce: &'a str,
    /// When it is made: `iat`, and `nbf` in the older form.
    pub issued: Timestamp,
    /// When it ends: `exp`.
    pub expires: Option<Timestamp>,
}

/// A presentation's token taken apart and found consistent, its signature not yet verified.
#[derive(Debug, Clone, PartialEq)]
pub struct VpJwt<'a> {
    jws: CompactJws<'a>,
    form: Form,
    presentation: Value,
    claims: VpClaims,
}

/// The claims of a presentation, typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VpClaims {
    /// The holder: the presentation's `holder`, and `iss`, which equals it where both are there.
    pub holder: Option<String>,
    /// The presentation's id.
    pub jti: Option<String>,
    /// For whom it is made.
    pub aud: Vec<String>,
    /// What it answers.
    pub nonce: Option<String>,
    /// From when on it counts; for the caller's clock.
    pub nbf: Option<Timestamp>,
    /// Until when it counts; for the caller's clock.
    pub exp: Option<Timestamp>,
    /// When it was signed.
    pub iat: Option<Timestamp>,
}

/// A credential inside a presentation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Enclosed<'a> {
    /// A compact JWS, for [`vc_jwt::read`].
    Token(&'a str),
    /// A credential with a proof inside, for [`crate::data_integrity`].
    Document(&'a Value),
}

/// Signs a presentation, which must be of type `VerifiablePresentation` and name its `holder` (text or object with `id`).
pub fn sign(
    presentation: &Value,
    kid: &str,
    form: Form,
    session: Session<'_>,
    signer: &Signer,
) -> Result<String, SigningError> {
    let members = presentation.as_object().ok_or_else(|| unfit("", "it is not a JSON object"))?;
    if !jwt::has_type(members, "VerifiablePresentation") {
        return Err(unfit("/type", "it is not a verifiable presentation"));
    }
    let holder = members.get("holder").and_then(jwt::id_of);
    let holder = holder.ok_or_else(|| unfit("/holder", "a presentation as a token names its holder"))?;
    vc_jose::refuse_claims(members)?;
    let common = [
        ("aud", Claim::Text(session.audience)),
        ("nonce", Claim::Text(session.nonce)),
        ("iat", Claim::time(Some(session.issued))),
        ("exp", Claim::time(session.expires)),
    ];
    let of_claim = [
        ("iss", Claim::Text(holder)),
        ("jti", Claim::text(members.get("id").and_then(Value::as_str))),
        ("nbf", Claim::time(Some(session.issued))),
        ("vp", Claim::Object(members)),
    ];
    match form {
        Form::Claim => {
            let claims = [&of_claim[..], &common[..]].concat();
            let header = HeaderToSign { kid: Some(kid), typ: Some("JWT"), cty: None };
            signer.sign_jws(header, &jwt::payload(&Map::new(), &claims))
        }
        Form::Jose => {
            let header = HeaderToSign { kid: Some(kid), typ: Some(TYP), cty: Some(CTY) };
            signer.sign_jws(header, &jwt::payload(members, &common))
        }
    }
}

/// Takes a presentation's token of either form apart and checks that claims and presentation agree; the signature is for
/// [`VpJwt::verify`], audience and nonce for [`VpJwt::is_for`].
pub fn read(token: &str) -> Result<VpJwt<'_>, JwtError> {
    let jws = jws::parse(token)?;
    let (form, presentation, claims) = if jws.header().is_typ(TYP) {
        jws.header().check_cty(CTY)?;
        let mut payload = vc_jose::document_of(&jws)?;
        let claims = read_claims(jws.header(), Form::Jose, &payload, &payload)?;
        payload.retain(|name, _| !REGISTERED.contains(&name.as_str()));
        (Form::Jose, payload, claims)
    } else {
        vc_jwt::check_header(jws.header())?;
        let mut payload = jws.payload_json()?;
        let presentation = take_claimed(&mut payload)?;
        let claims = read_claims(jws.header(), Form::Claim, &payload, &presentation)?;
        (Form::Claim, presentation, claims)
    };
    Ok(VpJwt { jws, form, presentation: Value::Object(presentation), claims })
}

impl VpJwt<'_> {
    /// The protected header.
    pub fn header(&self) -> &Header {
        self.jws.header()
    }

    /// Which form of token it is.
    pub fn form(&self) -> Form {
        self.form
    }

    /// The claims.
    pub fn claims(&self) -> &VpClaims {
        &self.claims
    }

    /// The presentation inside, without the token's claims.
    pub fn presentation(&self) -> &Value {
        &self.presentation
    }

    /// Verifies the signature with a key that was found to be the holder's.
    pub fn verify(&self, key: &PublicKey) -> Result<(), JwsError> {
        self.jws.verify(key)
    }

    /// Whether the presentation was made for that audience and answers that nonce; a token without either is refused.
    pub fn is_for(&self, audience: &str, nonce: &str) -> Result<(), JwtError> {
        if self.claims.aud.is_empty() {
            return Err(JwtError::ClaimMissing("aud"));
        }
        if !self.claims.aud.iter().any(|one| one == audience) {
            return Err(JwtError::ClaimMismatch("aud"));
        }
        match &self.claims.nonce {
            Some(answered) if answered == nonce => Ok(()),
            Some(_) => Err(JwtError::ClaimMismatch("nonce")),
            None => Err(JwtError::ClaimMissing("nonce")),
        }
    }

    /// The credentials inside, in their order; each is still to be verified by itself.
    ///
    /// In the older form a token stands there as text, in the newer one in an envelope ([`vc_jose::envelop`]).
    pub fn credentials(&self) -> Result<Vec<Enclosed<'_>>, JwtError> {
        let entries = match self.presentation.get("verifiableCredential") {
            Some(Value::Array(entries)) => entries.as_slice(),
            Some(entry) => std::slice::from_ref(entry),
            None => &[],
        };
        entries.iter().map(|entry| self.enclosed(entry)).collect()
    }

    fn enclosed<'v>(&self, entry: &'v Value) -> Result<Enclosed<'v>, JwtError> {
        match entry {
            Value::String(token) if self.form == Form::Claim => Ok(Enclosed::Token(token)),
            Value::Object(members) if jwt::has_type(members, "EnvelopedVerifiableCredential") => {
                vc_jose::open_envelope(entry).map(Enclosed::Token)
            }
            Value::Object(_) => Ok(Enclosed::Document(entry)),
            _ => Err(JwtError::BadMember("verifiableCredential")),
        }
    }
}

/// A presentation's token as a document: a `data:` URL with a type of its own
/// ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-presentations)).
pub fn envelop(token: &str) -> Value {
    vc_jose::wrap(token, ENVELOPED, TYP)
}

/// The token inside an enveloped presentation, as strictly as [`vc_jose::open_envelope`] takes one of a credential.
pub fn open_envelope(envelope: &Value) -> Result<&str, JwtError> {
    vc_jose::open(envelope, ENVELOPED, TYP)
}

/// The presentation of the older form; what stays are the claims around it.
fn take_claimed(payload: &mut Map<String, Value>) -> Result<Map<String, Value>, JwtError> {
    if payload.contains_key("vc") {
        return Err(JwtError::ClaimNotAllowed("vc"));
    }
    match payload.remove("vp") {
        Some(_) if !jwt::only_claims(payload) => Err(JwtError::TwoCredentials),
        Some(Value::Object(presentation)) => Ok(presentation),
        Some(_) => Err(JwtError::ClaimType("vp")),
        None => Err(JwtError::ClaimMissing("vp")),
    }
}

fn read_claims(
    header: &Header,
    form: Form,
    claims: &Map<String, Value>,
    presentation: &Map<String, Value>,
) -> Result<VpClaims, JwtError> {
    if !jwt::has_type(presentation, "VerifiablePresentation") {
        return Err(JwtError::BadMember("type"));
    }
    let iss = jwt::text_claim(claims, "iss")?;
    let jti = jwt::text_claim(claims, "jti")?;
    let holder = match presentation.get("holder") {
        Some(holder) => Some(jwt::id_of(holder).ok_or(JwtError::BadMember("holder"))?),
        None => None,
    };
    if form == Form::Claim && iss.is_none() {
        return Err(JwtError::ClaimMissing("iss"));
    }
    let holder = holder.or(iss.as_deref());
    jwt::same_text("iss", iss.as_deref(), holder)?;
    jwt::same_text("iss", header.iss.as_deref(), holder)?;
    let id = presentation.get("id").and_then(Value::as_str);
    jwt::same_text("jti", jti.as_deref(), id.or(jti.as_deref()))?;
    Ok(VpClaims {
        holder: holder.map(str::to_owned),
        aud: audiences(claims)?,
        nonce: jwt::text_claim(claims, "nonce")?,
        nbf: jwt::time_claim(claims, "nbf")?,
        exp: jwt::time_claim(claims, "exp")?,
        iat: jwt::time_claim(claims, "iat")?,
        jti,
    })
}

/// `aud` is one text or several (RFC 7519, section 4.1.3).
fn audiences(claims: &Map<String, Value>) -> Result<Vec<String>, JwtError> {
    let text = |entry: &Value| entry.as_str().map(str::to_owned).ok_or(JwtError::ClaimType("aud"));
    match claims.get("aud") {
        None => Ok(Vec::new()),
        Some(Value::Array(entries)) => entries.iter().map(text).collect(),
        Some(entry) => text(entry).map(|one| vec![one]),
    }
}
