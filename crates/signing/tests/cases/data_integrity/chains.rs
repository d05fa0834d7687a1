//! Proof sets and chains of every suite.

use accolade_linked_data::Options;
use accolade_signing::data_integrity::{self, Proof, ProofOptions, Suite};
use accolade_signing::{PublicKey, Signer};
use serde_json::{Value, json};

use super::{document, options};
use crate::support::{ED25519, P256, P384, with};

/// Made when it is first asked for.
type Lazily = fn() -> &'static Signer;

const SUITES: [(Suite, Lazily); 4] = [
    (Suite::EddsaRdfc2022, || &ED25519),
    (Suite::EcdsaJcs2019, || &P256),
    (Suite::EcdsaRdfc2019, || &P384),
    (Suite::EddsaJcs2022, || &ED25519),
];

fn add(proofs: &[Value], suite: Suite, signer: &Signer, id: &str, previous: &[&str]) -> Value {
    let options = ProofOptions {
        suite: Some(suite),
        id: Some(id.to_owned()),
        previous_proof: previous.iter().map(|id| (*id).to_owned()).collect(),
        ..options()
    };
    data_integrity::sign_among(&document(), proofs, &options, signer, &Options::default()).unwrap()
}

fn verify(proofs: &[Value], index: usize, key: &PublicKey) -> Result<(), &'static str> {
    data_integrity::verify_among(&document(), proofs, index, key, &Options::default())
        .map_err(|error| error.code())
}

/// `urn:0` and `urn:1` by themselves, `urn:2` behind both, `urn:3` behind that.
fn chain() -> Vec<Value> {
    let mut proofs = Vec::new();
    for (index, previous) in [&[][..], &[], &["urn:1", "urn:0"], &["urn:2"]].into_iter().enumerate() {
        let (suite, signer) = SUITES[index];
        proofs.push(add(&proofs, suite, signer(), &format!("urn:{index}"), previous));
    }
    proofs
}

#[test]
fn proofs_of_different_suites_make_one_chain() {
    let proofs = chain();
    assert_eq!(proofs[3]["previousProof"], "urn:2");
    assert_eq!(Proof::read(&proofs[2]).unwrap().previous_proofs, ["urn:1", "urn:0"]);
    for (index, (_, signer)) in SUITES.into_iter().enumerate() {
        assert_eq!(verify(&proofs, index, signer().public_key()), Ok(()), "{index}");
    }
}

#[test]
fn every_suite_covers_the_proofs_before_it() {
    for (suite, signer) in SUITES {
        let mut proofs = chain();
        proofs.push(add(&proofs, suite, signer(), "urn:4", &["urn:1", "urn:3"]));
        assert_eq!(verify(&proofs, 4, signer().public_key()), Ok(()));
        for (changed, code) in
            [(0, Ok(())), (1, Err("bad_signature")), (2, Ok(())), (3, Err("bad_signature"))]
        {
            let mut proofs = proofs.clone();
            proofs[changed]["created"] = "2026-11-23T10:00:01Z".into();
            assert_eq!(verify(&proofs, 4, signer().public_key()), code, "{} {changed}", suite.name());
        }
    }
}

#[test]
fn the_order_of_the_ids_does_not_matter_but_they_are_signed() {
    let proofs = chain();
    let mut turned = proofs.clone();
    turned[2]["previousProof"] = json!(["urn:0", "urn:1"]);
    // RDF knows no order among them.
    assert_eq!(verify(&turned, 2, P384.public_key()), Ok(()));
    let jcs = add(&proofs, Suite::EddsaJcs2022, &ED25519, "urn:4", &["urn:1", "urn:0"]);
    // What is covered stands in the order of the document, as the standard goes through its proofs.
    let mut covered = document();
    covered["proof"] = json!([proofs[0], proofs[1]]);
    let input = data_integrity::explain(&covered, &jcs, &Options::default()).unwrap().signing_input;
    let value = bs58::decode(&jcs["proofValue"].as_str().unwrap()[1..]).into_vec().unwrap();
    assert_eq!(ED25519.public_key().verify(&input, &value), Ok(()));
    let mut turned = [proofs, vec![jcs]].concat();
    assert_eq!(verify(&turned, 4, ED25519.public_key()), Ok(()));
    turned[4]["previousProof"] = json!(["urn:0", "urn:1"]);
    assert_eq!(verify(&turned, 4, ED25519.public_key()), Err("bad_signature"));
}

#[test]
fn a_proof_taken_out_of_the_chain_or_added_to_it_is_noticed() {
    let mut proofs = chain();
    proofs.remove(1);
    assert_eq!(verify(&proofs, 1, P384.public_key()), Err("no_previous_proof"));
    assert_eq!(verify(&proofs, 0, ED25519.public_key()), Ok(()));
    let mut proofs = chain();
    proofs.push(with(&proofs[0], "", "created", json!("2026-11-23T10:00:01Z")));
    assert_eq!(verify(&proofs, 2, P384.public_key()), Err("no_previous_proof"), "two of one id");
    let without = with(&chain()[2], "", "previousProof", Value::Null);
    assert_eq!(verify(&[without], 0, P384.public_key()), Err("bad_signature"));
}

