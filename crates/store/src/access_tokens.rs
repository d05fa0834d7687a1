//! Access tokens: what a machine got for its API key, for an hour. Kept as hashes only.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::api_keys::ApiKey;
use crate::number::Number;
use crate::schema::{access_tokens, api_keys};
use crate::{Db, StoreError, Tx};

/// One access token.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = access_tokens)]
pub struct AccessToken {
    /// The hash of the token; unique.
    pub token_hash: String,
    /// The key it was given for.
    pub api_key_id: String,
    /// What it may do, as the caller of the store writes it.
    pub scopes: String,
    /// When it was given.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// From when on it is good for nothing.
    #[diesel(deserialize_as = Number)]
    pub expires_at: Timestamp,
}

/// Adds a token; [`StoreError::Dangling`] if there is no such key.
pub fn insert(db: &mut Tx<'_>, token: &AccessToken) -> Result<(), StoreError> {
    let values = (
        access_tokens::token_hash.eq(&token.token_hash),
        access_tokens::api_key_id.eq(&token.api_key_id),
        access_tokens::scopes.eq(&token.scopes),
        access_tokens::created_at.eq(token.created_at.unix_seconds()),
        access_tokens::expires_at.eq(token.expires_at.unix_seconds()),
    );
    db.run(|connection| diesel::insert_into(access_tokens::table).values(values).execute(connection))
        .map(drop)
}

/// The token with this hash and the key it stands for, expired or revoked as they may be.
pub fn by_hash(db: &mut Db<'_>, token_hash: &str) -> Result<Option<(AccessToken, ApiKey)>, StoreError> {
    db.run(|connection| {
        access_tokens::table
            .inner_join(api_keys::table)
            .filter(access_tokens::token_hash.eq(token_hash))
            .select((AccessToken::as_select(), ApiKey::as_select()))
            .first(connection)
            .optional()
    })
}

/// Forgets up to `limit` tokens that have expired by `now`, the oldest first; how many.
pub fn forget_expired(db: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<usize, StoreError> {
    let oldest = access_tokens::table
        .filter(access_tokens::expires_at.le(now.unix_seconds()))
        .order(access_tokens::expires_at)
        .limit(limit.into())
        .select(access_tokens::token_hash);
    let hashes: Vec<String> = db.run(|connection| oldest.load(connection))?;
    let target = access_tokens::table.filter(access_tokens::token_hash.eq_any(hashes));
    db.run(|connection| diesel::delete(target).execute(connection))
}
