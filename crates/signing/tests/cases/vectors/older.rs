//! Proofs from before Data Integrity was a standard.

use accolade_signing::{PublicKey, data_integrity};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use super::{assert_every_change_is_refused, assert_holds, folder, options};
use crate::jws::hex;

const KEY: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

/// W3C's example credential, and a proof of that type over it.
fn published(folder: &std::path::Path, members: &Value, value: &str) -> (Value, [Value; 1]) {
    let mut proof = json!({
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": format!("https://vc.example/issuers/5678#{KEY}"),
        "proofPurpose": "assertionMethod",
        "proofValue": value,
    });
    proof.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    (super::json(folder, "unsigned.json"), [proof])
}

#[test]
fn the_w3c_vector_of_ed25519_signature_2020_verifies() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let value = "z5HNuvc5WbWYsRRt97kXJ6SoKgb1tMwtkQND4pnobZE26JGnohdWVpzashF9d8FRzhzm8oYRSivKACTakeE4DzdHL";
    let (mut document, proofs) = published(&folder, &json!({"type": "Ed25519Signature2020"}), value);
    document["@context"]
        .as_array_mut()
        .unwrap()
        .push("https://w3id.org/security/suites/ed25519-2020/v1".into());
    let explained = data_integrity::explain(&document, &proofs[0], &options()).unwrap();
    assert_eq!(
        explained.document_hash,
        hex("517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017")
    );
    let key = PublicKey::from_multibase(KEY).unwrap();
    assert_holds(&document, &proofs, 0, &key);
    assert_every_change_is_refused(&document, &proofs, 0, &key);
    let signed = explained.canonical_options;
    assert!(signed.contains("<https://w3id.org/security#Ed25519Signature2020>"), "{signed}");
    assert_eq!(signed.lines().count(), 4, "{signed}");
}

// The vectors of its drafts do not fit the context of today.
#[test]
fn eddsa_2022_is_eddsa_rdfc_2022_by_another_name() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let pair = super::json(&folder, "keyPair.json");
    let secret = bs58::decode(&pair["privateKeyMultibase"].as_str().unwrap()[1..]).into_vec().unwrap();
    let members = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-2022"});
    let (document, [mut proof]) = published(&folder, &members, "");
    let explained = data_integrity::explain(&document, &proof, &options()).unwrap();
    assert!(
        explained.canonical_options.contains("\"eddsa-2022\"^^<https://w3id.org/security#cryptosuiteString>")
    );
    let signature = SigningKey::from_bytes(secret[2..].try_into().unwrap()).sign(&explained.signing_input);
    proof["proofValue"] = format!("z{}", bs58::encode(signature.to_bytes()).into_string()).into();
    let key = PublicKey::from_multibase(KEY).unwrap();
    assert_holds(&document, &[proof.clone()], 0, &key);
    assert_every_change_is_refused(&document, &[proof], 0, &key);
}
