//! Data Integrity proofs inside a document, suite `eddsa-rdfc-2022`
//! ([Data Integrity EdDSA Cryptosuites](https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022)).

mod options;

pub use options::{CRYPTOSUITE, PROOF_PURPOSE, PROOF_TYPE, Proof, ProofOptions};

use accolade_linked_data::{self as linked_data, Options};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::{Algorithm, PublicKey, Signer, SigningError};

/// Why a proof cannot be made, or does not hold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProofError {
    /// There is no proof: `proof` is missing, null or empty.
    #[error("the document carries no proof")]
    NoProof,
    /// A member of the proof is missing or not as the suite demands.
    #[error("the proof's `{member}`: {reason}")]
    BadOption {
        /// The member's name.
        member: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A suite this crate does not verify.
    #[error("the cryptosuite {0:?} is not supported")]
    UnsupportedSuite(String),
    /// The document, or one of its proofs, is not built as it must be.
    #[error("the document cannot be secured: {0}")]
    BadDocument(&'static str),
    /// `previousProof` names a proof that is not there, or that comes after it in a circle.
    #[error("the proof follows another that is missing")]
    NoPreviousProof,
    /// JSON-LD processing refused the document (or the proof's options), or something in it would not be signed.
    #[error("{part}: {error}")]
    LinkedData {
        /// `document` or `proof`.
        part: &'static str,
        /// What it refused.
        error: linked_data::Error,
    },
    /// The key is not an Ed25519 key.
    #[error("the suite needs an Ed25519 key; this one is for {0}")]
    WrongKey(Algorithm),
    /// The signature does not fit document, options and key.
    #[error("the signature does not fit the document, the proof's options and the key")]
    BadSignature,
    /// The signer failed.
    #[error(transparent)]
    Signing(#[from] SigningError),
}

impl ProofError {
    /// A stable name for reports: `no_proof`, `bad_proof_option`, `unsupported_suite`, `bad_document`,
    /// `no_previous_proof`, `key_alg_mismatch`, `bad_signature`, `signing_failed`, or the name of the JSON-LD error
    /// (`undefined_term`, `context_not_allowed`, …).
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoProof => "no_proof",
            Self::BadOption { .. } => "bad_proof_option",
            Self::UnsupportedSuite(_) => "unsupported_suite",
            Self::BadDocument(_) => "bad_document",
            Self::NoPreviousProof => "no_previous_proof",
            Self::LinkedData { error, .. } => error.code(),
            Self::WrongKey(_) => "key_alg_mismatch",
            Self::BadSignature => "bad_signature",
            Self::Signing(_) => "signing_failed",
        }
    }
}

/// Every step between a document and what is signed, for test vectors and for people who compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Canonical N-Quads of the document without its proof.
    pub canonical_document: String,
    /// Canonical N-Quads of the proof's options with the document's `@context`.
    pub canonical_options: String,
    /// SHA-256 of [`Explained::canonical_document`].
    pub document_hash: [u8; 32],
    /// SHA-256 of [`Explained::canonical_options`].
    pub options_hash: [u8; 32],
    /// What is signed: the options' hash, then the document's.
    pub signing_input: [u8; 64],
}

/// Makes the proof object for a document that has none yet; put it into the document's `proof` array.
///
/// JSON-LD is processed in safe mode, so a member that would not be covered by the signature is an error, never lost.
pub fn sign(document: &Value, options: &ProofOptions, signer: &Signer) -> Result<Value, ProofError> {
    sign_with(document, options, signer, &Options::default())
}

