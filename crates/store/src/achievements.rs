//! Achievements: what badges are awarded for.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::achievement_versions;
use crate::connection::AnyConnection;
use crate::number::Number;
use crate::page::{Listed, listing, page_of};
use crate::schema::achievements;
use crate::{Cursor, Db, Page, StoreError, Tx};

/// One achievement.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = achievements)]
pub struct Achievement {
    /// Its id.
    pub id: String,
    /// The issuer that defined it.
    pub issuer_id: String,
    /// The Achievement, JSON.
    pub document: String,
    /// 1 when defined, one more with each amendment.
    #[diesel(deserialize_as = Number)]
    pub version: u32,
    /// When it was defined.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// When it was last amended.
    #[diesel(deserialize_as = Number)]
    pub updated_at: Timestamp,
    /// Its picture; none in rows from before there were pictures.
    pub image_id: Option<String>,
}

impl Listed for Achievement {
    fn place(&self) -> (Timestamp, &str) {
        (self.created_at, &self.id)
    }
}

/// Adds an achievement; [`StoreError::Conflict`] if its id is taken, [`StoreError::Dangling`] without its issuer.
pub fn insert(db: &mut Tx<'_>, achievement: &Achievement) -> Result<(), StoreError> {
    let values = (
        achievements::id.eq(&achievement.id),
        achievements::issuer_id.eq(&achievement.issuer_id),
        achievements::document.eq(&achievement.document),
        achievements::version.eq(i64::from(achievement.version)),
        achievements::created_at.eq(achievement.created_at.unix_seconds()),
        achievements::updated_at.eq(achievement.updated_at.unix_seconds()),
        achievements::image_id.eq(&achievement.image_id),
    );
    db.run(|connection| diesel::insert_into(achievements::table).values(values).execute(connection))?;
    achievement_versions::keep(db, achievement)
}

/// The achievement with this id.
pub fn get(db: &mut Db<'_>, id: &str) -> Result<Option<Achievement>, StoreError> {
    db.run(|connection| {
        achievements::table.find(id).select(Achievement::as_select()).first(connection).optional()
    })
}

/// The achievement with this id, which nobody else can then amend before this transaction ends.
pub fn share(db: &mut Tx<'_>, id: &str) -> Result<Option<Achievement>, StoreError> {
    let query = achievements::table.find(id);
    db.run(|connection| match connection {
        AnyConnection::Postgres(connection) => {
            query.select(Achievement::as_select()).for_share().first(connection).optional()
        }
        AnyConnection::Sqlite(connection) => {
            query.select(Achievement::as_select()).first(connection).optional()
        }
    })
}

/// Replaces document and picture of the version that was read and makes it the next version, which `amended` is; false if
/// there is no such achievement or somebody else amended it in between.
pub fn update(db: &mut Tx<'_>, amended: &Achievement, read_version: u32) -> Result<bool, StoreError> {
    let read_version = i64::from(read_version);
    let target = achievements::table.find(&amended.id).filter(achievements::version.eq(read_version));
    let changes = (
        achievements::document.eq(&amended.document),
        achievements::image_id.eq(&amended.image_id),
        achievements::version.eq(i64::from(amended.version)),
        achievements::updated_at.eq(amended.updated_at.unix_seconds()),
    );
    let rows = db.run(|connection| diesel::update(target).set(changes).execute(connection))?;
    if rows > 0 {
        achievement_versions::keep(db, amended)?;
    }
    Ok(rows > 0)
}

/// Gives a picture to an achievement that has none, as long as it is of this version; no amendment in the world's eyes.
pub fn illustrate(db: &mut Tx<'_>, id: &str, version: u32, image: &str) -> Result<bool, StoreError> {
    let target = achievements::table
        .find(id)
        .filter(achievements::version.eq(i64::from(version)))
        .filter(achievements::image_id.is_null());
    let change = achievements::image_id.eq(image);
    db.run(|connection| diesel::update(target).set(change).execute(connection)).map(|rows| rows > 0)
}

/// A page of an issuer's achievements, newest first.
pub fn page(
    db: &mut Db<'_>,
    issuer_id: &str,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Achievement>, StoreError> {
    let query =
        achievements::table.filter(achievements::issuer_id.eq(issuer_id)).select(Achievement::as_select());
    let query = listing!(query, achievements::created_at, achievements::id, cursor, limit);
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}

/// A page of those that were amended, or added, at `since` (Unix seconds) or later, newest first by when they were added.
pub fn amended(
    db: &mut Db<'_>,
    since: i64,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Achievement>, StoreError> {
    let query =
        achievements::table.filter(achievements::updated_at.ge(since)).select(Achievement::as_select());
    let query = listing!(query, achievements::created_at, achievements::id, cursor, limit);
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}
