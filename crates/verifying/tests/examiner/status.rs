//! SL: status lists.

use accolade_core::Timestamp;
use accolade_signing::status_list::Bitstring;
use accolade_signing::vc_jose::{self, SignatureLife};
use accolade_verifying::Outcome;
use accolade_verifying::report::StatusState;
use serde_json::{Value, json};

use crate::support::badges::badge;
use crate::support::school::INDEX;
use crate::support::{IdMethod, School, World, assert_fails, assert_open, assert_valid, check};

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

/// Puts a changed list on the shelf, signed by the school.
fn publish(world: &World, school: &School, change: impl FnOnce(&mut Value)) {
    let mut list = school.unsigned_list(&[]);
    change(&mut list);
    world.shelf.put(&school.list_url(), &school.sign(&list));
}

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
async fn sl_4_a_list_too_short_to_hide_in_is_refused() {
    let (world, school) = world();
    publish(&world, &school, |list| {
        list["credentialSubject"]["encodedList"] = Bitstring::new(131_064).encode().into();
    });
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "STATUS_LIST_LENGTH_ERROR");
}

#[tokio::test]
async fn sl_5_a_place_that_is_none_in_the_list_is_refused() {
    let (world, school) = world();
    for index in [
        json!("131072"),
        json!("-1"),
        json!("01"),
        json!("1.0"),
        json!("1e3"),
        json!("18446744073709551616"),
        json!(""),
        json!(" 1"),
        json!("abc"),
    ] {
        let mut badge = badge(&school);
        badge["credentialStatus"]["statusListIndex"] = index.clone();
        let report = world.verify(&school.sign(&badge)).await;
        assert_eq!(report.outcome, accolade_verifying::Outcome::Invalid);
        assert_eq!(crate::support::check(&report, "status").code, Some("RANGE_ERROR"), "{index}");
    }
}

#[tokio::test]
async fn sl_1_and_6_a_bomb_a_broken_list_and_a_strange_size_are_refused() {
    let (world, school) = world();
    publish(&world, &school, |list| {
        list["credentialSubject"]["encodedList"] = Bitstring::new(64 << 20).encode().into();
    });
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_too_large");
    for broken in ["", "u", "uAAAA", "zAAAA", "u!!!!"] {
        publish(&world, &school, |list| list["credentialSubject"]["encodedList"] = broken.into());
        assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "bad_status_list");
    }
    for size in [json!(0), json!(9), json!(2_147_483_648_u64), json!("1"), json!(1.5)] {
        let mut sized = badge(&school);
        sized["credentialStatus"]["statusSize"] = size.clone();
        let token = school.token(&sized);
        let report = world.verify_token(&token).await;
        assert_ne!(report.outcome, accolade_verifying::Outcome::Valid, "{size}");
    }
}

#[tokio::test]
async fn sl_8_a_list_for_another_purpose_is_refused() {
    let (world, school) = world();
    publish(&world, &school, |list| list["credentialSubject"]["statusPurpose"] = "suspension".into());
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "STATUS_VERIFICATION_ERROR");
}

#[tokio::test]
async fn sl_9_a_list_of_another_issuer_is_refused() {
    let (world, school) = world();
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Url);
    let mut foreign = evil.unsigned_list(&[]);
    foreign["id"] = school.list_url().into();
    world.shelf.put(&school.list_url(), &evil.sign(&foreign));
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_issuer");
    // In the school's name, but signed by the other one.
    foreign["issuer"] = school.id.clone().into();
    world.shelf.put(&school.list_url(), &evil.sign(&foreign));
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_unproved");
}

#[tokio::test]
async fn sl_10_a_list_without_its_proof_is_refused() {
    let (world, school) = world();
    world.shelf.put(&school.list_url(), &school.unsigned_list(&[]));
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_unproved");
    let mut changed = school.status_list(&[INDEX]);
    changed["credentialSubject"]["encodedList"] = Bitstring::new(131_072).encode().into();
    world.shelf.put(&school.list_url(), &changed);
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_unproved");
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
async fn sl_12_a_list_that_cannot_be_had_leaves_the_badge_unknown_and_never_valid() {
    let (world, school) = world();
    let signed = school.sign(&badge(&school));
    world.shelf.take_away(&school.list_url());
    assert_open(&world.verify(&signed).await, "status", "unreachable");
    world.shelf.miss(&school.list_url());
    assert_open(&world.verify(&signed).await, "status", "status_unknown");
    for (status, body) in
        [(500, ""), (200, "<html>Sign in</html>"), (200, ""), (200, "{"), (410, "{}"), (200, "\u{FFFD}")]
    {
        world.shelf.put_bytes(&school.list_url(), status, "text/html", body.as_bytes());
        assert_open(&world.verify(&signed).await, "status", "status_unknown");
    }
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

#[tokio::test]
async fn sl_12_a_list_whose_time_is_over_says_nothing_in_whatever_form_it_comes() {
    let (world, school) = world();
    let signed = school.sign(&badge(&school));
    let yesterday = Timestamp::parse("2026-11-22T10:00:00Z").ok();
    let life = SignatureLife { expires: yesterday, ..SignatureLife::default() };
    let token = vc_jose::sign(&school.unsigned_list(&[]), &school.kid, life, &school.p256).unwrap();
    world.shelf.put_bytes(&school.list_url(), 200, "application/vc+jwt", token.as_bytes());
    assert_open(&world.verify(&signed).await, "status", "status_list_stale");

    publish(&world, &school, |list| {
        list["@context"] = json!([
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/security/data-integrity/v2",
            "https://www.w3.org/ns/credentials/status/v1"
        ]);
        list.as_object_mut().unwrap().remove("validFrom");
        list["issuanceDate"] = "2026-01-01T00:00:00Z".into();
        list["expirationDate"] = "2026-11-22T10:00:00Z".into();
    });
    assert_open(&world.verify(&signed).await, "status", "status_list_stale");
}