/// [`sign`], with the way to read JSON-LD chosen by the caller: a smaller budget, or further contexts. Leave `safe` on.
pub fn sign_with(
    document: &Value,
    options: &ProofOptions,
    signer: &Signer,
    reading: &Options<'_>,
) -> Result<Value, ProofError> {
    if signer.algorithm() != Algorithm::EdDsa {
        return Err(ProofError::WrongKey(signer.algorithm()));
    }
    check_unsecured(document)?;
    let mut proof = options.to_members();
    Proof::check_options(&proof)?;
    let input = signing_input(document, proof.clone(), reading)?;
    let value = format!("z{}", bs58::encode(signer.sign(&input)?).into_string());
    proof.insert("proofValue".into(), value.into());
    Ok(Value::Object(proof))
}

/// Verifies one proof over a document given without its `proof` member, with a key found to be the right one for the
/// proof's `verificationMethod`.
///
/// Time is not looked at: whether the proof has expired is for [`Proof::expires`] and the caller's clock. A proof with
/// `previousProof` covers other proofs too; use [`verify_among`] for it.
pub fn verify(document: &Value, proof: &Value, key: &PublicKey) -> Result<(), ProofError> {
    verify_with(document, proof, key, &Options::default())
}

/// [`verify`], with the way to read JSON-LD chosen by the caller: a smaller budget, or further contexts.
pub fn verify_with(
    document: &Value,
    proof: &Value,
    key: &PublicKey,
    options: &Options<'_>,
) -> Result<(), ProofError> {
    check_unsecured(document)?;
    let read = Proof::read(proof)?;
    if !read.previous_proofs.is_empty() {
        return Err(ProofError::NoPreviousProof);
    }
    verify_read(document, &read, key, options)
}

/// Verifies the proof at `index` among all the proofs of a document (given without its `proof` member): a proof in a set
/// is verified alone, a proof in a chain together with those its `previousProof` names
/// ([Data Integrity, proof sets and chains](https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains)).
pub fn verify_among(
    document: &Value,
    proofs: &[Value],
    index: usize,
    key: &PublicKey,
    options: &Options<'_>,
) -> Result<(), ProofError> {
    check_unsecured(document)?;
    let read = Proof::read(proofs.get(index).ok_or(ProofError::NoProof)?)?;
    if read.previous_proofs.is_empty() {
        return verify_read(document, &read, key, options);
    }
    let previous = previous_proofs(proofs, &read.previous_proofs)?;
    if follows_itself(proofs, index)? {
        return Err(ProofError::NoPreviousProof);
    }
    let previous = previous.into_iter().filter_map(|at| proofs.get(at).cloned()).collect();
    let mut document = document.clone();
    if let Some(members) = document.as_object_mut() {
        members.insert("proof".into(), Value::Array(previous));
    }
    verify_read(&document, &read, key, options)
}

/// Parts a secured document into the document without `proof`, and its proofs.
///
/// Only `proof` at the root counts; a missing, null or empty one is [`ProofError::NoProof`].
pub fn split(secured: &Value) -> Result<(Value, Vec<Value>), ProofError> {
    let mut document = secured.as_object().ok_or(ProofError::BadDocument("it is not a JSON object"))?.clone();
    let proofs = match document.remove("proof") {
        Some(Value::Array(proofs)) => proofs,
        Some(proof @ Value::Object(_)) => vec![proof],
        Some(Value::Null) | None => Vec::new(),
        Some(_) => return Err(ProofError::BadDocument("`proof` is neither an object nor an array")),
    };
    if proofs.is_empty() {
        return Err(ProofError::NoProof);
    }
    Ok((Value::Object(document), proofs))
}

/// Shows every step for a document (without `proof`) and a proof's options (with or without `proofValue`).
pub fn explain(document: &Value, proof: &Value, options: &Options<'_>) -> Result<Explained, ProofError> {
    let members = proof.as_object().ok_or(ProofError::BadDocument("the proof is not a JSON object"))?.clone();
    let canonical_document = linked_data::canonicalize(document, options).map_err(of("document"))?;
    let configuration = configuration(document, members)?;
    let canonical_options = linked_data::canonicalize(&configuration, options).map_err(of("proof"))?;
    let document_hash = Sha256::digest(&canonical_document).into();
    let options_hash = Sha256::digest(&canonical_options).into();
    let signing_input = joined(options_hash, document_hash);
    Ok(Explained { canonical_document, canonical_options, document_hash, options_hash, signing_input })
}

