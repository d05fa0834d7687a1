//! CTX: vocabularies.

use accolade_verifying::Outcome;
use serde_json::{Value, json};

use crate::support::badges::badge;
use crate::support::{IdMethod, School, World, check};

async fn code(world: &World, badge: &Value, id: &str) -> Option<&'static str> {
    let report = world.verify(badge).await;
    assert_eq!(report.outcome, Outcome::Invalid, "{report:#?}");
    assert!(world.names.asked.lock().unwrap().is_empty(), "nothing is fetched for a context");
    check(&report, id).code
}

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

#[tokio::test]
async fn ctx_1_a_word_nobody_has_defined_is_refused() {
    let (world, school) = world();
    let mut badge = school.sign(&badge(&school));
    badge["credentialSubject"]["secretGrade"] = "A".into();
    assert_eq!(code(&world, &badge, "safe_mode").await, Some("undefined_term"));
}

#[tokio::test]
async fn ctx_2_an_unknown_vocabulary_is_refused_and_not_fetched() {
    let (world, school) = world();
    let mut badge = school.sign(&badge(&school));
    badge["@context"].as_array_mut().unwrap().push("https://evil.example/context.json".into());
    assert_eq!(code(&world, &badge, "context").await, Some("context_not_allowed"));
    let mut inline = school.sign(&crate::support::badges::badge(&school));
    inline["@context"].as_array_mut().unwrap().push(json!({ "name": "https://evil.example/name" }));
    assert_eq!(code(&world, &inline, "context").await, Some("context_not_allowed"));
}

#[tokio::test]
async fn ctx_4_a_vocabulary_in_the_middle_of_a_badge_is_refused() {
    let (world, school) = world();
    let mut badge = school.sign(&badge(&school));
    badge["credentialSubject"]["achievement"]["@context"] = "https://www.w3.org/ns/credentials/v2".into();
    assert_eq!(code(&world, &badge, "context").await, Some("nested_context"));
}

#[tokio::test]
async fn ctx_5_vocabularies_out_of_order_or_twice_are_refused() {
    let (world, school) = world();
    let (vc, ob) = (
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    );
    for contexts in
        [json!([ob, vc]), json!([vc, ob, ob]), json!([vc, vc, ob]), json!([vc]), json!([]), json!(vc)]
    {
        let mut badge = school.sign(&badge(&school));
        badge["@context"] = contexts;
        assert_eq!(code(&world, &badge, "context").await, Some("context_order"));
    }
}

#[tokio::test]
async fn ctx_6_the_older_vocabulary_with_newer_words_is_refused() {
    let (world, school) = world();
    let mut badge = school.sign(&badge(&school));
    badge["@context"][0] = "https://www.w3.org/2018/credentials/v1".into();
    assert_eq!(code(&world, &badge, "context").await, Some("context_version"));
}

#[tokio::test]
async fn ctx_8_names_that_depend_on_where_the_badge_stands_are_refused() {
    let (world, school) = world();
    for (place, value) in [
        ("/credentialSubject/achievement/id", json!("achievements/1")),
        ("/credentialSubject/type", json!(["AchievementSubject", "MyType"])),
        ("/id", json!("credentials/1")),
    ] {
        let mut badge = school.sign(&badge(&school));
        *badge.pointer_mut(place).unwrap() = value;
        let found = code(&world, &badge, "safe_mode").await;
        assert!(matches!(found, Some("relative_iri" | "undefined_type")), "{place}: {found:?}");
    }
}

#[tokio::test]
async fn ctx_9_statements_hidden_in_keywords_are_refused() {
    let (world, school) = world();
    for keyword in ["@graph", "@reverse", "@included", "@nest", "@set"] {
        let mut badge = school.sign(&badge(&school));
        badge[keyword] = json!([{ "id": "urn:x:1" }]);
        assert_eq!(code(&world, &badge, "context").await, Some("keyword_not_allowed"), "{keyword}");
    }
}

/// Members of a badge under another spelling of the same meaning: the signature still holds over them.
fn respelled(badge: &Value, members: &[(&str, Value)]) -> Value {
    let mut forged = badge.clone();
    for (name, replacement) in members {
        let old = forged.as_object_mut().unwrap().remove(*name);
        assert!(old.is_some(), "{name}");
        forged.as_object_mut().unwrap().extend(replacement.as_object().unwrap().clone());
    }
    forged
}

