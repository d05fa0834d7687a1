//! Derived proof values that nobody honest makes.
#![allow(clippy::string_slice, reason = "the texts cut here are ASCII")]

use std::sync::LazyLock;

use accolade_core::{Entropy, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::cbor::Writer;
use super::proof_value::{BaseValue, DerivedValue, public_key};
use super::{MOST_SIGNATURES, SelectiveError, create_base, derive};
use crate::data_integrity::{self, ProofError, ProofOptions};
use crate::{KeyType, PrivateKey, Signer, base64url};

struct Sevens;

impl Entropy for Sevens {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

/// A base proof of a small document, and a proof derived of it.
struct Example {
    signer: Signer,
    base: String,
    /// With its base proof.
    whole: Value,
    document: Value,
    proof: Value,
    value: DerivedValue,
}

static EXAMPLE: LazyLock<Example> = LazyLock::new(|| {
    let signer = Signer::new(&PrivateKey::generate(KeyType::P256, &Sevens).unwrap()).unwrap();
    let mut document = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": ["VerifiableCredential"],
        "name": "N",
        "description": "D",
        "issuer": "https://badges.example/issuers/1",
        "validUntil": "2036-11-23T10:00:00Z",
        "credentialSubject": [{"name": "one"}, {"name": "two"}]
    });
    let options =
        ProofOptions::new(Timestamp::parse("2026-11-23T10:00:00Z").unwrap(), "https://badges.example/1#k");
    let base = create_base::<&str>(&document, &[], &options, &signer, &Sevens).unwrap();
    document["proof"] = base.clone();
    let whole = document;
    let derived = derive(&whole, &["/name", "/credentialSubject"]).unwrap();
    let (shown, proofs) = data_integrity::split(&derived).unwrap();
    let value = DerivedValue::read(proofs[0]["proofValue"].as_str().unwrap()).unwrap();
    let base = base["proofValue"].as_str().unwrap().to_owned();
    Example { signer, base, whole, document: shown, proof: proofs[0].clone(), value }
});

fn verify(text: &str) -> Result<(), ProofError> {
    let mut proof = EXAMPLE.proof.clone();
    proof["proofValue"] = text.into();
    data_integrity::verify(&EXAMPLE.document, &proof, EXAMPLE.signer.public_key())
}

/// Why the proof with such a value is refused.
fn refusal(text: &str) -> &'static str {
    verify(text).unwrap_err().code()
}

/// Why the proof is refused when its value was changed so.
fn refusal_after(change: impl FnOnce(&mut DerivedValue)) -> &'static str {
    let mut value = EXAMPLE.value.clone();
    change(&mut value);
    assert_ne!(value, EXAMPLE.value);
    refusal(&value.to_text())
}

fn text_of(bytes: &[u8]) -> String {
    format!("u{}", base64url::encode(bytes))
}

fn bytes() -> Vec<u8> {
    base64url::decode(&EXAMPLE.value.to_text()[1..]).unwrap()
}

/// The example's value with a map of labels, and indexes, written by hand.
fn by_hand(labels: &[(usize, [u8; 32])], indexes: &[usize]) -> String {
    let value = &EXAMPLE.value;
    let mut out = Writer::after(&[0xd9, 0x5d, 0x01]);
    out.array(5);
    out.bytes(&value.base_signature);
    out.bytes(&value.proof_key);
    out.array(value.signatures.len());
    value.signatures.iter().for_each(|signature| out.bytes(signature));
    out.map(labels.len());
    for (number, label) in labels {
        out.unsigned(*number);
        out.bytes(label);
    }
    out.array(indexes.len());
    indexes.iter().for_each(|index| out.unsigned(*index));
    text_of(&out.into_bytes())
}

#[test]
fn the_example_verifies_and_so_do_labels_in_another_order() {
    let value = &EXAMPLE.value;
    verify(&value.to_text()).unwrap();
    assert_eq!((value.labels.len(), value.signatures.len(), value.mandatory_indexes.len()), (3, 5, 3));
    let reversed: Vec<(usize, [u8; 32])> = value.labels.iter().copied().enumerate().rev().collect();
    verify(&by_hand(&reversed, &value.mandatory_indexes)).unwrap();
}

#[test]
fn a_label_map_that_does_not_fit_is_refused() {
    let value = &EXAMPLE.value;
    let [a, b, c] = *value.labels.as_slice() else { panic!("three blank nodes") };
    let with = |labels: &[(usize, [u8; 32])]| refusal(&by_hand(labels, &value.mandatory_indexes));
    let twice = by_hand(&[(0, a), (1, b), (1, c)], &value.mandatory_indexes);
    assert_eq!(verify(&twice), Err(SelectiveError::LabelMap("a label is there twice").into()));
    assert_eq!(with(&[(0, a), (1, b), (3, c)]), "bad_label_map");
    assert_eq!(with(&[(0, a), (1, b), (usize::MAX, c)]), "bad_label_map");
    assert_eq!(with(&[(0, a), (1, b)]), "bad_label_map");
    assert_eq!(with(&[]), "bad_label_map");
    assert_eq!(with(&[(0, a), (1, b), (2, c), (3, [0; 32])]), "bad_label_map");
    assert_eq!(with(&[(0, a), (1, b), (2, b)]), "bad_label_map", "two nodes would become one");
    assert_eq!(with(&[(0, b), (1, c), (2, a)]), "bad_signature");
    assert_eq!(with(&[(0, a), (1, b), (2, [0; 32])]), "bad_signature");
}

