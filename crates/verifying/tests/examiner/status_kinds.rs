//! Other kinds of status: lists of 2021, entries of several bits, a newer version.

use accolade_signing::status_list::Bitstring;
use accolade_verifying::Outcome;
use accolade_verifying::report::StatusState;
use serde_json::json;

use crate::status_lists::{publish, world};
use crate::support::badges::badge;
use crate::support::school::INDEX;
use crate::support::{assert_fails, check};

/// A list of 2021, and a badge of that time that has an entry in it.
#[tokio::test]
async fn a_badge_of_2021_is_looked_up_in_a_list_of_2021() {
    let (world, school) = world();
    let mut old =
        crate::contexts::old_badge(&school, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json");
    old["@context"].as_array_mut().unwrap().push("https://w3id.org/vc/status-list/2021/v1".into());
    let mut entry = badge(&school)["credentialStatus"].clone();
    entry["type"] = "StatusList2021Entry".into();
    old["credentialStatus"] = entry;
    let signed = school.sign(&old);
    let list = |set: &[usize], write: fn(&str) -> String| {
        let mut list = school.unsigned_list(set);
        let members = list.as_object_mut().unwrap();
        let from = members.remove("validFrom").unwrap();
        members.insert("issuanceDate".into(), from);
        list["@context"] = json!([
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/vc/status-list/2021/v1",
            "https://w3id.org/security/data-integrity/v2",
        ]);
        list["type"][1] = "StatusList2021Credential".into();
        list["credentialSubject"]["type"] = "StatusList2021".into();
        let bits = list["credentialSubject"]["encodedList"].as_str().unwrap();
        list["credentialSubject"]["encodedList"] = write(&bits[1..]).into();
        school.sign(&list)
    };
    let padded = |text: &str| {
        let standard = text.replace('-', "+").replace('_', "/");
        format!("{standard}{}", "=".repeat((4 - standard.len() % 4) % 4))
    };
    for write in [str::to_owned as fn(&str) -> String, padded] {
        world.shelf.put(&school.list_url(), &list(&[], write));
        let report = world.verify(&signed).await;
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
        assert_eq!(report.status.state, StatusState::Active);
        world.shelf.put(&school.list_url(), &list(&[INDEX], write));
        assert_fails(&world.verify(&signed).await, "status", "revoked");
    }
    world.shelf.put(&school.list_url(), &school.status_list(&[]));
    assert_fails(&world.verify(&signed).await, "status", "bad_status_list");
}

#[tokio::test]
async fn an_entry_of_several_bits_needs_so_much_longer_a_list() {
    let (world, school) = world();
    let mut entry = badge(&school);
    entry["credentialStatus"]["statusPurpose"] = "message".into();
    entry["credentialStatus"]["statusSize"] = 2.into();
    entry["credentialStatus"]["statusMessage"] =
        json!([{ "status": "0x0", "message": "fine" }, { "status": "0x2", "message": "under review" }]);
    let signed = school.sign(&entry);
    publish(&world, &school, |list| list["credentialSubject"]["statusPurpose"] = "message".into());
    assert_fails(&world.verify(&signed).await, "status", "STATUS_LIST_LENGTH_ERROR");
    publish(&world, &school, |list| {
        let mut bits = Bitstring::new(2 * 131_072);
        bits.set(2 * INDEX, true).unwrap();
        list["credentialSubject"]["statusPurpose"] = "message".into();
        list["credentialSubject"]["encodedList"] = bits.encode().into();
    });
    let report = world.verify(&signed).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    let told = check(&report, "status");
    assert_eq!(told.code, Some("status_message"));
    assert!(told.detail.contains("under review"), "{}", told.detail);
}

#[tokio::test]
async fn a_newer_version_that_the_issuer_tells_of_is_remarked_upon() {
    let (world, school) = world();
    let mut entry = badge(&school);
    entry["credentialStatus"]["statusPurpose"] = "refresh".into();
    publish(&world, &school, |list| {
        *list = school.unsigned_list(&[INDEX]);
        list["credentialSubject"]["statusPurpose"] = "refresh".into();
    });
    let report = world.verify(&school.sign(&entry)).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert_eq!(check(&report, "status").code, Some("refresh_available"));
}
