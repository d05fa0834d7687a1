//! Issuers: the profiles on whose behalf badges are issued.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::connection::AnyConnection;
use crate::number::Number;
use crate::page::{Listed, listing, page_of};
use crate::schema::issuers;
use crate::{Cursor, Db, Page, StoreError, Tx};

/// One issuer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = issuers)]
pub struct Issuer {
    /// Our id of it.
    pub id: String,
    /// What stands as `issuer.id` in its credentials; unique.
    pub profile_id: String,
    /// How `profile_id` is made: `url`, `web` or `key`.
    pub id_method: String,
    /// Its Profile, JSON.
    pub document: String,
    /// The number of its page on LinkedIn: digits. Stands in no signed document.
    pub linkedin_organization_id: Option<String>,
    /// When it was registered.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// When it was last amended.
    #[diesel(deserialize_as = Number)]
    pub updated_at: Timestamp,
}

impl Listed for Issuer {
    fn place(&self) -> (Timestamp, &str) {
        (self.created_at, &self.id)
    }
}

/// Adds an issuer; [`StoreError::Conflict`] if its id or `profile_id` is taken.
pub fn insert(db: &mut Tx<'_>, issuer: &Issuer) -> Result<(), StoreError> {
    let values = (
        issuers::id.eq(&issuer.id),
        issuers::profile_id.eq(&issuer.profile_id),
        issuers::id_method.eq(&issuer.id_method),
        issuers::document.eq(&issuer.document),
        issuers::linkedin_organization_id.eq(&issuer.linkedin_organization_id),
        issuers::created_at.eq(issuer.created_at.unix_seconds()),
        issuers::updated_at.eq(issuer.updated_at.unix_seconds()),
    );
    db.run(|connection| diesel::insert_into(issuers::table).values(values).execute(connection)).map(drop)
}

/// The issuer with this id.
pub fn get(db: &mut Db<'_>, id: &str) -> Result<Option<Issuer>, StoreError> {
    db.run(|connection| issuers::table.find(id).select(Issuer::as_select()).first(connection).optional())
}

/// The issuer with this id, which nobody else can then change before this transaction ends.
pub fn lock(db: &mut Tx<'_>, id: &str) -> Result<Option<Issuer>, StoreError> {
    let query = issuers::table.find(id);
    db.run(|connection| match connection {
        AnyConnection::Postgres(connection) => {
            query.select(Issuer::as_select()).for_no_key_update().first(connection).optional()
        }
        AnyConnection::Sqlite(connection) => query.select(Issuer::as_select()).first(connection).optional(),
    })
}

/// Replaces its Profile and the number of its page on LinkedIn; false if there is no such issuer.
pub fn update(
    db: &mut Tx<'_>,
    id: &str,
    document: &str,
    linkedin_organization_id: Option<&str>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changes = (
        issuers::document.eq(document),
        issuers::linkedin_organization_id.eq(linkedin_organization_id),
        issuers::updated_at.eq(at.unix_seconds()),
    );
    db.run(|connection| diesel::update(issuers::table.find(id)).set(changes).execute(connection))
        .map(|rows| rows > 0)
}

/// A page of all issuers, newest first.
pub fn page(db: &mut Db<'_>, cursor: Option<&Cursor>, limit: u32) -> Result<Page<Issuer>, StoreError> {
    let query = issuers::table.select(Issuer::as_select());
    let query = listing!(query, issuers::created_at, issuers::id, cursor, limit);
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}

/// A page of those that were amended, or added, at `since` (Unix seconds) or later, newest first by when they were added.
pub fn amended(
    db: &mut Db<'_>,
    since: i64,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Issuer>, StoreError> {
    let query = issuers::table.filter(issuers::updated_at.ge(since)).select(Issuer::as_select());
    let query = listing!(query, issuers::created_at, issuers::id, cursor, limit);
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}
