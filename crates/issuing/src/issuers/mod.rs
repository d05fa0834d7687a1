//! Issuers: who awards. Registering one makes its signing keys.

mod amend;
mod profile;
mod register;

use accolade_core::Timestamp;
use accolade_store::issuers as store;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use profile::linked_data_faults;
use profile::read_organization_id;
pub(crate) use register::purposes;

use crate::ids::possible;
use crate::images::{as_asked, as_published};
use crate::office::Desk;
use crate::{Caller, Office, OfficeError, Page, PageRequest, Scope};

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
    /// The number of its page on LinkedIn, digits. It stands in no signed document.
    pub linkedin_organization_id: Option<String>,
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
    /// The number of its page on LinkedIn, digits. It stands in no signed document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linkedin_organization_id: Option<String>,
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
    /// One issuer.
    pub fn issuer(&self, caller: &Caller, id: &str) -> Result<Issuer, OfficeError> {
        caller.needs(Scope::IssuersRead)?;
        possible(id)?;
        caller.sees(id)?;
        let row = self.desk.store.read("issuer", |db| store::get(db, id))?.ok_or(OfficeError::NotFound)?;
        self.desk.shown_issuer(&row)
    }

    /// The issuers that the caller sees, newest first.
    pub fn issuers(&self, caller: &Caller, page: &PageRequest) -> Result<Page<Issuer>, OfficeError> {
        caller.needs(Scope::IssuersRead)?;
        if let Some(own) = &caller.issuer {
            return Ok(Page { items: vec![self.issuer(caller, own)?], next: None });
        }
        let cursor = page.position()?;
        let rows = self.desk.store.read("issuers", |db| store::page(db, cursor.as_ref(), page.limit()))?;
        Page::of(rows, |row| self.desk.shown_issuer(row))
    }
}

/// An issuer as the other rooms need it: its names and its Profile.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) profile_id: String,
    pub(crate) id_method: IdMethod,
    /// The number of its page on LinkedIn.
    pub(crate) linkedin_organization_id: Option<String>,
    /// The whole Profile object, as it stands in credentials.
    pub(crate) profile: Value,
}

impl Named {
    pub(crate) fn of(row: &store::Issuer) -> Result<Named, OfficeError> {
        let mut profile = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        as_published(&mut profile);
        Ok(Named {
            id: row.id.clone(),
            profile_id: row.profile_id.clone(),
            id_method: IdMethod::parse(&row.id_method).ok_or_else(|| {
                OfficeError::corrupt(format!("the issuer {} is named in an unknown way", row.id))
            })?,
            linkedin_organization_id: row.linkedin_organization_id.clone(),
            profile,
        })
    }
}

impl Desk {
    pub(crate) fn shown_issuer(&self, row: &store::Issuer) -> Result<Issuer, OfficeError> {
        let named = Named::of(row)?;
        let mut profile = written(row)?;
        as_asked(&mut profile);
        let addresses = &self.addresses;
        Ok(Issuer {
            links: IssuerLinks {
                public: addresses.issuer(&row.id),
                did_document: addresses.did_document(&row.id),
                jwks: addresses.jwks(&row.id),
                v2: addresses.issuer_v2(&row.id),
                revocations: addresses.revocations(&row.id),
            },
            id: named.id,
            profile_id: named.profile_id,
            id_method: named.id_method,
            linkedin_organization_id: named.linkedin_organization_id,
            profile,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// The Profile members of an issuer as they are stored.
fn written(row: &store::Issuer) -> Result<Map<String, Value>, OfficeError> {
    serde_json::from_str(&row.document).map(without_identity).map_err(OfficeError::corrupt)
}

/// The members that a caller wrote: all but `id` and `type`, which the office gives.
pub(crate) fn without_identity(document: Value) -> Map<String, Value> {
    let Value::Object(mut members) = document else { return Map::new() };
    members.remove("id");
    members.remove("type");
    members
}
