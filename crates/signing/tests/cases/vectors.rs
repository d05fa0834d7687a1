//! The published vectors of `eddsa-rdfc-2022`, every step to the byte. They are not part of this repository: the
//! environment variable `ACCOLADE_VECTORS` says where they are.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use accolade_linked_data::{ContextLoader, Options};
use accolade_signing::data_integrity::{self, Proof, ProofOptions};
use accolade_signing::{PrivateKey, PublicKey, Signer};
use serde_json::{Value, json};

use crate::jws::hex;
use crate::support::with;

/// Answers for the two contexts of W3C's vectors that no badge uses, with the terms those vectors need.
struct ExampleContexts;

impl ContextLoader for ExampleContexts {
    fn load(&self, url: &str) -> Option<Arc<Value>> {
        static EXAMPLES: LazyLock<Arc<Value>> = LazyLock::new(|| {
            Arc::new(json!({"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}))
        });
        static CITIZENSHIP: LazyLock<Arc<Value>> = LazyLock::new(|| Arc::new(citizenship()));
        match url {
            "https://www.w3.org/ns/credentials/examples/v2" => Some(Arc::clone(&EXAMPLES)),
            "https://w3id.org/citizenship/v4rc1" => Some(Arc::clone(&CITIZENSHIP)),
            _ => None,
        }
    }
}

fn citizenship() -> Value {
    let mut terms = json!({
        "Person": "https://schema.org/Person",
        "image": {"@id": "https://schema.org/image", "@type": "@id"},
    });
    for name in ["additionalName", "familyName", "gender", "givenName", "identifier"] {
        terms[name] = json!(format!("https://schema.org/{name}"));
    }
    let date = "http://www.w3.org/2001/XMLSchema#dateTime";
    terms["birthDate"] = json!({"@id": "https://schema.org/birthDate", "@type": date});
    terms["residentSince"] = json!({"@id": "https://w3id.org/citizenship#residentSince", "@type": date});
    for name in [
        "EmployablePerson",
        "EmploymentAuthorizationDocument",
        "EmploymentAuthorizationDocumentCredential",
        "birthCountry",
        "employmentAuthorizationDocument",
        "lprCategory",
        "lprNumber",
    ] {
        terms[name] = json!(format!("https://w3id.org/citizenship#{name}"));
    }
    json!({"@context": terms})
}

fn options() -> Options<'static> {
    Options { loader: Some(&ExampleContexts), ..Options::default() }
}

/// The folder of vectors; without one the test says so and passes, but in CI that is a failure.
fn folder(name: &str) -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("ACCOLADE_VECTORS") {
        return Some(PathBuf::from(folder).join("vectors").join(name));
    }
    assert!(std::env::var_os("CI").is_none(), "ACCOLADE_VECTORS must be set in CI");
    // Straight to the stream: what a passing test prints by macro is swallowed.
    let _ = writeln!(std::io::stderr(), "SKIPPED: the vectors of {name}; set ACCOLADE_VECTORS to run them");
    None
}

fn text(folder: &std::path::Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn json(folder: &std::path::Path, name: &str) -> Value {
    accolade_linked_data::json::parse(text(folder, name).as_bytes()).unwrap()
}

/// A W3C secret Multikey: codec 0x8026 and the seed.
fn key_of_multibase(secret: &Value) -> PrivateKey {
    let bytes = bs58::decode(&secret.as_str().unwrap()[1..]).into_vec().unwrap();
    assert_eq!(bytes[..2], [0x80, 0x26]);
    PrivateKey::from_ed25519_seed(bytes[2..].try_into().unwrap())
}

/// What a vector says of each step; empty where it is silent.
struct Expected {
    canonical_document: String,
    canonical_options: String,
    document_hash: String,
    options_hash: String,
    signature: String,
}

fn reproduce(secured: &Value, expected: &Expected, key: &PrivateKey) {
    let (document, proofs) = data_integrity::split(secured).unwrap();
    let proof = &proofs[0];
    let explained = data_integrity::explain(&document, proof, &options()).unwrap();
    assert_eq!(explained.canonical_document, expected.canonical_document);
    assert_eq!(explained.canonical_options, expected.canonical_options);
    assert_eq!(explained.document_hash[..], hex(expected.document_hash.trim()));
    assert_eq!(explained.options_hash[..], hex(expected.options_hash.trim()));

    let read = Proof::read(proof).unwrap();
    let made = ProofOptions::new(read.created.unwrap(), read.verification_method);
    let signer = Signer::new(key).unwrap();
    let signed = data_integrity::sign_with(&document, &made, &signer, &options()).unwrap();
    assert_eq!(signed["proofValue"], proof["proofValue"]);
    let value = bs58::decode(&signed["proofValue"].as_str().unwrap()[1..]).into_vec().unwrap();
    assert_eq!(value, hex(expected.signature.trim()));

    assert_eq!(data_integrity::verify_with(&document, proof, key.public(), &options()), Ok(()));
    let changed = with(&document, "", "validFrom", json!("2020-01-01T00:00:00Z"));
    let refused = data_integrity::verify_with(&changed, proof, key.public(), &options());
    assert_eq!(refused.unwrap_err().code(), "bad_signature");
}

#[test]
fn the_w3c_vectors_reproduce_to_the_byte() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let pair = json(&folder, "keyPair.json");
    let key = key_of_multibase(&pair["privateKeyMultibase"]);
    assert_eq!(key.public().to_multibase().as_deref(), pair["publicKeyMultibase"].as_str());
    for sub in ["eddsa-rdfc-2022", "eddsa-rdfc-2022/employ"] {
        let folder = folder.join(sub);
        let expected = Expected {
            canonical_document: text(&folder, "canonDocDataInt.txt"),
            canonical_options: text(&folder, "proofCanonDataInt.txt"),
            document_hash: text(&folder, "docHashDataInt.txt"),
            options_hash: text(&folder, "proofHashDataInt.txt"),
            signature: text(&folder, "sigHexDataInt.txt"),
        };
        reproduce(&json(&folder, "signedDataInt.json"), &expected, &key);
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
        signature: field("signatureHex"),
    };
    reproduce(&json(&folder, "signed-credential.json"), &expected, &key);
}

#[test]
fn the_comprehensive_learner_record_vector_reproduces_to_the_byte() {
    let Some(folder) = folder("clr20-eddsa-rdfc-2022") else { return };
    let secured = json(&folder, "signed-credential.json");
    let (document, proofs) = data_integrity::split(&secured).unwrap();
    let explained = data_integrity::explain(&document, &proofs[0], &options()).unwrap();
    assert_eq!(explained.canonical_document, text(&folder, "document-canon.txt"));
    assert_eq!(explained.canonical_options, text(&folder, "proof-canon.txt"));
    let (_, fragment) =
        Proof::read(&proofs[0]).unwrap().verification_method.split_once('#').map(owned).unwrap();
    let key = PublicKey::from_multibase(&fragment).unwrap();
    assert_eq!(data_integrity::verify(&document, &proofs[0], &key), Ok(()));
}

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
        let (document, proofs) = data_integrity::split(&json(&folder, name)).unwrap();
        assert_eq!(proofs.len(), proofs_count, "{name}");
        for (index, proof) in proofs.iter().enumerate() {
            let method = Proof::read(proof).unwrap().verification_method;
            let key = accolade_signing::did::parse_did_key_method(&method).unwrap();
            let verified = data_integrity::verify_among(&document, &proofs, index, &key, &options());
            assert_eq!(verified, Ok(()), "{name} proof {index}");
        }
        let changed = with(&document, "", "name", json!("Alumnus Credential"));
        let method = Proof::read(&proofs[0]).unwrap().verification_method;
        let key = accolade_signing::did::parse_did_key_method(&method).unwrap();
        assert!(data_integrity::verify_among(&changed, &proofs, 0, &key, &options()).is_err(), "{name}");
    }
}

fn owned((left, right): (&str, &str)) -> (String, String) {
    (left.to_owned(), right.to_owned())
}
