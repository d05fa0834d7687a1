//! Signing documents of which most stays the same.

use accolade_linked_data::{HashAlgorithm, Prepared};
use serde_json::Value;

use super::proof::Checked;
use super::suite::Transformation;
use super::transform::{self, SigningInput};
use super::{ProofError, ProofOptions, Suite, chain, check_unsecured, sign_with, unsigned, value};
use crate::Signer;

/// Makes the proof object for the document that a prepared one gives with these texts: the very proof that [`sign_with`]
/// makes for [`Prepared::document`], sooner, because all that stays the same was read beforehand.
///
/// That is so for the RDFC suites under SHA-256. Everything else, such as P-384 keys and JCS, takes the general road.
///
/// ```
/// use accolade_core::Timestamp;
/// use accolade_linked_data::{Options, Prepared};
/// use accolade_signing::data_integrity::{self, ProofOptions};
/// use accolade_signing::{PrivateKey, Signer};
/// use serde_json::json;
///
/// let sample = json!({
///     "@context": "https://www.w3.org/ns/credentials/v2",
///     "id": "urn:example:1",
///     "type": "VerifiableCredential",
///     "issuer": "https://badges.example/issuers/1",
///     "credentialSubject": {"id": "did:example:learner"},
/// });
/// let prepared = Prepared::new(&sample, &["/id", "/credentialSubject/id"], &Options::default())?;
/// let key = PrivateKey::from_ed25519_seed(&[7; 32]);
/// let signer = Signer::new(&key)?;
/// let created = Timestamp::parse("2026-11-23T10:00:00Z")?;
/// let options = ProofOptions::new(created, "https://badges.example/issuers/1#key");
///
/// let texts = ["urn:example:2", "did:example:ada"];
/// let proof = data_integrity::sign_prepared(&prepared, &texts, &options, &signer)?;
/// data_integrity::verify(&prepared.document(&texts)?, &proof, key.public())?;
/// let badge = data_integrity::secured_json(&prepared, &texts, &proof)?;
/// assert!(badge.ends_with(&format!(r#""proof":[{proof}]}}"#)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As for [`sign_with`], and [`ProofError::LinkedData`] if there are more or fewer texts than holes.
pub fn sign_prepared(
    prepared: &Prepared,
    texts: &[&str],
    options: &ProofOptions,
    signer: &Signer,
) -> Result<Value, ProofError> {
    let (sample, reading) = (prepared.sample(), prepared.options());
    let is_quick = |suite: Suite| {
        let hash = (suite.recipe().hash)(signer.public_key().key_type());
        suite.recipe().transformation == Transformation::Rdfc
            && hash == Some(HashAlgorithm::Sha256)
            && reading.hash == HashAlgorithm::Sha256
    };
    let suite = options.suite.or_else(|| Suite::for_key(signer.public_key().key_type()));
    if !suite.is_some_and(is_quick) {
        let document = prepared.document(texts).map_err(ProofError::of("document"))?;
        return sign_with(&document, options, signer, &reading);
    }
    check_unsecured(sample)?;
    let mut proof = unsigned(sample, options, signer)?;
    let checked = Checked::options(&proof)?;
    chain::covered(sample, &[], &checked)?;
    // No context is a hole: the sample's are those of every document.
    let options = transform::options_digest(sample, &checked, &reading)?;
    let document = prepared.canonical_hash(texts).map_err(ProofError::of("document"))?;
    let input = SigningInput::new(options, document.as_slice().into());
    let value = value::encode(&signer.sign(input.as_slice())?);
    proof.insert("proofValue".into(), value.into());
    Ok(Value::Object(proof))
}

/// The whole secured document with these texts and that one proof, as JSON text without white space; `proof` stands at the
/// end.
///
/// # Errors
/// [`ProofError::LinkedData`] if there are more or fewer texts than holes.
pub fn secured_json(prepared: &Prepared, texts: &[&str], proof: &Value) -> Result<String, ProofError> {
    let mut text = prepared.json(texts).map_err(ProofError::of("document"))?;
    // A document that can be secured is an object, and one with a context is not an empty one.
    if text.len() < "{\"a\":0}".len() || text.pop() != Some('}') {
        return Err(ProofError::BadDocument("it is not a JSON object"));
    }
    text.push_str(",\"proof\":[");
    text.push_str(&proof.to_string());
    text.push_str("]}");
    Ok(text)
}
