//! Open Badges 1.1 and older: hosted, signed, baked, and the ways to cheat with them.

use accolade_baking::{Version, png};
use accolade_core::identity;
use accolade_verifying::report::StatusState;
use accolade_verifying::{Format, Outcome, Report, Submission};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::badges::EMAIL;
use crate::support::school::{rsa, signer};
use crate::support::servers::Canary;
use crate::support::{
    Shelf, World, assert_fails, assert_open, assert_valid, check, v2::sign as token, v2::url,
};

const CONTEXT: &str = "https://w3id.org/openbadges/v1";

fn issuer() -> Value {
    json!({ "name": "Example University", "url": "https://school.example", "revocationList": url("/revoked.json") })
}

pub(crate) fn badge_class() -> Value {
    json!({
        "name": "Data Skills",
        "description": "Works with data.",
        "image": url("/badge.png"),
        "criteria": url("/criteria"),
        "issuer": url("/issuer.json"),
    })
}

pub(crate) fn hosted() -> Value {
    json!({
        "uid": "f2c20",
        "recipient": { "type": "email", "hashed": true, "salt": "deadsea", "identity": identity::hash(EMAIL, "deadsea") },
        "badge": url("/badge.json"),
        "verify": { "type": "hosted", "url": url("/assertion.json") },
        "issuedOn": 1_359_763_200,
        "evidence": url("/work"),
    })
}

/// The same as 1.1 has it.
fn hosted_1_1() -> Value {
    let mut assertion = hosted();
    assertion["@context"] = CONTEXT.into();
    assertion["type"] = "Assertion".into();
    assertion["id"] = url("/assertion.json").into();
    assertion["issuedOn"] = "2013-02-02".into();
    assertion
}

/// The badge of 2011: everything in one, and nothing about verification.
fn earliest() -> Value {
    json!({
        "recipient": identity::hash(EMAIL, "deadsea"),
        "salt": "deadsea",
        "issued_on": "2012-02-02",
        "badge": {
            "version": "0.5.0",
            "name": "Data Skills",
            "image": "/badge.png",
            "description": "Works with data.",
            "criteria": "/criteria",
            "issuer": { "origin": "https://school.example", "name": "Example University" },
        },
    })
}

pub(crate) fn signed() -> Value {
    let mut assertion = hosted();
    assertion["verify"] = json!({ "type": "signed", "url": url("/public.pem") });
    assertion
}

fn world() -> World {
    let world = World::new();
    open(&world.shelf);
    world
}

/// Puts issuer, badge, key, Assertion and list on the shelf.
pub(crate) fn open(shelf: &Shelf) {
    shelf.put(&url("/issuer.json"), &issuer());
    shelf.put(&url("/badge.json"), &badge_class());
    shelf.put(&url("/assertion.json"), &hosted());
    shelf.put(&url("/revoked.json"), &json!({ "other": "Issued in error." }));
    let pem = rsa().public_key().to_pem();
    shelf.put_bytes(&url("/public.pem"), 200, "application/x-pem-file", pem.as_bytes());
}

/// The badge is valid; that only its server ties the key to the issuer is remarked upon.
#[track_caller]
fn assert_signed(report: &Report) {
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    let warned: Vec<_> = report.checks.iter().filter_map(|check| check.code).collect();
    assert_eq!(warned, ["key_by_origin"]);
}

async fn image(world: &World, text: &str) -> Report {
    const PIXEL: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";
    let baked = png::bake(&STANDARD.decode(PIXEL).unwrap(), Version::V2, text).unwrap();
    world.examiner.verify(Submission::from_bytes(baked)).await
}