#[test]
fn indexes_that_do_not_fit_are_refused() {
    let indexes = EXAMPLE.value.mandatory_indexes.clone();
    let [first, second, third] = *indexes.as_slice() else { panic!("three mandatory statements") };
    let with = |indexes: &[usize]| refusal_after(|value| value.mandatory_indexes = indexes.to_vec());
    assert_eq!(with(&[first, third, second]), "bad_mandatory_indexes");
    assert_eq!(with(&[first, first, second, third]), "bad_mandatory_indexes");
    assert_eq!(with(&[first, second, third, 8]), "bad_mandatory_indexes");
    assert_eq!(with(&[first, second, third, usize::MAX]), "bad_mandatory_indexes");
    assert_eq!(with(&[first, second, third, 7]), "bad_signature");
    assert_eq!(with(&[first, second]), "bad_signature");
    assert_eq!(with(&[]), "bad_signature");
}

#[test]
fn each_statement_needs_its_own_signature() {
    assert_eq!(refusal_after(|value| value.signatures.truncate(4)), "bad_signature_count");
    assert_eq!(refusal_after(|value| value.signatures.clear()), "bad_signature_count");
    assert_eq!(refusal_after(|value| value.signatures.push([1; 64])), "bad_signature_count");
    assert_eq!(refusal_after(|value| value.signatures.swap(0, 1)), "bad_signature");
    assert_eq!(refusal_after(|value| value.signatures[4] = [0; 64]), "bad_signature");
    assert_eq!(refusal_after(|value| value.signatures[0] = value.base_signature), "bad_signature");
    assert_eq!(refusal_after(|value| value.base_signature = value.signatures[0]), "bad_signature");
    let many = vec![[1; 64]; MOST_SIGNATURES + 1];
    assert_eq!(refusal_after(|value| value.signatures = many), "complexity_limit");
}

#[test]
fn the_key_inside_must_be_a_p256_key_and_the_one_that_the_issuer_signed() {
    let good = EXAMPLE.value.proof_key;
    assert!(public_key(&good).is_ok());
    let mut off_curve = good;
    off_curve[3..].fill(0xff);
    let mut of_ed25519 = good;
    of_ed25519[..2].copy_from_slice(&[0xed, 0x01]);
    let mut of_p384 = good;
    of_p384[..2].copy_from_slice(&[0x81, 0x24]);
    for key in [[7; 35], off_curve, of_ed25519, of_p384] {
        assert_eq!(public_key(&key), Err(SelectiveError::ProofKey));
        // The base signature covers the key, so the statements are not even looked at.
        assert_eq!(refusal_after(|value| value.proof_key = key), "bad_signature");
    }
}

/// What comes of deriving from the example's base proof after a change of its value.
fn derived_after(change: impl FnOnce(&mut BaseValue)) -> Result<Value, ProofError> {
    let mut value = BaseValue::read(&EXAMPLE.base).unwrap();
    change(&mut value);
    let mut secured = EXAMPLE.whole.clone();
    secured["proof"]["proofValue"] = value.to_text().into();
    derive(&secured, &["/name"])
}

#[test]
fn a_base_value_that_does_not_fit_the_document_gives_no_proof_that_holds() {
    let refusal = |change: fn(&mut BaseValue)| derived_after(change).unwrap_err().code();
    assert_eq!(refusal(|value| value.signatures.truncate(3)), "bad_signature_count");
    assert_eq!(refusal(|value| value.signatures.push([1; 64])), "bad_signature_count");
    assert_eq!(refusal(|value| value.mandatory_pointers.push("/nobody".into())), "bad_pointer");
    assert_eq!(refusal(|value| value.mandatory_pointers.push("/@context/0".into())), "bad_pointer");
    assert_eq!(refusal(|value| value.mandatory_pointers.clear()), "bad_signature_count");

    let lies: [fn(&mut BaseValue); 4] = [
        |value| value.hmac_key = [8; 32],
        |value| value.base_signature.reverse(),
        |value| value.signatures.reverse(),
        |value| value.mandatory_pointers.retain(|pointer| pointer != "/validUntil"),
    ];
    for lie in lies {
        let shown = match derived_after(lie) {
            Ok(shown) => data_integrity::split(&shown).unwrap(),
            Err(error) => {
                assert_eq!(error.code(), "bad_signature_count");
                continue;
            }
        };
        let verified = data_integrity::verify(&shown.0, &shown.1[0], EXAMPLE.signer.public_key());
        assert_eq!(verified, Err(ProofError::BadSignature));
    }
}

