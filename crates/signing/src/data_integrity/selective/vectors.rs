//! W3C's two published examples of the suite, every step to the byte. They are not part of this repository: the environment variable
//! `ACCOLADE_VECTORS` says where they are.
#![allow(clippy::string_slice, reason = "the texts cut here are ASCII")]

mod example;

use accolade_linked_data::{Gaps, canonicalize, select};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use self::example::{
    SELECTIVE, at, bytes, entries, examples, numbers, others, proof_key, reading, signatures, text, texts,
};
use super::base::{options_hash, signing_input, verify_apart};
use super::derived::Disclosure;
use super::proof_value::{DerivedValue, Label, Signature, public_key};
use super::statements::{hash, parted, relabelled};
use super::{derive_with, verify_base_with};
use crate::data_integrity::proof::Checked;
use crate::data_integrity::{ProofError, explain};

#[test]
fn the_document_becomes_the_published_statements() {
    for example in examples() {
        let canonical = canonicalize(&example.document, &reading()).unwrap();
        assert_eq!(canonical, texts(&example.file("addBaseDocCanon")).concat());
        assert_eq!(example.statements().lines, texts(&example.file("addBaseDocHMACCanon")));
    }
}

#[test]
fn the_mandatory_pointers_choose_the_published_group() {
    for example in examples() {
        let file = example.file("addBaseTransform");
        assert_eq!(text(&file["hmacKeyString"]), text(&example.keys["hmacKeyString"]));
        let (lines, mandatory) = (example.statements().lines, example.mandatory());
        assert_eq!(at(&lines, mandatory.iter().copied()), entries(&file["mandatory"]));
        assert_eq!(at(&lines, others(&lines, &mandatory)), entries(&file["nonMandatory"]));
        for entry in example.file("addPointerValues").as_array().unwrap() {
            assert_eq!(example.document.pointer(text(&entry["pointer"])), Some(&entry["value"]));
        }
    }
}

#[test]
fn options_and_mandatory_statements_hash_to_the_published_values() {
    for example in examples() {
        let published = example.file("addProofConfig");
        let canonical = std::fs::read_to_string(example.folder.join("addProofConfigCanon.txt")).unwrap();
        assert_eq!(canonicalize(&published, &reading()).unwrap(), canonical);
        let proof = Value::Object(example.proof.clone());
        for options in [&published, &proof] {
            let explained = explain(&example.document, options, &reading()).unwrap();
            assert_eq!(explained.canonical_options, canonical);
        }

        let file = example.file("addHashData");
        let checked = Checked::read(&proof).unwrap();
        let proof_hash = options_hash(&example.document, &checked, &reading()).unwrap();
        assert_eq!(proof_hash, bytes(&file["proofHash"]));
        assert_eq!(proof_hash, <[u8; 32]>::from(Sha256::digest(canonical)));
        let lines = example.statements().lines;
        let (mandatory, _) = parted(&lines, &example.mandatory());
        assert_eq!(hash(&mandatory), bytes(&file["mandatoryHash"]));
    }
}

#[test]
fn the_base_proof_value_is_read_and_written_to_the_byte() {
    for example in examples() {
        let base = example.base();
        let file = example.file("addRawBaseSignatureInfo");
        assert_eq!(base.base_signature, bytes(&file["baseSignature"]));
        assert_eq!(base.proof_key, proof_key(&file["publicKey"]));
        assert_eq!(base.proof_key, proof_key(&example.keys["proofKeyPair"]["publicKeyMultibase"]));
        assert_eq!(base.signatures, signatures(&file["signatures"]));
        assert_eq!(base.mandatory_pointers, texts(&file["mandatoryPointers"]));
        assert_eq!(base.hmac_key, example.hmac_key());
        assert_eq!(base.to_text(), text(&example.proof["proofValue"]));

        let file = example.file("derivedRecoveredBaseData");
        assert_eq!(base.base_signature, bytes(&file["baseSignature"]));
        assert_eq!(base.proof_key, proof_key(&file["proofPublicKey"]));
        assert_eq!(base.hmac_key, bytes(&file["hmacKey"]));
        assert_eq!(base.signatures, signatures(&file["signatures"]));
        assert_eq!(base.mandatory_pointers, texts(&file["mandatoryPointers"]));
    }
}

