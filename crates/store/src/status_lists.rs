//! Status lists: one bit per credential, and the signed credential that publishes them.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::connection::AnyConnection;
use crate::fragments::OnConflictDoNothing;
use crate::number::Number;
use crate::schema::status_lists;
use crate::{Db, StoreError, Tx};

/// One status list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = status_lists)]
pub struct StatusList {
    /// Its id, part of its URL.
    pub id: String,
    /// Whose credentials it tells of.
    pub issuer_id: String,
    /// What a set bit means, for example `revocation`.
    pub purpose: String,
    /// How many entries it has.
    #[diesel(deserialize_as = Number)]
    pub length: u32,
    /// The bits, entry 0 in the highest bit of the first byte.
    pub bits: Vec<u8>,
    /// The BitstringStatusListCredential as signed.
    pub document: Vec<u8>,
    /// When that was signed.
    #[diesel(deserialize_as = Number)]
    pub valid_from: Timestamp,
    /// Whether new credentials get an entry here; at most one list per issuer and purpose does.
    pub open: bool,
    /// When it was opened.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
}

/// What an award must know of the list it takes an entry of.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = status_lists)]
pub struct OpenList {
    /// The list's id.
    pub id: String,
    /// How many entries it has.
    #[diesel(deserialize_as = Number)]
    pub length: u32,
}

/// The list that new credentials of this issuer get their entry of.
pub fn open_of_issuer(
    db: &mut Db<'_>,
    issuer_id: &str,
    purpose: &str,
) -> Result<Option<OpenList>, StoreError> {
    db.run(|connection| {
        status_lists::table
            .filter(status_lists::issuer_id.eq(issuer_id))
            .filter(status_lists::purpose.eq(purpose))
            .filter(status_lists::open)
            .select(OpenList::as_select())
            .first(connection)
            .optional()
    })
}

/// Adds a list; false if it is open and another one is open already (which [`open_of_issuer`] then finds), waiting
/// for a transaction that is about to open one.
pub fn insert(db: &mut Tx<'_>, list: &StatusList) -> Result<bool, StoreError> {
    let values = (
        status_lists::id.eq(&list.id),
        status_lists::issuer_id.eq(&list.issuer_id),
        status_lists::purpose.eq(&list.purpose),
        status_lists::length.eq(i64::from(list.length)),
        status_lists::bits.eq(&list.bits),
        status_lists::document.eq(&list.document),
        status_lists::valid_from.eq(list.valid_from.unix_seconds()),
        status_lists::open.eq(list.open),
        status_lists::created_at.eq(list.created_at.unix_seconds()),
    );
    let insertion = OnConflictDoNothing(diesel::insert_into(status_lists::table).values(values));
    db.run(|connection| insertion.execute(connection)).map(|rows| rows > 0)
}

/// The ids of all lists of an issuer, open and closed. They are few.
pub fn ids_of_issuer(db: &mut Db<'_>, issuer_id: &str) -> Result<Vec<String>, StoreError> {
    db.run(|connection| {
        status_lists::table
            .filter(status_lists::issuer_id.eq(issuer_id))
            .order((status_lists::created_at, status_lists::id))
            .select(status_lists::id)
            .load(connection)
    })
}

/// Closes a list to new credentials; false if it is closed already. Whoever gets true opens the next one.
pub fn close(db: &mut Tx<'_>, id: &str) -> Result<bool, StoreError> {
    let target = status_lists::table.find(id).filter(status_lists::open);
    db.run(|connection| diesel::update(target).set(status_lists::open.eq(false)).execute(connection))
        .map(|rows| rows > 0)
}

/// The list with this id.
pub fn get(db: &mut Db<'_>, id: &str) -> Result<Option<StatusList>, StoreError> {
    db.run(|connection| {
        status_lists::table.find(id).select(StatusList::as_select()).first(connection).optional()
    })
}

/// The list with this id, which nobody else can then change before this transaction ends.
pub fn lock(db: &mut Tx<'_>, id: &str) -> Result<Option<StatusList>, StoreError> {
    let query = status_lists::table.find(id);
    db.run(|connection| match connection {
        // Not FOR UPDATE: that would hold up awards, whose rows refer to the list.
        AnyConnection::Postgres(connection) => {
            query.select(StatusList::as_select()).for_no_key_update().first(connection).optional()
        }
        AnyConnection::Sqlite(connection) => {
            query.select(StatusList::as_select()).first(connection).optional()
        }
    })
}

/// Stores changed bits together with the credential signed over them; false if there is no such list. Only sound
/// after [`lock`] in the same transaction.
pub fn save_bits(
    db: &mut Tx<'_>,
    id: &str,
    bits: &[u8],
    document: &[u8],
    valid_from: Timestamp,
) -> Result<bool, StoreError> {
    let changes = (
        status_lists::bits.eq(bits),
        status_lists::document.eq(document),
        status_lists::valid_from.eq(valid_from.unix_seconds()),
    );
    db.run(|connection| diesel::update(status_lists::table.find(id)).set(changes).execute(connection))
        .map(|rows| rows > 0)
}
