//! Endorsements: others' words about a badge.

use accolade_core::Timestamp;
use accolade_signing::vc_jose::{self, SignatureLife};
use accolade_verifying::{CheckOutcome, Format, Outcome};
use serde_json::{Value, json};

use crate::support::badges::badge;
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, check};

/// What the body says about a part of the badge, not yet signed.
pub(crate) fn endorsement(body: &School, badge: &Value, about: &Value) -> Value {
    json!({
        "@context": badge["@context"],
        "id": format!("https://{}/endorsements/1", body.host),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Recognised",
        "issuer": { "id": body.id, "type": ["Profile"], "name": "Accreditation Body" },
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": about,
            "type": ["EndorsementSubject"],
            "endorsementComment": "Meets our standard.",
        },
    })
}

#[tokio::test]
async fn an_endorsement_that_holds_is_told_with_who_gave_it() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let body = School::open(&world.shelf, "body.example", IdMethod::Web);
    let mut badge = badge(&school);
    badge["endorsement"] = json!([body.sign(&endorsement(&body, &badge, &badge["id"]))]);
    badge["credentialSubject"]["achievement"]["endorsementJwt"] =
        json!([body.token(&endorsement(&body, &badge, &badge["credentialSubject"]["achievement"]["id"]))]);
    let report = world.verify(&school.sign(&badge)).await;
    assert_valid(&report);
    let told: Vec<&str> =
        report.checks.iter().filter(|check| check.id == "endorsements").map(|check| &*check.detail).collect();
    assert_eq!(told.len(), 2);
    assert!(told.iter().any(|detail| detail.contains("of itself")), "{told:?}");
    assert!(told.iter().any(|detail| detail.contains("of its achievement")), "{told:?}");
    assert!(
        told.iter().all(|detail| detail.contains("Accreditation Body (did:web:body.example:issuers:1)")),
        "{told:?}"
    );
}

#[tokio::test]
async fn an_endorsement_that_does_not_hold_is_remarked_upon_and_the_badge_stays_valid() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let body = School::open(&world.shelf, "body.example", IdMethod::Web);
    let good = badge(&school);
    let mut forged = endorsement(&body, &good, &good["id"]);
    forged = school.sign(&forged);
    let mut changed = body.sign(&endorsement(&body, &good, &good["id"]));
    changed["credentialSubject"]["endorsementComment"] = "The best there is.".into();
    let mut expired = endorsement(&body, &good, &good["id"]);
    expired["validUntil"] = "2026-02-01T00:00:00Z".into();
    let mut unproved = endorsement(&body, &good, &good["id"]);
    unproved["name"] = "No proof".into();
    let life =
        SignatureLife { expires: Timestamp::parse("2026-02-01T00:00:00Z").ok(), ..SignatureLife::default() };
    let stale = vc_jose::sign(&endorsement(&body, &good, &good["id"]), &body.kid, life, &body.p256).unwrap();
    let other = "https://other.example/credentials/1".into();
    for (endorsement, code) in [
        (body.sign(&endorsement(&body, &good, &other)), "endorses_another"),
        (Value::from(stale), "expired"),
        (forged, "key_not_controlled_by_issuer"),
        (changed, "bad_signature"),
        (body.sign(&expired), "expired"),
        (unproved, "no_proof"),
    ] {
        let mut badge = good.clone();
        let member = if endorsement.is_string() { "endorsementJwt" } else { "endorsement" };
        badge[member] = json!([endorsement]);
        let report = world.verify(&school.sign(&badge)).await;
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
        let remark = check(&report, "endorsements");
        assert_eq!((remark.outcome, remark.code), (CheckOutcome::Warning, Some(code)), "{}", remark.detail);
    }
}

#[tokio::test]
async fn an_endorsement_that_was_taken_back_is_told_as_such() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let body = School::open(&world.shelf, "body.example", IdMethod::Web);
    let mut badge = badge(&school);
    let mut word = endorsement(&body, &badge, &badge["id"]);
    word["credentialStatus"] = crate::support::badges::badge(&body)["credentialStatus"].clone();
    badge["endorsement"] = json!([body.sign(&word)]);
    let signed = school.sign(&badge);
    assert_valid(&world.verify(&signed).await);
    world.shelf.put(&body.list_url(), &body.status_list(&[crate::support::school::INDEX]));
    let report = world.verify(&signed).await;
    assert_eq!(report.outcome, Outcome::Valid, "the badge is none the worse for it");
    assert_eq!(check(&report, "endorsements").code, Some("revoked"));
    world.shelf.miss(&body.list_url());
    assert_eq!(check(&world.verify(&signed).await, "endorsements").code, Some("status_unknown"));
}

#[tokio::test]
async fn an_endorsement_may_be_what_is_handed_in() {
    let world = World::new();
    let body = School::open(&world.shelf, "body.example", IdMethod::Web);
    let mut word = endorsement(&body, &badge(&body), &json!("https://school.example/credentials/1"));
    word["credentialStatus"] = badge(&body)["credentialStatus"].clone();
    for report in [world.verify(&body.sign(&word)).await, world.verify_token(&body.token(&word)).await] {
        assert_valid(&report);
        assert_eq!(report.format, Some(Format::V3Endorsement));
        assert!(check(&report, "type").detail.contains("https://school.example/credentials/1"));
        assert_eq!(report.recipient, None);
    }
    world.shelf.put(&body.list_url(), &body.status_list(&[crate::support::school::INDEX]));
    assert_fails(&world.verify(&body.sign(&word)).await, "status", "revoked");
    word["credentialSubject"].as_object_mut().unwrap().remove("id");
    assert_eq!(check(&world.verify(&body.sign(&word)).await, "schema").code, Some("member-missing"));
}
