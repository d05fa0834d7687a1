//! Whether the issuer still stands by a badge.

use accolade_signing::status_list::Bitstring;
use accolade_verifying::Outcome;
use accolade_verifying::report::StatusState;
use serde_json::{Value, json};

use crate::status_lists::{publish, world};
use crate::support::badges::badge;
use crate::support::school::INDEX;
use crate::support::{IdMethod, School, assert_fails, assert_open, assert_valid, check};

#[tokio::test]
async fn a_revoked_badge_no_longer_verifies() {
    let (world, school) = world();
    let signed = school.sign(&badge(&school));
    assert_valid(&world.verify(&signed).await);
    world.shelf.put(&school.list_url(), &school.status_list(&[INDEX]));
    let report = world.verify(&signed).await;
    assert_fails(&report, "status", "revoked");
    assert_eq!(report.status.state, StatusState::Revoked);
    world.shelf.put(&school.list_url(), &school.status_list(&[INDEX - 1, INDEX + 1]));
    assert_valid(&world.verify(&signed).await);
}

#[tokio::test]
async fn a_suspended_badge_says_so() {
    let (world, school) = world();
    let mut suspended = badge(&school);
    suspended["credentialStatus"]["statusPurpose"] = "suspension".into();
    let mut list = school.unsigned_list(&[INDEX]);
    list["credentialSubject"]["statusPurpose"] = "suspension".into();
    world.shelf.put(&school.list_url(), &school.sign(&list));
    let report = world.verify(&school.sign(&suspended)).await;
    assert_fails(&report, "status", "suspended");
    assert_eq!(report.status.state, StatusState::Suspended);
}

