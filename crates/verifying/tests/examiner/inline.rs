//! CTX: definitions that a badge brings itself, as its last context.

use accolade_core::achievement::Achievement;
use accolade_core::micro_credential::inline_context;
use accolade_core::{Class, MicroCredential};
use accolade_verifying::Outcome;
use serde_json::{Value, json};

use crate::support::badges::badge;
use crate::support::{IdMethod, School, World, check};

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

/// A badge whose achievement has every member that the inline context defines, not yet signed.
fn micro_credential(school: &School) -> Value {
    let record = json!({
        "country": "CH",
        "field": { "code": "0612", "name": "Databases" },
        "learningOutcomes": ["Cleans tables of data."],
        "workload": { "hours": 60, "ects": 2 },
        "duration": { "minimum": "P2D", "maximum": "P6W" },
        "levels": [
            { "framework": "EQF", "code": "6" },
            { "framework": "NQF", "frameworkName": "NQR", "code": "6", "url": "https://example.ch/nqr/6" },
        ],
        "competency": { "levels": "dreyfus", "required": "competent" },
        "assessment": { "types": ["project-work", "quiz"], "mode": "online" },
        "participation": "blended",
        "supervision": "supervised_onsite_id",
        "qualityAssurance": [{ "type": "external", "name": "AAQ", "url": "https://aaq.ch/", "description": "Every seven years." }],
        "prerequisites": ["Reads English well."],
        "grade": { "scheme": "Swiss grades", "allowedValues": ["4", "5", "6"] },
        "stackability": { "partOf": ["https://school.example/achievements/2"], "requires": ["https://school.example/achievements/3"] },
        "furtherInformation": ["https://school.example/courses/1"],
    });
    let mut badge = badge(school);
    let place = badge.pointer_mut("/credentialSubject/achievement").unwrap();
    let mut achievement = Achievement::from_value(place.take()).unwrap();
    assert!(MicroCredential::parse(&record, "").unwrap().describe(&mut achievement).unwrap());
    *place = achievement.to_value();
    badge["@context"].as_array_mut().unwrap().push(Value::Object(inline_context()));
    badge
}

#[tokio::test]
async fn a_micro_credential_in_words_of_its_own_is_valid_in_every_form() {
    let (world, school) = world();
    let badge = micro_credential(&school);
    for report in [world.verify(&school.sign(&badge)).await, world.verify_token(&school.token(&badge)).await]
    {
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
        assert!(check(&report, "context").detail.contains("words of its own"), "{report:#?}");
    }
}

/// What our words say is covered by the proof as everything else is.
#[tokio::test]
async fn what_is_said_in_words_of_its_own_cannot_be_changed() {
    let (world, school) = world();
    let signed = school.sign(&micro_credential(&school));
    for (place, value) in [
        ("/volumeOfLearning", json!("PT600H")),
        ("/provenBy/idVerification/notation", json!("supervised_online_id")),
        ("/reviewProcess/0/name", json!("Somebody else")),
        ("/creditPoint/point", json!("20")),
        ("/isPartialQualification", json!(false)),
        ("/mode", json!("http://data.europa.eu/snb/learning-assessment/920fbb3cbe")),
    ] {
        let mut forged = signed.clone();
        let at = format!("/credentialSubject/achievement{place}");
        *forged.pointer_mut(&at).unwrap() = value;
        let report = world.verify(&forged).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{place}");
        assert_eq!(
            check(&report, "safe_mode").outcome,
            accolade_verifying::CheckOutcome::Passed,
            "{place}: {report:#?}"
        );
    }
    let mut without = signed.clone();
    without["@context"].as_array_mut().unwrap().pop();
    let report = world.verify(&without).await;
    assert_eq!(check(&report, "safe_mode").code, Some("undefined_term"));
}

/// The same statements under other names: the proof holds over them, so the map must not be taken.
#[tokio::test]
async fn a_map_that_gives_other_names_to_what_is_read_is_refused() {
    const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
    const TIME: &str = "http://www.w3.org/2001/XMLSchema#dateTime";
    let (world, school) = world();
    let mut expired = badge(&school);
    expired["validUntil"] = "2026-10-01T00:00:00Z".into();
    let signed = school.sign(&expired);
    let renamed = |old: &str, new: &str| {
        let mut forged = signed.clone();
        let value = forged.as_object_mut().unwrap().remove(old).unwrap();
        forged[new] = value;
        forged
    };
    let ended = format!("{CREDENTIALS}validUntil");
    let status = format!("{CREDENTIALS}credentialStatus");
    let bring = |mut document: Value, map: Value| {
        document["@context"].as_array_mut().unwrap().push(map);
        document
    };
    let mut nested = signed.clone();
    nested["credentialSubject"]["@context"] = json!({ "x": "https://example.org/x" });
    let mut prefixed = signed.clone();
    prefixed["credentialStatus"]["statusListCredential"] = "lists:1".into();
    let mut first = signed.clone();
    first["@context"].as_array_mut().unwrap().insert(0, json!({ "x": "https://example.org/x" }));
    let harmless = json!({ "x": "https://example.org/x" });
    for (forged, code) in [
        (
            bring(renamed("validUntil", "end"), json!({ "end": { "@id": ended, "@type": TIME } })),
            "context_not_allowed",
        ),
        (
            bring(
                renamed("credentialStatus", "state"),
                json!({ "state": { "@id": status, "@type": "@id" } }),
            ),
            "context_not_allowed",
        ),
        (bring(renamed("type", "kind"), json!({ "kind": "@type" })), "context_not_allowed"),
        (
            bring(
                renamed("type", "kind"),
                json!({ "kind": { "@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "@type": "@id" } }),
            ),
            "context_not_allowed",
        ),
        (bring(signed.clone(), json!({ "secretGrade": null })), "context_not_allowed"),
        (bring(signed.clone(), json!({ "validUntil": null })), "context_not_allowed"),
        (bring(signed.clone(), json!({ "@vocab": "https://example.org/" })), "context_not_allowed"),
        (
            bring(prefixed, json!({ "lists": format!("https://{}/status/", school.host) })),
            "context_not_allowed",
        ),
        (bring(bring(signed.clone(), harmless.clone()), harmless.clone()), "context_not_allowed"),
        (first, "context_not_allowed"),
        (nested, "nested_context"),
    ] {
        let report = world.verify(&forged).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{forged}");
        assert_eq!(check(&report, "context").code, Some(code), "{}", forged["@context"]);
    }
    let unused = world.verify(&bring(school.sign(&badge(&school)), harmless)).await;
    assert_eq!(unused.outcome, Outcome::Valid, "what adds words that nobody uses does no harm: {unused:#?}");
}
