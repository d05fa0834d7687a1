//! Open Badges 2.0: hosted and signed.

use accolade_verifying::report::StatusState;
use accolade_verifying::{Outcome, Submission};
use serde_json::{Value, json};

use crate::support::{World, assert_fails, assert_open, assert_valid, check, v2};

fn world() -> World {
    let world = World::new();
    v2::open(&world.shelf);
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    world
}

#[tokio::test]
async fn a_revoked_hosted_badge_answers_410_or_says_so_and_is_invalid() {
    let world = world();
    let revoked =
        json!({ "id": v2::url("/assertions/1"), "revoked": true, "revocationReason": "Issued in error." });
    for status in [410, 200] {
        world.shelf.put_bytes(
            &v2::url("/assertions/1"),
            status,
            "application/ld+json",
            revoked.to_string().as_bytes(),
        );
        let report = world.verify(&v2::hosted()).await;
        assert_fails(&report, "status", "revoked");
        assert_eq!(report.status.state, StatusState::Revoked);
        assert_eq!(report.status.reason.as_deref(), Some("Issued in error."));
    }
    world.shelf.put_bytes(
        &v2::url("/assertions/1"),
        410,
        "application/ld+json",
        revoked.to_string().as_bytes(),
    );
    let by_address = world.examiner.verify(Submission::Url(v2::url("/assertions/1"))).await;
    assert_fails(&by_address, "status", "revoked");
    world.shelf.put_bytes(&v2::url("/assertions/1"), 410, "text/html", b"gone");
    let gone = world.examiner.verify(Submission::Url(v2::url("/assertions/1"))).await;
    assert_open(&gone, "fetch", "gone");
}

#[tokio::test]
async fn a_hosted_badge_that_is_not_at_its_address_is_invalid_and_an_unreachable_one_unknown() {
    let world = world();
    world.shelf.miss(&v2::url("/assertions/1"));
    assert_fails(&world.verify(&v2::hosted()).await, "hosted", "hosted_missing");
    world.shelf.take_away(&v2::url("/assertions/1"));
    assert_open(&world.verify(&v2::hosted()).await, "hosted", "unreachable");
    world.shelf.lose(&v2::url("/assertions/1"));
    assert_open(&world.verify(&v2::hosted()).await, "hosted", "unreachable");
}

#[tokio::test]
async fn a_badge_hosted_elsewhere_in_the_issuers_name_is_outside_its_scope() {
    let world = world();
    let mut stolen = v2::hosted();
    stolen["id"] = "https://evil.example/assertions/1".into();
    world.shelf.put("https://evil.example/assertions/1", &stolen);
    assert_fails(&world.verify(&stolen).await, "scope", "outside_issuer_scope");
}

#[tokio::test]
async fn the_issuers_own_profile_says_where_its_badges_are() {
    let world = world();
    let mut elsewhere = v2::hosted();
    elsewhere["id"] = "https://badges.host.example:8443/school/1".into();
    world.shelf.put("https://badges.host.example:8443/school/1", &elsewhere);
    for (policy, inside) in [
        (
            json!({ "startsWith": ["https://badges.host.example:8443/school/", "https://school.example/"] }),
            true,
        ),
        (
            json!({ "startsWith": ["https://badges.host.example:8443/other/", "https://school.example/"] }),
            false,
        ),
        (json!({ "allowedOrigins": ["badges.host.example:8443", "school.example"] }), true),
        (json!({ "allowedOrigins": ["badges.host.example", "school.example"] }), false),
        (json!({ "startsWith": ["https://badges.host", "https://school.example/"] }), false),
    ] {
        let mut issuer = v2::issuer();
        issuer["verification"] = policy.clone();
        world.shelf.put(&v2::url("/issuers/1/v2"), &issuer);
        let report = world.verify(&elsewhere).await;
        if inside { assert_valid(&report) } else { assert_fails(&report, "scope", "outside_issuer_scope") }
    }
}

#[tokio::test]
async fn an_embedded_issuer_is_not_believed_about_itself() {
    let world = world();
    let mut issuer = v2::issuer();
    issuer["verification"] = json!({ "startsWith": "https://evil.example/" });
    issuer["publicKey"] = "https://evil.example/key".into();
    let mut badge = v2::badge_class();
    badge["issuer"] = issuer;
    let mut forged = v2::hosted();
    forged["id"] = "https://evil.example/assertions/1".into();
    forged["badge"] = badge;
    world.shelf.put("https://evil.example/assertions/1", &forged);
    assert_fails(&world.verify(&forged).await, "scope", "outside_issuer_scope");
}

