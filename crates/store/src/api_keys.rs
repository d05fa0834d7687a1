//! API keys: whoever may call the management API. Secrets are stored as hashes only.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::number::{MaybeNumber, Number};
use crate::page::{Listed, listing, page_of};
use crate::schema::api_keys;
use crate::{Cursor, Db, Page, StoreError, Tx};

/// One API key.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = api_keys)]
pub struct ApiKey {
    /// Its id, which is no secret.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The hash of its secret; unique.
    pub secret_hash: String,
    /// What it may do, as the caller of the store writes it.
    pub scopes: String,
    /// The one issuer it is bound to, if it is.
    pub issuer_id: Option<String>,
    /// When it was made.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// Since when it is good for nothing.
    #[diesel(deserialize_as = MaybeNumber)]
    pub revoked_at: Option<Timestamp>,
}

impl Listed for ApiKey {
    fn place(&self) -> (Timestamp, &str) {
        (self.created_at, &self.id)
    }
}

/// Adds a key; [`StoreError::Conflict`] if its id or secret is taken.
pub fn insert(db: &mut Tx<'_>, key: &ApiKey) -> Result<(), StoreError> {
    let values = (
        api_keys::id.eq(&key.id),
        api_keys::name.eq(&key.name),
        api_keys::secret_hash.eq(&key.secret_hash),
        api_keys::scopes.eq(&key.scopes),
        api_keys::issuer_id.eq(&key.issuer_id),
        api_keys::created_at.eq(key.created_at.unix_seconds()),
        api_keys::revoked_at.eq(key.revoked_at.map(Timestamp::unix_seconds)),
    );
    db.run(|connection| diesel::insert_into(api_keys::table).values(values).execute(connection)).map(drop)
}

/// The key with this id.
pub fn get(db: &mut Db<'_>, id: &str) -> Result<Option<ApiKey>, StoreError> {
    db.run(|connection| api_keys::table.find(id).select(ApiKey::as_select()).first(connection).optional())
}

/// The key with this secret, revoked or not.
pub fn by_secret_hash(db: &mut Db<'_>, secret_hash: &str) -> Result<Option<ApiKey>, StoreError> {
    db.run(|connection| {
        api_keys::table
            .filter(api_keys::secret_hash.eq(secret_hash))
            .select(ApiKey::as_select())
            .first(connection)
            .optional()
    })
}

/// A page of all keys, newest first, revoked ones included.
pub fn page(db: &mut Db<'_>, cursor: Option<&Cursor>, limit: u32) -> Result<Page<ApiKey>, StoreError> {
    let query = listing!(
        api_keys::table.select(ApiKey::as_select()),
        api_keys::created_at,
        api_keys::id,
        cursor,
        limit
    );
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}

/// Revokes a key; false if there is none or it was revoked already.
pub fn revoke(db: &mut Tx<'_>, id: &str, at: Timestamp) -> Result<bool, StoreError> {
    let target = api_keys::table.find(id).filter(api_keys::revoked_at.is_null());
    db.run(|connection| {
        diesel::update(target).set(api_keys::revoked_at.eq(at.unix_seconds())).execute(connection)
    })
    .map(|rows| rows > 0)
}
