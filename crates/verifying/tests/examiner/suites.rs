//! Embedded proofs of every suite, from issuers who list the keys.

use accolade_core::Timestamp;
use accolade_linked_data::{Options, contexts};
use accolade_signing::KeyType;
use accolade_signing::data_integrity::{self, ProofOptions, Suite, selective};
use accolade_signing::did::{self, DocumentKey, KeyForm};
use accolade_verifying::Outcome;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use crate::support::badges::{self, plain_badge};
use crate::support::{
    CountedEntropy, IdMethod, School, World, assert_fails, assert_open, assert_valid, check, school,
};

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

/// The school's badge under a proof of that suite; its document lists the key.
fn proven_by(world: &World, school: &School, suite: Suite, kind: KeyType) -> Value {
    let signer = match kind {
        KeyType::Ed25519 => &school.ed25519,
        kind => &*school::signer(kind),
    };
    let multibase = signer.public_key().to_multibase().unwrap();
    let method = format!("{}#{multibase}", school.id);
    let key = DocumentKey { id: method.clone(), key: signer.public_key().clone(), form: KeyForm::Multikey };
    let mut document = school.document();
    did::add_methods(document.as_object_mut().unwrap(), &school.id, &[key]);
    world.shelf.put(&school.id, &document);
    let created = Timestamp::parse("2026-09-01T10:00:00Z").unwrap();
    let options = ProofOptions { suite: Some(suite), ..ProofOptions::new(created, method) };
    let mut badge = plain_badge(school);
    badge["proof"] = json!([data_integrity::sign(&badge, &options, signer).unwrap()]);
    badge
}

#[tokio::test]
async fn a_badge_is_valid_under_a_proof_of_every_suite_and_invalid_once_it_is_changed() {
    for (suite, kind) in [
        (Suite::EddsaRdfc2022, KeyType::Ed25519),
        (Suite::EddsaJcs2022, KeyType::Ed25519),
        (Suite::EcdsaRdfc2019, KeyType::P256),
        (Suite::EcdsaRdfc2019, KeyType::P384),
        (Suite::EcdsaJcs2019, KeyType::P256),
        (Suite::EcdsaJcs2019, KeyType::P384),
    ] {
        let (world, school) = world();
        let badge = proven_by(&world, &school, suite, kind);
        assert_valid(&world.verify(&badge).await);
        let mut changed = badge.clone();
        changed["name"] = "Applied Data Skill".into();
        assert_fails(&world.verify(&changed).await, "proof", "bad_signature");
    }
}

#[tokio::test]
async fn an_old_badge_under_ed25519_signature_2020_is_valid() {
    let (world, school) = world();
    let mut badge = plain_badge(&school);
    badge["@context"].as_array_mut().unwrap().push(contexts::ED25519_2020_V1.into());
    let mut proof = json!({
        "type": "Ed25519Signature2020",
        "created": "2026-09-01T10:00:00Z",
        "verificationMethod": school.method,
        "proofPurpose": "assertionMethod",
    });
    let explained = data_integrity::explain(&badge, &proof, &Options::default()).unwrap();
    let signature = SigningKey::from_bytes(&school.seed).sign(&explained.signing_input);
    proof["proofValue"] = format!("z{}", bs58::encode(signature.to_bytes()).into_string()).into();
    badge["proof"] = json!([proof]);
    assert_valid(&world.verify(&badge).await);
    badge["name"] = "Applied Data Skill".into();
    assert_fails(&world.verify(&badge).await, "proof", "bad_signature");
}

#[tokio::test]
async fn a_badge_whose_contexts_go_on_behind_those_of_its_proof_is_refused() {
    let (world, school) = world();
    let good = proven_by(&world, &school, Suite::EddsaJcs2022, KeyType::Ed25519);
    let mut longer = good.clone();
    longer["@context"].as_array_mut().unwrap().push(contexts::OB_EXTENSIONS.into());
    assert_eq!(check(&world.verify(&longer).await, "context").code, Some("nested_context"));
    let mut elsewhere = good.clone();
    elsewhere["credentialSubject"]["@context"] = good["@context"].clone();
    assert_eq!(check(&world.verify(&elsewhere).await, "context").code, Some("nested_context"));
}

#[tokio::test]
async fn a_proof_that_follows_another_covers_it() {
    let (world, school) = world();
    let bare = plain_badge(&school);
    let created = Timestamp::parse("2026-09-01T10:00:00Z").unwrap();
    let first = ProofOptions { id: Some("urn:proof:1".into()), ..ProofOptions::new(created, &school.method) };
    let first = data_integrity::sign(&bare, &first, &school.ed25519).unwrap();
    let second = ProofOptions {
        previous_proof: vec!["urn:proof:1".into()],
        ..ProofOptions::new(created, &school.method)
    };
    let second = data_integrity::sign_among(
        &bare,
        std::slice::from_ref(&first),
        &second,
        &school.ed25519,
        &Options::default(),
    )
    .unwrap();
    let mut badge = bare.clone();
    badge["proof"] = json!([first, second]);
    assert_valid(&world.verify(&badge).await);
    badge["proof"] = json!([second]);
    assert_fails(&world.verify(&badge).await, "proof", "no_previous_proof");
    badge["proof"] = json!([first, second]);
    badge["proof"][0]["created"] = "2026-09-01T10:00:01Z".into();
    assert_fails(&world.verify(&badge).await, "proof", "bad_signature");
}