#[tokio::test]
async fn badges_of_1_0_and_1_1_are_read_as_2_0_and_the_report_says_so() {
    let world = world();
    let report = world.verify(&hosted()).await;
    assert_valid(&report);
    assert_eq!(report.format, Some(Format::V1Hosted));
    assert!(check(&report, "format").detail.contains("Open Badges 1.0"));
    assert_eq!(report.issuer.as_ref().unwrap().id, url("/issuer.json"));
    assert_eq!(report.achievement.as_ref().unwrap().name.as_deref(), Some("Data Skills"));
    world.shelf.put(&url("/assertion.json"), &hosted_1_1());
    let report = world.verify(&hosted_1_1()).await;
    assert_valid(&report);
    assert!(check(&report, "format").detail.contains("Open Badges 1.1"));
    assert_eq!(world.verify_for(&hosted_1_1(), EMAIL).await.recipient.unwrap().matches, Some(true));
    let other = world.verify_for(&hosted_1_1(), "bob@example.org").await;
    assert_fails(&other, "recipient", "other_recipient");
}

#[tokio::test]
async fn old_images_hold_an_address_or_the_badge_or_a_token() {
    let world = world();
    for text in [url("/assertion.json"), hosted().to_string()] {
        assert_valid(&image(&world, &text).await);
    }
    assert_signed(&image(&world, &token(&signed())).await);
}

#[tokio::test]
async fn a_badge_of_2011_is_true_where_it_stands_and_only_there() {
    let world = world();
    world.shelf.put(&url("/2011.json"), &earliest());
    let report = image(&world, &url("/2011.json")).await;
    assert_valid(&report);
    assert_eq!(report.issuer.as_ref().unwrap().id, "https://school.example");
    assert_fails(&world.verify(&earliest()).await, "hosted", "no_address");
    world.shelf.put("https://evil.example/2011.json", &earliest());
    let stolen = image(&world, "https://evil.example/2011.json").await;
    assert_fails(&stolen, "issuer", "outside_issuer_scope");
}

#[tokio::test]
async fn the_hosted_copy_decides() {
    let world = world();
    let mut changed = hosted();
    changed["recipient"]["identity"] = identity::hash("eve@example.org", "deadsea").into();
    assert_fails(&world.verify(&changed).await, "hosted", "hosted_copy_differs");
    for status in [200, 410] {
        let revoked = json!({ "revoked": true, "revocationReason": "Issued in error." }).to_string();
        world.shelf.put_bytes(&url("/assertion.json"), status, "application/json", revoked.as_bytes());
        let report = world.verify(&hosted()).await;
        assert_fails(&report, "status", "revoked");
        assert_eq!(report.status.state, StatusState::Revoked);
    }
    world.shelf.take_away(&url("/assertion.json"));
    assert_open(&world.verify(&hosted()).await, "hosted", "unreachable");
}

#[tokio::test]
async fn an_issuer_may_host_an_old_badge_in_its_newer_form() {
    let world = world();
    let mut newer = hosted_1_1();
    newer["@context"] = "https://w3id.org/openbadges/v2".into();
    newer["issuedOn"] = "2013-02-02T00:00:00Z".into();
    newer["verification"] = json!({ "type": "HostedBadge" });
    world.shelf.put(&url("/assertion.json"), &newer);
    let report = world.verify(&hosted()).await;
    assert_valid(&report);
    assert!(check(&report, "hosted").detail.contains("newer form"));
    newer["evidence"] = json!([{ "id": url("/work") }]);
    newer["badge"] = json!({ "id": url("/badge.json"), "issuer": url("/issuer.json") });
    world.shelf.put(&url("/assertion.json"), &newer);
    assert_eq!(check(&world.verify(&hosted()).await, "hosted").code, None);
    newer["badge"] = url("/badge.json").into();
    newer["expires"] = "2027-01-01T00:00:00Z".into();
    world.shelf.put(&url("/assertion.json"), &newer);
    let report = world.verify(&hosted()).await;
    assert_eq!(report.credential.unwrap().valid_until.unwrap().to_string(), "2027-01-01T00:00:00Z");
    for (name, forged) in [
        ("expires", json!("2099-01-01")),
        ("evidence", json!("https://evil.example/")),
        ("narrative", json!("The best of all.")),
        ("recipient", json!({ "type": "email", "identity": "eve@example.org" })),
    ] {
        let mut presented = hosted();
        presented[name] = forged;
        let report = world.verify(&presented).await;
        assert_fails(&report, "hosted", "hosted_copy_differs");
        assert_eq!(report.credential.unwrap().valid_until.unwrap().to_string(), "2027-01-01T00:00:00Z");
    }
    let mut content = newer.clone();
    content["verification"] = json!({ "type": "SignedBadge" });
    world.shelf.put(&url("/assertion.json"), &content);
    assert_eq!(check(&world.verify(&hosted()).await, "hosted").code, Some("wrong_type"));
    for (pointer, other) in [
        ("/recipient/identity", json!("sha256$00")),
        ("/badge", url("/other.json").into()),
        ("/issuedOn", "2014-02-02T00:00:00Z".into()),
    ] {
        let mut other_badge = newer.clone();
        *other_badge.pointer_mut(pointer).unwrap() = other;
        world.shelf.put(&url("/assertion.json"), &other_badge);
        let report = world.verify(&hosted()).await;
        assert_eq!(check(&report, "hosted").code, Some("hosted_copy_differs"), "{pointer}");
        assert_eq!(report.outcome, Outcome::Invalid);
    }
}