/// A proof covers the document without its proofs; with them, nobody else would find the same bytes.
fn check_unsecured(document: &Value) -> Result<(), ProofError> {
    match document.get("proof") {
        Some(_) => Err(ProofError::BadDocument("it still has its `proof` member; split it off first")),
        None => Ok(()),
    }
}

/// Where the proofs of those ids stand; each id must name exactly one.
fn previous_proofs(proofs: &[Value], ids: &[String]) -> Result<Vec<usize>, ProofError> {
    let position = |id: &String| {
        let has_id = |proof: &Value| proof.get("id").and_then(Value::as_str) == Some(id);
        let mut named = proofs.iter().enumerate().filter(|(_, proof)| has_id(proof)).map(|(at, _)| at);
        match (named.next(), named.next()) {
            (Some(at), None) => Ok(at),
            _ => Err(ProofError::NoPreviousProof),
        }
    };
    ids.iter().map(position).collect()
}

/// Whether the chain behind a proof leads back to it.
fn follows_itself(proofs: &[Value], index: usize) -> Result<bool, ProofError> {
    let mut seen = vec![false; proofs.len()];
    let mut waiting = vec![index];
    while let Some(proof) = waiting.pop() {
        let ids = proofs.get(proof).map(Proof::read).transpose()?.map(|proof| proof.previous_proofs);
        for before in previous_proofs(proofs, &ids.unwrap_or_default())? {
            if before == index {
                return Ok(true);
            }
            if let Some(seen) = seen.get_mut(before)
                && !std::mem::replace(seen, true)
            {
                waiting.push(before);
            }
        }
    }
    Ok(false)
}

fn verify_read(
    document: &Value,
    proof: &Proof,
    key: &PublicKey,
    options: &Options<'_>,
) -> Result<(), ProofError> {
    if key.algorithm() != Algorithm::EdDsa {
        return Err(ProofError::WrongKey(key.algorithm()));
    }
    let input = signing_input(document, proof.members.clone(), options)?;
    key.verify(&input, &proof.signature).map_err(|_| ProofError::BadSignature)
}

fn signing_input(
    document: &Value,
    proof: Map<String, Value>,
    options: &Options<'_>,
) -> Result<[u8; 64], ProofError> {
    let configuration = configuration(document, proof)?;
    let options_hash = linked_data::canonical_hash(&configuration, options).map_err(of("proof"))?;
    let document_hash = linked_data::canonical_hash(document, options).map_err(of("document"))?;
    Ok(joined(options_hash, document_hash))
}

/// The proof's options as they are canonicalised: without the value, with the document's `@context`. A proof that brings
/// a context of its own could give its options another meaning, so it must be the very same.
fn configuration(document: &Value, mut proof: Map<String, Value>) -> Result<Value, ProofError> {
    let context = document
        .get("@context")
        .ok_or(ProofError::BadDocument("it has no @context, so nothing in it has a meaning to sign"))?;
    proof.remove("proofValue");
    match proof.insert("@context".into(), context.clone()) {
        Some(own) if own != *context => {
            Err(ProofError::BadOption { member: "@context", reason: "it differs from the document's" })
        }
        _ => Ok(Value::Object(proof)),
    }
}

/// The options' hash comes first.
fn joined(options_hash: [u8; 32], document_hash: [u8; 32]) -> [u8; 64] {
    let mut input = [0; 64];
    let (first, second) = input.split_at_mut(32);
    first.copy_from_slice(&options_hash);
    second.copy_from_slice(&document_hash);
    input
}

fn of(part: &'static str) -> impl Fn(linked_data::Error) -> ProofError {
    move |error| ProofError::LinkedData { part, error }
}
