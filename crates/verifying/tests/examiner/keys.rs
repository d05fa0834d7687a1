//! The key must be the issuer's own: found from `issuer.id`, never from what the badge brings along.

use accolade_signing::did;
use accolade_verifying::Outcome;
use serde_json::{Value, json};

use crate::support::badges::{badge, plain_badge};
use crate::support::{IdMethod, School, World, assert_fails, assert_open, assert_valid, check};

#[tokio::test]
async fn di_4_a_key_listed_only_for_logging_in_does_not_sign_badges() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut document = school.document();
    let methods = document.as_object_mut().unwrap().remove("assertionMethod").unwrap();
    document["authentication"] = methods;
    world.shelf.put(&school.id, &document);
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "key", "relationship");
}

#[tokio::test]
async fn di_5_a_key_that_belongs_to_somebody_else_does_not_count() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Web);
    let mut document = school.document();
    document["verificationMethod"][0]["controller"] = "did:web:evil.example".into();
    world.shelf.put("https://school.example/issuers/1/did.json", &document);
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "key", "controller");
    let mut other = school.document();
    other["id"] = "did:web:evil.example".into();
    world.shelf.put("https://school.example/issuers/1/did.json", &other);
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "key", "controller");
}

#[tokio::test]
async fn di_6_the_fragment_of_a_did_key_must_be_the_key() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Key);
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Key);
    let others_key = evil.id.strip_prefix("did:key:").unwrap();
    // The attacker signs with a key of their own and says: issuer is the school, the key is in the fragment.
    let forged = evil.sign_as(&plain_badge(&school), &format!("{}#{others_key}", school.id));
    assert_fails(&world.verify(&forged).await, "key", "bad_identifier");
    let token = crate::support::tokens::forge(
        &json!({ "alg": "EdDSA", "kid": format!("{}#{others_key}", school.id) }),
        &crate::support::tokens::payload(&school.token(&plain_badge(&school))),
        &evil.seed,
    );
    assert_fails(&world.verify_token(&token).await, "key", "bad_identifier");
    let honest_about_the_key = evil.sign(&plain_badge(&school));
    assert_fails(&world.verify(&honest_about_the_key).await, "key", "key_not_controlled_by_issuer");
}

#[tokio::test]
async fn a_key_in_the_fragment_of_an_https_issuer_must_be_listed_by_it() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Url);
    let attackers_key = evil.ed25519.public_key().to_multibase().unwrap();
    let forged = evil.sign_as(&badge(&school), &format!("{}#{attackers_key}", school.id));
    assert_fails(&world.verify(&forged).await, "key", "key_not_controlled_by_issuer");
}

#[tokio::test]
async fn a_key_listed_under_another_name_is_found_by_the_key_itself() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut document = school.document();
    document["verificationMethod"][0]["id"] = "#key-1".into();
    document["assertionMethod"][0] = "#key-1".into();
    world.shelf.put(&school.id, &document);
    assert_valid(&world.verify(&school.sign(&badge(&school))).await);
}

#[tokio::test]
async fn an_issuers_document_must_be_the_issuers() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Url);
    world.shelf.put(&school.id, &evil.document());
    let forged = evil.sign(&badge(&school));
    let report = world.verify(&forged).await;
    assert_fails(&report, "key", "controller");
    assert!(check(&report, "key").detail.contains("is not that of the issuer"), "{report:#?}");
}

#[tokio::test]
async fn jws_14_two_keys_of_one_name_are_ambiguous() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let token = school.token(&badge(&school));
    let mut document = school.document();
    let doubled = document["verificationMethod"][1].clone();
    document["verificationMethod"].as_array_mut().unwrap().push(doubled);
    world.shelf.put(&school.id, &document);
    assert_fails(&world.verify_token(&token).await, "key", "ambiguous_kid");
}

#[tokio::test]
async fn jws_14_two_keys_of_one_name_in_the_key_set_are_ambiguous() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let token = school.token(&plain_badge(&school));
    world
        .shelf
        .put(&school.id, &json!({ "id": school.id, "type": ["Profile"], "name": "Example University" }));
    let jwk = key_of(&school);
    let key_set = KEY_SET;
    world.shelf.put(key_set, &json!({ "keys": [jwk] }));
    assert_valid(&world.verify_token(&token).await);
    world.shelf.put(key_set, &json!({ "keys": [jwk, jwk] }));
    assert_fails(&world.verify_token(&token).await, "key", "ambiguous_kid");
    let mut someone_elses = jwk.clone();
    someone_elses["iss"] = "https://school.example/issuers/2".into();
    world.shelf.put(key_set, &json!({ "keys": [someone_elses] }));
    assert_fails(&world.verify_token(&token).await, "key", "key_not_controlled_by_issuer");
    world.shelf.miss(key_set);
    assert_fails(&world.verify_token(&token).await, "key", "key_not_controlled_by_issuer");
}