#[tokio::test]
async fn an_old_badge_hosted_elsewhere_is_outside_its_issuers_scope() {
    let world = world();
    let mut stolen = hosted();
    stolen["verify"]["url"] = "https://evil.example/1.json".into();
    world.shelf.put("https://evil.example/1.json", &stolen);
    assert_fails(&world.verify(&stolen).await, "scope", "outside_issuer_scope");
    // What a profile of 2.0 says about places binds old badges as well.
    let mut strict = crate::support::v2::issuer();
    strict["id"] = url("/issuer.json").into();
    strict["verification"] = json!({ "startsWith": url("/issued/") });
    world.shelf.put(&url("/issuer.json"), &strict);
    assert_fails(&world.verify(&hosted()).await, "scope", "outside_issuer_scope");
    let mut two = hosted_1_1();
    two["id"] = url("/elsewhere.json").into();
    world.shelf.put(&url("/assertion.json"), &two);
    let report = world.verify(&two).await;
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(check(&report, "schema").code, Some("id_mismatch"));
}

#[tokio::test]
async fn a_signed_badge_needs_the_key_on_its_issuers_own_server() {
    let world = world();
    assert_signed(&world.verify_token(&token(&signed())).await);
    let pem = json!({ "publicKeyPem": rsa().public_key().to_pem() });
    world.shelf.put(&url("/public.pem"), &pem);
    assert_signed(&world.verify_token(&token(&signed())).await);
    let mut foreign = signed();
    foreign["verify"]["url"] = "https://evil.example/public.pem".into();
    world.shelf.put("https://evil.example/public.pem", &pem);
    assert_fails(&world.verify_token(&token(&foreign)).await, "key", "key_not_controlled_by_issuer");
    let other = signer(accolade_signing::KeyType::P256).public_key().to_pem();
    world.shelf.put_bytes(&url("/public.pem"), 200, "text/plain", other.as_bytes());
    assert_eq!(world.verify_token(&token(&signed())).await.outcome, Outcome::Invalid);
    world.shelf.put_bytes(&url("/public.pem"), 200, "text/plain", b"<html>");
    assert_fails(&world.verify_token(&token(&signed())).await, "key", "bad_pem");
    world.shelf.take_away(&url("/public.pem"));
    assert_open(&world.verify_token(&token(&signed())).await, "key", "unreachable");
    assert_fails(&world.verify(&signed()).await, "format", "signature_missing");
}