#[tokio::test]
async fn a_proof_that_follows_one_that_does_not_hold_does_not_hold_either() {
    let (world, school) = world();
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Key);
    let bare = plain_badge(&school);
    let created = Timestamp::parse("2026-09-01T10:00:00Z").unwrap();
    let follow = |first: &Value, id: &str, previous: &str| {
        let options = ProofOptions {
            id: Some(id.into()),
            previous_proof: vec![previous.into()],
            ..ProofOptions::new(created, &school.method)
        };
        data_integrity::sign_among(
            &bare,
            std::slice::from_ref(first),
            &options,
            &school.ed25519,
            &Options::default(),
        )
        .unwrap()
    };
    let first = |method: &str, signer| {
        let options = ProofOptions { id: Some("urn:proof:1".into()), ..ProofOptions::new(created, method) };
        data_integrity::sign(&bare, &options, signer).unwrap()
    };
    let mut broken = first(&school.method, &school.ed25519);
    broken["nonce"] = "x".into();
    let second = follow(&broken, "urn:proof:2", "urn:proof:1");
    let mut badge = bare.clone();
    badge["proof"] = json!([broken, second, follow(&second, "urn:proof:3", "urn:proof:2")]);
    assert_eq!(world.verify(&badge).await.outcome, Outcome::Invalid);
    let foreign = first(&evil.method, &evil.ed25519);
    badge["proof"] = json!([foreign, follow(&foreign, "urn:proof:2", "urn:proof:1")]);
    assert_open(&world.verify(&badge).await, "proof", "previous_proof");
    let own = school.sign(&bare)["proof"][0].clone();
    badge["proof"] = json!([follow(&foreign, "urn:proof:2", "urn:proof:1"), foreign, own]);
    assert_eq!(world.verify(&badge).await.outcome, Outcome::Valid, "a good proof of the issuer's is enough");
}

#[tokio::test]
async fn of_a_badge_shown_in_part_an_end_that_is_not_seen_is_not_taken_for_none() {
    let (world, school) = world();
    let signer = school::signer(KeyType::P256);
    let method = format!("{}#{}", school.id, signer.public_key().to_multibase().unwrap());
    let key = DocumentKey { id: method.clone(), key: signer.public_key().clone(), form: KeyForm::Multikey };
    let mut document = school.document();
    let keys: Vec<DocumentKey> = school.document_keys().into_iter().chain([key]).collect();
    did::add_methods(document.as_object_mut().unwrap(), &school.id, &keys);
    world.shelf.put(&school.id, &document);
    let created = Timestamp::parse("2026-09-01T10:00:00Z").unwrap();
    let options = ProofOptions { suite: Some(Suite::EcdsaSd2023), ..ProofOptions::new(created, method) };
    let entropy = CountedEntropy(std::sync::Mutex::new(7));
    for (mut badge, remarked) in [(plain_badge(&school), true), (badges::badge(&school), false)] {
        if remarked {
            badge.as_object_mut().unwrap().remove("validUntil");
        }
        let base = selective::create_base(&badge, &["/issuer"], &options, &signer, &entropy).unwrap();
        badge["proof"] = json!([base]);
        let shown = selective::derive(&badge, &["/name", "/validFrom", "/credentialSubject"]).unwrap();
        let report = world.verify(&shown).await;
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
        let remark = report.checks.iter().find(|check| check.id == "disclosure");
        assert_eq!(remark.is_some(), remarked, "{report:#?}");
    }
}

/// A badge of which its holder does not show where its status is.
pub(crate) fn shown_in_part(world: &World, school: &School) -> Value {
    let signer = school::signer(KeyType::P256);
    let method = format!("{}#{}", school.id, signer.public_key().to_multibase().unwrap());
    let key = DocumentKey { id: method.clone(), key: signer.public_key().clone(), form: KeyForm::Multikey };
    let mut document = school.document();
    did::add_methods(document.as_object_mut().unwrap(), &school.id, &[key]);
    world.shelf.put(&school.id, &document);
    let created = Timestamp::parse("2026-09-01T10:00:00Z").unwrap();
    let options = ProofOptions { suite: Some(Suite::EcdsaSd2023), ..ProofOptions::new(created, method) };
    let mut badge = plain_badge(school);
    let entropy = CountedEntropy(std::sync::Mutex::new(7));
    badge["proof"] =
        json!([selective::create_base(&badge, &["/issuer"], &options, &signer, &entropy).unwrap()]);
    selective::derive(&badge, &["/name", "/validFrom", "/credentialSubject"]).unwrap()
}
