//! A document under a proof of each suite.

use std::sync::LazyLock;

use accolade_linked_data::{Options, contexts};
use accolade_signing::data_integrity::{self, ProofError, ProofOptions, Suite};
use accolade_signing::{PublicKey, Signer};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use super::{METHOD, document, options};
use crate::support::{ED25519, P256, P384};

/// A document with its proof, and who signed.
pub(super) struct Secured {
    pub(super) name: String,
    pub(super) document: Value,
    pub(super) proof: Value,
    pub(super) key: PublicKey,
}

impl Secured {
    pub(super) fn verify(&self, document: &Value, proof: &Value) -> Result<(), ProofError> {
        data_integrity::verify(document, proof, &self.key)
    }
}

/// A proof of each suite with each kind of key it takes.
pub(super) fn every_suite() -> &'static [Secured] {
    static EVERY_SUITE: LazyLock<Vec<Secured>> = LazyLock::new(make_every_suite);
    &EVERY_SUITE
}

fn make_every_suite() -> Vec<Secured> {
    let signed: [(Suite, &Signer); 6] = [
        (Suite::EddsaRdfc2022, &ED25519),
        (Suite::EddsaJcs2022, &ED25519),
        (Suite::EcdsaRdfc2019, &P256),
        (Suite::EcdsaRdfc2019, &P384),
        (Suite::EcdsaJcs2019, &P256),
        (Suite::EcdsaJcs2019, &P384),
    ];
    let signed = signed.map(|(suite, signer)| {
        let options = ProofOptions { suite: Some(suite), ..options() };
        let proof = data_integrity::sign(&document(), &options, signer).unwrap();
        let key = signer.public_key().clone();
        Secured { name: format!("{} {}", suite.name(), key.key_type()), document: document(), proof, key }
    });
    let older = [
        (json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-2022"}), contexts::DATA_INTEGRITY_V2),
        (json!({"type": "Ed25519Signature2020"}), contexts::ED25519_2020_V1),
    ];
    signed.into_iter().chain(older.map(|(members, context)| older_proof(members, context))).collect()
}

/// A proof that we verify but do not make.
fn older_proof(mut proof: Value, context: &str) -> Secured {
    let mut document = document();
    document["@context"].as_array_mut().unwrap().push(context.into());
    for (name, value) in [
        ("created", "2026-11-23T10:00:00Z"),
        ("verificationMethod", METHOD),
        ("proofPurpose", "assertionMethod"),
    ] {
        proof[name] = value.into();
    }
    let input = data_integrity::explain(&document, &proof, &Options::default()).unwrap().signing_input;
    // The seed of the key that all tests sign with.
    let signature = SigningKey::from_bytes(&[1; 32]).sign(&input);
    proof["proofValue"] = format!("z{}", bs58::encode(signature.to_bytes()).into_string()).into();
    let key = ED25519.public_key().clone();
    Secured { name: proof["type"].to_string(), document, proof, key }
}
