//! What a verifier asks of a proof beside its being genuine.

use accolade_core::Timestamp;
use accolade_linked_data::Options;
use accolade_signing::data_integrity::{self, Expectations, Proof, ProofError, ProofOptions, Purpose, Suite};
use accolade_signing::{PublicKey, did};
use serde_json::{Value, json};

use super::{METHOD, document, options};
use crate::support::{ED25519, P256};

const ISSUER: &str = "https://badges.example/public/issuers/1";

fn presented() -> ProofOptions {
    ProofOptions {
        purpose: Purpose::Authentication,
        domain: vec!["a.example".into(), "b.example".into()],
        challenge: Some("c1".into()),
        expires: Some(moment("2026-11-23T11:00:00Z")),
        ..options()
    }
}

fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Compares by itself, and as part of verifying; both must say the same.
fn judge(options: &ProofOptions, expected: &Expectations<'_>) -> Result<(), ProofError> {
    let mut answers = Vec::new();
    for suite in [Suite::EddsaRdfc2022, Suite::EddsaJcs2022] {
        let options = ProofOptions { suite: Some(suite), ..options.clone() };
        let proof = data_integrity::sign(&document(), &options, &ED25519).unwrap();
        answers.push(Proof::read(&proof).unwrap().matches(expected));
        let key = ED25519.public_key();
        answers.push(data_integrity::verify_expecting(
            &document(),
            &[proof],
            0,
            key,
            expected,
            &Options::default(),
        ));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    answers.remove(0)
}

#[test]
fn a_proof_made_for_another_purpose_is_refused() {
    let assertion = Expectations::default();
    let authentication = Expectations { purpose: Purpose::Authentication, ..assertion };
    assert_eq!(judge(&options(), &assertion), Ok(()));
    assert_eq!(judge(&presented(), &authentication), Ok(()));
    assert_eq!(judge(&options(), &authentication).unwrap_err().code(), "bad_proof_option");
    assert_eq!(judge(&presented(), &assertion).unwrap_err().code(), "bad_proof_option");
    let proof = data_integrity::sign(&document(), &presented(), &ED25519).unwrap();
    let refused = data_integrity::verify(&document(), &proof, ED25519.public_key()).unwrap_err();
    assert!(matches!(refused, ProofError::BadOption { member: "proofPurpose", .. }));
}

#[test]
fn the_domains_must_be_the_same_ones_and_the_challenge_the_one_that_was_sent() {
    let expected = |domain, challenge| {
        judge(&presented(), &Expectations { purpose: Purpose::Authentication, domain, challenge, now: None })
            .map_err(|error| match error {
                ProofError::BadOption { member, .. } => member,
                other => panic!("{other}"),
            })
    };
    assert_eq!(expected(&[], None), Ok(()));
    assert_eq!(expected(&["b.example", "a.example"], Some("c1")), Ok(()));
    assert_eq!(expected(&["a.example"], None), Err("domain"));
    assert_eq!(expected(&["a.example", "b.example", "c.example"], None), Err("domain"));
    assert_eq!(expected(&["a.example", "B.example"], None), Err("domain"));
    assert_eq!(expected(&[], Some("c2")), Err("challenge"));
    assert_eq!(expected(&[], Some("")), Err("challenge"));
    let silent = Expectations { domain: &["a.example"], ..Expectations::default() };
    assert_eq!(judge(&options(), &silent).unwrap_err().code(), "bad_proof_option");
    let silent = Expectations { challenge: Some("c1"), ..Expectations::default() };
    assert_eq!(judge(&options(), &silent).unwrap_err().code(), "bad_proof_option");
}

#[test]
fn di_9_a_proof_past_its_end_is_refused_where_the_moment_is_told() {
    let at = |now| {
        judge(
            &presented(),
            &Expectations { purpose: Purpose::Authentication, now, ..Expectations::default() },
        )
    };
    assert_eq!(at(None), Ok(()));
    assert_eq!(at(Some(moment("2026-11-23T10:59:59Z"))), Ok(()));
    assert_eq!(at(Some(moment("2026-11-23T11:00:00Z"))), Err(ProofError::Expired));
    let endless = Expectations { now: Some(moment("2999-01-01T00:00:00Z")), ..Expectations::default() };
    assert_eq!(judge(&options(), &endless), Ok(()));
}

#[test]
fn di_9_an_end_that_is_spelt_out_does_not_outlive_itself() {
    for secured in super::secured::every_suite() {
        let Ok(suite) = Suite::of(secured.proof.as_object().unwrap()) else { continue };
        if !suite.can_sign() {
            continue;
        }
        let options = ProofOptions { suite: Some(suite), ..presented() };
        let signer =
            crate::support::signers().into_iter().find(|it| *it.public_key() == secured.key).unwrap();
        let mut proof = data_integrity::sign(&document(), &options, signer).unwrap();
        let date = "http://www.w3.org/2001/XMLSchema#dateTime";
        let end = proof.as_object_mut().unwrap().remove("expires").unwrap();
        proof["https://w3id.org/security#expiration"] = json!({"@type": date, "@value": end});
        let expected = Expectations {
            purpose: Purpose::Authentication,
            now: Some(moment("2027-01-01T00:00:00Z")),
            ..Expectations::default()
        };
        let verified = data_integrity::verify_expecting(
            &document(),
            &[proof],
            0,
            &secured.key,
            &expected,
            &Options::default(),
        );
        assert!(verified.is_err(), "{}", secured.name);
    }
}

fn controller(relationship: &str, controller: &str) -> Value {
    json!({
        "id": ISSUER,
        "verificationMethod": [{
            "id": METHOD,
            "type": "Multikey",
            "controller": controller,
            "publicKeyMultibase": ED25519.public_key().to_multibase(),
        }],
        relationship: [METHOD],
    })
}

#[test]
fn di_4_a_key_counts_only_under_the_relationship_of_the_proofs_purpose() {
    let proof =
        |options| Proof::read(&data_integrity::sign(&document(), &options, &ED25519).unwrap()).unwrap();
    for (made, other) in [("assertionMethod", "authentication"), ("authentication", "assertionMethod")] {
        let proof = proof(ProofOptions { purpose: Purpose::parse(made).unwrap(), ..options() });
        let found = proof.find_method(&controller(made, ISSUER), ISSUER).unwrap();
        assert_eq!(&found.key, ED25519.public_key());
        let error = proof.find_method(&controller(other, ISSUER), ISSUER).unwrap_err();
        assert_eq!(error.code(), "relationship", "{made}");
    }
}

#[test]
fn di_5_a_key_of_another_controller_does_not_count() {
    let proof = Proof::read(&super::proof()).unwrap();
    let listed = controller("assertionMethod", "https://evil.example/");
    assert_eq!(proof.find_method(&listed, ISSUER).unwrap_err().code(), "controller");
    let good = controller("assertionMethod", ISSUER);
    assert_eq!(proof.find_method(&good, "https://evil.example/").unwrap_err().code(), "controller");
}

#[test]
fn di_6_the_fragment_of_a_did_key_must_be_the_key() {
    let keys = [ED25519.public_key(), P256.public_key()].map(|key: &PublicKey| key.to_multibase().unwrap());
    let method = format!("did:key:{}#{}", keys[0], keys[1]);
    let options = ProofOptions::new(options().created, method);
    let proof = data_integrity::sign(&document(), &options, &ED25519).unwrap();
    let read = Proof::read(&proof).unwrap();
    assert_eq!(did::parse_did_key_method(&read.verification_method).unwrap_err().code(), "bad_identifier");
}
