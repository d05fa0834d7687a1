//! Opened signing keys, kept ready: building a signer is expensive, and opening a sealed key should happen once.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use accolade_signing::sealed::{self, SealBinding, SealError};
use accolade_signing::{KeyPurpose, KeyType, Signer};
use accolade_store::signing_keys::{KeyState, SigningKey as KeyRow};

use crate::issuers::Named;
use crate::office::Desk;
use crate::{IdMethod, OfficeError};

/// How many opened keys are kept at most; beyond that, keys are opened again when they are needed.
const MOST: usize = 1024;

/// Signers by key id.
#[derive(Default)]
pub(crate) struct Signers {
    ready: RwLock<HashMap<String, Arc<Signer>>>,
}

/// A key that can sign, and how verifiers find its public half.
#[derive(Clone)]
pub(crate) struct ReadyKey {
    /// The id of its row.
    pub(crate) id: String,
    /// The verification method of embedded proofs, or the `kid` of JWTs.
    pub(crate) method: String,
    pub(crate) signer: Arc<Signer>,
}

impl Signers {
    fn get(&self, id: &str) -> Option<Arc<Signer>> {
        self.ready.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    fn keep(&self, id: &str, signer: &Arc<Signer>) {
        let mut ready = self.ready.write().unwrap_or_else(PoisonError::into_inner);
        if ready.len() >= MOST {
            ready.clear();
        }
        ready.insert(id.to_owned(), Arc::clone(signer));
    }

    /// Forgets a key that must sign no more.
    pub(crate) fn forget(&self, id: &str) {
        self.ready.write().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}

/// The `did:key` of a key, by its Multikey.
pub(crate) fn did_key(multibase: &str) -> String {
    format!("did:key:{multibase}")
}

/// The verification method of a key under its own `did:key`.
pub(crate) fn own_method(multibase: &str) -> String {
    format!("did:key:{multibase}#{multibase}")
}

impl Desk {
    /// The active key of an issuer for `purpose`, opened. An issuer named by its key signs its JWTs with that key.
    pub(crate) fn ready_key(
        &self,
        issuer: &Named,
        keys: &[KeyRow],
        purpose: KeyPurpose,
    ) -> Result<ReadyKey, OfficeError> {
        let stored_purpose = match (issuer.id_method, purpose) {
            (IdMethod::Key, KeyPurpose::Jwt) => KeyPurpose::AssertionProof,
            _ => purpose,
        };
        let row = keys
            .iter()
            .find(|key| key.purpose == stored_purpose.as_str() && key.state == KeyState::Active)
            .ok_or(OfficeError::NoActiveKey { purpose: stored_purpose.as_str() })?;
        Ok(ReadyKey { id: row.id.clone(), method: self.method(issuer, row), signer: self.open_key(row)? })
    }

    /// How verifiers find a key that signs in the issuer's name: the verification method of proofs, the `kid` of JWTs, the
    /// `creator` of 2.0 assertions. A key beside the one that names an issuer stands in no document under that name, so it
    /// has a name of its own.
    pub(crate) fn method(&self, issuer: &Named, row: &KeyRow) -> String {
        let purpose = KeyPurpose::parse(&row.purpose);
        match (&row.multibase, purpose) {
            (Some(multibase), Some(purpose)) if purpose.is_proof() => match issuer.id_method {
                IdMethod::Key if !issuer.profile_id.ends_with(multibase) => own_method(multibase),
                _ => format!("{}#{multibase}", issuer.profile_id),
            },
            (_, Some(KeyPurpose::BadgeV2)) => self.addresses.key_v2(&row.id),
            _ => self.addresses.key(&row.id),
        }
    }

    /// Opens a sealed key, or takes the one that is open already.
    pub(crate) fn open_key(&self, row: &KeyRow) -> Result<Arc<Signer>, OfficeError> {
        if let Some(signer) = self.signers.get(&row.id) {
            return Ok(signer);
        }
        let unknown = || OfficeError::corrupt(format!("the signing key {} is of an unknown kind", row.id));
        let kind = KeyType::parse(&row.key_type).ok_or_else(unknown)?;
        let purpose = KeyPurpose::parse(&row.purpose).ok_or_else(unknown)?;
        let binding = SealBinding { issuer_id: &row.issuer_id, key_id: &row.id, purpose };
        let private =
            sealed::open(&self.master_key, &row.sealed, kind, &binding).map_err(|error| match error {
                SealError::OtherMasterKey => OfficeError::WrongMasterKey,
                other => OfficeError::corrupt(format!("the signing key {}: {other}", row.id)),
            })?;
        let signer = Arc::new(Signer::new(&private).map_err(OfficeError::signing)?);
        self.signers.keep(&row.id, &signer);
        Ok(signer)
    }
}
