//! Status lists: making an empty one, and signing the state of one.

use accolade_core::class::Class;
use accolade_core::credential::Proof;
use accolade_core::status_list::BitstringStatusListCredential;
use accolade_core::vocabulary::StatusPurpose;
use accolade_core::{Timestamp, Uri};
use accolade_signing::data_integrity::{self, ProofOptions};
use accolade_signing::status_list::Bitstring;
use accolade_store::Tx;
use accolade_store::status_lists::{self, StatusList};

use crate::OfficeError;
use crate::issuers::Named;
use crate::office::Desk;
use crate::signers::ReadyKey;

/// How many awards a list has places for: the standard's least, which hides an award among 131,072.
pub(crate) const LENGTH: usize = 131_072;

/// For how long a verifier may keep a list, in milliseconds: a revocation must be seen within five seconds.
const TTL_MILLISECONDS: u64 = 2_000;

/// A new list without a single status, open for awards.
pub(crate) fn new_list(
    desk: &Desk,
    issuer: &Named,
    key: &ReadyKey,
    now: Timestamp,
) -> Result<StatusList, OfficeError> {
    let id = desk.new_id();
    let bits = Bitstring::new(LENGTH);
    let document = signed(desk, issuer, key, &id, &bits, now)?;
    Ok(StatusList {
        id,
        issuer_id: issuer.id.clone(),
        purpose: StatusPurpose::Revocation.as_str().to_owned(),
        length: u32::try_from(LENGTH).map_err(OfficeError::corrupt)?,
        bits: bits.as_bytes().to_vec(),
        document,
        valid_from: now,
        open: true,
        created_at: now,
    })
}

/// Signs the state of a list and verifies the bytes before they are given out.
pub(crate) fn signed(
    desk: &Desk,
    issuer: &Named,
    key: &ReadyKey,
    list_id: &str,
    bits: &Bitstring,
    valid_from: Timestamp,
) -> Result<Vec<u8>, OfficeError> {
    let id = Uri::parse(desk.addresses.status_list(list_id)).map_err(OfficeError::corrupt)?;
    let issuer_id = Uri::parse(issuer.profile_id.as_str()).map_err(OfficeError::corrupt)?;
    let mut list = BitstringStatusListCredential::new(
        id,
        issuer_id,
        StatusPurpose::Revocation,
        bits.encode(),
        valid_from,
    );
    list.credential_subject.ttl = Some(TTL_MILLISECONDS);
    let unsigned = list.to_value();
    let options = ProofOptions::new(valid_from, key.method.clone());
    let proof = data_integrity::sign(&unsigned, &options, &key.signer).map_err(OfficeError::signing)?;
    data_integrity::verify(&unsigned, &proof, key.signer.public_key()).map_err(OfficeError::signing)?;
    list.proof.push(Proof::from_value(proof).map_err(OfficeError::signing)?);
    Ok(list.to_json().into_bytes())
}

/// Signs every list of an issuer anew, each under its lock: after a key was compromised, nothing that it signed counts.
pub(crate) fn sign_all_anew(
    desk: &Desk,
    tx: &mut Tx<'_>,
    issuer: &Named,
    key: &ReadyKey,
    now: Timestamp,
) -> Result<(), OfficeError> {
    for id in status_lists::ids_of_issuer(tx, &issuer.id)? {
        if let Some(list) = status_lists::lock(tx, &id)? {
            let valid_from = now.max(list.valid_from);
            let bits = Bitstring::from_bytes(list.bits);
            let document = signed(desk, issuer, key, &id, &bits, valid_from)?;
            status_lists::save_bits(tx, &id, bits.as_bytes(), &document, valid_from)?;
        }
    }
    Ok(())
}
