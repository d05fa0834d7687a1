//! What holds for a proof of any suite but `ecdsa-sd-2023`.

use accolade_linked_data::{HashAlgorithm, Options};
use accolade_signing::data_integrity::{self, Proof, ProofError, ProofOptions, Suite};
use accolade_signing::{KeyType, PublicKey};
use serde_json::{Value, json};

use super::secured::every_suite;
use super::{METHOD, document, options, pointers};
use crate::support::{ED25519, P256, P384, RSA, signers, with};

#[test]
fn a_proof_of_each_suite_verifies_and_says_so() {
    let mut seen: Vec<Suite> = Vec::new();
    for secured in every_suite() {
        assert_eq!(secured.verify(&secured.document, &secured.proof), Ok(()), "{}", secured.name);
        let suite = Proof::read(&secured.proof).unwrap().suite;
        assert_eq!(Suite::of(secured.proof.as_object().unwrap()), Ok(suite));
        seen.push(suite);
    }
    seen.dedup();
    for suite in Suite::ALL {
        assert!(seen.contains(&suite) || suite == Suite::EcdsaSd2023, "{}", suite.name());
    }
}

#[test]
fn the_order_and_spacing_of_the_json_do_not_matter() {
    for secured in every_suite() {
        let text = serde_json::to_string_pretty(&secured.document).unwrap();
        let read = accolade_linked_data::json::parse(text.as_bytes()).unwrap();
        let reversed: serde_json::Map<_, _> =
            secured.proof.as_object().unwrap().clone().into_iter().rev().collect();
        assert_eq!(secured.verify(&read, &reversed.into()), Ok(()), "{}", secured.name);
    }
}

