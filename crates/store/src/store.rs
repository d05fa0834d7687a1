//! The store: open it, read from it, write to it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::QueryResult;

use crate::StoreError;
use crate::connection::{AnyConnection, Role, make_private_file};
use crate::database_url::{Backend, DatabaseUrl};
use crate::error::Trouble;
use crate::migrations::{self, Direction};
use crate::pool::{Link, Pool};
use crate::transaction::{Attempt, Db, Tx, attempt};
use crate::writer::Writer;

/// How many connections are open at most.
const CONNECTIONS: u32 = 16;
/// How often a transaction is tried.
const ATTEMPTS: u32 = 4;
/// After this long nothing is tried a third time, so that a caller hears something. A deadlock is noticed by
/// PostgreSQL only after a second, therefore a second time is always granted, and a third after two deadlocks or after one and
/// a lock that timed out (1.5 s), but not after two locks that did.
const PATIENCE_WITH_OTHERS: Duration = Duration::from_millis(2900);
/// After this long no other connection is sought, which may take almost a second more.
const PATIENCE_WITH_THE_SERVER: Duration = Duration::from_millis(900);
/// The longest pause before a transaction is tried again, the connection given back meanwhile.
const LONGEST_PAUSE: Duration = Duration::from_millis(150);

/// A handle on the database; clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    url: DatabaseUrl,
    engine: Engine,
}

enum Engine {
    Postgres(Pool),
    Sqlite {
        readers: Pool,
        writer: Writer,
    },
    /// A database in memory has one connection, for both.
    Memory(Writer),
}

