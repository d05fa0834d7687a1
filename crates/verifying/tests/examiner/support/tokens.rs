//! Tokens made by hand, the ways an attacker makes them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::Value;

/// A compact JWS with any header, signed with an Ed25519 seed.
pub(crate) fn forge(header: &Value, payload: &Value, seed: &[u8; 32]) -> String {
    let input = format!("{}.{}", part(header.to_string()), part(payload.to_string()));
    let signature = SigningKey::from_bytes(seed).sign(input.as_bytes());
    format!("{input}.{}", part(signature.to_bytes()))
}

/// The payload of a token, as JSON.
pub(crate) fn payload(token: &str) -> Value {
    let encoded = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).unwrap()).unwrap()
}

pub(crate) fn part(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
