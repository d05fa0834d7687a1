//! Credentials to examine.

use accolade_core::identity;
use serde_json::{Value, json};

use super::School;
use super::school::INDEX;

pub(crate) const EMAIL: &str = "ada@example.org";
const SALT: &str = "6b1f0c2a9d3e4f5061728394a5b6c7d8";

/// A good badge of that school, not yet signed.
pub(crate) fn badge(school: &School) -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": format!("https://{}/credentials/1", school.host),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Applied Data Skills",
        "issuer": { "id": school.id, "type": ["Profile"], "name": school.name },
        "validFrom": "2026-09-01T10:00:00Z",
        "validUntil": "2029-09-01T10:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:5f3a1c9e-2b7d-4e60-9a3f-0c8d7e6b5a41",
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "hashed": true,
                "identityHash": identity::hash(EMAIL, SALT),
                "identityType": "emailAddress",
                "salt": SALT,
            }],
            "achievement": {
                "id": format!("https://{}/achievements/1", school.host),
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": "Applied Data Skills",
                "description": "Works with data from collection to presentation.",
                "criteria": { "narrative": "Attend the workshop, pass the assessment, present a project." },
            },
        },
        "credentialStatus": {
            "id": format!("{}#{INDEX}", school.list_url()),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": INDEX.to_string(),
            "statusListCredential": school.list_url(),
        },
    })
}

/// The same without a status.
pub(crate) fn plain_badge(school: &School) -> Value {
    let mut badge = badge(school);
    badge.as_object_mut().unwrap().remove("credentialStatus");
    badge
}
