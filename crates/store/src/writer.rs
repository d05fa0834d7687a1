//! The one writer of a SQLite database, and its group commit.
//!
//! SQLite lets one connection write at a time, and a durable commit waits for the disk. So this process has one
//! writing connection, and writers queue for it. Whoever has it runs his closure inside a savepoint of the open
//! transaction. If others are queuing he hands the transaction on, still open, and waits; the last of the queue
//! commits for all, and only then does anybody return. One wait for the disk serves the whole queue.
//!
//! What this keeps exact:
//! * a closure that fails is rolled back to its own savepoint and takes nobody with it;
//! * a closure may see what earlier members of its group wrote, therefore its answer (also a refusal) is given
//!   only after the group is on disk;
//! * if the group cannot be committed, nobody is told that he succeeded;
//! * while anybody queues, somebody will commit: the choice to hand on and the length of the queue are read under
//!   one lock, and a queuing writer whose patience ends still takes the connection if it is free.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::StoreError;
use crate::connection::AnyConnection;
use crate::transaction::{Attempt, Db, Tx, rolled_back};

/// How long a writer queues before he hears that the database is busy.
const PATIENCE: Duration = Duration::from_millis(900);
/// The most closures that share one commit, so that the first of them does not wait without end.
const LARGEST_GROUP: usize = 128;

/// The writing connection and the queue before it.
pub(crate) struct Writer {
    desk: Mutex<Desk>,
    freed: Condvar,
    /// Locked only by whoever made the desk busy.
    connection: Mutex<AnyConnection>,
    largest_group: usize,
    patience: Duration,
}

#[derive(Default)]
struct Desk {
    busy: bool,
    queuing: usize,
    /// The open transaction, where the last writer handed it on.
    open: Option<OpenGroup>,
}

struct OpenGroup {
    group: Arc<Group>,
    members: usize,
}

/// Those who share one commit, waiting for its outcome.
#[derive(Default)]
struct Group {
    outcome: Mutex<Option<Outcome>>,
    decided: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Committed,
    /// The transaction broke before its commit: nothing of it was kept.
    RolledBack,
    /// The commit itself failed, for example because the disk did.
    Undecided,
}

impl Writer {
    /// A writer that shares commits.
    pub(crate) fn new(connection: AnyConnection) -> Self {
        Self::with_largest_group(connection, LARGEST_GROUP)
    }

    /// A writer for a database in memory, which is also its only reader: a reader must not meet an open group.
    pub(crate) fn without_groups(connection: AnyConnection) -> Self {
        Self::with_largest_group(connection, 1)
    }

    fn with_largest_group(connection: AnyConnection, largest_group: usize) -> Self {
        let connection = Mutex::new(connection);
        Self { desk: Mutex::default(), freed: Condvar::new(), connection, largest_group, patience: PATIENCE }
    }

    /// Runs one closure; when this returns, what it wrote is committed, or none of it is there.
    pub(crate) fn attempt<T, E: From<StoreError>>(
        &self,
        work: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Attempt<T, E> {
        let mut seat = match self.take_seat() {
            Ok(seat) => seat,
            Err(error) => return Attempt::Done(Err(error.into())),
        };
        let group = match seat.join_group() {
            Ok(group) => group,
            Err(error) => return Attempt::Done(Err(error.into())),
        };
        let mut tx = Tx::new(&mut seat.connection);
        let result = work(&mut tx);
        let trouble = tx.trouble();
        let keep = result.is_ok() && trouble.is_none();
        seat.end_savepoint(keep);
        drop(seat);
        match group.outcome() {
            Outcome::Committed if keep => Attempt::Done(result),
            Outcome::Committed => rolled_back(result, trouble),
            Outcome::RolledBack => Attempt::Again(result.err().unwrap_or_else(|| broken_group().into())),
            Outcome::Undecided => Attempt::Done(Err(StoreError::Undecided.into())),
        }
    }

    /// Lends the connection for reading: only for a database in memory.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Db<'_>) -> T) -> Result<T, StoreError> {
        let mut seat = self.take_seat()?;
        Ok(work(&mut Db::new(&mut seat.connection)))
    }

