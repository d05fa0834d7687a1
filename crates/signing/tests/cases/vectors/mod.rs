//! The published vectors of the suites, every step to the byte. They are not part of this repository: the environment
//! variable `ACCOLADE_VECTORS` says where they are. A few later or withdrawn ones are put together from the published
//! document and the published numbers.

mod chains;
mod ecdsa;
mod eddsa;
mod older;

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use accolade_core::Entropy;
use accolade_linked_data::{ContextLoader, HashAlgorithm, Options};
use accolade_signing::data_integrity::{self, Proof, ProofOptions};
use accolade_signing::{KeyType, PrivateKey, PublicKey, Signer};
use serde_json::{Value, json};

use crate::jws::hex;

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

pub(crate) fn options() -> Options<'static> {
    Options { loader: Some(&ExampleContexts), ..Options::default() }
}

/// The folder of vectors; without one the test says so and passes, but in CI that is a failure.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("ACCOLADE_VECTORS") {
        return Some(PathBuf::from(folder).join("vectors").join(name));
    }
    assert!(std::env::var_os("CI").is_none(), "ACCOLADE_VECTORS must be set in CI");
    // Straight to the stream: what a passing test prints by macro is swallowed.
    let _ = writeln!(std::io::stderr(), "SKIPPED: the vectors of {name}; set ACCOLADE_VECTORS to run them");
    None
}

pub(crate) fn text(folder: &std::path::Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn json(folder: &std::path::Path, name: &str) -> Value {
    accolade_linked_data::json::parse(text(folder, name).as_bytes()).unwrap()
}

/// The key of a W3C secret Multikey: a codec of two bytes, then an Ed25519 seed or the number of a P-256 or P-384 key.
fn key_of_multibase(secret: &Value) -> PrivateKey {
    /// Gives the one number.
    struct Secret(Vec<u8>);
    impl Entropy for Secret {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.copy_from_slice(&self.0);
        }
    }
    let bytes = bs58::decode(&secret.as_str().unwrap()[1..]).into_vec().unwrap();
    let kind = match bytes[..2] {
        [0x80, 0x26] => KeyType::Ed25519,
        [0x86, 0x26] => KeyType::P256,
        _ => panic!("another codec"),
    };
    PrivateKey::generate(kind, &Secret(bytes[2..].to_vec())).unwrap()
}

/// What a vector says of each step.
struct Expected {
    canonical_document: String,
    canonical_options: String,
    document_hash: String,
    options_hash: String,
    /// Both hashes, where the vector has them.
    combined: Option<String>,
    signature: String,
}

/// The files of a W3C folder, whose names end in the same letters.
fn expected(folder: &std::path::Path, ending: &str) -> Expected {
    let file = |name: &str| text(folder, &format!("{name}{ending}.txt"));
    Expected {
        canonical_document: file("canonDoc"),
        canonical_options: file("proofCanon"),
        document_hash: file("docHash"),
        options_hash: file("proofHash"),
        combined: Some(file("combinedHash")),
        signature: file("sigHex"),
    }
}

fn reproduce(secured: &Value, expected: &Expected, key: &PrivateKey) {
    let (document, proofs) = data_integrity::split(secured).unwrap();
    let proof = &proofs[0];
    let explained = data_integrity::explain(&document, proof, &options()).unwrap();
    // Some of the files end in a line feed that is not theirs.
    assert_eq!(explained.canonical_document.trim_end(), expected.canonical_document.trim_end());
    assert_eq!(explained.canonical_options.trim_end(), expected.canonical_options.trim_end());
    assert_eq!(explained.document_hash, hex(expected.document_hash.trim()));
    assert_eq!(explained.options_hash, hex(expected.options_hash.trim()));
    if let Some(combined) = &expected.combined {
        assert_eq!(explained.signing_input, hex(combined.trim()));
    }

    let value = proof["proofValue"].as_str().unwrap();
    assert_eq!(bs58::decode(&value[1..]).into_vec().unwrap(), hex(expected.signature.trim()));
    let signed = sign_again(&document, proof, key);
    if key.key_type() == KeyType::Ed25519 {
        assert_eq!(&signed, proof);
    }
    assert_holds(&document, &[signed], 0, key.public());
    assert_holds(&document, &proofs, 0, key.public());
    assert_every_change_is_refused(&document, &proofs, 0, key.public());
}

/// Makes the same proof anew.
fn sign_again(document: &Value, proof: &Value, key: &PrivateKey) -> Value {
    let read = Proof::read(proof).unwrap();
    let made = ProofOptions {
        suite: Some(read.suite),
        id: read.id,
        ..ProofOptions::new(read.created.unwrap(), read.verification_method)
    };
    let signer = Signer::new(key).unwrap();
    data_integrity::sign_with(document, &made, &signer, &options()).unwrap()
}

fn assert_holds(document: &Value, proofs: &[Value], index: usize, key: &PublicKey) {
    let verified = data_integrity::verify_among(document, proofs, index, key, &options());
    assert_eq!(verified, Ok(()), "{}", proofs[index]);
}

/// Changes one character after the other, up to some sixteen in every text of the document and of the proof.
fn assert_every_change_is_refused(document: &Value, proofs: &[Value], index: usize, key: &PublicKey) {
    let whole = json!({"document": document, "proof": proofs[index]});
    for (pointer, text) in texts(&whole, String::new()) {
        for (at, character) in text.char_indices().step_by(1 + text.len() / 16) {
            let mut changed = whole.clone();
            let new = format!("{}{}{}", &text[..at], next(character), &text[at + character.len_utf8()..]);
            *changed.pointer_mut(&pointer).unwrap() = new.into();
            let mut proofs = proofs.to_vec();
            proofs[index] = changed["proof"].take();
            let refused = data_integrity::verify_among(&changed["document"], &proofs, index, key, &options());
            assert!(refused.is_err(), "{pointer} at {at}");
        }
    }
}

/// A character of the same kind, so that as much as possible stays well formed.
fn next(character: char) -> char {
    match character {
        '9' => '8',
        'z' => 'y',
        'Z' => 'Y',
        '0'..='8' | 'a'..='y' | 'A'..='Y' => char::from_u32(u32::from(character) + 1).unwrap(),
        _ => 'x',
    }
}

fn texts(value: &Value, at: String) -> Vec<(String, String)> {
    match value {
        Value::String(text) => vec![(at, text.clone())],
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, item)| texts(item, format!("{at}/{index}"))).collect()
        }
        Value::Object(members) => {
            members.iter().flat_map(|(name, member)| texts(member, format!("{at}/{name}"))).collect()
        }
        _ => Vec::new(),
    }
}

/// [`options`] for keys on P-384.
fn options_384() -> Options<'static> {
    Options { hash: HashAlgorithm::Sha384, ..options() }
}
