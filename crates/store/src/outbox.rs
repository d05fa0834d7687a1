//! The outbox: messages to the world, written in the transaction they tell of and delivered afterwards.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::connection::AnyConnection;
use crate::fragments::Insertion;
use crate::number::{MaybeNumber, Number};
use crate::schema::outbox;
use crate::{Db, StoreError, Tx};

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// What kind it is, for example `credential.awarded`.
    pub topic: String,
    /// The id of what it is about.
    pub subject: String,
    /// The rest, JSON.
    pub payload: String,
    /// When it was written.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// Not before this is it to be delivered (again).
    #[diesel(deserialize_as = Number)]
    pub available_at: Timestamp,
    /// How often somebody has set out to deliver it.
    #[diesel(deserialize_as = Number)]
    pub attempts: u32,
    /// When it arrived.
    #[diesel(deserialize_as = MaybeNumber)]
    pub delivered_at: Option<Timestamp>,
}

/// Adds a message.
pub fn insert(db: &mut Tx<'_>, message: &Message) -> Result<(), StoreError> {
    db.run(|connection| insertion(message).execute(connection)).map(drop)
}

pub(crate) fn insertion(message: &Message) -> impl Insertion + '_ {
    diesel::insert_into(outbox::table).values((
        outbox::id.eq(&message.id),
        outbox::topic.eq(&message.topic),
        outbox::subject.eq(&message.subject),
        outbox::payload.eq(&message.payload),
        outbox::created_at.eq(message.created_at.unix_seconds()),
        outbox::available_at.eq(message.available_at.unix_seconds()),
        outbox::attempts.eq(i64::from(message.attempts)),
        outbox::delivered_at.eq(message.delivered_at.map(Timestamp::unix_seconds)),
    ))
}

/// Takes up to `limit` messages that are due, oldest first: each is counted as attempted and not due again before
/// `until`, so that no other worker takes it unless this one fails to report. The rows are as they are now.
pub fn due(
    db: &mut Tx<'_>,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let query = outbox::table
        .filter(outbox::delivered_at.is_null())
        .filter(outbox::available_at.le(now.unix_seconds()))
        .order((outbox::available_at, outbox::id))
        .limit(i64::from(limit));
    let mut messages: Vec<Message> = db.run(|connection| match connection {
        AnyConnection::Postgres(connection) => {
            query.select(Message::as_select()).for_update().skip_locked().load(connection)
        }
        AnyConnection::Sqlite(connection) => query.select(Message::as_select()).load(connection),
    })?;
    for message in &mut messages {
        message.attempts = message.attempts.saturating_add(1);
        message.available_at = until;
        let changes =
            (outbox::attempts.eq(i64::from(message.attempts)), outbox::available_at.eq(until.unix_seconds()));
        db.run(|connection| {
            diesel::update(outbox::table.find(&message.id)).set(changes).execute(connection)
        })?;
    }
    Ok(messages)
}

/// Up to `limit` messages that are due, oldest first, for whoever does nothing wrong by doing it twice: nobody else is kept
/// from them.
pub fn waiting(db: &mut Db<'_>, now: Timestamp, limit: u32) -> Result<Vec<Message>, StoreError> {
    let query = outbox::table
        .filter(outbox::delivered_at.is_null())
        .filter(outbox::available_at.le(now.unix_seconds()))
        .order((outbox::available_at, outbox::id))
        .limit(i64::from(limit));
    db.run(|connection| query.select(Message::as_select()).load(connection))
}

/// Notes that these messages arrived; of how many that was news.
pub fn all_done(db: &mut Tx<'_>, ids: &[&str], at: Timestamp) -> Result<usize, StoreError> {
    let target = outbox::table.filter(outbox::id.eq_any(ids)).filter(outbox::delivered_at.is_null());
    let changes = outbox::delivered_at.eq(at.unix_seconds());
    db.run(|connection| diesel::update(target).set(changes).execute(connection))
}

/// Notes that a message arrived; false if that was known.
pub fn done(db: &mut Tx<'_>, id: &str, at: Timestamp) -> Result<bool, StoreError> {
    let target = outbox::table.find(id).filter(outbox::delivered_at.is_null());
    db.run(|connection| {
        diesel::update(target).set(outbox::delivered_at.eq(at.unix_seconds())).execute(connection)
    })
    .map(|rows| rows > 0)
}

/// Notes that a message did not arrive and when to try again; false if it has arrived after all.
pub fn failed(db: &mut Tx<'_>, id: &str, again_at: Timestamp) -> Result<bool, StoreError> {
    let target = outbox::table.find(id).filter(outbox::delivered_at.is_null());
    db.run(|connection| {
        diesel::update(target).set(outbox::available_at.eq(again_at.unix_seconds())).execute(connection)
    })
    .map(|rows| rows > 0)
}
