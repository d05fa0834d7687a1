//! The issuer's side: [creating a base proof](https://www.w3.org/TR/vc-di-ecdsa/#create-base-proof-ecdsa-sd-2023).

use accolade_core::Entropy;
use accolade_linked_data::Options;
use serde_json::Value;

use super::proof_value::{BaseValue, ProofKey, Signature, public_key};
use super::statements::{Statements, hash, parted};
use super::{MOST_SIGNATURES, SelectiveError, check_key, reading_of};
use crate::data_integrity::proof::Checked;
use crate::data_integrity::{ProofError, ProofOptions, Suite, check_unsecured, transform};
use crate::multikey::decode_base58btc;
use crate::{KeyType, PrivateKey, PublicKey, Signer, SigningError};

/// What a holder can never leave out, where the document has it: who says it, when it holds, and whether it has been revoked; by the names
/// of both data models of Verifiable Credentials. `id` and `type` of the document need no pointer, they come with any other.
pub const ALWAYS_MANDATORY: [&str; 7] = [
    "/issuer",
    "/validFrom",
    "/validUntil",
    "/issuanceDate",
    "/expirationDate",
    "/credentialStatus",
    "/termsOfUse",
];

/// Makes the base proof for a document that has none yet; put it into the document's `proof` and give the document to the holder, nobody else.
///
/// `mandatory_pointers` ([JSON Pointers](https://www.rfc-editor.org/rfc/rfc6901.html)) say what every derived document will show, beside
/// [`ALWAYS_MANDATORY`]. `entropy` gives the key of the labels and the key pair that signs the single statements; both must stay unknown.
///
/// # Errors
/// If the key is not for P-256, the options ask for another suite or for a chain of proofs, a pointer leads nowhere or cuts something apart, JSON-LD processing refuses the document, or it makes more
/// than [`MOST_SIGNATURES`] statements.
pub fn create_base<P: AsRef<str>>(
    document: &Value,
    mandatory_pointers: &[P],
    options: &ProofOptions,
    signer: &Signer,
    entropy: &dyn Entropy,
) -> Result<Value, ProofError> {
    create_base_with(document, mandatory_pointers, options, signer, entropy, &Options::default())
}

/// [`create_base`], with the way to read JSON-LD chosen by the caller: a smaller budget, or further contexts. Leave `safe` on.
pub fn create_base_with<P: AsRef<str>>(
    document: &Value,
    mandatory_pointers: &[P],
    options: &ProofOptions,
    signer: &Signer,
    entropy: &dyn Entropy,
    reading: &Options<'_>,
) -> Result<Value, ProofError> {
    let reading = &reading_of(reading);
    check_key(signer.public_key())?;
    check_unsecured(document)?;
    if options.suite.is_some_and(|suite| suite != Suite::EcdsaSd2023) {
        return Err(ProofError::bad("cryptosuite", "base proofs are made by ecdsa-sd-2023 only"));
    }
    let mut proof = options.to_members(Suite::EcdsaSd2023);
    let proof_hash = options_hash(document, &alone(Checked::options(&proof)?)?, reading)?;

    let mut hmac_key = [0; 32];
    entropy.fill(&mut hmac_key);
    let statements = Statements::read(document, &hmac_key, reading)?;
    let mandatory_pointers = with_always_mandatory(document, mandatory_pointers);
    let mandatory = statements.chosen(document, &mandatory_pointers, reading)?;
    let (mandatory, others) = parted(&statements.lines, &mandatory.indexes);
    check_hidden(&mandatory, &others, statements.root(document, reading)?)?;
    if others.len() > MOST_SIGNATURES {
        return Err(SelectiveError::TooManyStatements(others.len()).into());
    }

    let (proof_key, signatures) = sign_apart(&others, entropy)?;
    let base_signature = signature(signer, &signing_input(&proof_hash, &proof_key, &hash(&mandatory)))?;
    let value = BaseValue { base_signature, proof_key, hmac_key, signatures, mandatory_pointers };
    proof.insert("proofValue".into(), value.to_text().into());
    Ok(Value::Object(proof))
}

/// Verifies a base proof over a document given without its `proof` member, as the issuer does before he hands it out, and the holder when he
/// gets it. A verifier never sees one: [`verify`](crate::data_integrity::verify) refuses it.
pub fn verify_base(document: &Value, proof: &Value, key: &PublicKey) -> Result<(), ProofError> {
    verify_base_with(document, proof, key, &Options::default())
}

/// [`verify_base`], with the way to read JSON-LD chosen by the caller: a smaller budget, or further contexts.
pub fn verify_base_with(
    document: &Value,
    proof: &Value,
    key: &PublicKey,
    reading: &Options<'_>,
) -> Result<(), ProofError> {
    let reading = &reading_of(reading);
    check_key(key)?;
    check_unsecured(document)?;
    let (proof, value) = read_base(proof)?;
    let statements = Statements::read(document, &value.hmac_key, reading)?;
    let mandatory = statements.chosen(document, &value.mandatory_pointers, reading)?;
    let (mandatory, others) = parted(&statements.lines, &mandatory.indexes);
    let proof_hash = options_hash(document, &proof, reading)?;
    let input = signing_input(&proof_hash, &value.proof_key, &hash(&mandatory));
    key.verify(&input, &value.base_signature).map_err(|_| ProofError::BadSignature)?;
    verify_apart(&others, &value.proof_key, &value.signatures)
}

