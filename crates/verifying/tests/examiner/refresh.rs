//! Badges that name a place for a newer copy of themselves.

use accolade_core::Timestamp;
use accolade_signing::vc_jose::{self, SignatureLife};
use accolade_verifying::{CheckOutcome, Outcome};
use serde_json::{Value, json};

use crate::support::badges::badge;
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, check};

const URL: &str = "https://school.example/credentials/1/newest";

/// A badge that ended long ago and names a place for a newer copy.
fn old_badge(school: &School) -> Value {
    let mut old = badge(school);
    old["@context"]
        .as_array_mut()
        .unwrap()
        .push("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json".into());
    old["refreshService"] = json!({ "id": URL, "type": "1EdTechCredentialRefresh" });
    old["validUntil"] = "2026-10-01T00:00:00Z".into();
    old
}

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

#[tokio::test]
async fn the_newer_copy_is_judged_in_the_place_of_the_badge() {
    let (world, school) = world();
    let old = old_badge(&school);
    let mut renewed = old.clone();
    renewed["validUntil"] = "2030-01-01T00:00:00Z".into();
    renewed["name"] = "Applied Data Skills, renewed".into();
    world.shelf.put(URL, &school.sign(&renewed));
    let report = world.verify(&school.sign(&old)).await;
    assert_valid(&report);
    assert_eq!(report.credential.unwrap().name.as_deref(), Some("Applied Data Skills, renewed"));

    world.shelf.put_bytes(URL, 200, "application/vc+jwt", school.token(&renewed).as_bytes());
    assert_valid(&world.verify_token(&school.token(&old)).await);
}

#[tokio::test]
async fn the_newer_copy_counts_also_where_it_is_the_worse_one() {
    let (world, school) = world();
    let mut good = old_badge(&school);
    good["validUntil"] = "2030-01-01T00:00:00Z".into();
    world.shelf.put(URL, &school.sign(&old_badge(&school)));
    assert_fails(&world.verify(&school.sign(&good)).await, "validity", "expired");
    let mut spelt_out = school.sign(&good);
    spelt_out["refreshService"]["type"] =
        "https://purl.imsglobal.org/spec/vccr/v1p0/context.json#1EdTechCredentialRefresh".into();
    assert_fails(&world.verify(&spelt_out).await, "validity", "expired");

    let life =
        SignatureLife { expires: Timestamp::parse("2026-11-01T00:00:00Z").ok(), ..SignatureLife::default() };
    let token = vc_jose::sign(&good, &school.kid, life, &school.p256).unwrap();
    world.shelf.put_bytes(URL, 200, "application/vc+jwt", token.as_bytes());
    assert_fails(&world.verify(&school.sign(&good)).await, "validity", "expired");
}

#[tokio::test]
async fn a_newer_copy_that_does_not_hold_is_remarked_upon_and_the_badge_itself_judged() {
    let (world, school) = world();
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Web);
    let mut good = old_badge(&school);
    good["validUntil"] = "2030-01-01T00:00:00Z".into();
    let signed = school.sign(&good);
    let mut other = good.clone();
    other["id"] = "https://school.example/credentials/2".into();
    let mut changed = school.sign(&good);
    changed["name"] = "More than that".into();
    for (newer, code) in [
        (evil.sign(&good), "key_not_controlled_by_issuer"),
        (school.sign(&other), "id_mismatch"),
        (changed, "bad_signature"),
        (json!([]), "bad_document"),
    ] {
        world.shelf.put(URL, &newer);
        let report = world.verify(&signed).await;
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
        let remark = check(&report, "refresh");
        assert_eq!((remark.outcome, remark.code), (CheckOutcome::Warning, Some(code)), "{}", remark.detail);
    }
    world.shelf.lose(URL);
    assert_eq!(check(&world.verify(&signed).await, "refresh").code, Some("unreachable"));
}