#[tokio::test]
async fn of_several_entries_the_worst_state_is_told() {
    let (world, school) = world();
    let entry = |purpose: &str| {
        let mut entry = badge(&school)["credentialStatus"].clone();
        let list = format!("https://school.example/lists/{purpose}");
        entry["id"] = format!("{list}#{INDEX}").into();
        entry["statusListCredential"] = list.into();
        entry["statusPurpose"] = purpose.into();
        entry
    };
    for (purpose, set) in [("revocation", INDEX), ("suspension", INDEX), ("refresh", INDEX + 1)] {
        let mut list = school.unsigned_list(&[set]);
        list["id"] = entry(purpose)["statusListCredential"].clone();
        list["credentialSubject"]["statusPurpose"] = purpose.into();
        world.shelf.put(list["id"].as_str().unwrap(), &school.sign(&list));
    }
    let entries = [
        (entry("refresh"), StatusState::Active),
        (entry("message"), StatusState::Unknown),
        (entry("suspension"), StatusState::Suspended),
        (entry("revocation"), StatusState::Revoked),
    ];
    for (at, (worse, state)) in entries.iter().enumerate() {
        for (better, _) in &entries[..at] {
            for both in [[worse, better], [better, worse]] {
                let mut badge = badge(&school);
                badge["credentialStatus"] = json!(both);
                let report = world.verify(&school.sign(&badge)).await;
                assert_eq!(report.status.state, *state, "{both:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_list_that_is_another_document_is_refused() {
    let (world, school) = world();
    publish(&world, &school, |list| list["id"] = "https://school.example/status/2".into());
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "bad_status_list");
    publish(&world, &school, |list| list["type"] = json!(["VerifiableCredential"]));
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "bad_status_list");
}

#[tokio::test]
async fn a_list_that_has_run_out_leaves_the_badge_unknown() {
    let (world, school) = world();
    publish(&world, &school, |list| list["validUntil"] = "2026-11-23T09:59:59Z".into());
    assert_open(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_stale");
    publish(&world, &school, |list| list["validFrom"] = "2027-01-01T00:00:00Z".into());
    assert_open(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_stale");
}

#[tokio::test]
async fn a_list_may_be_a_token() {
    let (world, school) = world();
    let put = |set: &[usize]| {
        let token = school.token(&school.unsigned_list(set));
        world.shelf.put_bytes(&school.list_url(), 200, "application/vc+jwt", token.as_bytes());
    };
    put(&[]);
    let signed = school.sign(&badge(&school));
    assert_valid(&world.verify(&signed).await);
    put(&[INDEX]);
    assert_fails(&world.verify(&signed).await, "status", "revoked");
}

#[tokio::test]
async fn a_status_this_release_cannot_read_leaves_the_badge_unknown() {
    let (world, school) = world();
    let mut legacy = badge(&school);
    legacy["@context"]
        .as_array_mut()
        .unwrap()
        .push("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json".into());
    legacy["credentialStatus"] =
        json!({ "id": "https://school.example/revocations", "type": "1EdTechJsonSchemaValidator2019" });
    assert_open(&world.verify(&school.sign(&legacy)).await, "status", "status_type_unsupported");
}

#[tokio::test]
async fn addresses_in_a_badge_that_is_not_the_issuers_are_never_visited() {
    let (world, school) = world();
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Key);
    let mut forged = badge(&school);
    forged["credentialStatus"]["statusListCredential"] = "https://tracker.example/list".into();
    assert_fails(&world.verify(&evil.sign(&forged)).await, "key", "key_not_controlled_by_issuer");
    assert!(world.names.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_badge_with_the_older_kind_of_revocation_list_is_looked_up_there() {
    let (world, school) = world();
    let url = "https://school.example/revocations";
    let mut old = badge(&school);
    old["@context"]
        .as_array_mut()
        .unwrap()
        .push("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json".into());
    old["credentialStatus"] = json!({ "id": url, "type": "1EdTechRevocationList" });
    let signed = school.sign(&old);
    let list = |members: Value| {
        let mut list = json!({ "id": url, "issuer": school.id });
        list.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        list
    };
    let revoked = json!([{ "id": old["id"], "revoked": true, "revocationReason": "Awarded in error." }]);
    let other =
        json!([{ "id": "https://school.example/credentials/2" }, { "id": old["id"], "revoked": false }]);
    for name in ["revokedCredential", "revokedCredentials"] {
        world.shelf.put(url, &list(json!({ name: other })));
        let report = world.verify(&signed).await;
        assert_eq!(
            (report.outcome, report.status.state),
            (Outcome::Valid, StatusState::Active),
            "{report:#?}"
        );
        world.shelf.put(url, &list(json!({ name: revoked })));
        let report = world.verify(&signed).await;
        assert_fails(&report, "status", "revoked");
        assert_eq!(report.status.reason.as_deref(), Some("Awarded in error."));
    }
    world
        .shelf
        .put(url, &list(json!({ "issuer": "https://other.example/issuers/1", "revokedCredential": [] })));
    assert_fails(&world.verify(&signed).await, "status", "status_list_issuer");
    world.shelf.put(url, &list(json!({ "id": "https://school.example/others", "revokedCredential": [] })));
    assert_fails(&world.verify(&signed).await, "status", "bad_status_list");
    world.shelf.put(url, &list(json!({})));
    assert_open(&world.verify(&signed).await, "status", "status_unknown");
    world.shelf.lose(url);
    assert_open(&world.verify(&signed).await, "status", "unreachable");
}

#[tokio::test]
async fn a_message_of_the_issuer_about_the_state_is_told() {
    let (world, school) = world();
    let mut noted = badge(&school);
    let entry = &mut noted["credentialStatus"];
    entry["statusPurpose"] = "message".into();
    entry["statusSize"] = 2.into();
    entry["statusListIndex"] = "10".into();
    entry["id"] = format!("{}#10", school.list_url()).into();
    entry["statusMessage"] = json!([
        { "status": "0x0", "message": "in order" }, { "status": "0x1", "message": "under review" },
        { "status": "0x2", "message": "to be renewed" }, { "status": "0x3", "message": "appealed" },
    ]);
    publish(&world, &school, |list| {
        let mut bits = Bitstring::new(262_144);
        bits.set(20, true).unwrap();
        list["credentialSubject"]["encodedList"] = bits.encode().into();
        list["credentialSubject"]["statusPurpose"] = "message".into();
    });
    let report = world.verify(&school.sign(&noted)).await;
    let said = check(&report, "status");
    assert_eq!(said.code, Some("status_message"), "{report:#?}");
    assert!(said.detail.contains("to be renewed"), "{}", said.detail);
}
