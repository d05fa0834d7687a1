//! Data Integrity proofs inside a document ([Verifiable Credential Data Integrity](https://www.w3.org/TR/vc-data-integrity/)).
//!
//! Which suites there are stands at [`Suite`].

mod canonical;
mod chain;
mod direct;
mod ecdsa;
mod ed25519_signature_2020;
mod eddsa;
mod error;
mod explained;
mod members;
mod options;
mod prepared;
mod proof;
pub mod selective;
mod suite;
mod transform;
mod value;

pub use canonical::Canonical;
pub use error::ProofError;
pub use explained::{Explained, explain};
pub use options::{ProofOptions, Purpose};
pub use prepared::{PreparedProof, secured_json, sign_prepared};
pub use proof::{Expectations, Proof};
pub use suite::{PROOF_TYPE, Suite};

use std::borrow::Cow;

use accolade_linked_data::Options;
use serde_json::{Map, Value};

use self::proof::Checked;
use self::suite::Transformation;
use self::transform::SigningInput;
use crate::{PublicKey, Signer};

/// Makes the proof object for a document that has none yet; put it into the document's `proof` array.
///
/// JSON-LD is processed in safe mode, so a member that would not be covered by the signature is an error, never lost. The
/// JCS suites sign the JSON as it is, whatever it means.
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
    sign_among(document, &[], options, signer, reading)
}

/// Makes a further proof for a document (given without its `proof` member) that has those proofs already. The new one
/// covers the document alone, or also the proofs that `options.previous_proof` names.
pub fn sign_among(
    document: &Value,
    proofs: &[Value],
    options: &ProofOptions,
    signer: &Signer,
    reading: &Options<'_>,
) -> Result<Value, ProofError> {
    check_unsecured(document)?;
    let mut proof = unsigned(document, options, signer)?;
    let checked = Checked::options(&proof)?;
    if checked
        .id
        .is_some_and(|id| proofs.iter().any(|proof| proof.get("id").and_then(Value::as_str) == Some(id)))
    {
        return Err(ProofError::bad("id", "another proof of the document has it"));
    }
    let covered = chain::covered(document, proofs, &checked)?;
    let input = signing_input(&covered, &checked, signer.public_key(), reading)?;
    let value = value::encode(&signer.sign(input.as_slice())?);
    proof.insert("proofValue".into(), value.into());
    Ok(Value::Object(proof))
}

/// Verifies one proof over a document given without its `proof` member, with a key found to be the right one for the
/// proof's `verificationMethod`.
///
/// The proof must be an assertion. Time is not looked at: whether the proof has expired is for [`Proof::expires`] and the
/// caller's clock. A proof with `previousProof` covers other proofs too; use [`verify_among`] for it.
///
/// Under the RDFC suites the meaning has been verified, not the letters: whoever goes on to read members by their names must
/// have checked that the contexts are those he knows, and that no member is spelt out as an IRI. Under the JCS suites it is
/// the letters of what [`verified_document`] gives, which can have fewer contexts.
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
    verify_among(document, std::slice::from_ref(proof), 0, key, options)
}

/// Verifies the proof at `index` among all the proofs of a document (given without its `proof` member): a proof in a set
/// is verified alone, a proof in a chain together with those its `previousProof` names
/// ([Data Integrity, proof sets and chains](https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains)).
///
/// Whether the proofs it follows hold is another question: ask it for each of them, with its own key.
pub fn verify_among(
    document: &Value,
    proofs: &[Value],
    index: usize,
    key: &PublicKey,
    options: &Options<'_>,
) -> Result<(), ProofError> {
    verify_expecting(document, proofs, index, key, &Expectations::default(), options)
}

