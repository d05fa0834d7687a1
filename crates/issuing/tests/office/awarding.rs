use accolade_issuing::{
    AssertionForm, AwardStatus, Caller, CredentialFilter, CredentialForm, PageRequest, Publicly,
};
use accolade_signing::did::{self, ASSERTION_METHOD};
use accolade_signing::{PublicKey, badge_v2, data_integrity, vc_jwt};
use serde_json::{Value, json};

use crate::snapshots::{assert_json_snapshot, assert_snapshot};
use crate::support::{School, full_order, house, house_at, school, school_in, to_ana};

fn text(school: &School, what: &Publicly) -> String {
    String::from_utf8(school.house.published(what).body.to_vec()).unwrap()
}

/// Verifies all four forms with nothing but what is published, as a stranger would.
fn verify_as_a_stranger(school: &School, id: &str) {
    let house = &school.house;
    let credential = house.json(&Publicly::Credential(id.into(), CredentialForm::Json));
    let issuer_id = credential["issuer"]["id"].as_str().unwrap();
    let controller = match issuer_id {
        did if did.starts_with("did:web:") => house.json(&Publicly::DidDocument(school.issuer.id.clone())),
        _ => house.json(&Publicly::Issuer(school.issuer.id.clone())),
    };
    let find = |method: &str| {
        did::find_method(&controller, issuer_id, method, ASSERTION_METHOD)
            .unwrap_or_else(|e| panic!("{method}: {e}"))
            .key
    };

    let (document, proofs) = data_integrity::split(&credential).unwrap();
    assert_eq!(proofs.len(), 1);
    let method = proofs[0]["verificationMethod"].as_str().unwrap();
    data_integrity::verify(&document, &proofs[0], &find(method)).unwrap();

    let jwt = text(school, &Publicly::Credential(id.into(), CredentialForm::Jwt));
    let read = vc_jwt::read(&jwt).unwrap();
    let kid = read.header().kid.clone().unwrap();
    read.verify(&find(&kid)).unwrap();
    assert_eq!(*read.credential(), document);
    if kid.starts_with("http") {
        read.verify(&PublicKey::from_jwk(&house.at(&kid)).unwrap()).unwrap();
    }

    let jws = text(school, &Publicly::Assertion(id.into(), AssertionForm::Jws));
    let signed = badge_v2::read(&jws).unwrap();
    let key = house.at(signed.assertion()["verification"]["creator"].as_str().unwrap());
    signed.verify(&PublicKey::from_pem(key["publicKeyPem"].as_str().unwrap()).unwrap()).unwrap();
    let issuer = house.at(key["owner"].as_str().unwrap());
    assert_eq!(issuer["publicKey"], key["id"]);
    assert_eq!(signed.assertion()["id"], format!("urn:uuid:{id}"));

    let hosted = house.json(&Publicly::Assertion(id.into(), AssertionForm::Json));
    let badge = house.at(hosted["badge"].as_str().unwrap());
    assert_eq!(badge["issuer"], issuer["id"]);
    assert_eq!(hosted["recipient"], signed.assertion()["recipient"]);
}

#[test]
fn an_award_verifies_in_all_four_forms_however_the_issuer_is_named() {
    for (house, id_method) in [
        (house(), "url"),
        (house_at("https://badges.example.edu"), "web"),
        (house(), "key"),
        (house_at("https://example.edu/badges/"), "url"),
    ] {
        let issuer = house.register(json!({ "name": "Example University", "idMethod": id_method }));
        let achievement = house.define(&issuer.id, crate::support::micro_credential());
        let school = School { house, issuer, achievement };
        let award = school.award(full_order());
        verify_as_a_stranger(&school, &award.id);
    }
}

