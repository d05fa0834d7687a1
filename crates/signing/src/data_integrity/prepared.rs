//! Signing documents of which most stays the same.

use accolade_linked_data::{HashAlgorithm, Prepared};
use serde_json::{Map, Value};

use super::proof::Checked;
use super::suite::Transformation;
use super::transform::{self, Digest, SigningInput};
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
    PreparedProof::new(prepared, options, signer)?.sign(texts)
}

/// The whole secured document with these texts and that one proof, as JSON text without white space; `proof` stands at the
/// end.
///
/// # Errors
/// [`ProofError::LinkedData`] if there are more or fewer texts than holes.
pub fn secured_json(prepared: &Prepared, texts: &[&str], proof: &Value) -> Result<String, ProofError> {
    secured(prepared, texts, &proof.to_string())
}

/// A prepared document and all of its proof but the value, for many awards at one moment: what the proof says beside its
/// value is read and hashed once.
pub struct PreparedProof<'a> {
    prepared: &'a Prepared,
    options: &'a ProofOptions,
    signer: &'a Signer,
    /// Nothing where every document takes the general road.
    ready: Option<Ready>,
}

/// What is the same in the proofs of all documents.
struct Ready {
    /// With a place for the value: to add it to a copy of the others would cost more than the copy.
    members: Map<String, Value>,
    /// The members as JSON, up to where the text of `proofValue` stands.
    json: String,
    digest: Digest,
}

impl<'a> PreparedProof<'a> {
    /// Reads and hashes what the proof says.
    ///
    /// # Errors
    /// As for [`sign_with`], as far as it is not about the document.
    pub fn new(
        prepared: &'a Prepared,
        options: &'a ProofOptions,
        signer: &'a Signer,
    ) -> Result<Self, ProofError> {
        let ready = if is_quick(prepared, options, signer) {
            Some(Ready::new(prepared, options, signer)?)
        } else {
            None
        };
        Ok(Self { prepared, options, signer, ready })
    }

    /// The proof object of the document with these texts, as [`sign_prepared`] makes it.
    ///
    /// # Errors
    /// As for [`sign_prepared`].
    pub fn sign(&self, texts: &[&str]) -> Result<Value, ProofError> {
        let Some(ready) = &self.ready else {
            let document = self.prepared.document(texts).map_err(ProofError::of("document"))?;
            return sign_with(&document, self.options, self.signer, &self.prepared.options());
        };
        let value = self.value(ready, texts)?;
        let mut proof = ready.members.clone();
        if let Some(place) = proof.get_mut("proofValue") {
            *place = value.into();
        }
        Ok(Value::Object(proof))
    }

    /// The proof object as JSON text, which is all that most need of it.
    ///
    /// # Errors
    /// As for [`sign_prepared`].
    pub fn sign_json(&self, texts: &[&str]) -> Result<String, ProofError> {
        match &self.ready {
            Some(ready) => Ok([ready.json.as_str(), &self.value(ready, texts)?, "\"}"].concat()),
            None => Ok(self.sign(texts)?.to_string()),
        }
    }

    /// The document with these texts and its proof, as [`secured_json`] writes them.
    ///
    /// # Errors
    /// As for [`sign_prepared`].
    pub fn secured_json(&self, texts: &[&str]) -> Result<String, ProofError> {
        secured(self.prepared, texts, &self.sign_json(texts)?)
    }

    fn value(&self, ready: &Ready, texts: &[&str]) -> Result<String, ProofError> {
        let document = self.prepared.canonical_hash(texts).map_err(ProofError::of("document"))?;
        let input = SigningInput::new(ready.digest, document.as_slice().into());
        Ok(value::encode(&self.signer.sign(input.as_slice())?))
    }
}

impl Ready {
    fn new(prepared: &Prepared, options: &ProofOptions, signer: &Signer) -> Result<Self, ProofError> {
        // No context is a hole: the sample's are those of every document, and no other has a proof if it has none.
        let sample = prepared.sample();
        check_unsecured(sample)?;
        let mut members = unsigned(sample, options, signer)?;
        let checked = Checked::options(&members)?;
        chain::covered(sample, &[], &checked)?;
        let digest = transform::options_digest(sample, &checked, &prepared.options())?;
        let mut json = Value::Object(members.clone()).to_string();
        json.pop();
        json.push_str(",\"proofValue\":\"");
        members.insert("proofValue".into(), Value::Null);
        Ok(Self { members, json, digest })
    }
}

/// Whether the document's own hash is all that changes: an RDFC suite under the hash the document was prepared for.
fn is_quick(prepared: &Prepared, options: &ProofOptions, signer: &Signer) -> bool {
    let kind = signer.public_key().key_type();
    options.suite.or_else(|| Suite::for_key(kind)).is_some_and(|suite| {
        suite.recipe().transformation == Transformation::Rdfc
            && (suite.recipe().hash)(kind) == Some(HashAlgorithm::Sha256)
            && prepared.options().hash == HashAlgorithm::Sha256
    })
}

fn secured(prepared: &Prepared, texts: &[&str], proof: &str) -> Result<String, ProofError> {
    let mut text = prepared.json(texts).map_err(ProofError::of("document"))?;
    // A document that can be secured is an object, and one with a context is not an empty one.
    if text.len() < "{\"a\":0}".len() || text.pop() != Some('}') {
        return Err(ProofError::BadDocument("it is not a JSON object"));
    }
    text.push_str(",\"proof\":[");
    text.push_str(proof);
    text.push_str("]}");
    Ok(text)
}
