//! What a closure gets to work with, and one attempt at a transaction.

use std::ops::{Deref, DerefMut};

use diesel::QueryResult;

use crate::StoreError;
use crate::connection::AnyConnection;
use crate::error::Trouble;
use crate::pool::Link;

/// A connection lent to a closure of [`Store::read`](crate::Store::read). Only this crate can see inside.
pub struct Db<'a> {
    connection: &'a mut AnyConnection,
    trouble: Option<Trouble>,
}

/// An open transaction, lent to a closure of [`Store::write`](crate::Store::write). Whatever reads through a
/// [`Db`] reads through a `Tx` as well; what writes asks for a `Tx`, so a write outside a transaction does not
/// compile.
pub struct Tx<'a>(Db<'a>);

/// How one attempt at a transaction ended.
pub(crate) enum Attempt<T, E> {
    /// Decided: committed with the closure's value, or rolled back with its error.
    Done(Result<T, E>),
    /// Rolled back after a collision; the error to give when there is no further attempt.
    Again(E),
    /// Nothing was done because the server has hung up; the error to give when there is no further attempt.
    Lost(E),
}

impl<'a> Db<'a> {
    pub(crate) fn new(connection: &'a mut AnyConnection) -> Self {
        Self { connection, trouble: None }
    }

    /// Runs one query and remembers the worst that has happened.
    pub(crate) fn run<T>(
        &mut self,
        query: impl FnOnce(&mut AnyConnection) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        query(self.connection).map_err(|error| {
            // The first failure is the cause; on PostgreSQL all later ones only say that the transaction is over.
            self.trouble.get_or_insert(Trouble::of(&error));
            StoreError::from(error)
        })
    }

    /// The connection itself, for what is no query.
    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        self.connection
    }

    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(connection: &'a mut AnyConnection) -> Self {
        Self(Db::new(connection))
    }
}

impl<'a> Deref for Tx<'a> {
    type Target = Db<'a>;
    fn deref(&self) -> &Db<'a> {
        &self.0
    }
}

impl<'a> DerefMut for Tx<'a> {
    fn deref_mut(&mut self) -> &mut Db<'a> {
        &mut self.0
    }
}

/// Judges a closure that has come back and whose changes are (or will be) rolled back.
pub(crate) fn rolled_back<T, E: From<StoreError>>(
    result: Result<T, E>,
    trouble: Option<Trouble>,
) -> Attempt<T, E> {
    match (result, trouble) {
        (Ok(_), _) => Attempt::Done(Err(StoreError::Ignored.into())),
        (Err(error), Some(Trouble::Collided)) => Attempt::Again(error),
        (Err(error), Some(Trouble::Lost)) => Attempt::Lost(error),
        (Err(error), Some(Trouble::Refused) | None) => Attempt::Done(Err(error)),
    }
}

/// One attempt on PostgreSQL. `lost` is told when the server has hung up.
pub(crate) fn attempt<T, E: From<StoreError>>(
    link: &mut Link,
    work: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
    lost: impl Fn(&mut Link),
) -> Attempt<T, E> {
    link.broken = true;
    if let Err(error) = link.connection.batch("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE") {
        lost(link);
        return Attempt::Lost(StoreError::from(error).into());
    }
    let mut tx = Tx::new(&mut link.connection);
    let result = work(&mut tx);
    let trouble = tx.trouble();
    match (result, trouble) {
        (Ok(value), None) => commit(link, value, lost),
        (result, trouble) => {
            if trouble == Some(Trouble::Lost) || link.connection.batch("ROLLBACK").is_err() {
                lost(link);
            } else {
                link.broken = false;
            }
            rolled_back(result, trouble)
        }
    }
}

fn commit<T, E: From<StoreError>>(link: &mut Link, value: T, lost: impl Fn(&mut Link)) -> Attempt<T, E> {
    let Err(error) = link.connection.batch("COMMIT") else {
        link.broken = false;
        return Attempt::Done(Ok(value));
    };
    match Trouble::of(&error) {
        Trouble::Lost => {
            lost(link);
            Attempt::Done(Err(StoreError::Undecided.into()))
        }
        // PostgreSQL refuses a COMMIT by rolling back; the link stays marked broken and is closed.
        Trouble::Collided => Attempt::Again(StoreError::from(error).into()),
        Trouble::Refused => Attempt::Done(Err(StoreError::from(error).into())),
    }
}
