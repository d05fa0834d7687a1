//! `eddsa-rdfc-2022` and `eddsa-jcs-2022`.

use accolade_signing::PrivateKey;
use accolade_signing::data_integrity::{self, Proof};

use super::{Expected, expected, folder, json, key_of_multibase, options, reproduce, text};
use crate::jws::hex;

#[test]
fn the_w3c_vectors_of_eddsa_reproduce_to_the_byte() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let pair = json(&folder, "keyPair.json");
    let key = key_of_multibase(&pair["privateKeyMultibase"]);
    assert_eq!(key.public().to_multibase().as_deref(), pair["publicKeyMultibase"].as_str());
    for (sub, ending) in
        [("eddsa-rdfc-2022", "DataInt"), ("eddsa-rdfc-2022/employ", "DataInt"), ("eddsa-jcs-2022", "JCS")]
    {
        let folder = folder.join(sub);
        let secured = json(&folder, &format!("signed{ending}.json"));
        reproduce(&secured, &expected(&folder, ending), &key);
    }
}

#[test]
fn the_open_badges_vector_reproduces_to_the_byte() {
    let Some(folder) = folder("ob30-eddsa-rdfc-2022") else { return };
    let vector = json(&folder, "vector.json");
    let field = |name: &str| vector[name].as_str().unwrap().to_owned();
    let key = PrivateKey::from_ed25519_seed(&hex(&field("privateSeedHex")).try_into().unwrap());
    assert_eq!(key.public().to_multibase(), Some(field("publicKeyMultibase")));
    let expected = Expected {
        canonical_document: text(&folder, "document-canon.txt"),
        canonical_options: text(&folder, "proof-canon.txt"),
        document_hash: field("documentHashHex"),
        options_hash: field("proofHashHex"),
        combined: None,
        signature: field("signatureHex"),
    };
    reproduce(&json(&folder, "signed-credential.json"), &expected, &key);
}

#[test]
fn the_comprehensive_learner_record_vector_verifies_and_its_canonical_forms_are_ours() {
    let Some(folder) = folder("clr20-eddsa-rdfc-2022") else { return };
    let secured = json(&folder, "signed-credential.json");
    let (document, proofs) = data_integrity::split(&secured).unwrap();
    let explained = data_integrity::explain(&document, &proofs[0], &options()).unwrap();
    assert_eq!(explained.canonical_document, text(&folder, "document-canon.txt"));
    assert_eq!(explained.canonical_options, text(&folder, "proof-canon.txt"));
    let method = Proof::read(&proofs[0]).unwrap().verification_method;
    let (_, fragment) = method.split_once('#').unwrap();
    let key = accolade_signing::PublicKey::from_multibase(fragment).unwrap();
    super::assert_holds(&document, &proofs, 0, &key);
}
