//! The steps between a document and what is signed, one by one.

use accolade_linked_data::Options;
use serde_json::Value;

use super::ProofError;
use super::proof::Checked;
use super::transform::{self, Digest, SigningInput};

/// Every step between a document and what is signed, for test vectors and for people who compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The document without its proof in the suite's canonical form: N-Quads or JSON.
    pub canonical_document: String,
    /// The proof's options in the same form; N-Quads are made with the document's `@context`.
    pub canonical_options: String,
    /// The digest of [`Explained::canonical_document`]: 32 bytes of SHA-256 or 48 bytes of SHA-384.
    pub document_hash: Vec<u8>,
    /// The digest of [`Explained::canonical_options`].
    pub options_hash: Vec<u8>,
    /// What is signed: the options' hash, then the document's.
    pub signing_input: Vec<u8>,
}

/// Shows every step for a document (without `proof`, or with those the proof follows) and a proof's options (with or
/// without `proofValue`). The proof itself does not say which hash goes with its key: `options.hash` does, SHA-384 for
/// P-384 keys and SHA-256 for all others.
pub fn explain(document: &Value, proof: &Value, options: &Options<'_>) -> Result<Explained, ProofError> {
    let members = proof.as_object().ok_or(ProofError::BadDocument("the proof is not a JSON object"))?;
    let proof = Checked::options(members)?;
    let canonical_document = transform::canonical_document(document, &proof, options)?;
    let canonical_options = transform::canonical_options(document, &proof, options)?;
    let document_hash = Digest::of(options.hash, &canonical_document);
    let options_hash = Digest::of(options.hash, &canonical_options);
    Ok(Explained {
        canonical_document,
        canonical_options,
        document_hash: document_hash.as_slice().to_vec(),
        options_hash: options_hash.as_slice().to_vec(),
        signing_input: SigningInput::new(options_hash, document_hash).as_slice().to_vec(),
    })
}
