//! Achievements: what is awarded, and for what.

mod amend;
mod define;

use accolade_core::Timestamp;
use accolade_store::{Db, achievements as store, issuers};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ids::possible;
use crate::issuers::without_identity;
use crate::office::Desk;
use crate::{Caller, Office, OfficeError, Page, PageRequest, Scope};

/// An achievement, with the members it was defined with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// Its id in this house.
    pub id: String,
    /// The issuer it belongs to.
    pub issuer_id: String,
    /// Counts its amendments, from 1.
    pub revision: u32,
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
    /// The 3.0 Achievement: the `achievement.id` inside credentials.
    pub public: String,
    /// The 2.0 BadgeClass.
    pub badge: String,
    /// The image of the 2.0 BadgeClass.
    pub image: String,
}

impl Office {
    /// One achievement.
    pub fn achievement(&self, caller: &Caller, id: &str) -> Result<Achievement, OfficeError> {
        caller.needs(Scope::AchievementsRead)?;
        let row = self.desk.store.read("achievement", |db| found(db, caller, id))?;
        self.desk.shown_achievement(&row)
    }

    /// The achievements of an issuer, newest first.
    pub fn achievements(
        &self,
        caller: &Caller,
        issuer: &str,
        page: &PageRequest,
    ) -> Result<Page<Achievement>, OfficeError> {
        caller.needs(Scope::AchievementsRead)?;
        possible(issuer)?;
        caller.sees(issuer)?;
        let cursor = page.position()?;
        let rows = self.desk.store.read("achievements", |db| {
            issuers::get(db, issuer)?.ok_or(OfficeError::NotFound)?;
            Ok::<_, OfficeError>(store::page(db, issuer, cursor.as_ref(), page.limit())?)
        })?;
        Page::of(rows, |row| self.desk.shown_achievement(row))
    }
}

/// The achievement, where there is one for this caller.
pub(crate) fn found(db: &mut Db<'_>, caller: &Caller, id: &str) -> Result<store::Achievement, OfficeError> {
    possible(id)?;
    let row = store::get(db, id)?.ok_or(OfficeError::NotFound)?;
    caller.sees(&row.issuer_id)?;
    Ok(row)
}

impl Desk {
    pub(crate) fn shown_achievement(&self, row: &store::Achievement) -> Result<Achievement, OfficeError> {
        let addresses = &self.addresses;
        Ok(Achievement {
            id: row.id.clone(),
            issuer_id: row.issuer_id.clone(),
            revision: row.version,
            members: without_identity(serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?),
            links: AchievementLinks {
                public: addresses.achievement(&row.id),
                badge: addresses.badge(&row.id),
                image: addresses.badge_image(&row.id),
            },
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }

    /// The achievement as it stands in credentials and is published: an uploaded image is named by its URL, because
    /// its bytes in every credential would make each of them as large as the image.
    pub(crate) fn published_achievement(&self, row: &store::Achievement) -> Result<Value, OfficeError> {
        let mut document: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        if let Some(url) = document.pointer_mut("/image/id")
            && url.as_str().is_some_and(|text| text.starts_with("data:"))
        {
            *url = Value::String(self.addresses.badge_image(&row.id));
        }
        Ok(document)
    }
}