#[tokio::test]
async fn a_signed_badge_needs_a_key_that_issuer_and_key_both_own_up_to() {
    let world = world();
    let token = v2::sign(&v2::signed());
    let mut unlisted = v2::issuer();
    unlisted["publicKey"] = v2::url("/keys/2/v2").into();
    world.shelf.put(&v2::url("/issuers/1/v2"), &unlisted);
    assert_fails(&world.verify_token(&token).await, "key", "key_not_controlled_by_issuer");
    world.shelf.put(&v2::url("/issuers/1/v2"), &v2::issuer());
    let mut foreign = v2::key();
    foreign["owner"] = "https://evil.example/".into();
    world.shelf.put(&v2::url("/keys/1/v2"), &foreign);
    assert_fails(&world.verify_token(&token).await, "key", "key_not_controlled_by_issuer");
}

#[tokio::test]
async fn a_signed_badge_on_the_revocation_list_is_revoked() {
    let world = world();
    let id = v2::signed()["id"].clone();
    let token = v2::sign(&v2::signed());
    let other = json!("urn:uuid:00000000-0000-4000-8000-000000000000");
    for (entry, revoked) in [
        (id.clone(), true),
        (json!({ "id": id, "revocationReason": "Withdrawn." }), true),
        (json!({ "uid": id }), false),
        (other.clone(), false),
        (json!({ "id": other }), false),
    ] {
        world.shelf.put(&v2::url("/revocations"), &v2::revocations(std::slice::from_ref(&entry)));
        let report = world.verify_token(&token).await;
        if revoked { assert_fails(&report, "status", "revoked") } else { assert_valid(&report) }
    }
}

#[tokio::test]
async fn a_revocation_list_that_cannot_be_had_leaves_a_signed_badge_unknown() {
    let world = world();
    let token = v2::sign(&v2::signed());
    world.shelf.take_away(&v2::url("/revocations"));
    assert_open(&world.verify_token(&token).await, "status", "unreachable");
    world.shelf.miss(&v2::url("/revocations"));
    assert_open(&world.verify_token(&token).await, "status", "not_found");
    let mut foreign = v2::revocations(&[]);
    foreign["issuer"] = "https://evil.example/".into();
    world.shelf.put(&v2::url("/revocations"), &foreign);
    assert_fails(&world.verify_token(&token).await, "status", "status_list_issuer");
}

#[tokio::test]
async fn the_content_of_a_signed_badge_without_its_signature_proves_nothing() {
    let world = world();
    assert_fails(&world.verify(&v2::signed()).await, "format", "signature_missing");
}

#[tokio::test]
async fn badges_of_2_0_that_break_the_rules_are_refused() {
    let world = world();
    type Change = fn(&mut Value);
    let broken: [(&str, Change, &str); 5] = [
        ("schema", |badge| badge["recipient"] = json!({}), "member_missing"),
        ("schema", |badge| badge["type"] = "BadgeClass".into(), "wrong_type"),
        ("validity", |badge| badge["expires"] = "2026-01-01T00:00:00Z".into(), "expired"),
        ("validity", |badge| badge["issuedOn"] = "2026-12-01T00:00:00Z".into(), "not_yet_valid"),
        ("context", |badge| badge["@context"] = "https://w3id.org/openbadges/v9".into(), "context_order"),
    ];
    for (id, change, code) in broken {
        let mut assertion = v2::signed();
        change(&mut assertion);
        let report = world.verify_token(&v2::sign(&assertion)).await;
        assert_eq!(report.outcome, Outcome::Invalid);
        assert_eq!(check(&report, id).code, Some(code), "{report:#?}");
    }
    world.shelf.put(&v2::url("/badges/1"), &json!({ "id": v2::url("/badges/1"), "type": "BadgeClass" }));
    assert_fails(&world.verify(&v2::hosted()).await, "badge", "member_missing");
}

#[tokio::test]
async fn what_stands_at_an_address_must_be_what_was_asked_for() {
    for (place, step) in [("/badges/1", "badge"), ("/issuers/1/v2", "issuer")] {
        let world = world();
        let mut other = if step == "badge" { v2::badge_class() } else { v2::issuer() };
        other["id"] = v2::url("/something/else").into();
        world.shelf.put(&v2::url(place), &other);
        assert_fails(&world.verify(&v2::hosted()).await, step, "id_mismatch");
    }
    let world = world();
    let mut other = v2::hosted();
    other["id"] = v2::url("/assertions/2").into();
    world.shelf.put(&v2::url("/assertions/1"), &other);
    assert_fails(&world.verify(&v2::hosted()).await, "hosted", "id_mismatch");
}

#[tokio::test]
async fn an_issuer_cannot_award_the_badge_of_another_site() {
    let world = world();
    let mut stolen = v2::signed();
    stolen["badge"] = v2::badge_class();
    stolen["badge"]["id"] = "https://famous.example/badges/1".into();
    assert_fails(&world.verify_token(&v2::sign(&stolen)).await, "scope", "outside_issuer_scope");
    stolen["badge"]["id"] = "urn:uuid:0b0f3f0e-6b1c-4a56-9c4e-1f2d3c4b5a69".into();
    assert_valid(&world.verify_token(&v2::sign(&stolen)).await);
}
