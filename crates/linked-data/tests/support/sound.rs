//! A sound credential to spoil, and how a refusal is checked.

use accolade_linked_data::{Error, Options, canonicalize, contexts};
use serde_json::{Value, json};

/// A sound credential.
pub(crate) fn credential() -> Value {
    json!({
        "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": "did:example:issuer", "type": ["Profile"], "name": "Issuer"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:subject",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:2",
                "type": ["Achievement"],
                "name": "Applied Data Skills",
                "description": "Does things with data.",
                "criteria": {"narrative": "Attend, hand in, present."}
            }
        }
    })
}

pub(crate) fn refusal(document: &Value) -> Error {
    match canonicalize(document, &Options::default()) {
        Err(error) => error,
        Ok(text) => panic!("accepted {document}\n{text}"),
    }
}

#[track_caller]
pub(crate) fn assert_refused(document: &Value, code: &str, pointer: &str) {
    let error = refusal(document);
    assert_eq!((error.code(), error.pointer()), (code, Some(pointer)), "{error}");
}
