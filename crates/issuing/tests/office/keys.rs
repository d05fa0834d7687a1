use accolade_issuing::{
    Caller, ConflictKind, CredentialForm, OfficeError, OpenError, PublicationStatus, Publicly, SigningKey,
    SigningKeyState,
};
use accolade_signing::did::{self, ASSERTION_METHOD, DidError};
use accolade_signing::{data_integrity, vc_jwt};
use serde_json::{Value, json};

use crate::support::{MASTER, School, house, open, school, to_ana};

fn keys(school: &School) -> Vec<SigningKey> {
    school.house.office.signing_keys(&Caller::system(), &school.issuer.id).unwrap()
}

fn of_purpose<'k>(keys: &'k [SigningKey], purpose: &str, state: SigningKeyState) -> &'k SigningKey {
    keys.iter().find(|key| key.purpose == purpose && key.state == state).unwrap()
}

/// Verifies the embedded proof and the JWT with the issuer's document as it is now.
fn verify(school: &School, id: &str) -> Result<(), DidError> {
    let house = &school.house;
    let controller = house.json(&Publicly::Issuer(school.issuer.id.clone()));
    let find =
        |method: &str| did::find_method(&controller, &school.issuer.profile_id, method, ASSERTION_METHOD);
    let credential = house.json(&Publicly::Credential(id.into(), CredentialForm::Json));
    let (document, proofs) = data_integrity::split(&credential).unwrap();
    let key = find(proofs[0]["verificationMethod"].as_str().unwrap())?.key;
    data_integrity::verify(&document, &proofs[0], &key).unwrap();
    let jwt = house.published(&Publicly::Credential(id.into(), CredentialForm::Jwt));
    let jwt = String::from_utf8(jwt.body.to_vec()).unwrap();
    let read = vc_jwt::read(&jwt).unwrap();
    read.verify(&find(read.header().kid.as_deref().unwrap())?.key).unwrap();
    Ok(())
}

#[test]
fn an_issuer_starts_with_three_keys_and_no_private_half_is_ever_shown() {
    let school = school();
    let keys = keys(&school);
    let mut purposes: Vec<_> = keys.iter().map(|key| (key.purpose.as_str(), key.key_type.as_str())).collect();
    purposes.sort_unstable();
    assert_eq!(purposes, [("assertion-proof", "ed25519"), ("badge-v2", "rsa2048"), ("jwt", "p256")]);
    let jwks = school.house.json(&Publicly::Jwks(school.issuer.id.clone()));
    for shown in [serde_json::to_value(&keys).unwrap(), jwks] {
        for private in ["\"d\"", "\"p\"", "\"q\"", "sealed"] {
            assert!(!shown.to_string().contains(private), "{private}");
        }
    }
}

#[test]
fn awards_of_every_epoch_verify_after_five_rotations() {
    let school = school();
    let mut awards = Vec::new();
    for epoch in 0..6 {
        awards.push(school.award(json!({ "recipient": { "email": format!("p{epoch}@example.org") } })));
        school.house.clock.advance(60);
        let new =
            school.house.office.rotate_signing_keys(&Caller::system(), &school.issuer.id, None).unwrap();
        assert_eq!(new.len(), 3);
    }
    for award in &awards {
        verify(&school, &award.id).unwrap();
    }
    assert_eq!(keys(&school).iter().filter(|key| key.state == SigningKeyState::Active).count(), 3);
}

#[test]
fn a_retired_key_signs_nothing_more_but_stays_published() {
    let school = school();
    let old = of_purpose(&keys(&school), "assertion-proof", SigningKeyState::Active).clone();
    school
        .house
        .office
        .rotate_signing_keys(&Caller::system(), &school.issuer.id, Some("assertion-proof"))
        .unwrap();
    let credential = school.house.credential_json(&school.award(to_ana()));
    let method = credential["proof"][0]["verificationMethod"].as_str().unwrap().to_owned();
    let profile = school.house.json(&Publicly::Issuer(school.issuer.id.clone()));
    let listed: Vec<&Value> = profile["assertionMethod"].as_array().unwrap().iter().collect();
    assert_eq!(listed.len(), 3);
    let now = of_purpose(&keys(&school), "assertion-proof", SigningKeyState::Active).clone();
    assert_ne!(now.id, old.id);
    assert!(listed.contains(&&json!(method)));
    let jwks = school.house.json(&Publicly::Jwks(school.issuer.id.clone()));
    assert_eq!(jwks["keys"].as_array().unwrap().len(), 4);
    assert_eq!(of_purpose(&keys(&school), "assertion-proof", SigningKeyState::Retired).id, old.id);
}

