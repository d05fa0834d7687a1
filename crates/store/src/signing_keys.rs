//! Signing keys: public halves as they are, private halves only sealed.

use std::fmt;

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::number::{MaybeNumber, Number};
use crate::schema::signing_keys;
use crate::{Db, StoreError, Tx};

/// One signing key of an issuer.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = signing_keys)]
pub struct SigningKey {
    /// Its id, which is also the `kid` in its public URL.
    pub id: String,
    /// Whose it is.
    pub issuer_id: String,
    /// What it signs.
    pub purpose: String,
    /// Its algorithm. An issuer has at most one active key per purpose and type.
    pub key_type: String,
    /// The public half as a JWK, JSON.
    pub public_jwk: String,
    /// The public half as a Multikey, where its type has one.
    pub multibase: Option<String>,
    /// The private half, sealed under the master key; opaque here.
    pub sealed: Vec<u8>,
    /// Where it is in its life.
    #[diesel(deserialize_as = String)]
    pub state: KeyState,
    /// When it was made.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// When it stopped signing.
    #[diesel(deserialize_as = MaybeNumber)]
    pub retired_at: Option<Timestamp>,
    /// Since when its signatures are not to be trusted.
    #[diesel(deserialize_as = MaybeNumber)]
    pub compromised_at: Option<Timestamp>,
}

/// Where a key is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// It signs.
    Active,
    /// It signs no more; what it signed stays good.
    Retired,
    /// Its private half may be known to others.
    Compromised,
}

impl KeyState {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
            Self::Compromised => "compromised",
        }
    }
}

impl TryFrom<String> for KeyState {
    type Error = StoreError;
    fn try_from(word: String) -> Result<Self, StoreError> {
        [Self::Active, Self::Retired, Self::Compromised]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(StoreError::Corrupt(format!("no key state is called {word}")))
    }
}

impl fmt::Debug for SigningKey {
    /// Without the sealed bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("id", &self.id)
            .field("issuer_id", &self.issuer_id)
            .field("purpose", &self.purpose)
            .field("key_type", &self.key_type)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// Adds a key; [`StoreError::Conflict`] if its id is taken or the issuer has an active key of its purpose and type.
pub fn insert(db: &mut Tx<'_>, key: &SigningKey) -> Result<(), StoreError> {
    let values = (
        signing_keys::id.eq(&key.id),
        signing_keys::issuer_id.eq(&key.issuer_id),
        signing_keys::purpose.eq(&key.purpose),
        signing_keys::key_type.eq(&key.key_type),
        signing_keys::public_jwk.eq(&key.public_jwk),
        signing_keys::multibase.eq(&key.multibase),
        signing_keys::sealed.eq(&key.sealed),
        signing_keys::state.eq(key.state.as_str()),
        signing_keys::created_at.eq(key.created_at.unix_seconds()),
        signing_keys::retired_at.eq(key.retired_at.map(Timestamp::unix_seconds)),
        signing_keys::compromised_at.eq(key.compromised_at.map(Timestamp::unix_seconds)),
    );
    db.run(|connection| diesel::insert_into(signing_keys::table).values(values).execute(connection)).map(drop)
}

/// The key with this id.
pub fn get(db: &mut Db<'_>, id: &str) -> Result<Option<SigningKey>, StoreError> {
    db.run(|connection| {
        signing_keys::table.find(id).select(SigningKey::as_select()).first(connection).optional()
    })
}

/// All keys of an issuer in any state, newest first. They are few.
pub fn of_issuer(db: &mut Db<'_>, issuer_id: &str) -> Result<Vec<SigningKey>, StoreError> {
    db.run(|connection| {
        signing_keys::table
            .filter(signing_keys::issuer_id.eq(issuer_id))
            .order((signing_keys::created_at.desc(), signing_keys::id.desc()))
            .select(SigningKey::as_select())
            .load(connection)
    })
}

/// Moves a key on in its life and notes when: `Retired` sets `retired_at`, `Compromised` sets `compromised_at`.
/// Only forward (active, retired, compromised): false if there is no such key or it is there or further already.
pub fn set_state(db: &mut Tx<'_>, id: &str, state: KeyState, at: Timestamp) -> Result<bool, StoreError> {
    let at = at.unix_seconds();
    let key = signing_keys::table.find(id);
    let rows = match state {
        KeyState::Active => Ok(0),
        KeyState::Retired => db.run(|connection| {
            diesel::update(key.filter(signing_keys::state.eq(KeyState::Active.as_str())))
                .set((signing_keys::state.eq(state.as_str()), signing_keys::retired_at.eq(at)))
                .execute(connection)
        }),
        KeyState::Compromised => db.run(|connection| {
            diesel::update(key.filter(signing_keys::state.ne(KeyState::Compromised.as_str())))
                .set((signing_keys::state.eq(state.as_str()), signing_keys::compromised_at.eq(at)))
                .execute(connection)
        }),
    };
    rows.map(|rows| rows > 0)
}
