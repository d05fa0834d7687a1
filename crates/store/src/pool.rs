//! The bounded pool of connections.
//!
//! r2d2 counts and hands out; what is ours is how a dead connection is found: not by a question before each use
//! (one more round trip each time) but by the error of its use, which condemns every connection older than that
//! error, since a restarted server has cut them all.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use diesel::r2d2::{HandleError, ManageConnection, Pool as R2d2Pool, PooledConnection};

use crate::StoreError;
use crate::connection::{AnyConnection, Role};
use crate::database_url::DatabaseUrl;

/// How long a request waits for a free connection before it hears that there is none.
const PATIENCE: Duration = Duration::from_millis(900);

/// A bounded set of connections.
#[derive(Clone)]
pub(crate) struct Pool {
    links: R2d2Pool<Manager>,
    epoch: Arc<AtomicU64>,
}

/// A connection on loan; dropping it gives it back, or closes it where it is broken.
pub(crate) type Loan = PooledConnection<Manager>;

/// A connection with its health.
pub(crate) struct Link {
    pub(crate) connection: AnyConnection,
    /// True while a transaction is open, so that a panic inside closes the connection instead of reusing it.
    pub(crate) broken: bool,
    epoch: u64,
}

/// Opens connections for r2d2.
pub(crate) struct Manager {
    url: DatabaseUrl,
    epoch: Arc<AtomicU64>,
}

/// Says in the log why connecting fails; r2d2 tries again on its own.
#[derive(Debug)]
struct Complaints;

impl Pool {
    /// A pool of at most `size` connections; the first are opened when wanted.
    pub(crate) fn new(url: DatabaseUrl, size: u32) -> Self {
        let epoch = Arc::new(AtomicU64::new(0));
        let manager = Manager { url, epoch: Arc::clone(&epoch) };
        let links = R2d2Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .connection_timeout(PATIENCE)
            .test_on_check_out(true)
            .error_handler(Box::new(Complaints))
            .build_unchecked(manager);
        Self { links, epoch }
    }

    /// A connection, within [`PATIENCE`].
    pub(crate) fn get(&self) -> Result<Loan, StoreError> {
        self.links.get().map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    /// The server has hung up on this connection, so it surely has on the others.
    pub(crate) fn condemn(&self, link: &mut Link) {
        link.broken = true;
        // Only the first to notice condemns the rest: those opened since are good.
        let _ = self.epoch.compare_exchange(
            link.epoch,
            link.epoch.saturating_add(1),
            Ordering::AcqRel,
            Ordering::Acquire,
        );
    }
}

impl ManageConnection for Manager {
    type Connection = Link;
    type Error = StoreError;

    fn connect(&self) -> Result<Link, StoreError> {
        let epoch = self.epoch.load(Ordering::Acquire);
        let connection = AnyConnection::open(&self.url, Role::Reader)?;
        Ok(Link { connection, broken: false, epoch })
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), StoreError> {
        if link.epoch == self.epoch.load(Ordering::Acquire) {
            Ok(())
        } else {
            Err(StoreError::Unavailable("the server closed the connection".into()))
        }
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.broken
    }
}

impl HandleError<StoreError> for Complaints {
    fn handle_error(&self, error: StoreError) {
        tracing::warn!(%error, "a database connection could not be had");
    }
}