#[test]
fn what_a_compromised_key_signed_no_longer_verifies() {
    let school = school();
    let award = school.award(to_ana());
    let stolen = of_purpose(&keys(&school), "assertion-proof", SigningKeyState::Active).clone();
    let compromise =
        || school.house.office.compromise_signing_key(&Caller::system(), &school.issuer.id, &stolen.id);
    assert_eq!(compromise().unwrap().state, SigningKeyState::Compromised);
    assert_eq!(compromise().unwrap().state, SigningKeyState::Compromised);
    assert!(matches!(verify(&school, &award.id), Err(DidError::NoMethod(_) | DidError::Relationship(_))));
    assert_eq!(school.house.published(&Publicly::Key(stolen.id)).status, PublicationStatus::Gone);
    // The issuer goes on with a new key, and its status list with it.
    let next = school.award(json!({ "recipient": { "email": "bob@example.org" } }));
    verify(&school, &next.id).unwrap();
    let entry = school.house.credential_json(&next)["credentialStatus"]["statusListCredential"].clone();
    let list = school.house.at(entry.as_str().unwrap());
    let method = list["proof"][0]["verificationMethod"].as_str().unwrap();
    let controller = school.house.json(&Publicly::Issuer(school.issuer.id.clone()));
    did::find_method(&controller, &school.issuer.profile_id, method, ASSERTION_METHOD).unwrap();
}

#[test]
fn without_a_key_nothing_is_awarded_until_it_is_rotated_but_awards_can_be_revoked() {
    let school = school();
    let office = &school.house.office;
    let award = school.award(to_ana());
    let bob = json!({ "recipient": { "email": "bob@example.org" } });
    let retire = |id: &str| office.retire_signing_key(&Caller::system(), &school.issuer.id, id);
    let active = of_purpose(&keys(&school), "jwt", SigningKeyState::Active).id.clone();
    assert_eq!(retire(&active).unwrap().state, SigningKeyState::Retired);
    assert_eq!(retire(&active).unwrap().state, SigningKeyState::Retired);
    verify(&school, &award.id).unwrap();
    assert!(matches!(school.try_award(bob.clone()), Err(OfficeError::NoActiveKey { purpose: "jwt" })));
    office.revoke(&Caller::system(), &award.id, None, None).unwrap();
    office.rotate_signing_keys(&Caller::system(), &school.issuer.id, Some("jwt")).unwrap();
    school.award(bob);
}

#[test]
fn the_key_of_the_status_lists_is_not_retired_but_rotated() {
    let school = school();
    let retire = |id: &str| school.house.office.retire_signing_key(&Caller::system(), &school.issuer.id, id);
    let active = of_purpose(&keys(&school), "assertion-proof", SigningKeyState::Active).id.clone();
    assert!(matches!(retire(&active), Err(OfficeError::Conflict { kind: ConflictKind::KeyInUse, .. })));
    assert!(matches!(retire("00000000-0000-4000-8000-000000000000"), Err(OfficeError::NotFound)));
}

#[test]
fn an_issuer_named_by_its_key_keeps_that_key() {
    let house = house();
    let issuer = house.register(json!({ "name": "Key University", "idMethod": "key" }));
    let rotate = |purpose| house.office.rotate_signing_keys(&Caller::system(), &issuer.id, purpose);
    let refused = rotate(Some("assertion-proof"));
    assert!(matches!(refused, Err(OfficeError::Conflict { kind: ConflictKind::NamedByKey, .. })));
    let others = rotate(None).unwrap();
    assert_eq!(others.iter().map(|key| key.purpose.as_str()).collect::<Vec<_>>(), ["badge-v2"]);
}

#[test]
fn a_wrong_master_key_is_a_clear_error_when_the_office_opens() {
    let school = school();
    let opened = open(&school.house.store, "http://127.0.0.1:8080", &school.house.clock, [8; 32]);
    assert!(matches!(opened.err(), Some(OpenError::Office(OfficeError::WrongMasterKey))));
    assert!(open(&school.house.store, "http://127.0.0.1:8080", &school.house.clock, MASTER).is_ok());
}

#[test]
fn a_database_stays_with_the_public_url_that_it_was_first_opened_with() {
    let school = school();
    let house = &school.house;
    let opened = open(&house.store, "https://badges.example.edu", &house.clock, MASTER);
    let error = opened.err().unwrap();
    assert!(matches!(error, OpenError::OtherPublicUrl { .. }), "{error}");
    for named in ["http://127.0.0.1:8080", "https://badges.example.edu", "ACCOLADE_PUBLIC_URL"] {
        assert!(error.to_string().contains(named), "{error}");
    }
    assert!(open(&house.store, "HTTP://127.0.0.1:8080/", &house.clock, MASTER).is_ok());
}

#[test]
fn a_database_without_an_issuer_may_still_get_another_public_url() {
    let house = house();
    assert!(open(&house.store, "https://badges.example.edu", &house.clock, MASTER).is_ok());
    let kept = house.store.read("test", accolade_store::house::public_url).unwrap();
    assert_eq!(kept.as_deref(), Some("https://badges.example.edu"));
}
