//! Proofs that nobody would make.

use accolade_linked_data::Options;
use accolade_signing::data_integrity::{self, Proof, Suite};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::secured::every_suite;
use crate::support::signers;

const NAMES: [&str; 15] = [
    "type",
    "cryptosuite",
    "created",
    "expires",
    "verificationMethod",
    "proofPurpose",
    "proofValue",
    "domain",
    "challenge",
    "nonce",
    "id",
    "previousProof",
    "@context",
    "@id",
    "comment",
];

/// Any JSON, in which the texts that proofs are made of turn up often.
fn anything() -> impl Strategy<Value = Value> {
    let known = prop::sample::select(vec![
        "DataIntegrityProof",
        "Ed25519Signature2020",
        "assertionMethod",
        "authentication",
        "https://badges.example/public/issuers/1#z6Mk",
        "urn:a",
        "2026-11-23T10:00:00Z",
        "https://www.w3.org/ns/credentials/v2",
        "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        known.prop_map(Value::from),
        prop::sample::select(Suite::ALL.map(Suite::name).to_vec()).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(NAMES.to_vec()), inner, 0..6).prop_map(object),
        ]
    })
}

fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

/// A well-formed value by no one's hand.
fn a_value() -> impl Strategy<Value = Value> {
    prop_oneof![prop::collection::vec(any::<u8>(), 64), prop::collection::vec(any::<u8>(), 96)]
        .prop_map(|bytes| format!("z{}", bs58::encode(bytes).into_string()).into())
}

proptest! {
    #[test]
    fn arbitrary_json_as_a_proof_is_refused(proof in anything(), document in anything()) {
        for signer in signers() {
            prop_assert!(data_integrity::verify(&document, &proof, signer.public_key()).is_err());
        }
        let _ = data_integrity::explain(&document, &proof, &Options::default());
        let _ = data_integrity::split(&proof);
    }

    #[test]
    fn any_members_in_a_good_proof_are_refused(which in 0..8_usize, name in prop::sample::select(NAMES.to_vec()), value in anything(), signature in a_value()) {
        let secured = &every_suite()[which];
        let mut proof = secured.proof.clone();
        if proof.get(name) != Some(&value) {
            proof[name] = value;
            // A proof may repeat the document's own context, and nothing else of it.
            let same_context = name == "@context" && proof[name] == secured.document["@context"];
            let verified = data_integrity::verify(&secured.document, &proof, &secured.key);
            prop_assert!(verified.is_err() || same_context, "{}", proof);
        }
        let mut forged = secured.proof.clone();
        forged["proofValue"] = signature;
        prop_assert!(data_integrity::verify(&secured.document, &forged, &secured.key).is_err());
    }

    #[test]
    fn arbitrary_proofs_beside_a_good_one_are_no_trouble(proofs in prop::collection::vec(anything(), 0..4), ids in prop::collection::vec(0..4_usize, 0..4)) {
        let secured = &every_suite()[0];
        let mut proofs = proofs;
        for (proof, id) in proofs.iter_mut().zip(ids) {
            if let Some(members) = proof.as_object_mut() {
                members.insert("id".into(), json!(format!("urn:{id}")));
                members.insert("previousProof".into(), json!([format!("urn:{}", id + 1), "urn:0"]));
            }
        }
        for index in 0..proofs.len() {
            let verified = data_integrity::verify_among(&secured.document, &proofs, index, &secured.key, &Options::default());
            prop_assert!(verified.is_err());
        }
        proofs.insert(0, secured.proof.clone());
        let verified = data_integrity::verify_among(&secured.document, &proofs, 0, &secured.key, &Options::default());
        prop_assert_eq!(verified, Ok(()));
        prop_assert!(Proof::read(&proofs[0]).is_ok());
    }
}
