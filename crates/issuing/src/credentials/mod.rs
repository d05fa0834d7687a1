//! Awards: reading and listing them, who may see them, and how the world opens them.

mod amend;
mod links;
mod opened;
mod share;
mod visibility;

use std::collections::HashMap;

use accolade_core::Timestamp;
use accolade_store::credentials::{self as store, CredentialRecord, CredentialStatus};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::possible;
use crate::office::Desk;
use crate::orders::Identity;
use crate::{Caller, Office, OfficeError, Page, PageRequest, Scope};

pub use amend::AwardAmendment;
pub use links::AwardLinks;
pub(crate) use links::{Names, names_in};
pub(crate) use opened::{OpenAward, Opened, signed_name};
pub(crate) use share::ShareKeys;
pub use visibility::Visibility;

/// Whether an award is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AwardStatus {
    /// In force.
    Active,
    /// Out of force until it is reinstated.
    Suspended,
    /// Out of force for good.
    Revoked,
    /// Out of force for good, and everything personal of it is gone.
    Erased,
}

impl AwardStatus {
    /// The name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            AwardStatus::Active => "active",
            AwardStatus::Suspended => "suspended",
            AwardStatus::Revoked => "revoked",
            AwardStatus::Erased => "erased",
        }
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<AwardStatus> {
        [AwardStatus::Active, AwardStatus::Suspended, AwardStatus::Revoked, AwardStatus::Erased]
            .into_iter()
            .find(|status| status.as_str() == name)
    }
}

/// An award: one credential in all its forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Award {
    /// Its id in this house.
    pub id: String,
    /// Whether it is in force.
    pub status: AwardStatus,
    /// Why it was revoked or suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The id of the award that replaced it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<String>,
    /// The `id` of the 3.0 credential.
    pub credential_id: String,
    /// The issuer's id in this house.
    pub issuer_id: String,
    /// The achievement's id in this house.
    pub achievement_id: String,
    /// Which revision of the achievement it was made of; unknown of some awards from before revisions were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement_version: Option<u32>,
    /// The caller's own name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// From when it is valid.
    pub valid_from: Timestamp,
    /// Until when it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// When it was awarded here.
    pub created_at: Timestamp,
    /// When its status last changed.
    pub updated_at: Timestamp,
    /// Where the world finds it. A dry run has none, because nothing was stored; an erased award no longer has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<AwardLinks>,
    /// The unsigned credential, in the answer to a dry run only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<Value>,
}

/// Which awards are asked for; what is `None` does not narrow.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CredentialFilter {
    /// Of this issuer.
    pub issuer: Option<String>,
    /// Of this achievement.
    pub achievement: Option<String>,
    /// To this recipient: an e-mail address, DID, URL or phone number as it was in the order.
    pub recipient: Option<String>,
    /// In this status.
    pub status: Option<AwardStatus>,
}

impl Office {
    /// One award.
    pub fn credential(&self, caller: &Caller, id: &str) -> Result<Award, OfficeError> {
        caller.needs(Scope::CredentialsRead)?;
        possible(id)?;
        let desk = &*self.desk;
        let record =
            desk.store.read("credential", |db| store::get(db, id))?.ok_or(OfficeError::NotFound)?.record;
        caller.sees(&record.issuer_id)?;
        Ok(desk.shown_award(&record, &desk.names_of(&record)?))
    }

    /// Awards, newest first. A caller bound to an issuer sees that issuer's only.
    pub fn credentials(
        &self,
        caller: &Caller,
        filter: &CredentialFilter,
        page: &PageRequest,
    ) -> Result<Page<Award>, OfficeError> {
        caller.needs(Scope::CredentialsRead)?;
        let desk = &*self.desk;
        let issuer = match (&caller.issuer, &filter.issuer) {
            (Some(own), Some(wanted)) if own != wanted => return Ok(Page { items: Vec::new(), next: None }),
            (Some(own), _) => Some(own),
            (None, wanted) => wanted.as_ref(),
        };
        let recipient_digest = match &filter.recipient {
            None => None,
            Some(text) => match Identity::guess(text) {
                Some(identity) => Some(desk.recipient_digest(&identity)),
                None => {
                    let detail =
                        "a recipient is looked up by e-mail address, DID, URL, phone number or `type:value`";
                    return Err(OfficeError::rejected("/recipient", "recipient", detail));
                }
            },
        };
        let narrowed = store::CredentialFilter {
            issuer_id: issuer.map(String::as_str),
            achievement_id: filter.achievement.as_deref(),
            recipient_digest: recipient_digest.as_deref(),
            status: filter.status.map(Into::into),
        };
        let cursor = page.position()?;
        let rows =
            desk.store.read("credentials", |db| store::page(db, &narrowed, cursor.as_ref(), page.limit()))?;
        let mut names: HashMap<String, Names> = HashMap::new();
        for record in &rows.items {
            if !names.contains_key(&record.achievement_id) {
                names.insert(record.achievement_id.clone(), desk.names_of(record)?);
            }
        }
        Page::of(rows, |record| {
            let names =
                names.get(&record.achievement_id).ok_or_else(|| OfficeError::corrupt("no achievement"))?;
            Ok(desk.shown_award(record, names))
        })
    }
}

impl Desk {
    pub(crate) fn shown_award(&self, record: &CredentialRecord, names: &Names) -> Award {
        let links = match record.status {
            CredentialStatus::Erased => None,
            _ => Some(self.links_for_awarder(record, names)),
        };
        Award { links, ..self.linkless(record) }
    }

    /// The award without its links.
    pub(crate) fn linkless(&self, record: &CredentialRecord) -> Award {
        Award {
            id: record.id.clone(),
            status: record.status.into(),
            status_reason: record.status_reason.clone(),
            visibility: record.visibility.into(),
            superseded_by: record.superseded_by.clone(),
            credential_id: self.addresses.credential(&record.id),
            issuer_id: record.issuer_id.clone(),
            achievement_id: record.achievement_id.clone(),
            achievement_version: record.achievement_version,
            external_id: record.external_id.clone(),
            valid_from: record.valid_from,
            valid_until: record.valid_until,
            created_at: record.created_at,
            updated_at: record.updated_at,
            links: None,
            credential: None,
        }
    }
}

impl From<CredentialStatus> for AwardStatus {
    fn from(status: CredentialStatus) -> Self {
        match status {
            CredentialStatus::Active => AwardStatus::Active,
            CredentialStatus::Suspended => AwardStatus::Suspended,
            CredentialStatus::Revoked => AwardStatus::Revoked,
            CredentialStatus::Erased => AwardStatus::Erased,
        }
    }
}

impl From<AwardStatus> for CredentialStatus {
    fn from(status: AwardStatus) -> Self {
        match status {
            AwardStatus::Active => CredentialStatus::Active,
            AwardStatus::Suspended => CredentialStatus::Suspended,
            AwardStatus::Revoked => CredentialStatus::Revoked,
            AwardStatus::Erased => CredentialStatus::Erased,
        }
    }
}
