//! Signs a credential by the suite asked for, and verifies the very bytes that are handed out.

use accolade_core::Timestamp;
use accolade_linked_data::{Options, jcs};
use accolade_signing::data_integrity::selective::{self, SelectiveError};
use accolade_signing::data_integrity::{self, ProofError, ProofOptions, Suite};
use accolade_signing::vc_jose::{self, SignatureLife};
use accolade_signing::{SigningError, jws::JwsError};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::rules::{Draft, rejected};
use crate::office::Desk;
use crate::signers::ReadyKey;
use crate::{Fault, OfficeError};

/// A credential, secured.
pub(super) struct Sealed {
    /// With its proof, or the envelope of its token.
    pub(super) credential: Value,
    /// SHA-256 of what was signed and handed out, in hexadecimal: of the canonical JSON (RFC 8785) of the secured
    /// credential, or of the token's text.
    pub(super) sha256: String,
}

/// Adds a proof beside those that the draft has.
pub(super) fn with_proof(
    desk: &Desk,
    draft: Draft,
    mandatory_pointers: &[String],
    suite: Suite,
    key: &ReadyKey,
    now: Timestamp,
) -> Result<Sealed, OfficeError> {
    let Draft { document, mut proofs } = draft;
    let mut options = ProofOptions::new(now, key.method.clone());
    options.suite = Some(suite);
    let reading = Options::default();
    let proof = match suite {
        Suite::EcdsaSd2023 => selective::create_base(
            &document,
            mandatory_pointers,
            &options,
            &key.signer,
            desk.entropy.as_ref(),
        ),
        _ => data_integrity::sign_among(&document, &proofs, &options, &key.signer, &reading),
    };
    proofs.push(proof.map_err(of_proof)?);
    let Value::Object(mut members) = document else { return Err(OfficeError::signing("not an object")) };
    members.insert("proof".to_owned(), Value::Array(proofs));
    let text = Value::Object(members).to_string();
    let credential = verified(&text, key)?;
    let sha256 = sha256(&jcs::canonicalize(&credential));
    Ok(Sealed { credential, sha256 })
}

/// Makes a token of the draft.
pub(super) fn as_token(draft: &Draft, key: &ReadyKey, now: Timestamp) -> Result<Sealed, OfficeError> {
    let life = SignatureLife { issued: Some(now), expires: None };
    let token =
        vc_jose::sign(&draft.document, &key.method, life, &key.signer).map_err(|error| match error {
            SigningError::Unfit { pointer, reason } => rejected(vec![Fault::new(pointer, "vc_jwt", reason)]),
            other => OfficeError::signing(other),
        })?;
    let read = vc_jose::read(&token).map_err(OfficeError::signing)?;
    read.verify(key.signer.public_key()).map_err(|error: JwsError| OfficeError::signing(error))?;
    if *read.credential() != draft.document {
        return Err(OfficeError::signing("the token reads back as another credential"));
    }
    Ok(Sealed { credential: vc_jose::envelop(&token), sha256: sha256(&token) })
}

/// Verifies the new proof, the last one, in the text that goes out, as anybody would who reads it.
fn verified(text: &str, key: &ReadyKey) -> Result<Value, OfficeError> {
    let read: Value = serde_json::from_str(text).map_err(OfficeError::signing)?;
    let (document, proofs) = data_integrity::split(&read).map_err(OfficeError::signing)?;
    let public = key.signer.public_key();
    let last = proofs.last().ok_or_else(|| OfficeError::signing("the proof is gone"))?;
    if last.get("cryptosuite").and_then(Value::as_str) == Some(Suite::EcdsaSd2023.name()) {
        selective::verify_base(&document, last, public).map_err(OfficeError::signing)?;
    } else {
        let index = proofs.len() - 1;
        data_integrity::verify_among(&document, &proofs, index, public, &Options::default())
            .map_err(OfficeError::signing)?;
    }
    Ok(read)
}

/// What the credential or the pointers are to blame for is the caller's to mend; everything else is ours.
fn of_proof(error: ProofError) -> OfficeError {
    let (code, detail) = (error.code(), error.to_string());
    let fault = match &error {
        ProofError::LinkedData { part: "document", error } => {
            Fault::new(error.pointer().unwrap_or_default(), error.code(), error.to_string())
        }
        ProofError::BadDocument(_) => Fault::new("", code, detail),
        ProofError::Selective(SelectiveError::CouldBeHidden(_) | SelectiveError::TooManyStatements(_)) => {
            Fault::new("", code, detail)
        }
        ProofError::Selective(
            SelectiveError::Pointer(_) | SelectiveError::CutApart | SelectiveError::NothingChosen,
        ) => Fault::new("/options/mandatoryPointers", code, detail),
        _ => return OfficeError::signing(error),
    };
    rejected(vec![fault])
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
