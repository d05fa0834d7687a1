//! Each rule with a value that breaks it.

use accolade_core::Class;
use serde_json::{Value, json};

use crate::sample;

/// Rule; where the value goes; the value (null: leave the member out); where the finding points, if elsewhere.
pub(crate) type Case = (&'static str, &'static str, Value, Option<&'static str>);

const RESULTS: &str = "/credentialSubject/achievement/resultDescription";

#[expect(clippy::too_many_lines, reason = "a table with a row for each rule")]
pub(crate) fn cases() -> Vec<Case> {
    let contexts = || sample::badge().to_value()["@context"].as_array().cloned().unwrap();
    let with = |index: usize, value: Value| {
        let mut contexts = contexts();
        contexts[index] = value;
        Value::from(contexts)
    };
    let description = |index: usize| sample::achievement().to_value()["resultDescription"][index].clone();
    let status = |member: &str, value: Value| {
        let mut status = sample::badge().to_value()["credentialStatus"].clone();
        status[member] = value;
        status
    };
    vec![
        ("wrong-type", "/name", json!(7), None),
        ("wrong-type", "/image", json!("https://example.edu/1.png"), None),
        ("wrong-type", "/validUntil", json!({}), None),
        ("member-missing", "/credentialSubject/achievement/name", Value::Null, None),
        ("member-unknown", "/issuer/image/alt", json!("A lighthouse"), None),
        ("member-misspelt", "/credentialSubject/achievement/fieldOfStudies", json!("Data"), None),
        ("array-expected", "/evidence", json!({"type": ["Evidence"]}), None),
        ("array-expected", "/credentialSubject/type", json!("AchievementSubject"), None),
        ("array-empty", "/evidence", json!([]), None),
        ("value-null", "/colour", json!([null]), Some("/colour")),
        ("one-object", "/credentialStatus", json!([{"type": "Other"}]), None),
        ("type-lacks-class", "/type", json!(["VerifiableCredential"]), None),
        ("type-lacks-class", "/issuer/image/type", json!("Picture"), None),
        ("type-blank", "/issuer/type", json!(["Profile", ""]), Some("/issuer/type/1")),
        ("type-repeated", "/issuer/type", json!(["Profile", "Profile"]), Some("/issuer/type/1")),
        ("criteria-empty", "/credentialSubject/achievement/criteria", json!({"narrative": " "}), None),
        ("uri-not-absolute", "/id", json!("credentials/1"), None),
        ("uri-beyond-ascii", "/id", json!("https://exämple.edu/1"), None),
        ("uri-placeholder", "/id", json!("https://example.edu/undefined"), None),
        ("uri-not-web", "/issuer/url", json!("urn:uuid:1"), None),
        ("image-format", "/issuer/image/id", json!("data:image/gif;base64,AAAA"), None),
        ("date-time-form", "/validFrom", json!("2026-11-23"), None),
        ("date-form", "/issuer/dateOfBirth", json!("2001-02-30"), None),
        ("language-form", "/credentialSubject/achievement/inLanguage", json!("english"), None),
        ("country-unknown", "/issuer/address/addressCountryCode", json!("UK"), None),
        ("email-form", "/issuer/email", json!("registrar"), None),
        ("jws-form", "/endorsementJwt/0", json!("e30.e30"), None),
        ("number-range", "/credentialSubject/creditsEarned", json!(-1), None),
        ("number-range", "/issuer/address/geo/latitude", json!(91), None),
        ("term-unknown", "/credentialSubject/identifier/0/identityType", json!("email"), None),
        ("term-extension-form", "/credentialSubject/achievement/achievementType", json!("ext:a b"), None),
        ("text-control", "/credentialSubject/achievement/description", json!("a\u{0}b"), None),
        ("text-invisible", "/credentialSubject/achievement/description", json!("a\u{202e}b"), None),
        ("text-placeholder", "/credentialSubject/achievement/description", json!("undefined"), None),
        ("text-template", "/credentialSubject/achievement/description", json!("Hi {{name}}"), None),
        ("name-blank", "/issuer/name", json!(" "), None),
        ("name-control", "/issuer/name", json!("a\nb"), None),
        ("name-invisible", "/issuer/name", json!("Example\u{200b}University"), None),
        ("name-placeholder", "/issuer/name", json!("undefined undefined"), None),
        ("name-template", "/credentialSubject/identifier/1/identityHash", json!("${user.name}"), None),
        ("context-form", "/@context", json!("https://www.w3.org/ns/credentials/v2"), None),
        ("context-form", "/@context", json!(["https://www.w3.org/ns/credentials/v2"]), None),
        (
            "context-first",
            "/@context",
            with(0, json!("https://www.w3.org/2018/credentials/v1")),
            Some("/@context/0"),
        ),
        (
            "context-second",
            "/@context",
            with(1, json!("https://w3id.org/openbadges/v2")),
            Some("/@context/1"),
        ),
        (
            "context-version",
            "/@context",
            with(1, json!("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json")),
            Some("/@context/1"),
        ),
        (
            "context-repeated",
            "/@context",
            contexts().into_iter().chain([contexts().remove(1)]).collect(),
            Some("/@context/3"),
        ),
        (
            "context-lacks-extensions",
            "/@context",
            contexts().into_iter().take(2).collect(),
            Some("/credentialSchema/0/type"),
        ),
        (
            "recipient-missing",
            "/credentialSubject",
            json!({"type": ["AchievementSubject"], "achievement": sample::achievement().to_value()}),
            None,
        ),
        (
            "identity-hash-form",
            "/credentialSubject/identifier/0/identityHash",
            json!("ada@example.com"),
            None,
        ),
        ("identity-hash-form", "/credentialSubject/identifier/0/identityHash", json!("sha256$00"), None),
        ("identity-hash-form", "/credentialSubject/identifier/0/identityHash", json!("sha1$00"), None),
        (
            "identity-hash-weak",
            "/credentialSubject/identifier/0/salt",
            Value::Null,
            Some("/credentialSubject/identifier/0/identityHash"),
        ),
        ("identity-hash-plain", "/credentialSubject/identifier/1/identityHash", json!("sha256$00"), None),
        ("identity-blank", "/credentialSubject/identifier/1/identityHash", json!(""), None),
        (
            "result-description-repeated",
            RESULTS,
            json!([description(0), description(0), description(1), description(2)]),
            Some("/credentialSubject/achievement/resultDescription/1"),
        ),
        (
            "result-description-range",
            "/credentialSubject/achievement/resultDescription/0/valueMin",
            json!("101"),
            None,
        ),
        (
            "required-level-unknown",
            "/credentialSubject/achievement/resultDescription/1/requiredLevel",
            json!("urn:uuid:23"),
            None,
        ),
        (
            "required-value-impossible",
            "/credentialSubject/achievement/resultDescription/0/requiredValue",
            json!("120"),
            None,
        ),
        (
            "rubric-missing",
            "/credentialSubject/achievement/resultDescription/1/rubricCriterionLevel",
            Value::Null,
            None,
        ),
        (
            "result-description-unknown",
            "/credentialSubject/result/0/resultDescription",
            json!("urn:uuid:4"),
            None,
        ),
        ("achieved-level-unknown", "/credentialSubject/result/1/achievedLevel", json!("urn:uuid:23"), None),
        (
            "achieved-level-unknown",
            "/credentialSubject/result/1/resultDescription",
            Value::Null,
            Some("/credentialSubject/result/1/achievedLevel"),
        ),
        ("result-status-missing", "/credentialSubject/result/2/status", Value::Null, None),
        ("result-value-impossible", "/credentialSubject/result/0/value", json!("101"), None),
        ("result-value-impossible", "/credentialSubject/result/0/value", json!("A"), None),
        (
            "result-empty",
            "/credentialSubject/result/0/value",
            Value::Null,
            Some("/credentialSubject/result/0"),
        ),
        ("credits-beyond", "/credentialSubject/creditsEarned", json!(4), None),
        ("validity-ends-before", "/validUntil", json!("2026-11-23T09:59:59Z"), None),
        ("validity-ends-before", "/validUntil", json!("2026-11-23T10:30:00+01:00"), None),
        ("awarded-after", "/awardedDate", json!("2026-11-24T00:00:00Z"), None),
        ("time-beyond-seconds", "/validFrom", json!("2026-11-23T10:00:00.5Z"), None),
        ("activity-ends-before", "/credentialSubject/activityEndDate", json!("2026-08-01T00:00:00Z"), None),
        ("status-member-missing", "/credentialStatus/statusPurpose", Value::Null, None),
        ("status-index-form", "/credentialStatus/statusListIndex", json!(23), None),
        ("status-purpose-unknown", "/credentialStatus/statusPurpose", json!("revoked"), None),
        ("status-list-url", "/credentialStatus/statusListCredential", json!(7), None),
        (
            "status-id-is-list",
            "/credentialStatus",
            status("id", json!("https://example.edu/status/1")),
            Some("/credentialStatus/statusListCredential"),
        ),
        ("status-deprecated", "/credentialStatus/type", json!("1EdTechRevocationList"), None),
        ("schema-type", "/credentialSchema/0/type", json!("JsonSchema"), Some("/credentialSchema")),
        ("proof-purpose", "/proof/0/proofPurpose", json!("authentication"), None),
        ("proof-suite-missing", "/proof/0/cryptosuite", Value::Null, None),
        ("proof-suite-misspelt", "/proof/0/cryptosuite", json!("eddsa-rdf-2022"), None),
        ("issuer-bare-uri", "/issuer", json!("https://example.edu/issuers/1"), None),
        ("issuer-unnamed", "/issuer/name", Value::Null, None),
        ("endorsement-unproven", "/issuer/endorsement/0/proof", Value::Null, None),
    ]
}
