//! From a document and a proof's options to the bytes that are signed.

use std::borrow::Cow;

use accolade_linked_data::{self as linked_data, HashAlgorithm, Options, jcs};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256, Sha384};

use super::ProofError;
use super::direct;
use super::proof::Checked;
use super::suite::Transformation;

/// A SHA-256 or SHA-384 digest.
#[derive(Clone, Copy)]
pub(super) struct Digest {
    bytes: [u8; 48],
    length: usize,
}

impl Digest {
    pub(super) fn of(hash: HashAlgorithm, text: &str) -> Self {
        match hash {
            HashAlgorithm::Sha256 => Sha256::digest(text).as_slice().into(),
            HashAlgorithm::Sha384 => Sha384::digest(text).as_slice().into(),
        }
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl From<&[u8]> for Digest {
    /// Of at most 48 bytes.
    fn from(digest: &[u8]) -> Self {
        let mut bytes = [0; 48];
        bytes.iter_mut().zip(digest).for_each(|(byte, given)| *byte = *given);
        Self { bytes, length: digest.len().min(48) }
    }
}

/// What is signed: the digest of the proof's options, then that of the document.
#[derive(Clone, Copy)]
pub(super) struct SigningInput {
    bytes: [u8; 96],
    length: usize,
}

impl SigningInput {
    pub(super) fn new(options: Digest, document: Digest) -> Self {
        let mut bytes = [0; 96];
        let given = options.as_slice().iter().chain(document.as_slice());
        bytes.iter_mut().zip(given).for_each(|(byte, given)| *byte = *given);
        Self { bytes, length: options.length + document.length }
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// The digest of the document, transformed as the suite demands; `reading.hash` says which digest.
pub(super) fn document_digest(
    document: &Value,
    transformation: Transformation,
    reading: &Options<'_>,
) -> Result<Digest, ProofError> {
    match (transformation, reading.hash) {
        (Transformation::Rdfc, HashAlgorithm::Sha256) => linked_data::canonical_hash(document, reading)
            .map(|digest| digest.as_slice().into())
            .map_err(ProofError::of("document")),
        (transformation, hash) => {
            canonical_document(document, transformation, reading).map(|text| Digest::of(hash, &text))
        }
    }
}

/// The digest of the proof's options; `reading.hash` says which.
pub(super) fn options_digest(
    document: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Result<Digest, ProofError> {
    canonical_options(document, proof, reading).map(|text| Digest::of(reading.hash, &text))
}

/// The document in the canonical form of the suite.
pub(super) fn canonical_document(
    document: &Value,
    transformation: Transformation,
    reading: &Options<'_>,
) -> Result<String, ProofError> {
    match transformation {
        Transformation::Rdfc => {
            linked_data::canonicalize(document, reading).map_err(ProofError::of("document"))
        }
        Transformation::Jcs => Ok(jcs::canonicalize(document)),
    }
}

/// The proof's options in the canonical form of the suite: all its members but the value.
pub(super) fn canonical_options(
    document: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Result<String, ProofError> {
    let context = context(document, proof)?;
    match proof.suite.recipe().transformation {
        Transformation::Rdfc => match direct::canonical_options(context, proof, reading) {
            Some(written) => Ok(written),
            None => canonicalized_options(context, proof, reading),
        },
        Transformation::Jcs => {
            let members = without_value(proof.members).into_owned();
            Ok(jcs::canonicalize(&Value::Object(members)))
        }
    }
}

/// The general road of the RDFC suites: JSON-LD, like any document.
pub(super) fn canonicalized_options(
    context: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Result<String, ProofError> {
    let mut members = without_value(proof.members).into_owned();
    members.insert("@context".into(), context.clone());
    linked_data::canonicalize(&Value::Object(members), reading).map_err(ProofError::of("proof"))
}

fn without_value(members: &Map<String, Value>) -> Cow<'_, Map<String, Value>> {
    if !members.contains_key("proofValue") {
        return Cow::Borrowed(members);
    }
    let others = members.iter().filter(|(name, _)| *name != "proofValue");
    Cow::Owned(others.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// The context in which the proof's options are read: the document's. A proof that brings a context of its own could give
/// its options, or under JCS the document, another meaning, so it must be the very same.
fn context<'v>(document: &'v Value, proof: &'v Checked<'_>) -> Result<&'v Value, ProofError> {
    let own = proof.members.get("@context");
    match document.get("@context") {
        Some(context) if own.is_none_or(|own| own == context) => Ok(context),
        Some(_) => Err(ProofError::bad("@context", "it differs from the document's")),
        None if proof.suite.recipe().transformation == Transformation::Jcs && own.is_none() => {
            Ok(&Value::Null)
        }
        None => Err(ProofError::BadDocument("it has no @context, so nothing in it has a meaning to sign")),
    }
}