/// A base proof, checked, and its value.
pub(super) fn read_base(proof: &Value) -> Result<(Checked<'_>, BaseValue), ProofError> {
    let checked = alone(Checked::read(proof)?)?;
    if checked.suite != Suite::EcdsaSd2023 {
        return Err(SelectiveError::BaseProofs(0).into());
    }
    Ok((checked, BaseValue::read(checked.value()?)?))
}

/// A base proof that follows others would cover proofs that a holder could not leave out.
fn alone(proof: Checked<'_>) -> Result<Checked<'_>, ProofError> {
    if proof.previous_proofs.is_empty() { Ok(proof) } else { Err(SelectiveError::FollowsOthers.into()) }
}

/// Verifies the signatures of the single statements, in order.
pub(super) fn verify_apart(
    lines: &[&str],
    proof_key: &ProofKey,
    signatures: &[Signature],
) -> Result<(), ProofError> {
    if lines.len() != signatures.len() {
        return Err(SelectiveError::SignatureCount { expected: lines.len(), found: signatures.len() }.into());
    }
    let key = public_key(proof_key)?;
    let verify = |(line, signature): (&&str, &Signature)| key.verify(line.as_bytes(), signature);
    lines.iter().zip(signatures).try_for_each(verify).map_err(|_| ProofError::BadSignature)
}

/// What the issuer's key signs: the hash of the proof's options, the key of the statements, and the hash of the mandatory ones.
pub(super) fn signing_input(
    proof_hash: &[u8; 32],
    proof_key: &ProofKey,
    mandatory_hash: &[u8; 32],
) -> Vec<u8> {
    [proof_hash.as_slice(), proof_key, mandatory_hash].concat()
}

/// SHA-256 of the proof's options.
pub(super) fn options_hash(
    document: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Result<[u8; 32], ProofError> {
    let digest = transform::options_digest(document, proof, reading)?;
    digest.as_slice().try_into().map_err(|_| ProofError::BadSignature)
}

/// The caller's pointers, and those of [`ALWAYS_MANDATORY`] that lead somewhere; each once.
fn with_always_mandatory<P: AsRef<str>>(document: &Value, pointers: &[P]) -> Vec<String> {
    let always = ALWAYS_MANDATORY.into_iter().filter(|pointer| document.pointer(pointer).is_some());
    let mut all: Vec<String> = Vec::with_capacity(ALWAYS_MANDATORY.len() + pointers.len());
    for pointer in always.chain(pointers.iter().map(AsRef::as_ref)) {
        if !all.iter().any(|known| known == pointer) {
            all.push(pointer.to_owned());
        }
    }
    all
}

/// A pointer reaches a member by its name; what counts is what is said. So nothing that [`ALWAYS_MANDATORY`] is about may be among the
/// other statements: of the document itself, nor of its status entries.
fn check_hidden(mandatory: &[&str], others: &[&str], root: Option<&str>) -> Result<(), SelectiveError> {
    let property = |pointer: &str| pointer.replacen('/', "<https://www.w3.org/2018/credentials#", 1) + ">";
    let properties = ALWAYS_MANDATORY.map(|pointer| (property(pointer), pointer));
    let status = property("/credentialStatus");
    let entries: Vec<&str> = mandatory
        .iter()
        .filter_map(|line| match terms(line) {
            [subject, predicate, object] if is_root(subject, root) && predicate == status => Some(object),
            _ => None,
        })
        .collect();
    for line in others {
        let [subject, predicate, _] = terms(line);
        if let Some((_, pointer)) = properties.iter().find(|(property, _)| property == predicate)
            && is_root(subject, root)
        {
            return Err(SelectiveError::CouldBeHidden(pointer));
        }
        if entries.contains(&subject) {
            return Err(SelectiveError::CouldBeHidden("/credentialStatus"));
        }
    }
    Ok(())
}

/// Where the document has no name that is known, anything might be it.
fn is_root(subject: &str, root: Option<&str>) -> bool {
    root.is_none_or(|root| root == subject)
}

/// Subject, predicate and object of a statement; of an object with spaces, which is a literal, the beginning.
fn terms(line: &str) -> [&str; 3] {
    let mut terms = line.split(' ');
    [(); 3].map(|()| terms.next().unwrap_or_default())
}

/// Signs each statement with a key pair made for this proof alone and forgotten when it is done.
fn sign_apart(lines: &[&str], entropy: &dyn Entropy) -> Result<(ProofKey, Vec<Signature>), ProofError> {
    let failed = |reason: String| SigningError::Failed { algorithm: crate::Algorithm::Es256, reason };
    let key = PrivateKey::generate(KeyType::P256, entropy).map_err(|error| failed(error.to_string()))?;
    let signer = Signer::new(&key)?;
    let signatures =
        lines.iter().map(|line| signature(&signer, line.as_bytes())).collect::<Result<_, _>>()?;
    let multikey = key.public().to_multibase().unwrap_or_default();
    let multikey = decode_base58btc(&multikey, multikey.len()).map_err(|reason| failed(reason.to_owned()))?;
    let proof_key = multikey.try_into().map_err(|_| SelectiveError::ProofKey)?;
    Ok((proof_key, signatures))
}

fn signature(signer: &Signer, message: &[u8]) -> Result<Signature, SigningError> {
    let algorithm = signer.algorithm();
    let failed = |_| SigningError::Failed { algorithm, reason: "the signature has a wrong length".into() };
    signer.sign(message)?.try_into().map_err(failed)
}
