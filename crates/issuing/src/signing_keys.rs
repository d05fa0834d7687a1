//! The signing keys of an issuer and their life: active, retired, compromised.

use accolade_core::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{Caller, Office, OfficeError};

/// Where a key stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SigningKeyState {
    /// Signs.
    Active,
    /// Signs no more, but what it signed stays valid.
    Retired,
    /// Stolen or lost: what it signed is no longer to be trusted.
    Compromised,
}

/// A signing key, as it may be shown: never its private half.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningKey {
    /// Its id, the `kid` in its public URL.
    pub id: String,
    /// The issuer it belongs to.
    pub issuer_id: String,
    /// What it signs: `assertionProof`, `jwt` or `badgeV2`.
    pub purpose: String,
    /// `Ed25519`, `P-256` or `RSA-2048`.
    pub key_type: String,
    /// Where it stands in its life.
    pub state: SigningKeyState,
    /// Its public JWK.
    pub public_jwk: Value,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
    /// When it was found to be compromised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compromised_at: Option<Timestamp>,
}

impl Office {
    /// The keys of an issuer, newest first.
    pub fn signing_keys(&self, caller: &Caller, issuer: &str) -> Result<Vec<SigningKey>, OfficeError> {
        let _ = (caller, issuer);
        Err(OfficeError::NotFound)
    }

    /// Makes new keys for `purpose` (all purposes where `None`) and retires those in use. Gives the new ones.
    pub fn rotate_signing_keys(&self, caller: &Caller, issuer: &str, purpose: Option<&str>) -> Result<Vec<SigningKey>, OfficeError> {
        let _ = (caller, issuer, purpose);
        Err(OfficeError::NotFound)
    }

    /// Retires a key that is not the one in use.
    pub fn retire_signing_key(&self, caller: &Caller, issuer: &str, key: &str) -> Result<SigningKey, OfficeError> {
        let _ = (caller, issuer, key);
        Err(OfficeError::NotFound)
    }

    /// Marks a key as compromised; one in use is replaced by a new one in the same act.
    pub fn compromise_signing_key(&self, caller: &Caller, issuer: &str, key: &str) -> Result<SigningKey, OfficeError> {
        let _ = (caller, issuer, key);
        Err(OfficeError::NotFound)
    }
}
