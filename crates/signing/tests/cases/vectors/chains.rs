//! Proof sets and proof chains.

use accolade_signing::data_integrity::{self, Proof, ProofOptions};
use accolade_signing::{Signer, did};
use serde_json::{Value, json};

use super::{assert_every_change_is_refused, assert_holds, folder, json as read, key_of_multibase, options};

#[test]
fn the_w3c_proof_sets_and_chains_verify() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let folder = folder.join("proof-set-chain");
    for (name, proofs_count) in [
        ("signedProofSet1.json", 1),
        ("signedProofSet2.json", 2),
        ("signedProofChain1.json", 3),
        ("signedProofChain2.json", 4),
    ] {
        let (document, proofs) = data_integrity::split(&read(&folder, name)).unwrap();
        assert_eq!(proofs.len(), proofs_count, "{name}");
        for (index, proof) in proofs.iter().enumerate() {
            let method = Proof::read(proof).unwrap().verification_method;
            let key = did::parse_did_key_method(&method).unwrap();
            assert_holds(&document, &proofs, index, &key);
            assert_every_change_is_refused(&document, &proofs, index, &key);
        }
    }
}

#[test]
fn the_w3c_proof_sets_and_chains_are_made_alike() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let folder = folder.join("proof-set-chain");
    let keys = read(&folder, "multiKeyPairs.json");
    let document = read(&folder, "unsigned.json");
    let mut proofs: Vec<Value> = Vec::new();
    for (index, name) in ["Set", "Set", "Chain", "Chain"].into_iter().enumerate() {
        let wanted = read(&folder, &format!("proof{name}ConfigSigned{}.json", index % 2 + 1));
        let signer =
            Signer::new(&key_of_multibase(&keys[format!("keyPair{}", index + 1)]["privateKeyMultibase"]))
                .unwrap();
        let wanted_read = Proof::read(&wanted).unwrap();
        let made = ProofOptions {
            id: wanted_read.id,
            previous_proof: wanted_read.previous_proofs,
            ..ProofOptions::new(wanted_read.created.unwrap(), wanted_read.verification_method)
        };
        let made = data_integrity::sign_among(&document, &proofs, &made, &signer, &options()).unwrap();
        assert_eq!(made, wanted);
        proofs.push(made);
    }
    let mut secured = document;
    secured["proof"] = json!(proofs);
    assert_eq!(secured, read(&folder, "signedProofChain2.json"));
}

#[test]
fn the_steps_of_a_chain_are_those_published() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let folder = folder.join("proof-set-chain");
    for (with_previous, config, signed) in [
        ("proofChainTempDoc1.json", "proofChainConfig1.json", "proofChainConfigSigned1.json"),
        ("proofChainTempDoc2.json", "proofChainConfig2.json", "proofChainConfigSigned2.json"),
    ] {
        let explained =
            data_integrity::explain(&read(&folder, with_previous), &read(&folder, config), &options())
                .unwrap();
        let proof = read(&folder, signed);
        let method = Proof::read(&proof).unwrap().verification_method;
        let value = bs58::decode(&proof["proofValue"].as_str().unwrap()[1..]).into_vec().unwrap();
        let key = did::parse_did_key_method(&method).unwrap();
        assert_eq!(key.verify(&explained.signing_input, &value), Ok(()), "{config}");
    }
}
