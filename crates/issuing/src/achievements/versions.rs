//! The versions of an achievement: every amendment makes a new one, and what was awarded says which it was.

use accolade_core::Timestamp;
use accolade_store::achievement_versions::{self as store, AchievementVersion as Row};
use accolade_store::achievements as current;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::found;
use crate::issuers::without_identity;
use crate::office::Desk;
use crate::{Caller, Office, OfficeError, Page, PageRequest, Scope};

/// One version of an achievement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AchievementVersion {
    /// Which it is, from 1.
    pub revision: u32,
    /// Whether it is the one that is awarded now.
    pub current: bool,
    /// What the achievement said: OB 3.0 Achievement members, the record of a micro-credential, requirements.
    #[serde(flatten)]
    pub members: Map<String, Value>,
    /// Where the world finds it.
    pub links: VersionLinks,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where the world finds a version of an achievement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLinks {
    /// The 3.0 Achievement of that version.
    pub public: String,
}

impl Office {
    /// The versions of an achievement, newest first.
    pub fn achievement_versions(
        &self,
        caller: &Caller,
        id: &str,
        page: &PageRequest,
    ) -> Result<Page<AchievementVersion>, OfficeError> {
        caller.needs(Scope::AchievementsRead)?;
        let cursor = page.position()?;
        let (row, rows) = self.desk.store.read("achievement.versions", |db| {
            let row = found(db, caller, id)?;
            let rows = store::page(db, id, cursor.as_ref(), page.limit())?;
            Ok::<_, OfficeError>((row, rows))
        })?;
        Page::of(rows, |version| self.desk.shown_version(&row, version))
    }
}

impl Desk {
    fn shown_version(
        &self,
        row: &current::Achievement,
        version: &Row,
    ) -> Result<AchievementVersion, OfficeError> {
        let document = serde_json::from_str(&version.document).map_err(OfficeError::corrupt)?;
        Ok(AchievementVersion {
            revision: version.version,
            current: version.version == row.version,
            members: without_identity(document),
            links: VersionLinks { public: self.addresses.achievement_version(&row.id, version.version) },
            created_at: version.created_at,
        })
    }

    /// That version of an achievement, as if it were the current one.
    pub(crate) fn achievement_as_of(
        &self,
        id: &str,
        version: u32,
    ) -> Result<Option<current::Achievement>, OfficeError> {
        self.store.read("achievement.version", |db| {
            let (Some(row), Some(version)) = (current::get(db, id)?, store::get(db, id, version)?) else {
                return Ok(None);
            };
            Ok(Some(current::Achievement {
                document: version.document,
                version: version.version,
                updated_at: version.created_at,
                image_id: version.image_id,
                ..row
            }))
        })
    }

    /// Says which version a published achievement is, and links to the one before; the first of all says nothing.
    pub(super) fn note_version(&self, document: &mut Value, row: &current::Achievement) {
        let Some(before) = row.version.checked_sub(1).filter(|before| *before > 0) else { return };
        let Some(members) = document.as_object_mut() else { return };
        members.entry("version").or_insert_with(|| json!(row.version.to_string()));
        let link = json!({
            "id": self.addresses.achievement_version(&row.id, before),
            "type": ["Related"],
            "version": before.to_string(),
        });
        match members.entry("related").or_insert_with(|| json!([])) {
            Value::Array(related) => related.push(link),
            other => *other = json!([link]),
        }
    }
}
