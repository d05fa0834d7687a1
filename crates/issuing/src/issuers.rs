//! Issuers: who awards. Registering one makes its signing keys.

use accolade_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Caller, IdempotencyKey, Office, OfficeError, Page, PageRequest};

/// How an issuer is named inside credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdMethod {
    /// `did:web`, the default under an https public URL.
    Web,
    /// The profile's own public URL, the default under http.
    Url,
    /// `did:key` of the issuer's Ed25519 key: lives without a server, but cannot rotate that key.
    Key,
}

impl IdMethod {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            IdMethod::Web => "web",
            IdMethod::Url => "url",
            IdMethod::Key => "key",
        }
    }

    /// The method of that name.
    pub fn parse(name: &str) -> Option<IdMethod> {
        [IdMethod::Web, IdMethod::Url, IdMethod::Key].into_iter().find(|method| method.as_str() == name)
    }
}

/// The wish to be an issuer.
#[derive(Debug, Clone, PartialEq)]
pub struct NewIssuer {
    /// OB 3.0 Profile members; `name` is required, `id` is given by the office.
    pub profile: Value,
    /// How it shall be named; by default after the public URL.
    pub id_method: Option<IdMethod>,
}

/// An issuer, with the Profile members it was registered with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issuer {
    /// Its id in this house.
    pub id: String,
    /// The `issuer.id` inside credentials.
    pub profile_id: String,
    /// How it is named.
    pub id_method: IdMethod,
    /// OB 3.0 Profile members (`name`, `url`, …) without `id` and `type`.
    #[serde(flatten)]
    pub profile: Map<String, Value>,
    /// Where the world finds it.
    pub links: IssuerLinks,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was last amended.
    pub updated_at: Timestamp,
}

/// Where the world finds an issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuerLinks {
    /// The 3.0 Profile and controller document.
    pub public: String,
    /// The DID document.
    pub did_document: String,
    /// The key set.
    pub jwks: String,
    /// The 2.0 Issuer.
    pub v2: String,
    /// The 2.0 RevocationList.
    pub revocations: String,
}

impl Office {
    /// Registers an issuer and makes its keys.
    pub fn register_issuer(&self, caller: &Caller, new: NewIssuer, key: Option<IdempotencyKey>) -> Result<Issuer, OfficeError> {
        let _ = (caller, new, key);
        Err(OfficeError::NotFound)
    }

    /// One issuer.
    pub fn issuer(&self, caller: &Caller, id: &str) -> Result<Issuer, OfficeError> {
        let _ = (caller, id);
        Err(OfficeError::NotFound)
    }

    /// The issuers, newest first.
    pub fn issuers(&self, caller: &Caller, page: &PageRequest) -> Result<Page<Issuer>, OfficeError> {
        let _ = (caller, page);
        Err(OfficeError::NotFound)
    }

    /// Changes Profile members: a merge patch, `null` takes a member away. Credentials already awarded keep what they say.
    pub fn amend_issuer(&self, caller: &Caller, id: &str, patch: &Value) -> Result<Issuer, OfficeError> {
        let _ = (caller, id, patch);
        Err(OfficeError::NotFound)
    }
}

impl NewIssuer {
    /// Takes `idMethod` out of a request body; the rest are Profile members.
    pub fn parse(body: Value) -> Result<NewIssuer, OfficeError> {
        Ok(NewIssuer { profile: body, id_method: None })
    }
}
