//! Achievements: what is awarded, and for what.

mod amend;
mod check;
mod define;
mod prior;
pub(crate) mod record;
mod versions;

use accolade_core::Timestamp;
use accolade_store::{Db, achievements as store, issuers};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::ids::possible;
use crate::images::{as_asked, as_published};
use crate::issuers::without_identity;
use crate::office::Desk;
use crate::{Caller, Office, OfficeError, Page, PageRequest, Scope};

pub(crate) use record::contexts_of;
pub use versions::{AchievementVersion, VersionLinks};

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
    /// OB 3.0 Achievement members (`name`, `description`, `criteria`, …) without `id` and `type`, and of ours `microCredential`
    /// and `requirements`.
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
    /// Its picture as PNG.
    pub image: String,
    /// The wide picture that is shown where its link is shared.
    pub card: String,
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
        let document = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        let mut members = without_identity(document);
        as_asked(&mut members);
        Ok(Achievement {
            id: row.id.clone(),
            issuer_id: row.issuer_id.clone(),
            revision: row.version,
            members,
            links: AchievementLinks {
                public: addresses.achievement(&row.id),
                badge: addresses.badge(&row.id),
                image: match &row.image_id {
                    Some(image) => addresses.image_png(image),
                    None => addresses.badge_image(&row.id),
                },
                card: addresses.card(&row.id),
            },
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }

    /// The achievement as it stands in credentials and is published: with its picture's URL, which is asked for once and
    /// answers the same bytes for ever; with the record of a micro-credential written into it; and which version it is.
    pub(crate) fn published_achievement(&self, row: &store::Achievement) -> Result<Value, OfficeError> {
        let mut document = record::described(self.pictured_achievement(row)?)?;
        self.note_version(&mut document, row);
        Ok(document)
    }

    fn pictured_achievement(&self, row: &store::Achievement) -> Result<Value, OfficeError> {
        let mut document: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        as_published(&mut document);
        let named = document.pointer("/image/id").and_then(Value::as_str);
        // Images that stand elsewhere were taken as they were before there were pictures.
        if named.is_some_and(|url| !url.starts_with("data:")) {
            return Ok(document);
        }
        let url = json!(self.addresses.image_png(&self.picture_of(row)?));
        match document.get_mut("image").and_then(Value::as_object_mut) {
            Some(image) => drop(image.insert("id".to_owned(), url)),
            None => {
                if let Some(members) = document.as_object_mut() {
                    members.insert("image".to_owned(), json!({ "id": url, "type": "Image" }));
                }
            }
        }
        Ok(document)
    }
}