#[tokio::test]
async fn the_key_set_of_the_host_counts_for_nothing_where_the_issuer_lists_keys_itself() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let token = school.token(&plain_badge(&school));
    world.shelf.put(KEY_SET, &json!({ "keys": [key_of(&school)] }));
    let mut document = school.document();
    document["verificationMethod"].as_array_mut().unwrap().truncate(1);
    document["assertionMethod"].as_array_mut().unwrap().truncate(1);
    world.shelf.put(&school.id, &document);
    assert_fails(&world.verify_token(&token).await, "key", "key_not_controlled_by_issuer");
    // Keys for other purposes are keys, too.
    let methods = document.as_object_mut().unwrap().remove("assertionMethod").unwrap();
    document["authentication"] = methods;
    world.shelf.put(&school.id, &document);
    assert_fails(&world.verify_token(&token).await, "key", "key_not_controlled_by_issuer");
    // An issuer that cannot be asked may list keys; nobody knows.
    world.shelf.put_bytes(&school.id, 503, "text/plain", b"later");
    assert_open(&world.verify_token(&token).await, "key", "unreachable");
    world.shelf.miss(&school.id);
    assert_valid(&world.verify_token(&token).await);
}

#[tokio::test]
async fn a_key_of_the_host_that_names_no_issuer_signs_only_for_the_host_itself() {
    let world = World::new();
    let mut school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut of_nobody = key_of(&school);
    of_nobody.as_object_mut().unwrap().remove("iss");
    world.shelf.put(KEY_SET, &json!({ "keys": [of_nobody] }));
    for (id, counts) in [
        ("https://school.example/issuers/1", false),
        ("https://school.example/?issuer=1", false),
        ("https://school.example/", true),
        ("https://school.example", true),
    ] {
        school.id = id.into();
        world.shelf.put(id, &json!({ "id": id, "type": ["Profile"], "name": "Example University" }));
        let report = world.verify_token(&school.token(&plain_badge(&school))).await;
        if counts {
            assert_valid(&report);
        } else {
            assert_fails(&report, "key", "key_not_controlled_by_issuer");
        }
    }
}

#[tokio::test]
async fn jws_17_a_key_that_belongs_to_one_issuer_says_nothing_about_another() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Url);
    // Signed by the attacker's own, perfectly published key, in the school's name.
    let report = world.verify(&evil.sign(&badge(&school))).await;
    assert_fails(&report, "key", "key_not_controlled_by_issuer");
    let own = world.verify(&evil.sign(&badge(&evil))).await;
    assert_valid(&own);
    assert_eq!(own.issuer.unwrap().id, evil.id, "the report speaks of the issuer whose key it was");
}

#[tokio::test]
async fn jws_16_a_weak_key_does_not_count_even_where_the_issuer_lists_it() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut document = school.document();
    // The neutral element as Ed25519 key: anybody can make signatures for it.
    let mut bytes = vec![0xed, 0x01, 1];
    bytes.resize(34, 0);
    document["verificationMethod"][0]["publicKeyMultibase"] = format!("z{}", bs58(&bytes)).into();
    world.shelf.put(&school.id, &document);
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "key", "weak_key");
}

#[tokio::test]
async fn an_issuer_named_by_an_unknown_method_leaves_the_matter_open() {
    let world = World::new();
    let mut school = School::open(&world.shelf, "school.example", IdMethod::Url);
    school.id = "did:example:123".into();
    school.method = "did:example:123#key".into();
    assert_open(&world.verify(&school.sign(&plain_badge(&school))).await, "key", "unknown_identifier");
}

#[tokio::test]
async fn ssrf_21_a_did_web_cannot_climb_out_of_its_path() {
    let world = World::new();
    let mut school = School::open(&world.shelf, "school.example", IdMethod::Url);
    for did in [
        "did:web:school.example:..:x",
        "did:web:school.example:%2e%2e:x",
        "did:web:school.example:a%2fb",
        "did:web:school.example::x",
        "did:web:[::1]",
        "did:web:user@school.example",
    ] {
        school.id = did.into();
        school.method = format!("{did}#key");
        let report = world.verify(&school.sign(&plain_badge(&school))).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{did}");
        // Either the data model refuses the identifier or the resolver does; nothing is asked of the network.
        assert_ne!(check(&report, "proof").outcome, accolade_verifying::CheckOutcome::Passed);
    }
    assert!(world.names.asked.lock().unwrap().is_empty());
    assert!(did::did_web_url("did:web:school.example:%2e%2e").is_err());
}

const KEY_SET: &str = "https://school.example/.well-known/jwks.json";

/// The school's key as the key set of its host has it.
fn key_of(school: &School) -> Value {
    let mut jwk = school.p256.public_key().to_jwk_with_kid(&school.kid);
    jwk["iss"] = school.id.clone().into();
    jwk
}

fn bs58(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut digits: Vec<usize> = Vec::new();
    for byte in bytes {
        let mut carry = usize::from(*byte);
        for digit in &mut digits {
            carry += *digit << 8;
            *digit = carry % 58;
            carry /= 58;
        }
        while carry > 0 {
            digits.push(carry % 58);
            carry /= 58;
        }
    }
    digits.iter().rev().map(|digit| char::from(DIGITS[*digit])).collect()
}
