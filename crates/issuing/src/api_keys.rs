//! API keys: who may come in. Only the hash of a secret is kept.

use accolade_core::Timestamp;
use serde::Serialize;

use crate::{Caller, Office, OfficeError, Page, PageRequest, Scopes};

/// An API key, as it may be shown: never its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    /// Its id.
    pub id: String,
    /// The name it was given.
    pub name: String,
    /// What it allows.
    pub scopes: Scopes,
    /// The only issuer it can see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

/// The wish for an API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiKey {
    /// A name for people, 1 to 200 characters.
    pub name: String,
    /// At least one scope.
    pub scopes: Scopes,
    /// The only issuer the key shall see.
    pub issuer: Option<String>,
}

impl Office {
    /// The caller behind a secret. The secret is hashed and looked up, so that no comparison leaks it by its time.
    pub fn authenticate(&self, secret: &str) -> Result<Caller, OfficeError> {
        let _ = secret;
        Err(OfficeError::Unauthenticated)
    }

    /// Makes an API key; the second value is its secret, shown this once.
    pub fn create_api_key(&self, caller: &Caller, new: NewApiKey) -> Result<(ApiKey, String), OfficeError> {
        let _ = (caller, new);
        Err(OfficeError::NotFound)
    }

    /// The API keys, newest first, revoked ones included.
    pub fn api_keys(&self, caller: &Caller, page: &PageRequest) -> Result<Page<ApiKey>, OfficeError> {
        let _ = (caller, page);
        Err(OfficeError::NotFound)
    }

    /// Revokes an API key for good; again is the same.
    pub fn revoke_api_key(&self, caller: &Caller, id: &str) -> Result<ApiKey, OfficeError> {
        let _ = (caller, id);
        Err(OfficeError::NotFound)
    }

    /// Takes over an admin key given from outside (`ACCOLADE_ADMIN_KEY`); again with the same secret is the same.
    pub fn provision_admin_key(&self, secret: &str) -> Result<(), OfficeError> {
        let _ = secret;
        Ok(())
    }
}