#[test]
fn the_base_signatures_verify() {
    for example in examples() {
        let base = example.base();
        let lines = example.statements().lines;
        let (mandatory, others) = parted(&lines, &example.mandatory());
        let proof_hash = bytes(&example.file("addHashData")["proofHash"]);
        let input = signing_input(&proof_hash, &base.proof_key, &hash(&mandatory));
        example.issuer_key().verify(&input, &base.base_signature).unwrap();
        assert_eq!(others.len(), base.signatures.len());
        let key = public_key(&base.proof_key).unwrap();
        for (line, signature) in others.iter().zip(&base.signatures) {
            key.verify(line.as_bytes(), signature).unwrap();
        }
        verify_apart(&others, &base.proof_key, &base.signatures).unwrap();

        let proof = Value::Object(example.proof.clone());
        verify_base_with(&example.document, &proof, &example.issuer_key(), &reading()).unwrap();
    }
}

#[test]
fn the_groups_of_a_derivation_are_the_published_ones() {
    for example in examples() {
        let statements = example.statements();
        let base = example.base();
        let mandatory: Vec<&str> = base.mandatory_pointers.iter().map(String::as_str).collect();
        let combined = [mandatory.as_slice(), &SELECTIVE].concat();
        let indexes = example.file("derivedGroupIndexes");
        let groups = example.file("derivedAllGroupData");
        for (name, pointers) in
            [("mandatory", mandatory.as_slice()), ("selective", &SELECTIVE), ("combined", &combined)]
        {
            let part = statements.chosen(&example.document, pointers, &reading()).unwrap();
            assert_eq!(part.indexes, numbers(&indexes[format!("{name}Indexes")]), "{name}");
            let group = &groups["groups"][name];
            assert_eq!(at(&statements.lines, part.indexes.iter().copied()), entries(&group["matching"]));
            let others = others(&statements.lines, &part.indexes);
            assert_eq!(at(&statements.lines, others), entries(&group["nonMatching"]));
            assert_eq!(part.indexes.len(), group["deskolemizedNQuads"].as_array().unwrap().len());
        }
        let others = others(&statements.lines, &example.mandatory());
        assert_eq!(others, numbers(&indexes["nonMandatoryIndexes"]));
        assert_eq!(statements.lines, texts(&groups["nquads"]));
        assert_eq!(statements.lines.len(), groups["deskolemizedNQuads"].as_array().unwrap().len());
        // Its keys are random names; the values are our labels.
        let mut labels: Vec<&str> =
            groups["labelMap"]["value"].as_array().unwrap().iter().map(|entry| text(&entry[1])).collect();
        labels.sort_unstable();
        let mut own: Vec<&str> = statements
            .lines
            .iter()
            .flat_map(|line| line.split(' '))
            .filter_map(|term| term.strip_prefix("_:"))
            .collect();
        own.sort_unstable();
        own.dedup();
        assert_eq!(own, labels);
    }
}

#[test]
fn a_derivation_gives_the_published_document_and_proof_value() {
    for example in examples() {
        let disclosure = Disclosure::of(&example.document, example.base(), &SELECTIVE, &reading()).unwrap();
        assert_eq!(disclosure.document, example.file("derivedUnsignedReveal"));

        let value = &disclosure.value;
        let adjusted = example.file("derivedAdjSignatures");
        assert_eq!(value.signatures, signatures(&adjusted["filteredSignatures"]));
        let at: Vec<Signature> = numbers(&adjusted["adjSignatureIndexes"])
            .into_iter()
            .map(|index| example.base().signatures[index])
            .collect();
        assert_eq!(value.signatures, at);
        let indexes = example.file("derivedAdjMandatoryIndexes");
        assert_eq!(value.mandatory_indexes, numbers(&indexes["adjMandatoryIndexes"]));

        let file = example.file("derivedDisclosureData");
        assert_is_published(value, &file, &file["labelMap"]["value"]);
        let secured = derive_with(&example.secured, &SELECTIVE, &reading()).unwrap();
        assert_eq!(secured, example.file("derivedRevealDocument"));
    }
}