#[tokio::test]
async fn ctx_9_an_end_or_a_status_in_a_roundabout_spelling_is_refused() {
    const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
    let (world, school) = world();
    let mut expired = badge(&school);
    expired["validUntil"] = "2026-10-01T00:00:00Z".into();
    let expired = school.sign(&expired);
    let typed =
        json!({ "@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": "2026-10-01T00:00:00Z" });
    let status = &expired["credentialStatus"];
    let iri = |name: &str| format!("{CREDENTIALS}{name}");
    for (forged, expected) in [
        (respelled(&expired, &[("validUntil", json!({ iri("validUntil"): typed }))]), "not_compacted"),
        (
            respelled(&expired, &[("credentialStatus", json!({ iri("credentialStatus"): status }))]),
            "not_compacted",
        ),
        (
            respelled(
                &expired,
                &[
                    ("validUntil", json!({ iri("validUntil"): typed })),
                    ("credentialStatus", json!({ iri("credentialStatus"): status })),
                ],
            ),
            "not_compacted",
        ),
        (
            respelled(&expired, &[("validUntil", json!({ "@nest": { "validUntil": typed } }))]),
            "keyword_not_allowed",
        ),
        (respelled(&expired, &[("id", json!({ "@id": expired["id"] }))]), "keyword_not_allowed"),
    ] {
        assert_eq!(code(&world, &forged, "context").await, Some(expected), "{forged}");
    }
    let mut proof = expired.clone();
    proof["proof"][0]["https://w3id.org/security#expiration"] = typed;
    assert_eq!(code(&world, &proof, "context").await, Some("not_compacted"));
}

#[tokio::test]
async fn ctx_9_a_badge_that_is_described_a_second_time_inside_itself_is_refused() {
    let (world, school) = world();
    let body = School::open(&world.shelf, "body.example", IdMethod::Web);
    let mut linked = badge(&school);
    linked["evidence"] = json!([{ "id": linked["id"], "type": ["Evidence"] }]);
    linked["endorsement"] =
        json!([body.sign(&crate::endorsements::endorsement(&body, &linked, &linked["id"]))]);
    linked["validUntil"] = "2026-12-01T00:00:00Z".into();
    let linked = school.sign(&linked);
    assert_eq!(world.verify(&linked).await.outcome, Outcome::Valid, "naming it is no harm");
    for place in ["/evidence/0", "/endorsement/0/credentialSubject"] {
        let mut forged = linked.clone();
        let end = forged.as_object_mut().unwrap().remove("validUntil").unwrap();
        forged.pointer_mut(place).unwrap()["validUntil"] = end;
        assert_eq!(code(&world, &forged, "context").await, Some("described_twice"), "{place}");
    }
    let mut deep = linked.clone();
    deep["endorsement"] = json!([[{ "@context": [], "urn:x:y": 1 }]]);
    assert_eq!(code(&world, &deep, "context").await, Some("context_order"));
}

/// A badge in the data model 1.1, its words those of that time.
pub(crate) fn old_badge(school: &School, ob: &str) -> Value {
    let mut old = crate::support::badges::plain_badge(school);
    let members = old.as_object_mut().unwrap();
    members.remove("validFrom");
    members.remove("validUntil");
    members.insert("issuanceDate".into(), "2026-09-01T10:00:00Z".into());
    members.insert("expirationDate".into(), "2029-09-01T10:00:00Z".into());
    old["@context"] =
        json!(["https://www.w3.org/2018/credentials/v1", ob, "https://w3id.org/security/data-integrity/v2"]);
    old
}

#[tokio::test]
async fn a_badge_in_the_older_data_model_is_examined_in_its_own_words() {
    let (world, school) = world();
    for version in ["context-3.0.1.json", "context-3.0.2.json", "context-3.0.3.json", "context.json"] {
        let ob = format!("https://purl.imsglobal.org/spec/ob/v3p0/{version}");
        let old = old_badge(&school, &ob);
        for report in [world.verify(&school.sign(&old)).await, world.verify_token(&school.token(&old)).await]
        {
            assert_eq!(report.outcome, Outcome::Valid, "{version}: {report:#?}");
            assert!(report.credential.unwrap().valid_until.is_some());
        }
        let mut expired = old.clone();
        expired["expirationDate"] = "2026-10-01T00:00:00Z".into();
        assert_eq!(code(&world, &school.sign(&expired), "validity").await, Some("expired"));
        let mut unreadable = old.clone();
        unreadable["issuanceDate"] = "yesterday".into();
        let report = world.verify(&school.sign(&unreadable)).await;
        assert!(check(&report, "schema").detail.contains("/issuanceDate"), "{report:#?}");
    }
}