#[test]
fn a_base_value_is_no_derived_value_nor_the_other_way_round() {
    assert_eq!(refusal(&EXAMPLE.base), "base_proof");
    assert_eq!(BaseValue::read(&EXAMPLE.value.to_text()), Err(SelectiveError::DerivedProof));
    let mut other = bytes();
    for third in [0x02, 0x03, 0xff] {
        other[2] = third;
        assert_eq!(refusal(&text_of(&other)), "bad_proof_value", "the header of another suite");
    }
    // The same components under the other header.
    other[2] = 0x00;
    assert!(matches!(BaseValue::read(&text_of(&other)), Err(SelectiveError::Cbor { .. })));
}

#[test]
fn another_text_for_the_same_value_is_refused() {
    let good = EXAMPLE.value.to_text();
    let spare_bits = format!("{}{}", &good[..good.len() - 1], if good.ends_with('A') { 'B' } else { 'A' });
    for text in [
        String::new(),
        "u".to_owned(),
        good[1..].to_owned(),
        format!("z{}", &good[1..]),
        format!("U{}", &good[1..]),
        format!("{good}="),
        format!("{good}A"),
        format!(" {good}"),
        spare_bits,
        "u2V0BA".to_owned(),
    ] {
        assert!(verify(&text).is_err(), "{text:.40}");
    }
    let long = format!("u{}", "A".repeat(1 << 20));
    assert_eq!(verify(&long), Err(SelectiveError::Encoding("it is too long").into()));
}

#[test]
fn another_encoding_of_the_same_value_is_refused() {
    let good = bytes();
    assert_eq!(good[3..6], [0x85, 0x58, 0x40], "an array of five, then 64 bytes");
    let with = |range: std::ops::Range<usize>, new: &[u8]| {
        let mut changed = good.clone();
        changed.splice(range, new.iter().copied());
        refusal(&text_of(&changed))
    };
    assert_eq!(with(3..4, &[0x98, 0x05]), "bad_proof_value", "a longer length of the array");
    assert_eq!(with(4..6, &[0x59, 0x00, 0x40]), "bad_proof_value", "a longer length of a string");
    assert_eq!(with(4..4, &[0xd8, 0x40]), "bad_proof_value", "a tag before a string");
    assert_eq!(with(3..4, &[0x9f]), "bad_proof_value", "an indefinite array");
    assert_eq!(with(3..4, &[0x86]), "bad_proof_value", "six components");
    assert_eq!(with(3..4, &[0x84]), "bad_proof_value", "four components");
    assert_eq!(with(3..4, &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), "bad_proof_value");
    assert_eq!(with(4..6, &[0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), "bad_proof_value");
    assert_eq!(with(good.len()..good.len(), &[0x00]), "bad_proof_value", "a byte too many");
    for length in 0..good.len() {
        assert_eq!(refusal(&text_of(&good[..length])), "bad_proof_value", "cut after {length}");
    }
}

/// A byte put in place of another, put in, or taken out, some times over.
type Edits = Vec<(prop::sample::Index, u8, u8)>;

fn edits() -> impl Strategy<Value = Edits> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..4)
}

fn edited(text: &str, edits: Edits) -> String {
    let mut bytes = base64url::decode(&text[1..]).unwrap();
    for (at, byte, kind) in edits {
        match kind {
            0 => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            1 => bytes.insert(at.index(bytes.len() + 1), byte),
            _ => drop(bytes.remove(at.index(bytes.len()))),
        }
    }
    text_of(&bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn changed_bytes_never_verify(edits in edits()) {
        let text = edited(&EXAMPLE.value.to_text(), edits);
        prop_assume!(text != EXAMPLE.value.to_text());
        prop_assert!(verify(&text).is_err());
    }

    #[test]
    fn changed_base_values_are_derived_from_or_refused(edits in edits()) {
        let mut secured = EXAMPLE.whole.clone();
        secured["proof"]["proofValue"] = edited(&EXAMPLE.base, edits).into();
        if let Ok(shown) = derive(&secured, &["/name"]) {
            // Whatever became of it, what the issuer made mandatory is still there, or nobody takes it.
            let (document, proofs) = data_integrity::split(&shown).unwrap();
            let verified = data_integrity::verify(&document, &proofs[0], EXAMPLE.signer.public_key());
            prop_assert!(verified.is_err() || document.get("validUntil").is_some());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0..2_u8) {
        let text = text_of(&[&[0xd9, 0x5d, kind, 0x85][..], &bytes].concat());
        prop_assert!(verify(&text).is_err());
        let _ = BaseValue::read(&text);
    }
}
