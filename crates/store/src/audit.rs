//! The audit trail: who did what to what, and when. Rows are only ever added.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::fragments::Insertion;
use crate::number::Number;
use crate::page::{Listed, listing, page_of};
use crate::schema::audit;
use crate::{Cursor, Db, Page, StoreError, Tx};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = audit)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// When it happened.
    #[diesel(deserialize_as = Number)]
    pub at: Timestamp,
    /// Who did it: an API key's id, or the program itself.
    pub actor: String,
    /// What was done, for example `credential.award`.
    pub verb: String,
    /// The id of what it was done to.
    pub subject: String,
    /// More, JSON; nothing secret, nobody's e-mail address.
    pub detail: String,
}

impl Listed for Entry {
    fn place(&self) -> (Timestamp, &str) {
        (self.at, &self.id)
    }
}

/// Adds an entry.
pub fn insert(db: &mut Tx<'_>, entry: &Entry) -> Result<(), StoreError> {
    db.run(|connection| insertion(entry).execute(connection)).map(drop)
}

pub(crate) fn insertion(entry: &Entry) -> impl Insertion + '_ {
    diesel::insert_into(audit::table).values((
        audit::id.eq(&entry.id),
        audit::at.eq(entry.at.unix_seconds()),
        audit::actor.eq(&entry.actor),
        audit::verb.eq(&entry.verb),
        audit::subject.eq(&entry.subject),
        audit::detail.eq(&entry.detail),
    ))
}

/// A page of the trail, newest first; of one subject, or of all.
pub fn page(
    db: &mut Db<'_>,
    subject: Option<&str>,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Entry>, StoreError> {
    let mut query = listing!(audit::table.select(Entry::as_select()), audit::at, audit::id, cursor, limit);
    if let Some(subject) = subject {
        query = query.filter(audit::subject.eq(subject));
    }
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}