#[tokio::test]
async fn an_issuer_that_lists_its_keys_is_not_undercut_by_the_older_rule() {
    let world = world();
    let mut profile = crate::support::v2::issuer();
    profile["id"] = url("/issuer.json").into();
    world.shelf.put(&url("/issuer.json"), &profile);
    assert_fails(&world.verify_token(&token(&signed())).await, "key", "key_not_controlled_by_issuer");
    profile.as_object_mut().unwrap().remove("publicKey");
    world.shelf.put(&url("/issuer.json"), &profile);
    assert_fails(&world.verify_token(&token(&signed())).await, "key", "key_not_controlled_by_issuer");
    profile["publicKey"] = url("/public.pem").into();
    world.shelf.put(&url("/issuer.json"), &profile);
    let key = json!({ "id": url("/public.pem"), "owner": url("/issuer.json"), "publicKeyPem": rsa().public_key().to_pem() });
    world.shelf.put(&url("/public.pem"), &key);
    assert_eq!(check(&world.verify_token(&token(&signed())).await, "proof").code, None);
}

#[tokio::test]
async fn a_signed_badge_is_looked_up_in_the_list_of_its_time() {
    let world = world();
    world.shelf.put(&url("/revoked.json"), &json!({ "f2c20": "Issued in error." }));
    let report = world.verify_token(&token(&signed())).await;
    assert_fails(&report, "status", "revoked");
    assert_eq!(report.status.reason.as_deref(), Some("Issued in error."));
    let newer = json!({ "revokedAssertions": [{ "uid": "f2c20", "revocationReason": "Withdrawn." }] });
    world.shelf.put(&url("/revoked.json"), &newer);
    assert_fails(&world.verify_token(&token(&signed())).await, "status", "revoked");
    world.shelf.put(&url("/revoked.json"), &json!(["f2c20"]));
    assert_open(&world.verify_token(&token(&signed())).await, "status", "status_unknown");
    world.shelf.take_away(&url("/revoked.json"));
    assert_open(&world.verify_token(&token(&signed())).await, "status", "unreachable");
    let mut silent = issuer();
    silent.as_object_mut().unwrap().remove("revocationList");
    world.shelf.put(&url("/issuer.json"), &silent);
    let report = world.verify_token(&token(&signed())).await;
    assert_signed(&report);
    assert_eq!(report.status.state, StatusState::None);
}

#[tokio::test]
async fn old_badges_lead_nowhere_inside() {
    let world = world();
    let canary = Canary::new();
    let inside = format!("http://127.0.0.1:{}/", canary.port);
    for pointer in ["/verify/url", "/badge"] {
        let mut badge = hosted();
        *badge.pointer_mut(pointer).unwrap() = inside.clone().into();
        world.shelf.put(&url("/assertion.json"), &badge);
        assert_ne!(world.verify(&badge).await.outcome, Outcome::Valid, "{pointer}");
        let mut badge = signed();
        *badge.pointer_mut(pointer).unwrap() = inside.clone().into();
        assert_ne!(world.verify_token(&token(&badge)).await.outcome, Outcome::Valid, "{pointer}");
    }
    canary.assert_silent();
}

#[tokio::test]
async fn old_badges_that_break_the_rules_are_refused() {
    let world = world();
    type Change = fn(&mut Value);
    let broken: [(&str, Change, &str); 5] = [
        ("schema", |badge| drop(badge.as_object_mut().unwrap().remove("recipient")), "member_missing"),
        ("schema", |badge| badge["issuedOn"] = "last week".into(), "bad_date"),
        ("validity", |badge| badge["expires"] = "2020-01-01".into(), "expired"),
        ("validity", |badge| badge["issuedOn"] = 1_999_999_999.into(), "not_yet_valid"),
        ("schema", |badge| badge["type"] = "BadgeClass".into(), "wrong_type"),
    ];
    for (id, change, code) in broken {
        let mut badge = hosted();
        change(&mut badge);
        world.shelf.put(&url("/assertion.json"), &badge);
        let report = world.verify(&badge).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{code}");
        let codes: Vec<_> =
            report.checks.iter().filter(|check| check.id == id).filter_map(|check| check.code).collect();
        assert!(codes.contains(&code), "{report:#?}");
    }
}
