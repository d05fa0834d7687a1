//! An issuer of Open Badges 2.0.

use accolade_core::identity;
use accolade_signing::badge_v2;
use serde_json::{Value, json};

use super::Shelf;
use super::badges::EMAIL;
use super::school::rsa;

pub(crate) const CONTEXT: &str = "https://w3id.org/openbadges/v2";
pub(crate) const HOST: &str = "https://school.example";

pub(crate) fn url(path: &str) -> String {
    format!("{HOST}{path}")
}

/// Puts issuer, BadgeClass, key and an empty revocation list on the shelf.
pub(crate) fn open(shelf: &Shelf) {
    shelf.put(&url("/issuers/1/v2"), &issuer());
    shelf.put(&url("/badges/1"), &badge_class());
    shelf.put(&url("/keys/1/v2"), &key());
    shelf.put(&url("/revocations"), &revocations(&[]));
}

pub(crate) fn issuer() -> Value {
    json!({
        "@context": CONTEXT,
        "id": url("/issuers/1/v2"),
        "type": "Issuer",
        "name": "Example University",
        "url": url("/"),
        "email": "badges@school.example",
        "publicKey": url("/keys/1/v2"),
        "revocationList": url("/revocations"),
    })
}

pub(crate) fn badge_class() -> Value {
    json!({
        "@context": CONTEXT,
        "id": url("/badges/1"),
        "type": "BadgeClass",
        "name": "Applied Data Skills",
        "description": "Works with data from collection to presentation.",
        "image": url("/badges/1/image.png"),
        "criteria": { "narrative": "Attend the workshop, pass the assessment." },
        "issuer": url("/issuers/1/v2"),
    })
}

pub(crate) fn key() -> Value {
    json!({
        "@context": CONTEXT,
        "id": url("/keys/1/v2"),
        "type": "CryptographicKey",
        "owner": url("/issuers/1/v2"),
        "publicKeyPem": rsa().public_key().to_pem(),
    })
}

pub(crate) fn revocations(entries: &[Value]) -> Value {
    json!({
        "@context": CONTEXT,
        "id": url("/revocations"),
        "type": "RevocationList",
        "issuer": url("/issuers/1/v2"),
        "revokedAssertions": entries,
    })
}

fn assertion(id: &str, verification: Value) -> Value {
    json!({
        "@context": CONTEXT,
        "id": id,
        "type": "Assertion",
        "recipient": { "type": "email", "hashed": true, "salt": "0a1b", "identity": identity::hash(EMAIL, "0a1b") },
        "badge": url("/badges/1"),
        "verification": verification,
        "issuedOn": "2026-09-01T10:00:00Z",
        "expires": "2029-09-01T10:00:00Z",
    })
}

pub(crate) fn hosted() -> Value {
    assertion(&url("/assertions/1"), json!({ "type": "HostedBadge" }))
}

pub(crate) fn signed() -> Value {
    assertion(
        "urn:uuid:7d2f0a54-7c3b-4b1e-8f6a-2d9c1e0b3f47",
        json!({ "type": "SignedBadge", "creator": url("/keys/1/v2") }),
    )
}

pub(crate) fn sign(assertion: &Value) -> String {
    badge_v2::sign(assertion, &rsa()).unwrap()
}
