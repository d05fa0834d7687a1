//! What each version of an achievement said. [`achievements`](crate::achievements) writes them, once; nothing changes them.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::achievements::Achievement;
use crate::number::Number;
use crate::page::{Listed, listing, page_of};
use crate::schema::achievement_versions as versions;
use crate::{Cursor, Db, Page, StoreError, Tx};

/// One version of an achievement.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = versions)]
pub struct AchievementVersion {
    /// The achievement's id.
    pub achievement_id: String,
    /// Which version, from 1.
    #[diesel(deserialize_as = Number)]
    pub version: u32,
    /// The Achievement, JSON.
    pub document: String,
    /// Its picture; none in rows from before there were pictures.
    pub image_id: Option<String>,
    /// When it was made.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
}

impl Listed for AchievementVersion {
    /// Versions are in the order of their numbers, not of their times, which may be the same.
    fn place(&self) -> (Timestamp, &str) {
        let number = Timestamp::from_unix_seconds(i64::from(self.version));
        (number.unwrap_or(self.created_at), &self.achievement_id)
    }
}

/// Keeps what the achievement says now as the version that it is.
pub(crate) fn keep(db: &mut Tx<'_>, achievement: &Achievement) -> Result<(), StoreError> {
    let values = (
        versions::achievement_id.eq(&achievement.id),
        versions::version.eq(i64::from(achievement.version)),
        versions::document.eq(&achievement.document),
        versions::image_id.eq(&achievement.image_id),
        versions::created_at.eq(achievement.updated_at.unix_seconds()),
    );
    db.run(|connection| diesel::insert_into(versions::table).values(values).execute(connection)).map(drop)
}

/// That version of the achievement with this id.
pub fn get(
    db: &mut Db<'_>,
    achievement_id: &str,
    version: u32,
) -> Result<Option<AchievementVersion>, StoreError> {
    let query = versions::table.find((achievement_id, i64::from(version)));
    db.run(|connection| query.select(AchievementVersion::as_select()).first(connection).optional())
}

/// A page of an achievement's versions, newest first.
pub fn page(
    db: &mut Db<'_>,
    achievement_id: &str,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Page<AchievementVersion>, StoreError> {
    let query = versions::table.filter(versions::achievement_id.eq(achievement_id));
    let query = query.select(AchievementVersion::as_select());
    let query = listing!(query, versions::version, versions::achievement_id, cursor, limit);
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}
