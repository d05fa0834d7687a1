//! The holder's side, [deriving a proof](https://www.w3.org/TR/vc-di-ecdsa/#add-derived-proof-ecdsa-sd-2023), and the verifier's,
//! [verifying it](https://www.w3.org/TR/vc-di-ecdsa/#verify-derived-proof-ecdsa-sd-2023).

use accolade_linked_data::{self as linked_data, Gaps, Options, select};
use serde_json::Value;

use super::base::{options_hash, read_base, signing_input, verify_apart};
use super::proof_value::{BaseValue, DerivedValue, Signature};
use super::statements::{Part, Statements, hash, parted, relabelled};
use super::{RECIPE, SelectiveError, check_key, reading_of};
use crate::PublicKey;
use crate::data_integrity::proof::Checked;
use crate::data_integrity::{ProofError, split};

/// Makes of a document with a base proof the document that shows what the pointers choose and what the issuer made mandatory, with the
/// derived proof in it. Other proofs that the document has are left out: they cover the whole.
///
/// The base proof is not verified here ([`verify_base`](super::verify_base) does that, with the issuer's key); one that does not hold
/// gives a derived proof that does not hold.
///
/// # Errors
/// If there is not exactly one base proof of the suite, a pointer leads nowhere or cuts something apart, or nothing is chosen at all.
pub fn derive<P: AsRef<str>>(secured: &Value, selective_pointers: &[P]) -> Result<Value, ProofError> {
    derive_with(secured, selective_pointers, &Options::default())
}

/// [`derive()`], with the way to read JSON-LD chosen by the caller: a smaller budget, or further contexts.
pub fn derive_with<P: AsRef<str>>(
    secured: &Value,
    selective_pointers: &[P],
    reading: &Options<'_>,
) -> Result<Value, ProofError> {
    let reading = &reading_of(reading);
    let (document, proofs) = split(secured)?;
    let (proof, base) = read_base(only_base_proof(&proofs)?)?;
    let mut proof = proof.members.clone();
    let disclosure = Disclosure::of(&document, base, selective_pointers, reading)?;
    proof.insert("proofValue".into(), disclosure.value.to_text().into());
    let mut shown = disclosure.document;
    if let Some(members) = shown.as_object_mut() {
        members.insert("proof".into(), Value::Object(proof));
    }
    Ok(shown)
}

/// Verifies a derived proof over a document without `proof`, or with those that it follows.
pub(in crate::data_integrity) fn verify_derived(
    document: &Value,
    proof: &Checked<'_>,
    key: &PublicKey,
    reading: &Options<'_>,
) -> Result<(), ProofError> {
    let reading = &reading_of(reading);
    check_key(key)?;
    let value = DerivedValue::read(proof.value()?)?;
    let lines = relabelled(document, &value.labels, reading)?;
    if value.mandatory_indexes.last().is_some_and(|last| *last >= lines.len()) {
        return Err(SelectiveError::MandatoryIndexes("an index is past the end").into());
    }
    let (mandatory, others) = parted(&lines, &value.mandatory_indexes);
    let proof_hash = options_hash(document, proof, reading)?;
    let input = signing_input(&proof_hash, &value.proof_key, &hash(&mandatory));
    // First, so that nobody but the issuer can make a verifier check many signatures.
    key.verify(&input, &value.base_signature).map_err(|_| ProofError::BadSignature)?;
    verify_apart(&others, &value.proof_key, &value.signatures)
}

/// What the holder shows.
pub(super) struct Disclosure {
    pub(super) document: Value,
    pub(super) value: DerivedValue,
}

impl Disclosure {
    pub(super) fn of<P: AsRef<str>>(
        document: &Value,
        base: BaseValue,
        selective_pointers: &[P],
        reading: &Options<'_>,
    ) -> Result<Self, ProofError> {
        let selective = selective_pointers.iter().map(AsRef::as_ref);
        let combined: Vec<&str> =
            base.mandatory_pointers.iter().map(String::as_str).chain(selective).collect();
        if combined.is_empty() {
            return Err(SelectiveError::NothingChosen.into());
        }
        let statements = Statements::read(document, &base.hmac_key, reading)?;
        let mandatory = statements.chosen(document, &base.mandatory_pointers, reading)?;
        let shown = statements.chosen(document, &combined, reading)?;
        let document = select(document, &combined, Gaps::Closed).map_err(SelectiveError::Pointer)?;
        // Closing the gaps must not have changed the meaning, or the verifier would see other statements.
        if linked_data::canonicalize(&document, reading).map_err(ProofError::of("document"))?
            != shown.canonical
        {
            return Err(SelectiveError::CutApart.into());
        }
        let value = DerivedValue {
            base_signature: base.base_signature,
            proof_key: base.proof_key,
            signatures: shown_signatures(&base.signatures, statements.lines.len(), &mandatory, &shown)?,
            mandatory_indexes: relative(&mandatory, &shown),
            labels: shown.labels,
        };
        Ok(Self { document, value })
    }
}

/// The one proof of the suite among the proofs of a document.
fn only_base_proof(proofs: &[Value]) -> Result<&Value, SelectiveError> {
    let of_suite = |proof: &&Value| proof.get("cryptosuite").and_then(Value::as_str) == Some(RECIPE.name);
    let mut candidates = proofs.iter().filter(of_suite);
    match (candidates.next(), candidates.count()) {
        (Some(proof), 0) => Ok(proof),
        (first, others) => Err(SelectiveError::BaseProofs(usize::from(first.is_some()) + others)),
    }
}

/// Where the mandatory statements stand among those shown.
fn relative(mandatory: &Part, shown: &Part) -> Vec<usize> {
    let is_mandatory = |(_, index): &(usize, &usize)| mandatory.indexes.binary_search(index).is_ok();
    shown.indexes.iter().enumerate().filter(is_mandatory).map(|(place, _)| place).collect()
}

/// The signatures of the statements that are shown and not mandatory. The base proof has one for each of all that are not.
fn shown_signatures(
    signatures: &[Signature],
    statements: usize,
    mandatory: &Part,
    shown: &Part,
) -> Result<Vec<Signature>, SelectiveError> {
    let others = (0..statements).filter(|index| mandatory.indexes.binary_search(index).is_err());
    let expected = statements - mandatory.indexes.len();
    if signatures.len() != expected {
        return Err(SelectiveError::SignatureCount { expected, found: signatures.len() });
    }
    let is_shown = |(index, _): &(usize, &Signature)| shown.indexes.binary_search(index).is_ok();
    Ok(others.zip(signatures).filter(is_shown).map(|(_, signature)| *signature).collect())
}