impl Store {
    /// Opens `sqlite:PATH` (folder and file are made, private, where missing), `sqlite::memory:` (gone when the
    /// last handle is) or `postgres://…`. Connects once, so that a wrong address is noticed here. The schema is
    /// left alone: see [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreError::BadUrl`], [`StoreError::File`], or [`StoreError::Unavailable`] if nobody answers.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, CONNECTIONS)
    }

    /// [`Store::open`] with another limit on open connections (readers, on SQLite) than 16.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(url: &str, connections: u32) -> Result<Self, StoreError> {
        let url = DatabaseUrl::parse(url)?;
        if let DatabaseUrl::SqliteFile(path) = &url {
            make_private_file(path)?;
        }
        let first = AnyConnection::open(&url, Role::Writer)?;
        let pool = || Pool::new(url.clone(), connections.max(1));
        let engine = match &url {
            DatabaseUrl::SqliteFile(_) => Engine::Sqlite { readers: pool(), writer: Writer::new(first) },
            DatabaseUrl::SqliteMemory => Engine::Memory(Writer::without_groups(first)),
            DatabaseUrl::Postgres(_) => Engine::Postgres(pool()),
        };
        Ok(Self { inner: Arc::new(Inner { url, engine }) })
    }

    /// The kind of database.
    pub fn backend(&self) -> Backend {
        self.inner.url.backend()
    }

    /// Brings the schema up to date. Several servers may do so at once.
    ///
    /// # Errors
    /// [`StoreError::Migration`] or [`StoreError::Unavailable`].
    pub fn migrate(&self) -> Result<(), StoreError> {
        self.run_migrations(Direction::Up)
    }

    /// Undoes every migration: **all data is lost**. For tests, and for leaving a database as it was found.
    ///
    /// # Errors
    /// As [`Store::migrate`].
    pub fn revert_migrations(&self) -> Result<(), StoreError> {
        self.run_migrations(Direction::Down)
    }

    /// Asks the database for a sign of life; answers within two seconds.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if there is none.
    pub fn ping(&self) -> Result<(), StoreError> {
        self.read("ping", |db| db.run(|connection| connection.batch("SELECT 1")))
    }

    /// Runs a closure that reads. Each of its queries sees what was committed before that query; where two must
    /// agree, read in [`Store::write`]. May run twice if the server hung up. `name` says in traces what this is.
    ///
    /// # Errors
    /// What the closure returns, or [`StoreError::Unavailable`] turned into its error type.
    pub fn read<T, E: From<StoreError>>(
        &self,
        name: &'static str,
        work: impl Fn(&mut Db<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _span = tracing::debug_span!("store_read", name, backend = self.backend().as_str()).entered();
        let pool = match &self.inner.engine {
            Engine::Postgres(pool) => pool,
            Engine::Sqlite { readers, .. } => readers,
            Engine::Memory(writer) => return writer.read(&work)?,
        };
        let started = Instant::now();
        loop {
            let mut link = pool.get()?;
            // A panic inside leaves the connection in the middle of something.
            link.broken = true;
            let mut db = Db::new(&mut link.connection);
            let result = work(&mut db);
            let lost = db.trouble() == Some(Trouble::Lost);
            link.broken = false;
            if !lost {
                return result;
            }
            pool.condemn(&mut link);
            if result.is_ok() || started.elapsed() > PATIENCE_WITH_THE_SERVER {
                return result;
            }
        }
    }

    /// Runs a closure in one transaction and commits it durably if it returns `Ok`; otherwise nothing it did
    /// remains. It must not call the store again, and must have no effects of its own: after a collision with
    /// another writer it runs again (at most 4 times).
    ///
    /// On SQLite writers queue; on PostgreSQL they run side by side at READ COMMITTED, so decide by unique
    /// values, affected rows and the `lock` functions. A failed statement must be passed on: if the closure
    /// swallows it and returns `Ok`, all is rolled back and [`StoreError::Ignored`] given.
    ///
    /// # Errors
    /// What the closure returns, or a [`StoreError`] turned into its error type: [`StoreError::Unavailable`]
    /// within two seconds when the database is down or too busy, [`StoreError::Undecided`] when the connection
    /// broke during the commit.
    pub fn write<T, E: From<StoreError>>(
        &self,
        name: &'static str,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _span = tracing::debug_span!("store_write", name, backend = self.backend().as_str()).entered();
        let started = Instant::now();
        for number in 1.. {
            let outcome = match &self.inner.engine {
                Engine::Postgres(pool) => {
                    let mut link = pool.get()?;
                    attempt(&mut link, &work, |link| pool.condemn(link))
                }
                Engine::Sqlite { writer, .. } | Engine::Memory(writer) => writer.attempt(&work),
            };
            let waited = started.elapsed();
            match outcome {
                Attempt::Done(result) => return result,
                Attempt::Lost(error) if number >= ATTEMPTS || waited > PATIENCE_WITH_THE_SERVER => {
                    return Err(error);
                }
                Attempt::Again(error)
                    if number >= ATTEMPTS || number > 1 && waited > PATIENCE_WITH_OTHERS =>
                {
                    return Err(error);
                }
                Attempt::Again(_) | Attempt::Lost(_) => {
                    tracing::debug!(number, "the transaction is tried again");
                    self.step_aside(waited);
                }
            }
        }
        Err(StoreError::Unavailable("the transaction was not tried".into()).into())
    }

    /// Lets the winner of a collision go first. Whoever is sacrificed in a deadlock and comes back before the other
    /// was woken takes the same row again, and both stand where they stood. What failed at once pauses for nothing.
    #[expect(
        clippy::disallowed_methods,
        reason = "the pause is of the caller's thread, which waits for this write anyway"
    )]
    fn step_aside(&self, waited: Duration) {
        if matches!(self.inner.engine, Engine::Postgres(_)) {
            std::thread::sleep((waited / 10).min(LONGEST_PAUSE));
        }
    }

    /// Runs one statement that is its own transaction, without the round trips of BEGIN and COMMIT: PostgreSQL
    /// only, `None` on SQLite. [`StoreError::Undecided`] if the server hung up on it.
    pub(crate) fn single_statement(
        &self,
        name: &'static str,
        statement: impl Fn(&mut AnyConnection) -> QueryResult<usize>,
    ) -> Option<Result<(), StoreError>> {
        let Engine::Postgres(pool) = &self.inner.engine else { return None };
        let _span = tracing::debug_span!("store_write", name, backend = "postgres").entered();
        Some(pool.get().and_then(|mut link| {
            link.broken = true;
            let result = statement(&mut link.connection);
            link.broken = false;
            result.map(|_| ()).map_err(|error| match Trouble::of(&error) {
                Trouble::Lost => {
                    let link: &mut Link = &mut link;
                    pool.condemn(link);
                    StoreError::Undecided
                }
                Trouble::Collided | Trouble::Refused => StoreError::from(error),
            })
        }))
    }

    fn run_migrations(&self, direction: Direction) -> Result<(), StoreError> {
        match &self.inner.engine {
            Engine::Memory(writer) => writer.read(|db| migrations::run(db.connection(), direction))?,
            Engine::Postgres(_) | Engine::Sqlite { .. } => {
                migrations::run(&mut AnyConnection::open(&self.inner.url, Role::Writer)?, direction)
            }
        }
    }
}

impl std::fmt::Debug for Store {
    /// Without the URL: it may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("backend", &self.backend()).finish_non_exhaustive()
    }
}
