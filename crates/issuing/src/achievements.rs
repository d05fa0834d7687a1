//! Achievements: what is awarded, and for what.

use accolade_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Caller, IdempotencyKey, Office, OfficeError, Page, PageRequest};

/// An achievement, with the members it was defined with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// Its id in this house.
    pub id: String,
    /// The issuer it belongs to.
    pub issuer_id: String,
    /// The `achievement.id` inside credentials.
    pub achievement_id: String,
    /// Counts its amendments, from 1.
    pub revision: i64,
    /// OB 3.0 Achievement members (`name`, `description`, `criteria`, …) without `id` and `type`.
    #[serde(flatten)]
    pub members: Map<String, Value>,
    /// Where the world finds it.
    pub links: AchievementLinks,
    /// When it was defined.
    pub created_at: Timestamp,
    /// When it was last amended.
    pub updated_at: Timestamp,
}

/// Where the world finds an achievement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AchievementLinks {
    /// The 3.0 Achievement.
    pub public: String,
    /// The 2.0 BadgeClass.
    pub badge: String,
    /// The image of the 2.0 BadgeClass.
    pub image: String,
}

impl Office {
    /// Defines an achievement of an issuer from OB 3.0 Achievement members.
    pub fn define_achievement(
        &self,
        caller: &Caller,
        issuer: &str,
        members: Value,
        key: Option<IdempotencyKey>,
    ) -> Result<Achievement, OfficeError> {
        let _ = (caller, issuer, members, key);
        Err(OfficeError::NotFound)
    }

    /// One achievement.
    pub fn achievement(&self, caller: &Caller, id: &str) -> Result<Achievement, OfficeError> {
        let _ = (caller, id);
        Err(OfficeError::NotFound)
    }

    /// The achievements of an issuer, newest first.
    pub fn achievements(&self, caller: &Caller, issuer: &str, page: &PageRequest) -> Result<Page<Achievement>, OfficeError> {
        let _ = (caller, issuer, page);
        Err(OfficeError::NotFound)
    }

    /// Changes members: a merge patch, `null` takes a member away. Credentials already awarded keep what they say.
    pub fn amend_achievement(&self, caller: &Caller, id: &str, patch: &Value) -> Result<Achievement, OfficeError> {
        let _ = (caller, id, patch);
        Err(OfficeError::NotFound)
    }
}
