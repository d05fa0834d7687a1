//! The four forms of an award, signed and then verified from the very bytes that will be stored.

use accolade_core::class::Class;
use accolade_core::credential::{AchievementCredential, Proof};
use accolade_signing::data_integrity::{self, ProofOptions};
use accolade_signing::{badge_v2, vc_jwt};
use serde_json::Value;

use super::faults;
use crate::OfficeError;
use crate::signers::ReadyKey;

/// The keys that sign an award.
pub(super) struct AwardKeys {
    /// Signs the embedded proof.
    pub(super) proof: ReadyKey,
    /// Signs the VC-JWT.
    pub(super) jwt: ReadyKey,
    /// Signs the 2.0 assertion.
    pub(super) badge: ReadyKey,
}

/// The 3.0 forms: they name the place in the status list, so another place means other bytes.
pub(super) struct CredentialForms {
    /// JSON with the embedded proof.
    pub(super) document: Vec<u8>,
    /// The VC-JWT.
    pub(super) jwt: String,
}

/// The 2.0 forms: they name no place in a list and are signed once.
pub(super) struct AssertionForms {
    /// The hosted Assertion.
    pub(super) hosted: Vec<u8>,
    /// The signed Assertion.
    pub(super) jws: String,
}

/// Signs the 3.0 forms. The JWT holds the credential without the embedded proof: one proof for each form.
pub(super) fn sign_credential(
    credential: &AchievementCredential,
    keys: &AwardKeys,
    created: accolade_core::Timestamp,
) -> Result<CredentialForms, OfficeError> {
    let unsigned = credential.to_value();
    let options = ProofOptions::new(created, keys.proof.method.clone());
    let proof = data_integrity::sign(&unsigned, &options, &keys.proof.signer).map_err(faults::of_proof)?;
    let mut signed = credential.clone();
    signed.proof.push(Proof::from_value(proof).map_err(OfficeError::signing)?);
    let document = signed.to_json().into_bytes();
    verify_document(&document, &keys.proof)?;

    let jwt = vc_jwt::sign(&unsigned, &keys.jwt.method, &keys.jwt.signer).map_err(OfficeError::signing)?;
    let read = vc_jwt::read(&jwt).map_err(OfficeError::signing)?;
    read.verify(keys.jwt.signer.public_key()).map_err(OfficeError::signing)?;
    Ok(CredentialForms { document, jwt })
}

/// Signs the 2.0 forms of assertions that were derived from the credential.
pub(super) fn sign_assertions(
    hosted: String,
    signed: &Value,
    key: &ReadyKey,
) -> Result<AssertionForms, OfficeError> {
    let jws = badge_v2::sign(signed, &key.signer).map_err(OfficeError::signing)?;
    let read = badge_v2::read(&jws).map_err(OfficeError::signing)?;
    read.verify(key.signer.public_key()).map_err(OfficeError::signing)?;
    if read.assertion() != signed {
        return Err(OfficeError::signing("the signed assertion reads back as another one"));
    }
    Ok(AssertionForms { hosted: hosted.into_bytes(), jws })
}

/// Verifies the bytes that are about to be stored, as any verifier would.
fn verify_document(document: &[u8], key: &ReadyKey) -> Result<(), OfficeError> {
    let read: Value = serde_json::from_slice(document).map_err(OfficeError::signing)?;
    let (unsecured, proofs) = data_integrity::split(&read).map_err(OfficeError::signing)?;
    for proof in &proofs {
        data_integrity::verify(&unsecured, proof, key.signer.public_key()).map_err(OfficeError::signing)?;
    }
    Ok(())
}