fn assert_is_published(value: &DerivedValue, file: &Value, labels: &Value) {
    assert_eq!(value.base_signature, bytes(&file["baseSignature"]));
    assert_eq!(value.proof_key, proof_key(&file["publicKey"]));
    assert_eq!(value.signatures, signatures(&file["signatures"]));
    assert_eq!(value.mandatory_indexes, numbers(&file["mandatoryIndexes"]));
    let label = |(number, entry): (usize, &Value)| -> Label {
        assert_eq!(text(&entry[0]), format!("c14n{number}"));
        crate::base64url::decode(text(&entry[1]).strip_prefix('u').unwrap()).unwrap().try_into().unwrap()
    };
    let labels: Vec<Label> = labels.as_array().unwrap().iter().enumerate().map(label).collect();
    assert_eq!(value.labels, labels);
}

#[test]
fn the_derived_proof_verifies_by_the_published_steps() {
    for example in examples() {
        let (document, proof) = example.derived();
        let value = DerivedValue::read(text(&proof["proofValue"])).unwrap();
        assert_eq!(value.to_text(), text(&proof["proofValue"]));
        let file = example.file("verifyDerivedProofValue");
        assert_is_published(&value, &file, &file["labelMap"]);

        let lines = relabelled(&document, &value.labels, &reading()).unwrap();
        assert_eq!(lines, texts(&example.file("verifyNQuads")));
        let file = example.file("verifyCreateVerifyData");
        let (mandatory, others) = parted(&lines, &value.mandatory_indexes);
        assert_eq!(hash(&mandatory), bytes(&file["mandatoryHash"]));
        assert_eq!(others, texts(&file["nonMandatory"]));
        assert_eq!(value.base_signature, bytes(&file["baseSignature"]));
        assert_eq!(value.proof_key, proof_key(&file["publicKey"]));
        assert_eq!(value.signatures, signatures(&file["signatures"]));
        let whole = Value::Object(proof.clone());
        let proof_hash = options_hash(&document, &Checked::read(&whole).unwrap(), &reading()).unwrap();
        assert_eq!(proof_hash, bytes(&file["proofHash"]));
        example.verify(&document, &proof).unwrap();
    }
}

#[test]
fn a_change_of_one_character_anywhere_is_refused() {
    for example in examples() {
        let (document, proof) = example.derived();
        for pointer in
            ["/issuer/id", "/issuer/image", "/validFrom", "/validUntil", "/credentialSubject/birthCountry"]
        {
            let mut changed = document.clone();
            let place = changed.pointer_mut(pointer).unwrap();
            *place = text(place).replacen(['1', 'B', 'A', 'z'], "2", 1).into();
            assert_ne!(changed, document);
            assert_eq!(example.verify(&changed, &proof), Err(ProofError::BadSignature), "{pointer}");
        }
        let value = text(&proof["proofValue"]).to_owned();
        for (at, letter) in value.char_indices().step_by(7) {
            let mut changed = proof.clone();
            let other = if letter == 'A' { "B" } else { "A" };
            changed["proofValue"] = format!("{}{other}{}", &value[..at], &value[at + 1..]).into();
            assert!(example.verify(&document, &changed).is_err(), "at {at}");
        }
        let mut changed = proof;
        changed["created"] = "2023-08-15T23:36:39Z".into();
        assert_eq!(example.verify(&document, &changed), Err(ProofError::BadSignature));
    }
}

#[test]
fn closed_gaps_and_gaps_of_null_choose_the_same() {
    for example in examples() {
        let part = |gaps| {
            let part = select(&example.document, &SELECTIVE, gaps).unwrap();
            canonicalize(&part, &reading()).unwrap()
        };
        assert_eq!(part(Gaps::Closed), part(Gaps::Null));
    }
}
