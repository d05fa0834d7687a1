//! The published vectors of `eddsa-rdfc-2022`: canonical text and hashes, byte for byte.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use std::path::{Path, PathBuf};

use accolade_linked_data::{Options, canonical_hash, canonicalize};
use serde_json::{Value, json};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn without_proof(mut document: Value) -> Value {
    document.as_object_mut().unwrap().remove("proof");
    document
}

/// The proof as it is hashed: with the document's contexts and without its value.
fn proof_options(document: &Value) -> Value {
    let proof = match &document["proof"] {
        Value::Array(proofs) => proofs[0].clone(),
        proof => proof.clone(),
    };
    let mut options = proof;
    options.as_object_mut().unwrap().remove("proofValue");
    options["@context"] = document["@context"].clone();
    options
}

fn assert_canonical(document: &Value, options: &Options<'_>, text: &str, hash: Option<&str>, what: &str) {
    let canonical = canonicalize(document, options).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(canonical, text, "{what}");
    if let Some(expected) = hash {
        assert_eq!(hex(&canonical_hash(document, options).unwrap()), expected.trim(), "{what}");
    }
}

#[test]
fn the_vectors_of_vc_di_eddsa_are_reproduced() {
    let Some(vectors) = support::vectors() else { return };
    let folder = vectors.join("vectors/vc-di-eddsa/eddsa-rdfc-2022");
    let loader = support::examples_context();
    let options = Options { loader: Some(&loader), ..Options::default() };
    let text = |name: &str| support::read(&folder.join(name));
    let document = support::read_json(&vectors.join("vectors/vc-di-eddsa/unsigned.json"));
    assert_canonical(
        &document,
        &options,
        &text("canonDocDataInt.txt"),
        Some(&text("docHashDataInt.txt")),
        "document",
    );
    let proof = support::read_json(&folder.join("proofConfigDataInt.json"));
    assert_canonical(
        &proof,
        &options,
        &text("proofCanonDataInt.txt"),
        Some(&text("proofHashDataInt.txt")),
        "proof options",
    );
    let signed = support::read_json(&folder.join("signedDataInt.json"));
    assert_canonical(
        &proof_options(&signed),
        &options,
        &text("proofCanonDataInt.txt"),
        None,
        "proof options of the signed document",
    );
    assert_canonical(&without_proof(signed), &options, &text("canonDocDataInt.txt"), None, "signed document");
}

/// The employment vector needs a context that is not among the data; its proof options do not.
#[test]
fn the_proof_options_of_the_employment_vector_are_reproduced() {
    let Some(vectors) = support::vectors() else { return };
    let folder = vectors.join("vectors/vc-di-eddsa/eddsa-rdfc-2022/employ");
    let loader = support::Given(vec![(
        "https://w3id.org/citizenship/v4rc1",
        std::sync::Arc::new(json!({"@context": {}})),
    )]);
    let options = Options { loader: Some(&loader), ..Options::default() };
    let text = |name: &str| support::read(&folder.join(name));
    let proof = support::read_json(&folder.join("proofConfigDataInt.json"));
    assert_canonical(
        &proof,
        &options,
        &text("proofCanonDataInt.txt"),
        Some(&text("proofHashDataInt.txt")),
        "employment",
    );
}

fn check_implementation_guide(folder: &Path) {
    let path = |name: &str| -> PathBuf { folder.join(name) };
    let signed = support::read_json(&path("signed-credential.json"));
    let options = Options::default();
    let hashes =
        std::fs::read(path("vector.json")).ok().map(|bytes| serde_json::from_slice::<Value>(&bytes).unwrap());
    let hash = |name: &str| hashes.as_ref().and_then(|hashes| hashes[name].as_str());
    assert_canonical(
        &proof_options(&signed),
        &options,
        &support::read(&path("proof-canon.txt")),
        hash("proofHashHex"),
        "proof options",
    );
    assert_canonical(
        &without_proof(signed),
        &options,
        &support::read(&path("document-canon.txt")),
        hash("documentHashHex"),
        "document",
    );
}

#[test]
fn the_vector_of_the_open_badges_guide_is_reproduced() {
    let Some(vectors) = support::vectors() else { return };
    check_implementation_guide(&vectors.join("vectors/ob30-eddsa-rdfc-2022"));
}

#[test]
fn the_vector_of_the_learner_record_guide_is_reproduced() {
    let Some(vectors) = support::vectors() else { return };
    check_implementation_guide(&vectors.join("vectors/clr20-eddsa-rdfc-2022"));
}

/// P-256 hashes with SHA-256 as well, so its documents have the same canonical form.
#[test]
fn the_vectors_of_vc_di_ecdsa_p256_are_reproduced() {
    let Some(vectors) = support::vectors() else { return };
    let folder = vectors.join("vectors/vc-di-ecdsa/ecdsa-rdfc-2019-p256");
    let loader = support::examples_context();
    let options = Options { loader: Some(&loader), ..Options::default() };
    let text = |name: &str| support::read(&folder.join(name));
    let signed = support::read_json(&folder.join("signedECDSAP256.json"));
    assert_canonical(
        &without_proof(signed),
        &options,
        &text("canonDocECDSAP256.txt"),
        Some(&text("docHashECDSAP256.txt")),
        "document",
    );
    let proof = support::read_json(&folder.join("proofConfigECDSAP256.json"));
    assert_canonical(
        &proof,
        &options,
        &text("proofCanonECDSAP256.txt"),
        Some(&text("proofHashECDSAP256.txt")),
        "proof options",
    );
}