/// [`verify_among`], with what the proof must say beside: its purpose, domain, challenge, and that it has not expired.
pub fn verify_expecting(
    document: &Value,
    proofs: &[Value],
    index: usize,
    key: &PublicKey,
    expected: &Expectations<'_>,
    options: &Options<'_>,
) -> Result<(), ProofError> {
    check_unsecured(document)?;
    let proof = Checked::read(proofs.get(index).ok_or(ProofError::NoProof)?)?;
    proof.matches(expected)?;
    let covered = chain::covered(document, proofs, &proof)?;
    if chain::follows_itself(proofs, index, &proof)? {
        return Err(ProofError::NoPreviousProof);
    }
    if proof.suite == Suite::EcdsaSd2023 {
        return selective::verify_derived(&covered, &proof, key, options);
    }
    let input = signing_input(&covered, &proof, key, options)?;
    key.verify(input.as_slice(), proof.signature.as_slice()).map_err(|_| ProofError::BadSignature)
}

/// What a proof, once verified, vouches for: the document itself, but under the JCS suites in the contexts that the proof
/// brings along. The standard lets the document's go on behind them, and nobody signed what stands there
/// ([`eddsa-jcs-2022`, verify proof](https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022)). Whoever reads
/// meaning must read this one.
pub fn verified_document<'d>(document: &'d Value, proof: &Value) -> Result<Cow<'d, Value>, ProofError> {
    let proof = Checked::read(proof)?;
    match proof.suite.recipe().transformation {
        Transformation::Jcs => transform::verified_document(document, &proof),
        _ => Ok(Cow::Borrowed(document)),
    }
}

/// Parts a secured document into the document without `proof`, and its proofs.
///
/// Only `proof` at the root counts; a missing, null or empty one is [`ProofError::NoProof`].
pub fn split(secured: &Value) -> Result<(Value, Vec<Value>), ProofError> {
    let proofs = proofs(secured)?;
    let members = secured.as_object().into_iter().flatten().filter(|(name, _)| *name != "proof");
    let document = members.map(|(name, value)| (name.clone(), value.clone())).collect();
    Ok((Value::Object(document), proofs))
}

/// The proofs of a secured document, as [`split`] finds them.
pub fn proofs(secured: &Value) -> Result<Vec<Value>, ProofError> {
    let members = secured.as_object().ok_or(ProofError::BadDocument("it is not a JSON object"))?;
    let proofs = match members.get("proof") {
        Some(Value::Array(proofs)) => proofs.clone(),
        Some(proof @ Value::Object(_)) => vec![proof.clone()],
        Some(Value::Null) | None => Vec::new(),
        Some(_) => return Err(ProofError::BadDocument("`proof` is neither an object nor an array")),
    };
    if proofs.is_empty() { Err(ProofError::NoProof) } else { Ok(proofs) }
}

/// A proof covers the document without its proofs; with them, nobody else would find the same bytes.
fn check_unsecured(document: &Value) -> Result<(), ProofError> {
    let members = document.as_object().ok_or(ProofError::BadDocument("it is not a JSON object"))?;
    if members.contains_key("proof") {
        return Err(ProofError::BadDocument("it still has its `proof` member; split it off first"));
    }
    Ok(())
}

/// The members of a new proof, without its value.
fn unsigned(
    document: &Value,
    options: &ProofOptions,
    signer: &Signer,
) -> Result<Map<String, Value>, ProofError> {
    let key = signer.public_key();
    let Some(suite) = options.suite.or_else(|| Suite::for_key(key.key_type())) else {
        return Err(ProofError::WrongKey { suite: PROOF_TYPE, key: key.algorithm() });
    };
    if !suite.can_sign() {
        return Err(ProofError::UnsupportedSuite(suite.name().to_owned()));
    }
    let mut members = options.to_members(suite);
    // The JCS suites keep the context in the proof: they sign the options as they stand there.
    if suite.recipe().transformation == Transformation::Jcs
        && let Some(context) = document.get("@context")
    {
        members.insert("@context".into(), context.clone());
    }
    Ok(members)
}

fn signing_input(
    document: &Value,
    proof: &Checked<'_>,
    key: &PublicKey,
    reading: &Options<'_>,
) -> Result<SigningInput, ProofError> {
    let reading = Options { hash: proof.suite.hash_for(key)?, ..*reading };
    let options = transform::options_digest(document, proof, &reading)?;
    let document = transform::document_digest(document, proof, &reading)?;
    Ok(SigningInput::new(options, document))
}