#[test]
fn di_12_a_good_proof_by_someone_else_does_not_make_the_issuers_good() {
    let good_by_attacker = add(&[], Suite::EcdsaRdfc2019, &P256, "urn:1", &[]);
    let bad_by_issuer = with(&super::proof(), "", "created", json!("2026-11-23T10:00:01Z"));
    let proofs = [good_by_attacker, bad_by_issuer];
    assert_eq!(verify(&proofs, 0, ED25519.public_key()), Err("key_alg_mismatch"));
    assert_eq!(verify(&proofs, 1, ED25519.public_key()), Err("bad_signature"));
}

#[test]
fn di_13_a_chain_cannot_be_begun_behind_a_proof_that_is_not_there() {
    let options = ProofOptions { previous_proof: vec!["urn:a".into()], ..options() };
    let refused = data_integrity::sign(&document(), &options, &ED25519).unwrap_err();
    assert_eq!(refused.code(), "no_previous_proof");
    let relative = ProofOptions { previous_proof: vec!["a".into()], ..options };
    assert_eq!(
        data_integrity::sign(&document(), &relative, &ED25519).unwrap_err().code(),
        "bad_proof_option"
    );
}

#[test]
fn di_13_a_proof_names_each_proof_it_follows_once_and_no_more_than_there_are() {
    let proofs = chain();
    let naming = |ids: Value| [proofs.clone(), vec![with(&proofs[2], "", "previousProof", ids)]].concat();
    assert_eq!(verify(&naming(json!(["urn:1", "urn:1"])), 4, P384.public_key()), Err("bad_proof_option"));
    let many = vec!["urn:1"; 1_000_000];
    assert_eq!(verify(&naming(json!(many)), 4, P384.public_key()), Err("no_previous_proof"));
}

#[test]
fn a_proof_is_not_given_the_id_of_another() {
    let proofs = chain();
    let options = ProofOptions { id: Some("urn:2".into()), ..options() };
    let refused = data_integrity::sign_among(&document(), &proofs, &options, &ED25519, &Options::default())
        .unwrap_err();
    assert_eq!(refused.code(), "bad_proof_option");
}

#[test]
fn di_13_a_circle_through_all_proofs_is_refused_and_so_are_too_many() {
    let chained = |at: usize, of: usize| {
        let proof = with(&super::proof(), "", "id", json!(format!("urn:{at}")));
        with(&proof, "", "previousProof", json!(format!("urn:{}", (at + 1) % of)))
    };
    for count in [1, 2, 3, 64] {
        let circle: Vec<_> = (0..count).map(|at| chained(at, count)).collect();
        assert_eq!(verify(&circle, 0, ED25519.public_key()), Err("no_previous_proof"), "{count}");
    }
    let many: Vec<_> = (0..65).map(|at| chained(at, 66)).collect();
    assert_eq!(verify(&many, 0, ED25519.public_key()), Err("bad_document"));
}

#[test]
fn di_13_a_proof_that_follows_a_missing_one_or_itself_is_refused() {
    let among = |proofs: &[Value], index| {
        let key = ED25519.public_key();
        data_integrity::verify_among(&document(), proofs, index, key, &Options::default())
            .map_err(|error| error.code())
    };
    let chained = |id: &str, previous: Value| {
        with(&with(&super::proof(), "", "id", json!(id)), "", "previousProof", previous)
    };
    assert_eq!(among(&[super::proof()], 0), Ok(()));
    assert_eq!(among(&[super::proof()], 1), Err("no_proof"));
    assert_eq!(among(&[chained("urn:a", json!("urn:b"))], 0), Err("no_previous_proof"));
    assert_eq!(among(&[chained("urn:a", json!("urn:a"))], 0), Err("no_previous_proof"));
    let circle = [
        chained("urn:a", json!("urn:b")),
        chained("urn:b", json!(["urn:c"])),
        chained("urn:c", json!("urn:a")),
    ];
    assert_eq!(among(&circle, 0), Err("no_previous_proof"));
    let twice = [
        chained("urn:a", json!("urn:b")),
        with(&super::proof(), "", "id", json!("urn:b")),
        with(&super::proof(), "", "id", json!("urn:b")),
    ];
    assert_eq!(among(&twice, 0), Err("no_previous_proof"));
    let alone = data_integrity::verify(&document(), &chained("urn:a", json!("urn:b")), ED25519.public_key());
    assert_eq!(alone.unwrap_err().code(), "no_previous_proof");
}