    fn take_seat(&self) -> Result<Seat<'_>, StoreError> {
        let mut desk = lock(&self.desk);
        desk.queuing = desk.queuing.saturating_add(1);
        let waited = self.freed.wait_timeout_while(desk, self.patience, |desk| desk.busy);
        let (mut desk, _) = waited.unwrap_or_else(PoisonError::into_inner);
        desk.queuing = desk.queuing.saturating_sub(1);
        if desk.busy {
            return Err(StoreError::Unavailable("too many writers are queuing".into()));
        }
        desk.busy = true;
        let open = desk.open.take();
        drop(desk);
        Ok(Seat { writer: self, connection: lock(&self.connection), open, savepoint: false, broken: false })
    }
}

/// The turn of one writer. However it ends, also by a panic, dropping it leaves the desk in order.
struct Seat<'w> {
    writer: &'w Writer,
    connection: MutexGuard<'w, AnyConnection>,
    open: Option<OpenGroup>,
    /// A savepoint is open; still so on dropping only if the closure panicked.
    savepoint: bool,
    /// The transaction is no longer what it should be; it can only be rolled back.
    broken: bool,
}

impl Seat<'_> {
    /// Joins the transaction handed on, or begins one, and sets the savepoint.
    fn join_group(&mut self) -> Result<Arc<Group>, StoreError> {
        if self.open.is_none()
            && let Err(error) = self.connection.batch("BEGIN IMMEDIATE")
        {
            // Usually another process is writing. Should a transaction be left over, this ends it.
            let _ = self.connection.batch("ROLLBACK");
            return Err(StoreError::Unavailable(error.to_string()));
        }
        let open = self.open.get_or_insert_with(|| OpenGroup { group: Arc::default(), members: 0 });
        open.members = open.members.saturating_add(1);
        let group = Arc::clone(&open.group);
        self.broken = self.connection.batch("SAVEPOINT member").is_err();
        self.savepoint = true;
        Ok(group)
    }

    /// Keeps or undoes what the closure did. Some failures (a full disk) make SQLite end the whole transaction; then
    /// there is no savepoint any more, this fails, and the group with it.
    fn end_savepoint(&mut self, keep: bool) {
        self.savepoint = false;
        let end = if keep { "RELEASE member" } else { "ROLLBACK TO member; RELEASE member" };
        self.broken |= self.connection.batch(end).is_err();
    }

    /// Commits for the whole group.
    fn end_group(&mut self) -> Outcome {
        if self.broken {
            let _ = self.connection.batch("ROLLBACK");
            return Outcome::RolledBack;
        }
        match self.connection.batch("COMMIT") {
            Ok(()) => Outcome::Committed,
            Err(error) => {
                tracing::error!(%error, "a commit failed");
                let _ = self.connection.batch("ROLLBACK");
                Outcome::Undecided
            }
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        if self.savepoint {
            self.end_savepoint(false);
        }
        if let Some(open) = self.open.take() {
            let mut desk = lock(&self.writer.desk);
            if desk.queuing > 0 && open.members < self.writer.largest_group && !self.broken {
                // At once: whoever queues now must find the desk free, or he may give up and leave the group to nobody.
                desk.open = Some(open);
                desk.busy = false;
                drop(desk);
                self.writer.freed.notify_one();
                return;
            }
            drop(desk);
            open.group.decide(self.end_group());
        }
        lock(&self.writer.desk).busy = false;
        self.writer.freed.notify_one();
    }
}

impl Group {
    fn decide(&self, outcome: Outcome) {
        *lock(&self.outcome) = Some(outcome);
        self.decided.notify_all();
    }

    fn outcome(&self) -> Outcome {
        let waited = self.decided.wait_while(lock(&self.outcome), |outcome| outcome.is_none());
        let outcome = waited.unwrap_or_else(PoisonError::into_inner);
        // Nobody is let through before there is one.
        outcome.unwrap_or(Outcome::Undecided)
    }
}

fn broken_group() -> StoreError {
    StoreError::Database("the transaction was ended by the database".into())
}

/// Nothing that can panic runs while these locks are held, except a closure with the connection, after which
/// [`Seat`] puts the transaction in order.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
