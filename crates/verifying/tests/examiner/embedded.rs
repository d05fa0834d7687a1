//! DI: embedded proofs.

use accolade_core::Timestamp;
use accolade_signing::data_integrity::ProofOptions;
use accolade_verifying::Outcome;
use serde_json::{Value, json};

use crate::support::badges::{badge, plain_badge};
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, check};

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

#[tokio::test]
async fn di_1_a_badge_without_a_proof_is_refused_however_it_is_left_out() {
    let (world, school) = world();
    let bare = plain_badge(&school);
    for proof in [None, Some(json!([])), Some(Value::Null)] {
        let mut badge = bare.clone();
        if let Some(proof) = proof {
            badge["proof"] = proof;
        }
        let report = world.verify(&badge).await;
        assert_eq!(report.outcome, Outcome::Invalid);
        assert_eq!(check(&report, "proof").code, Some("no_proof"));
    }
}

#[tokio::test]
async fn di_2_a_proof_that_names_no_key_is_refused() {
    let (world, school) = world();
    for method in [None, Some(json!("")), Some(json!(7)), Some(json!(["x"])), Some(json!("#key"))] {
        let mut badge = school.sign(&plain_badge(&school));
        match method {
            Some(method) => badge["proof"][0]["verificationMethod"] = method,
            None => {
                badge["proof"][0].as_object_mut().unwrap().remove("verificationMethod");
            }
        }
        let report = world.verify(&badge).await;
        assert_eq!(report.outcome, Outcome::Invalid);
        assert_eq!(check(&report, "proof").code, Some("bad_proof_option"), "{report:#?}");
    }
}

#[tokio::test]
async fn di_8_a_proof_value_of_the_wrong_form_is_refused() {
    let (world, school) = world();
    let good = school.sign(&plain_badge(&school));
    let value = good["proof"][0]["proofValue"].as_str().unwrap().to_owned();
    for broken in [
        value[1..].to_owned(),
        format!("u{}", &value[1..]),
        value[..60].to_owned(),
        format!("{value}1"),
        "z".into(),
    ] {
        let mut badge = good.clone();
        badge["proof"][0]["proofValue"] = broken.into();
        let report = world.verify(&badge).await;
        assert_eq!(check(&report, "proof").code, Some("bad_proof_option"));
        assert_eq!(report.outcome, Outcome::Invalid);
    }
}

#[tokio::test]
async fn di_9_a_proof_that_has_ended_or_comes_from_the_future_is_refused() {
    let (world, school) = world();
    let moment = |text: &str| Timestamp::parse(text).unwrap();
    let mut ended = ProofOptions::new(moment("2026-09-01T10:00:00Z"), &school.method);
    ended.expires = Some(moment("2026-11-23T10:00:00Z"));
    assert_fails(&world.verify(&school.sign_with(&badge(&school), &ended)).await, "proof", "proof_expired");
    let future = ProofOptions::new(moment("2026-11-23T10:05:01Z"), &school.method);
    assert_fails(
        &world.verify(&school.sign_with(&badge(&school), &future)).await,
        "proof",
        "proof_from_the_future",
    );
    let ahead = ProofOptions::new(moment("2026-11-23T10:05:00Z"), &school.method);
    assert_valid(&world.verify(&school.sign_with(&badge(&school), &ahead)).await);
}

#[tokio::test]
async fn di_9_a_proof_made_after_the_key_was_retired_is_refused() {
    let (world, school) = world();
    let signed = school.sign(&badge(&school));
    for (member, date, code) in [
        ("expires", "2026-09-01T10:00:00Z", "key_expired"),
        ("revoked", "2026-11-01T00:00:00Z", "key_revoked"),
    ] {
        let mut document = school.document();
        document["verificationMethod"][0][member] = date.into();
        world.shelf.put(&school.id, &document);
        assert_fails(&world.verify(&signed).await, "proof", code);
    }
    let mut later = school.document();
    later["verificationMethod"][0]["expires"] = "2026-09-01T10:00:01Z".into();
    world.shelf.put(&school.id, &later);
    assert_valid(&world.verify(&signed).await);
}

