//! JSON Web Keys: public ones only, read strictly ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517.html),
//! [RFC 8037](https://www.rfc-editor.org/rfc/rfc8037.html)).

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::base64url;
use crate::ecdsa::Curve;
use crate::public_key::Material;
use crate::{Algorithm, KeyError, PublicKey};

/// Members that only private or symmetric keys have.
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl PublicKey {
    /// The key as a JWK with `alg` and `use`: what `/public/keys/{kid}` serves.
    pub fn to_jwk(&self) -> Value {
        let mut jwk = self.required_members();
        jwk.insert("alg".into(), self.algorithm().as_str().into());
        jwk.insert("use".into(), "sig".into());
        Value::Object(jwk)
    }

    /// [`PublicKey::to_jwk`] with a `kid`: an entry of a JWK set.
    pub fn to_jwk_with_kid(&self, kid: &str) -> Value {
        let mut jwk = self.to_jwk();
        if let Some(members) = jwk.as_object_mut() {
            members.insert("kid".into(), kid.into());
        }
        jwk
    }

    /// Reads a public JWK. An RSA key verifies RS256, or PS256 if its `alg` says so.
    ///
    /// Refused: any private member, `use`, `key_ops` or `alg` that speak against verifying, non-canonical base64url,
    /// leading zeros in RSA numbers, other curves, and weak keys. Members that say nothing about the key itself
    /// (`kid`, `iss`, `x5c`) are passed over.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        let members = jwk.as_object().ok_or(KeyError::BadJwk("it is not a JSON object"))?;
        if let Some(name) = PRIVATE_MEMBERS.into_iter().find(|name| members.contains_key(*name)) {
            return Err(KeyError::PrivateMember(name));
        }
        let key = match text(members, "kty")? {
            "OKP" => okp(members),
            "EC" => ec(members),
            "RSA" => rsa(members),
            other => Err(KeyError::Unsupported(format!("kty {other:?}"))),
        }?;
        check_use(members, key.algorithm())?;
        Ok(key)
    }

    /// The SHA-256 JWK thumbprint in base64url ([RFC 7638](https://www.rfc-editor.org/rfc/rfc7638.html)).
    pub fn thumbprint(&self) -> String {
        base64url::encode(Sha256::digest(Value::Object(self.required_members()).to_string()))
    }

    /// Sorted by name, as the thumbprint is taken over them; whether serde_json's map sorts or keeps the order of
    /// insertion hangs on a feature that any other crate may turn on.
    fn required_members(&self) -> Map<String, Value> {
        let jwk = match self.material() {
            Material::Ed25519(key) => {
                json!({"crv": "Ed25519", "kty": "OKP", "x": base64url::encode(key.as_bytes())})
            }
            Material::Ec(key) => {
                let (x, y) = key.point.split_at(key.curve.length());
                let (x, y) = (base64url::encode(x), base64url::encode(y));
                json!({"crv": key.curve.name(), "kty": "EC", "x": x, "y": y})
            }
            Material::Rsa { modulus, exponent, .. } => {
                json!({"e": base64url::encode(exponent), "kty": "RSA", "n": base64url::encode(modulus)})
            }
        };
        match jwk {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }
}

/// The thumbprint of something that may be a JWK, without making a key of it: the members are taken as they are written,
/// since any other way to write them is refused when the key is read.
pub(crate) fn thumbprint_of(jwk: &Value) -> Option<String> {
    let is_plain =
        |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let text = |name: &str| jwk.get(name).and_then(Value::as_str).filter(is_plain);
    let required = match text("kty")? {
        "OKP" => format!(r#"{{"crv":"{}","kty":"OKP","x":"{}"}}"#, text("crv")?, text("x")?),
        "EC" => {
            format!(r#"{{"crv":"{}","kty":"EC","x":"{}","y":"{}"}}"#, text("crv")?, text("x")?, text("y")?)
        }
        "RSA" => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text("e")?, text("n")?),
        _ => return None,
    };
    Some(base64url::encode(Sha256::digest(required)))
}

fn okp(members: &Map<String, Value>) -> Result<PublicKey, KeyError> {
    match text(members, "crv")? {
        "Ed25519" => {
            let x = bytes(members, "x")?;
            PublicKey::from_ed25519(
                x.as_slice().try_into().map_err(|_| KeyError::BadJwk("`x` is not 32 bytes"))?,
            )
        }
        other => Err(KeyError::Unsupported(format!("crv {other:?}"))),
    }
}

fn ec(members: &Map<String, Value>) -> Result<PublicKey, KeyError> {
    let name = text(members, "crv")?;
    match Curve::ALL.into_iter().find(|curve| curve.name() == name) {
        Some(curve) => PublicKey::from_coordinates(curve, &bytes(members, "x")?, &bytes(members, "y")?),
        None => Err(KeyError::Unsupported(format!("crv {name:?}"))),
    }
}

/// RFC 8017 has two schemes for one kind of key; the key itself says which, RS256 where it says nothing.
fn rsa(members: &Map<String, Value>) -> Result<PublicKey, KeyError> {
    let is_pss = members.get("alg").is_some_and(|value| names(value, Algorithm::Ps256));
    let algorithm = if is_pss { Algorithm::Ps256 } else { Algorithm::Rs256 };
    PublicKey::from_rsa(&integer(members, "n")?, &integer(members, "e")?, algorithm)
}

fn check_use(members: &Map<String, Value>, algorithm: Algorithm) -> Result<(), KeyError> {
    if members.get("use").is_some_and(|value| value != "sig") {
        return Err(KeyError::NotForVerifying("its `use` is not `sig`"));
    }
    if members.get("alg").is_some_and(|value| !names(value, algorithm)) {
        return Err(KeyError::NotForVerifying("its `alg` is not the one of this kind of key"));
    }
    match members.get("key_ops") {
        Some(Value::Array(operations)) if operations.iter().any(|operation| operation == "verify") => Ok(()),
        Some(_) => Err(KeyError::NotForVerifying("its `key_ops` do not hold `verify`")),
        None => Ok(()),
    }
}

/// RFC 9864 gives Ed25519 a name of its own beside the older `EdDSA`; both mean this key's algorithm.
fn names(value: &Value, algorithm: Algorithm) -> bool {
    value == algorithm.as_str() || (algorithm == Algorithm::EdDsa && value == "Ed25519")
}

fn text<'a>(members: &'a Map<String, Value>, name: &'static str) -> Result<&'a str, KeyError> {
    members.get(name).and_then(Value::as_str).ok_or(KeyError::BadJwk(match name {
        "kty" => "`kty` is missing or no string",
        "crv" => "`crv` is missing or no string",
        _ => "a member is missing or no string",
    }))
}

fn bytes(members: &Map<String, Value>, name: &'static str) -> Result<Vec<u8>, KeyError> {
    base64url::decode(text(members, name)?)
        .ok_or(KeyError::BadJwk("a coordinate is not in canonical base64url"))
}

fn integer(members: &Map<String, Value>, name: &'static str) -> Result<Vec<u8>, KeyError> {
    base64url::decode(text(members, name)?)
        .filter(|bytes| bytes.first().is_some_and(|byte| *byte != 0))
        .ok_or(KeyError::BadJwk("an RSA number is not in canonical base64url, or starts with a zero byte"))
}
