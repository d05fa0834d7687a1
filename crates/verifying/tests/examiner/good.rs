//! Good badges of every form are valid, and one changed byte makes them invalid.

use accolade_signing::did::{self, DocumentKey, KeyForm};
use accolade_signing::vc_jose::{self, SignatureLife};
use accolade_signing::{KeyType, vc_jwt};
use accolade_verifying::report::StatusState;
use accolade_verifying::{Format, Outcome};

use crate::support::badges::{badge, plain_badge};
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, check, school, v2};

#[tokio::test]
async fn a_badge_with_an_embedded_proof_is_valid_for_every_kind_of_issuer_id() {
    for id_method in [IdMethod::Url, IdMethod::Web, IdMethod::Key] {
        let world = World::new();
        let school = School::open(&world.shelf, "school.example", id_method);
        let report = world.verify(&school.sign(&badge(&school))).await;
        assert_valid(&report);
        assert_eq!(report.format, Some(Format::V3EmbeddedProof));
        assert_eq!(report.status.state, StatusState::Active);
        assert_eq!(report.issuer.unwrap().id, school.id);
    }
}

#[tokio::test]
async fn a_vc_jwt_is_valid_by_the_kid_the_issuers_document_lists() {
    for id_method in [IdMethod::Url, IdMethod::Web] {
        let world = World::new();
        let school = School::open(&world.shelf, "school.example", id_method);
        let report = world.verify_token(&school.token(&badge(&school))).await;
        assert_valid(&report);
        assert_eq!(report.format, Some(Format::V3Jwt));
        assert_eq!(report.status.state, StatusState::Active);
    }
}

#[tokio::test]
async fn a_vc_jwt_of_a_did_key_issuer_needs_no_document_at_all() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Key);
    let token = vc_jwt::sign(&plain_badge(&school), &school.method, &school.ed25519).unwrap();
    assert_valid(&world.verify_token(&token).await);
    let relative = school.method.strip_prefix(&school.id).unwrap();
    let badge = plain_badge(&school);
    let token = vc_jose::sign(&badge, relative, SignatureLife::default(), &school.ed25519).unwrap();
    assert_valid(&world.verify_token(&token).await);
}

#[tokio::test]
async fn tokens_under_every_kind_of_key_and_in_the_w3cs_form_are_valid() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    for signer in [school::signer(KeyType::P384), school::rsa(), school::rsa_pss()] {
        let kid = format!("{}#other", school.id);
        let key =
            DocumentKey { id: kid.clone(), key: signer.public_key().clone(), form: KeyForm::JsonWebKey };
        let mut document = school.document();
        let keys = [&school.document_keys()[..], &[key]].concat();
        did::add_methods(document.as_object_mut().unwrap(), &school.id, &keys);
        world.shelf.put(&school.id, &document);
        let token = vc_jwt::sign(&badge(&school), &kid, &signer).unwrap();
        assert_valid(&world.verify_token(&token).await);
        for kid in [kid.as_str(), "#other"] {
            let token = vc_jose::sign(&badge(&school), kid, SignatureLife::default(), &signer).unwrap();
            assert_valid(&world.verify_token(&token).await);
        }
    }
}

#[tokio::test]
async fn hosted_and_signed_badges_of_2_0_are_valid() {
    let world = World::new();
    v2::open(&world.shelf);
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    let hosted = world.verify(&v2::hosted()).await;
    assert_valid(&hosted);
    assert_eq!(hosted.format, Some(Format::V2Hosted));
    let signed = world.verify_token(&v2::sign(&v2::signed())).await;
    assert_valid(&signed);
    assert_eq!(signed.format, Some(Format::V2Signed));
    assert_eq!(signed.issuer.unwrap().name.as_deref(), Some("Example University"));
}

#[tokio::test]
async fn a_badge_given_by_its_address_is_fetched_and_examined() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let url = "https://school.example/credentials/1";
    world.shelf.put(url, &school.sign(&badge(&school)));
    let report = world.examiner.verify(accolade_verifying::Submission::Url(url.into())).await;
    assert_valid(&report);
    assert!(check(&report, "fetch").detail.contains("school.example"));
}

#[tokio::test]
async fn a_changed_letter_in_an_embedded_badge_fails_the_proof_and_nothing_else() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut badge = school.sign(&badge(&school));
    badge["credentialSubject"]["achievement"]["name"] = "Applied Date Skills".into();
    assert_fails(&world.verify(&badge).await, "proof", "bad_signature");
}

#[tokio::test]
async fn a_changed_letter_in_a_token_fails_the_proof_and_nothing_else() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut changed = badge(&school);
    changed["credentialSubject"]["achievement"]["name"] = "Applied Date Skills".into();
    let (genuine, other) = (school.token(&badge(&school)), school.token(&changed));
    let signature = genuine.rsplit('.').next().unwrap();
    let unsigned = other.rsplit_once('.').unwrap().0;
    assert_fails(&world.verify_token(&format!("{unsigned}.{signature}")).await, "proof", "bad_signature");
}

#[tokio::test]
async fn a_changed_byte_in_badges_of_2_0_is_named() {
    let world = World::new();
    v2::open(&world.shelf);
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    let mut hosted = v2::hosted();
    hosted["issuedOn"] = "2026-09-02T10:00:00Z".into();
    assert_fails(&world.verify(&hosted).await, "hosted", "hosted_copy_differs");
    let mut changed = v2::signed();
    changed["issuedOn"] = "2026-09-02T10:00:00Z".into();
    let (genuine, other) = (v2::sign(&v2::signed()), v2::sign(&changed));
    let forged = format!("{}.{}", other.rsplit_once('.').unwrap().0, genuine.rsplit('.').next().unwrap());
    assert_fails(&world.verify_token(&forged).await, "proof", "bad_signature");
}

#[tokio::test]
async fn a_badge_whose_issuer_cannot_be_reached_is_unknown_and_never_valid() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    world.shelf.take_away(&school.id);
    let report = world.verify(&school.sign(&badge(&school))).await;
    assert_eq!(report.outcome, Outcome::Unknown);
    assert_eq!(check(&report, "key").code, Some("unreachable"));
    assert_eq!(*world.names.asked.lock().unwrap(), ["school.example"], "only the issuer's host is looked up");
}
