//! JWK sets: written for our issuers, searched in others'
//! ([RFC 7517, JWK Set](https://www.rfc-editor.org/rfc/rfc7517.html#section-5)).

use serde_json::{Value, json};

use crate::jwk::thumbprint_of;
use crate::{KeyError, PublicKey};

/// What a key of a set is looked for by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wanted<'a> {
    /// Its `kid`; a key without one goes by its thumbprint ([RFC 7638](https://www.rfc-editor.org/rfc/rfc7638.html)).
    Kid(&'a str),
    /// The key itself.
    Key(&'a PublicKey),
}

/// A JWK set of public keys, each under its `kid`.
pub fn write<'a>(keys: impl IntoIterator<Item = (&'a str, &'a PublicKey)>) -> Value {
    let keys: Vec<Value> = keys.into_iter().map(|(kid, key)| key.to_jwk_with_kid(kid)).collect();
    json!({ "keys": keys })
}

/// The JWK that is wanted, to be read by [`PublicKey::from_jwk`]; `None` where there is none, an error where two answer.
///
/// No key is read to find it: a broken entry does not spoil the set, and a set of thousands costs no more than its text.
pub fn find<'v>(set: &'v Value, wanted: Wanted<'_>) -> Result<Option<&'v Value>, KeyError> {
    let keys = set.get("keys").and_then(Value::as_array).ok_or(KeyError::BadJwk("it is not a JWK set"))?;
    let thumbprint = match wanted {
        Wanted::Kid(kid) => kid.to_owned(),
        Wanted::Key(key) => key.thumbprint(),
    };
    let is_meant = |key: &&Value| match (wanted, key.get("kid")) {
        (Wanted::Kid(kid), Some(name)) => name == kid,
        (Wanted::Kid(_), None) if thumbprint.len() != THUMBPRINT_LENGTH => false,
        _ => thumbprint_of(key).as_ref() == Some(&thumbprint),
    };
    let mut meant = keys.iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(_), Some(_)) => Err(KeyError::AmbiguousKid),
        (found, _) => Ok(found),
    }
}

/// SHA-256 in base64url.
const THUMBPRINT_LENGTH: usize = 43;
