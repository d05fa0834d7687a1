//! Idempotency keys: the reply that was given is given again.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::connection::MultiBackend;
use crate::fragments::{Insertion, OnConflictDoNothing};
use crate::number::Number;
use crate::schema::idempotency;
use crate::{Db, StoreError, Tx};

/// The reply to a request that carried an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = idempotency)]
pub struct Reply {
    /// Whose key it is.
    pub caller_id: String,
    /// The key, unique among its caller's.
    pub key: String,
    /// A digest of the request, to tell a repetition from another request under the same key.
    pub fingerprint: String,
    /// The HTTP status.
    #[diesel(deserialize_as = Number)]
    pub status: u16,
    /// The headers that belong to the reply, as the caller of the store writes them.
    pub headers: String,
    /// The body.
    pub body: Vec<u8>,
    /// When it was given.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// The id of what it tells of, so that it can be forgotten together with it.
    pub subject: Option<String>,
}

/// The reply given under this key.
pub fn get(db: &mut Db<'_>, caller_id: &str, key: &str) -> Result<Option<Reply>, StoreError> {
    db.run(|connection| {
        idempotency::table.find((caller_id, key)).select(Reply::as_select()).first(connection).optional()
    })
}

/// Keeps a reply; false if there is one under its key already, which then stands. If another transaction is about
/// to keep one, waits for it.
pub fn insert(db: &mut Tx<'_>, reply: &Reply) -> Result<bool, StoreError> {
    db.run(|connection| OnConflictDoNothing(insertion(reply)).execute(connection)).map(|rows| rows > 0)
}

pub(crate) fn insertion(reply: &Reply) -> impl Insertion + '_ {
    diesel::insert_into(idempotency::table).values((
        idempotency::caller_id.eq(&reply.caller_id),
        idempotency::key.eq(&reply.key),
        idempotency::fingerprint.eq(&reply.fingerprint),
        idempotency::status.eq(i64::from(reply.status)),
        idempotency::headers.eq(&reply.headers),
        idempotency::body.eq(&reply.body),
        idempotency::created_at.eq(reply.created_at.unix_seconds()),
        idempotency::subject.eq(&reply.subject),
    ))
}

/// Forgets every reply that tells of `subject`; how many. Those from before replies had a subject are found by their text.
pub fn forget_subject(db: &mut Tx<'_>, subject: &str) -> Result<usize, StoreError> {
    let all = || idempotency::table.into_boxed::<MultiBackend>();
    let query =
        all().filter(idempotency::subject.eq(subject)).select((idempotency::caller_id, idempotency::key));
    let mut told: Vec<(String, String)> = db.run(|connection| query.load(connection))?;
    let query = all().filter(idempotency::subject.is_null()).select((
        idempotency::caller_id,
        idempotency::key,
        idempotency::body,
    ));
    let nameless: Vec<(String, String, Vec<u8>)> = db.run(|connection| query.load(connection))?;
    let tells = |body: &[u8]| body.windows(subject.len().max(1)).any(|window| window == subject.as_bytes());
    told.extend(
        nameless.into_iter().filter(|(_, _, body)| tells(body)).map(|(caller, key, _)| (caller, key)),
    );
    for (caller, key) in &told {
        let target = idempotency::table.find((caller, key));
        db.run(|connection| diesel::delete(target).execute(connection))?;
    }
    Ok(told.len())
}

/// Forgets replies older than `before`; how many.
pub fn forget(db: &mut Tx<'_>, before: Timestamp) -> Result<usize, StoreError> {
    let old = idempotency::table.filter(idempotency::created_at.lt(before.unix_seconds()));
    db.run(|connection| diesel::delete(old).execute(connection))
}
