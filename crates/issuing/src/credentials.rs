//! Awards: reading and listing them.

use accolade_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Caller, Office, OfficeError, Page, PageRequest};

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
}

impl AwardStatus {
    /// The name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            AwardStatus::Active => "active",
            AwardStatus::Suspended => "suspended",
            AwardStatus::Revoked => "revoked",
        }
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<AwardStatus> {
        [AwardStatus::Active, AwardStatus::Suspended, AwardStatus::Revoked]
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
    /// The `id` of the 3.0 credential.
    pub credential_id: String,
    /// The issuer's id in this house.
    pub issuer_id: String,
    /// The achievement's id in this house.
    pub achievement_id: String,
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
    /// Where the world finds it. A dry run has none, because nothing was stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<AwardLinks>,
    /// The signed credential, in the answer to a dry run only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<Value>,
}

/// Where the world finds an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AwardLinks {
    /// The address for people and machines.
    pub public: String,
    /// The 3.0 credential with its embedded proof.
    pub credential: String,
    /// The VC-JWT.
    pub jwt: String,
    /// The 2.0 hosted Assertion.
    pub assertion: String,
    /// The 2.0 signed Assertion.
    pub assertion_jws: String,
    /// The page where a person checks it.
    pub verify: String,
    /// Adds it to a LinkedIn profile.
    pub linkedin: String,
}

/// Which awards are asked for; what is `None` does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
        let _ = (caller, id);
        Err(OfficeError::NotFound)
    }

    /// Awards, newest first.
    pub fn credentials(&self, caller: &Caller, filter: &CredentialFilter, page: &PageRequest) -> Result<Page<Award>, OfficeError> {
        let _ = (caller, filter, page);
        Err(OfficeError::NotFound)
    }
}