#[test]
fn the_key_chooses_the_suite_unless_it_is_asked_for() {
    for (signer, suite) in [
        (&*ED25519, Some(Suite::EddsaRdfc2022)),
        (&*P256, Some(Suite::EcdsaRdfc2019)),
        (&*P384, Some(Suite::EcdsaRdfc2019)),
        (&*RSA, None),
    ] {
        assert_eq!(Suite::for_key(signer.public_key().key_type()), suite);
        match (data_integrity::sign(&document(), &options(), signer), suite) {
            (Ok(proof), Some(suite)) => assert_eq!(proof["cryptosuite"], suite.name()),
            (Err(error), None) => assert_eq!(error.code(), "key_alg_mismatch"),
            (other, _) => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_older_suites_and_selective_disclosure_are_not_signed_with_here() {
    for suite in Suite::ALL {
        for signer in signers() {
            let options = ProofOptions { suite: Some(suite), ..options() };
            match data_integrity::sign(&document(), &options, signer) {
                Ok(_) => assert!(suite.can_sign(), "{}", suite.name()),
                Err(error) if suite.can_sign() => assert_eq!(error.code(), "key_alg_mismatch"),
                Err(error) => assert_eq!(error.code(), "unsupported_suite"),
            }
        }
    }
}

#[test]
fn a_key_of_another_kind_or_another_holder_verifies_nothing() {
    for secured in every_suite() {
        for signer in signers().into_iter().filter(|signer| *signer.public_key() != secured.key) {
            let error = data_integrity::verify(&secured.document, &secured.proof, signer.public_key());
            let both_ec = |kind| matches!(kind, KeyType::P256 | KeyType::P384);
            let code = match (both_ec(secured.key.key_type()), both_ec(signer.public_key().key_type())) {
                (true, true) => "bad_signature",
                _ => "key_alg_mismatch",
            };
            assert_eq!(error.unwrap_err().code(), code, "{}", secured.name);
        }
    }
    let other = PublicKey::from_multibase("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2").unwrap();
    for secured in every_suite().iter().filter(|secured| secured.key == *ED25519.public_key()) {
        let error = data_integrity::verify(&secured.document, &secured.proof, &other).unwrap_err();
        assert_eq!(error, ProofError::BadSignature, "{}", secured.name);
    }
}

#[test]
fn no_proof_passes_as_one_of_another_suite() {
    for secured in every_suite() {
        for suite in Suite::ALL
            .into_iter()
            .filter(|suite| Ok(*suite) != Proof::read(&secured.proof).map(|proof| proof.suite))
        {
            let mut proof = secured.proof.clone();
            if suite == Suite::Ed25519Signature2020 {
                proof["type"] = suite.name().into();
                proof.as_object_mut().unwrap().remove("cryptosuite");
            } else {
                proof["type"] = "DataIntegrityProof".into();
                proof["cryptosuite"] = suite.name().into();
            }
            assert!(
                secured.verify(&secured.document, &proof).is_err(),
                "{} as {}",
                secured.name,
                suite.name()
            );
        }
    }
}

#[test]
fn di_2_a_proof_without_its_members_is_refused_in_every_suite() {
    for secured in every_suite() {
        for member in ["type", "verificationMethod", "proofPurpose", "proofValue"] {
            for value in [Value::Null, json!(""), json!(7), json!([secured.proof[member]])] {
                let proof = with(&secured.proof, "", member, value);
                let error = secured.verify(&secured.document, &proof).unwrap_err();
                assert!(
                    ["bad_proof_option", "unsupported_suite"].contains(&error.code()),
                    "{member} {error}"
                );
            }
        }
    }
}

#[test]
fn di_8_a_signature_of_another_form_is_refused_in_every_suite() {
    for secured in every_suite() {
        let bytes = bs58::decode(&secured.proof["proofValue"].as_str().unwrap()[1..]).into_vec().unwrap();
        let encode = |bytes: &[u8]| format!("z{}", bs58::encode(bytes).into_string());
        let der = openssl::ecdsa::EcdsaSig::from_private_components(
            openssl::bn::BigNum::from_slice(&bytes[..bytes.len() / 2]).unwrap(),
            openssl::bn::BigNum::from_slice(&bytes[bytes.len() / 2..]).unwrap(),
        );
        let half = bytes.len() / 2;
        for bad in [
            encode(&der.unwrap().to_der().unwrap()),
            encode(&bytes[1..]),
            encode(&[&bytes[..], &[0]].concat()),
            encode(&[&[0], &bytes[..]].concat()),
            encode(&vec![0; bytes.len()]),
            encode(&[&vec![0; half], &bytes[half..]].concat()),
            encode(&[&bytes[..half], &vec![0; half]].concat()),
            encode(&[&bytes[half..], &bytes[..half]].concat()),
            encode(&vec![0xff; bytes.len()]),
            format!("u{}", crate::support::base64url(&bytes)),
            format!("z{}", "1".repeat(1_000_000)),
        ] {
            let proof = with(&secured.proof, "", "proofValue", json!(bad));
            let error = secured.verify(&secured.document, &proof).unwrap_err();
            assert!(
                ["bad_proof_option", "bad_signature"].contains(&error.code()),
                "{} {error}",
                secured.name
            );
        }
    }
}

#[test]
fn di_10_every_option_is_signed_in_every_suite() {
    for secured in every_suite() {
        for (member, value) in [
            ("created", json!("2026-11-23T10:00:01Z")),
            ("created", Value::Null),
            ("verificationMethod", json!(format!("{METHOD}x"))),
            ("nonce", json!("n")),
            ("domain", json!("badges.example")),
            ("domain", json!(["badges.example"])),
            ("challenge", json!("c")),
            ("id", json!("urn:uuid:7")),
            ("expires", json!("2030-01-01T00:00:00Z")),
        ] {
            let proof = with(&secured.proof, "", member, value);
            let error = secured.verify(&secured.document, &proof);
            assert_eq!(error, Err(ProofError::BadSignature), "{} {member}", secured.name);
        }
        let proof = with(&secured.proof, "", "comment", json!("x"));
        assert!(secured.verify(&secured.document, &proof).is_err(), "{}", secured.name);
    }
}

#[test]
fn di_10_every_option_that_was_signed_counts_to_the_last_character() {
    let full = ProofOptions {
        expires: Some(options().created.plus_seconds(60)),
        domain: vec!["a.example".into(), "b.example".into()],
        challenge: Some("challenge".into()),
        nonce: Some("nonce".into()),
        id: Some("urn:uuid:1".into()),
        ..options()
    };
    for secured in every_suite() {
        let Some(suite) =
            Proof::read(&secured.proof).ok().map(|proof| proof.suite).filter(|suite| suite.can_sign())
        else {
            continue;
        };
        let signer = signers().into_iter().find(|signer| *signer.public_key() == secured.key).unwrap();
        let options = ProofOptions { suite: Some(suite), ..full.clone() };
        let proof = data_integrity::sign(&secured.document, &options, signer).unwrap();
        assert_eq!(secured.verify(&secured.document, &proof), Ok(()), "{}", secured.name);
        for (member, value) in [
            ("expires", json!("2026-11-23T10:01:01Z")),
            ("domain", json!(["a.example", "b.exampl"])),
            ("domain", json!("a.example")),
            ("challenge", json!("Challenge")),
            ("nonce", json!("nonce ")),
            ("id", json!("urn:uuid:2")),
        ] {
            for value in [value, Value::Null] {
                let proof = with(&proof, "", member, value);
                let error = secured.verify(&secured.document, &proof);
                assert_eq!(error, Err(ProofError::BadSignature), "{} {member}", secured.name);
            }
        }
    }
}

#[test]
fn di_16_a_member_added_to_any_object_is_refused_in_every_suite() {
    for secured in every_suite() {
        let mut found = Vec::new();
        pointers(&secured.document, "", &mut found);
        for pointer in found {
            for (name, value) in
                [("undefinedThing", json!("x")), ("jti", json!("urn:x:1")), ("@id", json!("urn:x:1"))]
            {
                let changed = with(&secured.document, &pointer, name, value);
                assert!(
                    secured.verify(&changed, &secured.proof).is_err(),
                    "{} {pointer} {name}",
                    secured.name
                );
            }
        }
    }
}

#[test]
fn p_384_hashes_and_labels_with_sha_384() {
    let secured = &every_suite()[3];
    let with_384 = Options { hash: HashAlgorithm::Sha384, ..Options::default() };
    let explained = data_integrity::explain(&secured.document, &secured.proof, &with_384).unwrap();
    assert_eq!((explained.document_hash.len(), explained.signing_input.len()), (48, 96));
    let signature = bs58::decode(&secured.proof["proofValue"].as_str().unwrap()[1..]).into_vec().unwrap();
    assert_eq!(secured.key.verify(&explained.signing_input, &signature), Ok(()));
    // What the caller says about hashing does not matter where there is a key.
    for hash in [HashAlgorithm::Sha256, HashAlgorithm::Sha384] {
        for secured in every_suite() {
            let options = Options { hash, ..Options::default() };
            let verified =
                data_integrity::verify_with(&secured.document, &secured.proof, &secured.key, &options);
            assert_eq!(verified, Ok(()), "{}", secured.name);
        }
    }
}