#[tokio::test]
async fn di_10_every_option_of_the_proof_is_signed() {
    let (world, school) = world();
    let good = school.sign(&badge(&school));
    for (member, value) in [
        ("created", "2026-09-01T10:00:01Z"),
        ("nonce", "x"),
        ("domain", "elsewhere.example"),
        ("challenge", "y"),
        ("expires", "2030-01-01T00:00:00Z"),
    ] {
        let mut badge = good.clone();
        badge["proof"][0][member] = value.into();
        assert_fails(&world.verify(&badge).await, "proof", "bad_signature");
    }
}

#[tokio::test]
async fn di_12_a_good_proof_by_someone_else_does_not_help_a_bad_one_by_the_issuer() {
    let (world, school) = world();
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Key);
    let bare = plain_badge(&school);
    let attackers = evil.sign(&bare)["proof"][0].clone();
    let mut other = bare.clone();
    other["name"] = "Something else".into();
    let broken = school.sign(&other)["proof"][0].clone();
    for proofs in [json!([attackers, broken]), json!([broken, attackers]), json!([attackers])] {
        let mut badge = bare.clone();
        badge["proof"] = proofs;
        let report = world.verify(&badge).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{report:#?}");
    }
}

#[tokio::test]
async fn one_good_proof_by_the_issuer_is_enough_and_the_other_is_remarked_upon() {
    let (world, school) = world();
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Key);
    let bare = plain_badge(&school);
    let mut badge = school.sign(&bare);
    badge["proof"].as_array_mut().unwrap().insert(0, evil.sign(&bare)["proof"][0].clone());
    let report = world.verify(&badge).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert_eq!(check(&report, "other_proof").code, Some("key_not_controlled_by_issuer"));
}

#[tokio::test]
async fn di_13_a_proof_that_follows_a_missing_one_or_itself_is_refused() {
    let (world, school) = world();
    for previous in
        [json!("urn:uuid:missing"), json!(["urn:proof:1"]), json!("urn:proof:1"), json!([]), json!(7)]
    {
        let mut badge = school.sign(&plain_badge(&school));
        badge["proof"][0]["id"] = "urn:proof:1".into();
        badge["proof"][0]["previousProof"] = previous.clone();
        let report = world.verify(&badge).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{previous}");
        assert!(
            matches!(check(&report, "proof").code, Some("no_previous_proof" | "bad_proof_option")),
            "{report:#?}"
        );
    }
}

#[tokio::test]
async fn di_14_a_proof_inside_the_subject_is_none() {
    let (world, school) = world();
    let mut badge = school.sign(&plain_badge(&school));
    let proof = badge.as_object_mut().unwrap().remove("proof").unwrap();
    badge["credentialSubject"]["proof"] = proof;
    let report = world.verify(&badge).await;
    assert_eq!(report.outcome, Outcome::Invalid);
    assert!(matches!(check(&report, "proof").code, Some("no_proof") | None), "{report:#?}");
}

#[tokio::test]
async fn di_16_a_member_added_anywhere_is_refused() {
    let (world, school) = world();
    let good = school.sign(&badge(&school));
    for place in places_of_objects(&good, String::new()) {
        for (name, value) in [("undefinedTerm", json!("x")), ("grade", json!(1)), ("@type", json!("Extra"))] {
            let mut badge = good.clone();
            badge.pointer_mut(&place).unwrap().as_object_mut().unwrap().insert(name.into(), value);
            let report = world.verify(&badge).await;
            assert_eq!(report.outcome, Outcome::Invalid, "{name} at {place:?}: {report:#?}");
        }
    }
}

fn places_of_objects(value: &Value, place: String) -> Vec<String> {
    let mut places = Vec::new();
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                places.extend(places_of_objects(
                    member,
                    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")),
                ));
            }
            places.push(place);
        }
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                places.extend(places_of_objects(entry, format!("{place}/{index}")));
            }
        }
        _ => {}
    }
    places
}
