//! JWK sets: written for our issuers, searched in others'
//! ([RFC 7517, JWK Set](https://www.rfc-editor.org/rfc/rfc7517.html#section-5)).

use serde_json::{Value, json};

use crate::{KeyError, PublicKey};

/// SHA-256 in base64url.
const THUMBPRINT_LENGTH: usize = 43;

/// A JWK set of public keys, each under its `kid`.
pub fn write<'a>(keys: impl IntoIterator<Item = (&'a str, &'a PublicKey)>) -> Value {
    let keys: Vec<Value> = keys.into_iter().map(|(kid, key)| key.to_jwk_with_kid(kid)).collect();
    json!({ "keys": keys })
}

/// The key of that `kid` in a set; `None` where there is none, an error where two keys share the `kid`.
///
/// A key without a `kid` goes by its thumbprint ([RFC 7638](https://www.rfc-editor.org/rfc/rfc7638.html)). Keys of other `kid`s are not looked at, so one broken entry does not spoil the set.
pub fn find(set: &Value, kid: &str) -> Result<Option<PublicKey>, KeyError> {
    let keys = set.get("keys").and_then(Value::as_array).ok_or(KeyError::BadJwk("it is not a JWK set"))?;
    let mut named = keys.iter().filter(|key| is_named(key, kid));
    match (named.next(), named.next()) {
        (Some(_), Some(_)) => Err(KeyError::AmbiguousKid),
        (Some(key), None) => PublicKey::from_jwk(key).map(Some),
        (None, _) => Ok(None),
    }
}

/// Whether a key of a set is the one of that `kid`: by its own `kid`, or, where it has none, by its thumbprint.
pub fn is_named(key: &Value, kid: &str) -> bool {
    match key.get("kid") {
        Some(name) => name == kid,
        None => {
            kid.len() == THUMBPRINT_LENGTH
                && PublicKey::from_jwk(key).is_ok_and(|key| key.thumbprint() == kid)
        }
    }
}
