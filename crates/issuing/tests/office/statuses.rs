use std::thread;

use accolade_issuing::{
    AssertionForm, Award, AwardStatus, Caller, ConflictKind, OfficeError, PublicationStatus, Publicly,
};
use accolade_signing::status_list::{Bitstring, DecodeOptions, index};
use accolade_signing::{PublicKey, data_integrity};
use serde_json::{Value, json};

use crate::support::{School, school, to_ana};

/// Reads the award's bit as a stranger would: the list is fetched, its proof verified, its issuer compared.
fn bit(school: &School, award: &Award) -> bool {
    let credential = school.house.credential_json(award);
    let entry = &credential["credentialStatus"];
    let list = school.house.at(entry["statusListCredential"].as_str().unwrap());
    assert_eq!(list["issuer"], credential["issuer"]["id"]);
    let (document, proofs) = data_integrity::split(&list).unwrap();
    let method = proofs[0]["verificationMethod"].as_str().unwrap();
    let key = PublicKey::from_multibase(method.rsplit_once('#').unwrap().1).unwrap();
    data_integrity::verify(&document, &proofs[0], &key).unwrap();
    let encoded = list["credentialSubject"]["encodedList"].as_str().unwrap();
    let bits = Bitstring::decode(encoded, &DecodeOptions::default()).unwrap();
    assert_eq!(bits.len(), 131_072);
    bits.get(index(&entry["statusListIndex"]).unwrap()).unwrap()
}

fn assertion(school: &School, award: &Award) -> (PublicationStatus, Value) {
    let publication = school.house.published(&Publicly::Assertion(award.id.clone(), AssertionForm::Json));
    (publication.status, serde_json::from_slice(&publication.body).unwrap())
}

fn revocations(school: &School) -> Value {
    school.house.json(&Publicly::Revocations(school.issuer.id.clone()))["revokedAssertions"].clone()
}

#[test]
fn a_revocation_shows_in_every_form_of_the_award() {
    let school = school();
    let mut order = to_ana();
    order["visibility"] = json!("public");
    let award = school.award(order);
    assert!(!bit(&school, &award));
    assert_eq!(revocations(&school), json!([]));

    school.house.clock.advance(60);
    let revoked = school.house.office.revoke(&Caller::system(), &award.id, Some("Plagiarism"), None).unwrap();
    assert_eq!(
        (revoked.status, revoked.status_reason.as_deref()),
        (AwardStatus::Revoked, Some("Plagiarism"))
    );
    assert!(bit(&school, &award));
    let (status, body) = assertion(&school, &award);
    assert_eq!(status, PublicationStatus::Gone);
    assert_eq!(body["id"], school.house.office.public_url().to_owned() + "/public/assertions/" + &award.id);
    assert_eq!((&body["revoked"], &body["revocationReason"]), (&json!(true), &json!("Plagiarism")));
    let list = revocations(&school);
    assert_eq!(list[0], json!({ "id": format!("urn:uuid:{}", award.id), "revocationReason": "Plagiarism" }));
    assert!(
        list.as_array().unwrap().len() >= 2,
        "a list of one entry is misread by a validator of the field"
    );
    assert_eq!(school.house.audit_verbs(&award.id), ["credential.revoke", "credential.award"]);
}

#[test]
fn revoking_twice_is_the_same_and_leaves_one_audit_row() {
    let school = school();
    let award = school.award(to_ana());
    let first = school.house.office.revoke(&Caller::system(), &award.id, Some("Plagiarism"), None).unwrap();
    school.house.clock.advance(60);
    assert_eq!(school.house.office.revoke(&Caller::system(), &award.id, Some("Other"), None).unwrap(), first);
    assert_eq!(school.house.audit_verbs(&award.id).len(), 2);
}

#[test]
fn a_revocation_is_final() {
    let school = school();
    let office = &school.house.office;
    let award = school.award(to_ana());
    office.revoke(&Caller::system(), &award.id, None, None).unwrap();
    for attempt in [
        office.suspend(&Caller::system(), &award.id, None, None),
        office.reinstate(&Caller::system(), &award.id, None, None),
    ] {
        assert!(matches!(attempt, Err(OfficeError::Conflict { kind: ConflictKind::Revoked, .. })));
    }
    assert!(bit(&school, &award));
}

#[test]
fn a_suspended_award_is_out_of_force_until_it_is_reinstated() {
    let school = school();
    let office = &school.house.office;
    let award = school.award(to_ana());
    let before = assertion(&school, &award);
    office.suspend(&Caller::system(), &award.id, Some("Under review"), None).unwrap();
    assert!(bit(&school, &award));
    assert_eq!(assertion(&school, &award).0, PublicationStatus::Gone);
    let reinstated = office.reinstate(&Caller::system(), &award.id, None, None).unwrap();
    assert_eq!((reinstated.status, reinstated.status_reason), (AwardStatus::Active, None));
    assert!(!bit(&school, &award));
    assert_eq!(assertion(&school, &award), before);
    assert_eq!(revocations(&school), json!([]));
}

#[test]
fn the_list_never_goes_back_in_time() {
    let school = school();
    let (one, two) =
        (school.award(to_ana()), school.award(json!({ "recipient": { "email": "bob@example.org" } })));
    let valid_from = || {
        let credential = school.house.credential_json(&one);
        let url = credential["credentialStatus"]["statusListCredential"].as_str().unwrap().to_owned();
        school.house.at(&url)["validFrom"].as_str().unwrap().to_owned()
    };
    school.house.clock.advance(600);
    school.house.office.revoke(&Caller::system(), &one.id, None, None).unwrap();
    let first = valid_from();
    school.house.clock.advance(-300);
    school.house.office.revoke(&Caller::system(), &two.id, None, None).unwrap();
    assert_eq!(valid_from(), first);
    assert_eq!(first, "2026-11-23T10:10:00Z");
}

#[test]
fn revocations_at_once_are_all_kept() {
    let school = school();
    let awards: Vec<Award> = (0..12)
        .map(|number| school.award(json!({ "recipient": { "email": format!("p{number}@example.org") } })))
        .collect();
    thread::scope(|scope| {
        for award in &awards[..8] {
            scope.spawn(|| school.house.office.revoke(&Caller::system(), &award.id, None, None).unwrap());
        }
    });
    let bits: Vec<bool> = awards.iter().map(|award| bit(&school, award)).collect();
    assert_eq!(bits, [[true; 8].as_slice(), &[false; 4]].concat());
}

#[test]
fn an_unknown_award_is_not_found() {
    let school = school();
    for id in ["00000000-0000-4000-8000-000000000000", "", "x\0", "../x"] {
        let office = &school.house.office;
        assert!(matches!(office.revoke(&Caller::system(), id, None, None), Err(OfficeError::NotFound)));
        assert!(matches!(office.credential(&Caller::system(), id), Err(OfficeError::NotFound)));
    }
}