#[test]
fn every_kind_of_recipient_gets_an_award_that_verifies() {
    let school = school();
    for recipient in [
        json!({ "did": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK" }),
        json!({ "url": "https://ana.example.org/" }),
        json!({ "phone": "+34911234567" }),
        json!({ "sourcedId": "42", "name": "Ana" }),
        json!({ "email": "ana@example.org", "hashed": false }),
        json!({ "email": "jörg@exämple.de", "name": "李小龍 🎓" }),
    ] {
        let award = school.award(json!({ "recipient": recipient }));
        verify_as_a_stranger(&school, &award.id);
    }
}

#[test]
fn with_a_fixed_clock_and_counted_randomness_an_award_is_byte_exact() {
    let mut school = school();
    let mut body = crate::support::micro_credential();
    body["image"] = json!(school.house.picture());
    school.achievement = school.house.define(&school.issuer.id, body);
    let award = school.award(full_order());
    assert_snapshot(
        "credential",
        text(&school, &Publicly::Credential(award.id.clone(), CredentialForm::Json)),
    );
    assert_snapshot("assertion", text(&school, &Publicly::Assertion(award.id.clone(), AssertionForm::Json)));
    assert_json_snapshot("award", award);
}

#[test]
fn the_published_bytes_are_those_that_were_stored() {
    let school = school();
    let award = school.award(to_ana());
    let stored = school
        .house
        .store
        .read("test", |db| accolade_store::credentials::get(db, &award.id))
        .unwrap()
        .unwrap();
    let of = |what| school.house.published(&what).body.to_vec();
    assert_eq!(of(Publicly::Credential(award.id.clone(), CredentialForm::Json)), stored.documents.document);
    assert_eq!(
        of(Publicly::Credential(award.id.clone(), CredentialForm::Jwt)),
        stored.documents.jwt.as_bytes()
    );
    assert_eq!(of(Publicly::Assertion(award.id.clone(), AssertionForm::Json)), stored.documents.assertion);
    assert_eq!(
        of(Publicly::Assertion(award.id.clone(), AssertionForm::Jws)),
        stored.documents.assertion_jws.as_bytes()
    );
}

#[test]
fn no_address_of_a_recipient_is_stored_or_published_in_plain_text() {
    let school = school();
    let award = school.award(full_order());
    let again = school.award(json!({ "recipient": { "email": "ana@example.org" }, "onDuplicate": "allow" }));
    for id in [&award.id, &again.id] {
        for what in [
            Publicly::Credential(id.clone(), CredentialForm::Json),
            Publicly::Assertion(id.clone(), AssertionForm::Json),
        ] {
            assert!(!text(&school, &what).contains("ana@example.org"));
        }
        let jwt = text(&school, &Publicly::Credential(id.clone(), CredentialForm::Jwt));
        assert!(!vc_jwt::read(&jwt).unwrap().credential().to_string().contains("ana@example.org"));
    }
    assert!(!school.house.place.holds("ana@example.org"), "nor anywhere else in the database");
}

#[test]
fn two_awards_to_one_address_have_different_salts_hashes_subjects_and_places() {
    let school = school();
    let of = |award: &accolade_issuing::Award| {
        let credential = school.house.credential_json(award);
        let subject = &credential["credentialSubject"];
        let known_by = &subject["identifier"][0];
        [
            &known_by["salt"],
            &known_by["identityHash"],
            &subject["id"],
            &credential["credentialStatus"]["statusListIndex"],
        ]
        .map(Value::clone)
    };
    let one = of(&school.award(to_ana()));
    let two =
        of(&school.award(json!({ "recipient": { "email": "ana@example.org" }, "onDuplicate": "allow" })));
    for (one, two) in one.iter().zip(&two) {
        assert_ne!(one, two);
    }
    assert_eq!(one[0].as_str().unwrap().len(), 32);
}

#[test]
fn the_recipient_can_prove_that_the_hash_is_his() {
    let school = school();
    let credential = school.house.credential_json(&school.award(to_ana()));
    let known_by = &credential["credentialSubject"]["identifier"][0];
    let matches = |address| {
        let salt = known_by["salt"].as_str().unwrap();
        accolade_core::identity::matches(known_by["identityHash"].as_str().unwrap(), address, salt)
    };
    assert_eq!(matches("ana@example.org"), Some(true));
    assert_eq!(matches("bob@example.org"), Some(false));
}

#[test]
fn a_dry_run_shows_the_credential_and_signs_and_stores_nothing() {
    let school = school();
    let mut body = full_order();
    body["dryRun"] = json!(true);
    let awarded = school.try_award(body).unwrap();
    assert!(!awarded.created);
    let shown = awarded.award.credential.unwrap();
    assert_eq!(shown["credentialSubject"]["achievement"]["name"], "Applied Data Skills");
    assert!(shown.get("proof").is_none());
    assert!(awarded.award.links.is_none());
    let all = school.house.office.credentials(
        &Caller::system(),
        &CredentialFilter::default(),
        &PageRequest::default(),
    );
    assert!(all.unwrap().items.is_empty());
}

#[test]
fn awards_are_found_by_recipient_achievement_issuer_and_status() {
    let school = school();
    let award = school.award(to_ana());
    school.award(json!({ "recipient": { "email": "bob@example.org" } }));
    let found = |filter: CredentialFilter| -> Vec<String> {
        let page =
            school.house.office.credentials(&Caller::system(), &filter, &PageRequest::default()).unwrap();
        page.items.into_iter().map(|award| award.id).collect()
    };
    let by = CredentialFilter::default;
    assert_eq!(
        found(CredentialFilter { recipient: Some("ANA@example.org".into()), ..by() }),
        std::slice::from_ref(&award.id)
    );
    assert_eq!(found(CredentialFilter { achievement: Some(school.achievement.id.clone()), ..by() }).len(), 2);
    assert_eq!(found(CredentialFilter { issuer: Some(school.issuer.id.clone()), ..by() }).len(), 2);
    assert_eq!(found(CredentialFilter { status: Some(AwardStatus::Revoked), ..by() }), Vec::<String>::new());
    assert_eq!(
        found(CredentialFilter { recipient: Some("eve@example.org".into()), ..by() }),
        Vec::<String>::new()
    );
}

#[test]
fn an_achievement_amended_later_leaves_earlier_awards_as_they_are() {
    let school = school_in(house());
    let award = school.award(to_ana());
    let before = school.house.credential_json(&award);
    let patch = json!({ "name": "Applied Data Skills II", "humanCode": null });
    let amended = school
        .house
        .office
        .amend_achievement(&Caller::system(), &school.achievement.id, &patch, None)
        .unwrap();
    assert_eq!((amended.revision, amended.members.get("humanCode")), (2, None));
    assert_eq!(school.house.credential_json(&award), before);
    let later = school.award(json!({ "recipient": { "email": "bob@example.org" } }));
    assert_eq!(school.house.credential_json(&later)["name"], "Applied Data Skills II");
}
