//! Prepared documents are signed as if they had been read anew.

use accolade_linked_data::{HashAlgorithm, Options, Prepared};
use accolade_signing::data_integrity::{self, PreparedProof, ProofOptions, Suite};
use accolade_signing::{KeyType, Signer};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{document, options};
use crate::support::{ED25519, P256, P384, RSA, with};

const HOLES: [&str; 3] = ["/id", "/validFrom", "/credentialSubject/achievement/name"];

fn prepared() -> Prepared {
    Prepared::new(&document(), &HOLES, &Options::default()).unwrap()
}

fn with_texts(texts: [&str; 3]) -> Value {
    let mut filled = document();
    for (pointer, text) in HOLES.into_iter().zip(texts) {
        *filled.pointer_mut(pointer).unwrap() = text.into();
    }
    filled
}

/// Both roads with the same texts: equal proofs where the signature is always the same one, equal errors, and proofs that
/// hold.
fn compare(texts: [&str; 3], options: &ProofOptions, signer: &Signer) {
    let filled = with_texts(texts);
    let general = data_integrity::sign(&filled, options, signer);
    match data_integrity::sign_prepared(&prepared(), &texts, options, signer) {
        Ok(proof) => {
            if signer.public_key().key_type() == KeyType::Ed25519 {
                assert_eq!(general, Ok(proof.clone()));
            }
            assert_eq!(data_integrity::verify(&filled, &proof, signer.public_key()), Ok(()));
            let text = data_integrity::secured_json(&prepared(), &texts, &proof).unwrap();
            let secured: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(data_integrity::split(&secured).unwrap(), (filled.clone(), vec![proof]));
            let prepared = prepared();
            let series = PreparedProof::new(&prepared, options, signer).unwrap();
            let at_once: Value = serde_json::from_str(&series.secured_json(&texts).unwrap()).unwrap();
            let (document, proofs) = data_integrity::split(&at_once).unwrap();
            assert_eq!(document, filled);
            assert_eq!(data_integrity::verify(&filled, &proofs[0], signer.public_key()), Ok(()));
            if signer.public_key().key_type() == KeyType::Ed25519 {
                assert_eq!(series.secured_json(&texts).unwrap(), text);
                assert_eq!(series.sign_json(&texts).unwrap(), proofs[0].to_string());
            }
        }
        Err(error) => assert_eq!(general, Err(error)),
    }
}

#[test]
fn every_suite_signs_a_prepared_document_as_it_signs_the_document() {
    let texts = ["urn:uuid:1", "2026-11-23T10:00:00Z", "A \"name\"\u{7}"];
    for suite in Suite::ALL.map(Some).into_iter().chain([None]) {
        for signer in [&*ED25519, &P256, &P384, &RSA] {
            compare(texts, &ProofOptions { suite, ..options() }, signer);
        }
    }
}

#[test]
fn what_cannot_be_signed_is_refused_alike() {
    for texts in [["relative", "2026-11-23T10:00:00Z", "x"], ["urn:a b", "x", "y"], ["_:b0", "x", "y"]] {
        compare(texts, &options(), &ED25519);
    }
    let texts = ["urn:uuid:1", "2026-11-23T10:00:00Z", "x"];
    compare(texts, &ProofOptions { verification_method: "#key".into(), ..options() }, &ED25519);
    compare(texts, &ProofOptions { previous_proof: vec!["urn:a".into()], ..options() }, &ED25519);
    let error = data_integrity::sign_prepared(&prepared(), &texts[..2], &options(), &ED25519).unwrap_err();
    assert_eq!(error.code(), "not_a_hole");
    assert_eq!(
        data_integrity::secured_json(&prepared(), &texts[..2], &json!({})).unwrap_err().code(),
        "not_a_hole"
    );
    let secured = with(&document(), "", "proof", super::proof());
    let secured = Prepared::new(&secured, &HOLES, &Options::default()).unwrap();
    let error = data_integrity::sign_prepared(&secured, &texts, &options(), &ED25519).unwrap_err();
    assert_eq!(error.code(), "bad_document");
}

#[test]
fn a_document_prepared_for_another_hash_is_signed_as_well() {
    let texts = ["urn:uuid:1", "2026-11-23T10:00:00Z", "x"];
    let prepared_384 =
        Prepared::new(&document(), &HOLES, &Options { hash: HashAlgorithm::Sha384, ..Options::default() })
            .unwrap();
    for signer in [&*ED25519, &P384] {
        let proof = data_integrity::sign_prepared(&prepared_384, &texts, &options(), signer).unwrap();
        assert_eq!(data_integrity::verify(&with_texts(texts), &proof, signer.public_key()), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_texts_are_signed_or_refused_alike(id in "(urn:[a-z]{1,8}|\\PC{0,8})", from in "\\PC{0,24}", name in "[ -~\u{0}-\u{1f}]{0,24}") {
        compare([&id, &from, &name], &options(), &ED25519);
    }
}
