//! Recording an award: credential, audit entry, message and reply, all or nothing.
//!
//! On PostgreSQL the rows go in one statement, which is its own transaction: one round trip. On SQLite they go in
//! one transaction that shares its commit with others. Either way a taken unique value refuses the whole, and what
//! was taken is looked up afterwards.

use diesel::prelude::*;
use diesel::query_builder::QueryFragment;

use crate::connection::{AnyConnection, MultiBackend};
use crate::credentials::{Credential, CredentialRecord};
use crate::fragments::Together;
use crate::schema::{credentials as c, idempotency as i};
use crate::{Db, Store, StoreError, Tx, audit, credentials, idempotency, outbox};

/// How often an award is tried when others get in its way.
const ATTEMPTS: u32 = 4;

/// The rows of one award.
#[derive(Debug, Clone, Copy)]
pub struct Award<'a> {
    /// The credential, its id fresh and random.
    pub credential: &'a Credential,
    /// The entry in the audit trail.
    pub audit: &'a audit::Entry,
    /// What to tell the world.
    pub message: Option<&'a outbox::Message>,
    /// The reply under the request's idempotency key.
    pub reply: Option<&'a idempotency::Reply>,
}

/// What became of an award.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Recorded {
    /// All rows are stored, durably.
    Inserted,
    /// Nothing is stored: a reply was given under this idempotency key already.
    KeyUsed,
    /// Nothing is stored: the issuer has given this external id to the credential with this id.
    ExternalIdTaken(String),
    /// Nothing is stored: the credential with this id has the same `duplicate_key`.
    DuplicateOf(String),
    /// Nothing is stored: the entry of the status list belongs to another credential. Pick another one.
    IndexTaken,
}

/// Records an award.
///
/// If the connection breaks in the middle, looks afterwards whether the award is there and tries again if not; the
/// credential's id makes sure that it is recorded once.
///
/// # Errors
/// [`StoreError::Dangling`] if issuer, achievement or status list do not exist, [`StoreError::Unavailable`],
/// [`StoreError::Undecided`] if the database went away for good in the middle.
pub fn record(store: &Store, award: &Award<'_>) -> Result<Recorded, StoreError> {
    let mut last = StoreError::Conflict;
    for _ in 0..ATTEMPTS {
        last = match insert(store, award) {
            Ok(()) => return Ok(Recorded::Inserted),
            Err(error @ (StoreError::Conflict | StoreError::Undecided | StoreError::Database(_))) => error,
            Err(error) => return Err(error),
        };
        match store.read("award.in_the_way", |db| in_the_way(db, &award.credential.record, award.reply)) {
            Ok(Some(recorded)) => return Ok(recorded),
            Ok(None) => {}
            // Had it only been a conflict, nothing would be stored; otherwise we still do not know.
            Err(error) if matches!(last, StoreError::Conflict) => return Err(error),
            Err(_) => return Err(last),
        }
    }
    Err(last)
}

/// What would keep an award with this record from being stored, as things are now; `None` if nothing would. Stores nothing.
pub fn foreseen(db: &mut Db<'_>, record: &CredentialRecord) -> Result<Option<Recorded>, StoreError> {
    in_the_way(db, record, None)
}

fn insert(store: &Store, award: &Award<'_>) -> Result<(), StoreError> {
    if let Some(result) =
        store.single_statement("award.record", |connection| insert_together(connection, award))
    {
        return result;
    }
    store.write("award.record", |db| add(db, award))
}

/// Adds the rows of an award in a transaction that does more. [`StoreError::Conflict`] where a unique value is taken: then
/// nothing of the transaction may be kept, and [`foreseen`] says afterwards what it was.
pub fn add(db: &mut Tx<'_>, award: &Award<'_>) -> Result<(), StoreError> {
    if let Some(reply) = award.reply {
        db.run(|connection| idempotency::insertion(reply).execute(connection))?;
    }
    db.run(|connection| credentials::insertion(award.credential).execute(connection))?;
    if let Some(message) = award.message {
        outbox::insert(db, message)?;
    }
    audit::insert(db, award.audit)
}

fn insert_together(connection: &mut AnyConnection, award: &Award<'_>) -> QueryResult<usize> {
    let reply = award.reply.map(idempotency::insertion);
    let credential = credentials::insertion(award.credential);
    let message = award.message.map(outbox::insertion);
    let audit = audit::insertion(award.audit);
    let mut parts: Vec<&dyn QueryFragment<MultiBackend>> = vec![&credential, &audit];
    parts.extend(reply.as_ref().map(|part| -> &dyn QueryFragment<MultiBackend> { part }));
    parts.extend(message.as_ref().map(|part| -> &dyn QueryFragment<MultiBackend> { part }));
    Together(parts).execute(connection)
}

/// What of an award is there already: itself, or what kept it from being stored.
fn in_the_way(
    db: &mut Db<'_>,
    record: &CredentialRecord,
    reply: Option<&idempotency::Reply>,
) -> Result<Option<Recorded>, StoreError> {
    let id_where = |db: &mut Db<'_>, query: c::BoxedQuery<'_, MultiBackend>| {
        db.run(|connection| query.select(c::id).first::<String>(connection).optional())
    };
    let all = || c::table.into_boxed();
    if id_where(db, all().filter(c::id.eq(&record.id)))?.is_some() {
        return Ok(Some(Recorded::Inserted));
    }
    if let Some(reply) = reply {
        let query = i::table.find((&reply.caller_id, &reply.key)).select(i::key);
        if db.run(|connection| query.first::<String>(connection).optional())?.is_some() {
            return Ok(Some(Recorded::KeyUsed));
        }
    }
    if let Some(external_id) = &record.external_id {
        let query = all().filter(c::issuer_id.eq(&record.issuer_id)).filter(c::external_id.eq(external_id));
        if let Some(id) = id_where(db, query)? {
            return Ok(Some(Recorded::ExternalIdTaken(id)));
        }
    }
    if let Some(duplicate_key) = &record.duplicate_key
        && let Some(id) = id_where(db, all().filter(c::duplicate_key.eq(duplicate_key)))?
    {
        return Ok(Some(Recorded::DuplicateOf(id)));
    }
    let index = i64::from(record.status_list_index);
    let entry =
        all().filter(c::status_list_id.eq(&record.status_list_id)).filter(c::status_list_index.eq(index));
    Ok(id_where(db, entry)?.map(|_| Recorded::IndexTaken))
}
