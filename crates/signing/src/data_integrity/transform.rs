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

/// The digest of the document, transformed as the proof's suite demands; `reading.hash` says which digest.
pub(super) fn document_digest(
    document: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Result<Digest, ProofError> {
    match (proof.suite.recipe().transformation, reading.hash) {
        (Transformation::Rdfc, HashAlgorithm::Sha256) => linked_data::canonical_hash(document, reading)
            .map(|digest| digest.as_slice().into())
            .map_err(ProofError::of("document")),
        (_, hash) => canonical_document(document, proof, reading).map(|text| Digest::of(hash, &text)),
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

/// The document in the canonical form of the proof's suite.
pub(super) fn canonical_document(
    document: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Result<String, ProofError> {
    match proof.suite.recipe().transformation {
        Transformation::Rdfc => {
            linked_data::canonicalize(document, reading).map_err(ProofError::of("document"))
        }
        Transformation::Jcs => {
            let document = verified_document(document, proof)?;
            check_numbers(&document)?;
            Ok(jcs::canonicalize(&document))
        }
    }
}

/// The proof's options in the canonical form of its suite: all members but the value.
pub(super) fn canonical_options(
    document: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Result<String, ProofError> {
    match proof.suite.recipe().transformation {
        Transformation::Rdfc => {
            let context = context(document, proof)?;
            match direct::canonical_options(context, proof, reading) {
                Some(written) => Ok(written),
                None => canonicalized_options(context, proof, reading),
            }
        }
        Transformation::Jcs => {
            proof.members.values().try_for_each(check_numbers)?;
            Ok(jcs_options(proof))
        }
    }
}

/// The general road of the RDFC suites: JSON-LD, like any document.
pub(super) fn canonicalized_options(
    context: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Result<String, ProofError> {
    let mut members = without_value(proof.members);
    members.insert("@context".into(), context.clone());
    linked_data::canonicalize(&Value::Object(members), reading).map_err(ProofError::of("proof"))
}

/// The options as JCS writes an object of them.
fn jcs_options(proof: &Checked<'_>) -> String {
    if proof.has_others {
        return jcs::canonicalize(&Value::Object(without_value(proof.members)));
    }
    // The names of all known members are plain ASCII: they need no escapes and sort by their bytes.
    let mut members: Vec<_> = proof.members.iter().filter(|(name, _)| *name != "proofValue").collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    let mut text = String::with_capacity(512);
    for (name, value) in members {
        text.push_str(if text.is_empty() { "{\"" } else { ",\"" });
        text.push_str(name);
        text.push_str("\":");
        text.push_str(&jcs::canonicalize(value));
    }
    text.push('}');
    text
}

fn without_value(members: &Map<String, Value>) -> Map<String, Value> {
    let others = members.iter().filter(|(name, _)| *name != "proofValue");
    others.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The context in which the options are read by the RDFC suites: the document's. A proof that brings a context of its own
/// could give its options another meaning, so it must be the very same.
fn context<'v>(document: &'v Value, proof: &Checked<'_>) -> Result<&'v Value, ProofError> {
    match document.get("@context") {
        Some(context) if proof.context.is_none_or(|own| own == context) => Ok(context),
        Some(_) => Err(ProofError::bad("@context", "it differs from the document's")),
        None => Err(ProofError::BadDocument("it has no @context, so nothing in it has a meaning to sign")),
    }
}

/// The document with the context that the proof brings along. The document's must begin with it; what the document adds
/// behind is not covered by the proof
/// ([`eddsa-jcs-2022`, verify proof](https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022)).
pub(super) fn verified_document<'v>(
    document: &'v Value,
    proof: &Checked<'_>,
) -> Result<Cow<'v, Value>, ProofError> {
    let (Some(own), documents) = (proof.context, document.get("@context")) else {
        return Ok(Cow::Borrowed(document));
    };
    match documents {
        Some(context) if context == own => Ok(Cow::Borrowed(document)),
        Some(context) if contexts(context).starts_with(contexts(own)) => {
            let mut document = document.clone();
            if let Some(context) = document.get_mut("@context") {
                context.clone_from(own);
            }
            Ok(Cow::Owned(document))
        }
        _ => Err(ProofError::bad("@context", "the document's does not begin with it")),
    }
}

/// JCS writes numbers as doubles; whole ones beyond 2^53 would be rounded, and one signature would fit two documents.
fn check_numbers(value: &Value) -> Result<(), ProofError> {
    const EXACT: u64 = 1 << 53;
    match value {
        Value::Number(number) => {
            let whole = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            match whole {
                Some(whole) if whole > EXACT => {
                    Err(ProofError::BadDocument("a number in it is beyond what JSON readers agree upon"))
                }
                _ => Ok(()),
            }
        }
        Value::Array(items) => items.iter().try_for_each(check_numbers),
        Value::Object(members) => members.values().try_for_each(check_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

fn contexts(context: &Value) -> &[Value] {
    context.as_array().map_or(std::slice::from_ref(context), Vec::as_slice)
}
