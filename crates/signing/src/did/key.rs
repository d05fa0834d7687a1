//! `did:key`: the identifier is the key itself ([did:key](https://w3c-ccg.github.io/did-key-spec/)).

use super::DidError;
use crate::PublicKey;

const PREFIX: &str = "did:key:";

/// The `did:key` of an Ed25519, P-256 or P-384 key; RSA keys have none.
pub fn did_key(key: &PublicKey) -> Option<String> {
    key.to_multibase().map(|multibase| format!("{PREFIX}{multibase}"))
}

/// The one verification method of a `did:key`: the identifier, `#`, and the key again.
pub fn did_key_method(key: &PublicKey) -> Option<String> {
    key.to_multibase().map(|multibase| format!("{PREFIX}{multibase}#{multibase}"))
}

/// The key a `did:key` (without fragment) is.
pub fn parse_did_key(did: &str) -> Result<PublicKey, DidError> {
    let multibase =
        did.strip_prefix(PREFIX).ok_or(DidError::BadIdentifier("it does not start with did:key:"))?;
    Ok(PublicKey::from_multibase(multibase)?)
}

/// The key of a `did:key` verification method; what follows `#` must be the same key, letter for letter.
pub fn parse_did_key_method(method: &str) -> Result<PublicKey, DidError> {
    let (did, fragment) = method
        .split_once('#')
        .ok_or(DidError::BadIdentifier("a did:key verification method has a fragment"))?;
    if did.strip_prefix(PREFIX) != Some(fragment) {
        return Err(DidError::BadIdentifier("the fragment is not the key of the did:key before it"));
    }
    parse_did_key(did)
}
