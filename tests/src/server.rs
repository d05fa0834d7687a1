//! A whole server for one test: real sockets, real database, fixed time and counted randomness.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in the support of tests, a missing value is a failure of the test"
)]

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use accolade_core::{Clock, Entropy, Timestamp};
use accolade_http::{AppState, Settings, local_documents, serve};
use accolade_issuing::{Office, OfficeParts};
use accolade_signing::MasterKey;
use accolade_store::Store;
use accolade_verifying::{Bounds, EgressSettings, Examiner, ExaminerParts};
use sha2::{Digest as _, Sha256};
use tokio::sync::oneshot;

use crate::postgres;

/// The URL the world knows the test server by. It stands in everything that is signed, so it is the same in every test; the
/// server really listens on a port of 127.0.0.1.
pub const PUBLIC_URL: &str = "https://badges.example.edu";

/// A running server with its office; stopped when dropped.
pub struct Server {
    /// The office behind the server.
    pub office: Office,
    /// The server's clock, which only a test moves.
    pub clock: Arc<TestClock>,
    /// Where the server listens.
    pub address: SocketAddr,
    /// The database under it, for tests that look at what only it knows.
    pub database_url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    database: Keep,
}

/// How a server examines badges.
#[derive(Debug, Clone, Default)]
pub struct Examining {
    /// How far it goes out.
    pub egress: EgressSettings,
    /// How much it does at a time.
    pub bounds: Bounds,
}

/// What must outlive the server.
enum Keep {
    File { _folder: tempfile::TempDir },
    Cluster(Option<postgres::Database>),
}

impl Server {
    /// On a fresh SQLite database.
    ///
    /// # Panics
    /// Where it cannot be started.
    pub fn on_sqlite() -> Server {
        Server::on_sqlite_with(|_| {})
    }

    /// [`Server::on_sqlite`] with other settings.
    ///
    /// # Panics
    /// Where it cannot be started.
    pub fn on_sqlite_with(change: impl FnOnce(&mut Settings)) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let url = sqlite_url(folder.path());
        Server::start(&url, Keep::File { _folder: folder }, change, Examining::default())
    }

    /// [`Server::on_sqlite`] with another way of examining badges.
    ///
    /// # Panics
    /// Where it cannot be started.
    pub fn on_sqlite_examining(examining: Examining) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let url = sqlite_url(folder.path());
        Server::start(&url, Keep::File { _folder: folder }, |_| {}, examining)
    }

    /// On a fresh PostgreSQL database; `None` where no PostgreSQL is installed.
    ///
    /// # Panics
    /// Where it cannot be started.
    pub fn on_postgres(label: &str) -> Option<Server> {
        let database = postgres::database(label)?;
        let url = database.url.clone();
        Some(Server::start(&url, Keep::Cluster(Some(database)), |_| {}, Examining::default()))
    }

    fn start(url: &str, database: Keep, change: impl FnOnce(&mut Settings), examining: Examining) -> Server {
        let clock = Arc::new(TestClock::at("2026-11-23T10:00:00Z"));
        let office = open_office(url, clock.clone());
        let local = Some(local_documents(office.clone()));
        let parts = ExaminerParts { clock: clock.clone(), egress: examining.egress, local };
        let examiner = Examiner::bounded(parts, examining.bounds).unwrap();
        let mut settings = Settings::new(PUBLIC_URL);
        settings.workers = 2;
        settings.verify_per_minute = 0;
        settings.tokens_per_minute = 0;
        change(&mut settings);
        let state = AppState::new(office.clone(), examiner, settings).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let shutdown = async move {
                let _ = stopped.await;
            };
            runtime.block_on(serve(listener, state, shutdown)).unwrap();
        });
        let database_url = url.to_owned();
        Server { office, clock, address, database_url, stop: Some(stop), thread: Some(thread), database }
    }
}

impl Server {
    /// Stops the server and waits until it is gone.
    ///
    /// # Panics
    /// Where it went down with a panic.
    pub fn stop(mut self) {
        self.tell_to_stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    fn tell_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

/// A server looks for open connections only once a second when it goes down; no test waits for that. A folder can go at once, a
/// database only when nobody uses it any more.
impl Drop for Server {
    fn drop(&mut self) {
        self.tell_to_stop();
        if let (Some(thread), Keep::Cluster(database)) = (self.thread.take(), &mut self.database) {
            let database = database.take();
            std::thread::spawn(move || {
                let _ = thread.join();
                drop(database);
            });
        }
    }
}

fn sqlite_url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("accolade.db").display())
}

fn open_office(url: &str, clock: Arc<TestClock>) -> Office {
    let store = Store::open(url).unwrap();
    store.migrate().unwrap();
    let master_key = MasterKey::from_bytes([7; 32]);
    let entropy = Arc::new(CountedEntropy::default());
    Office::open(OfficeParts { store, master_key, public_url: PUBLIC_URL.to_owned(), clock, entropy })
        .unwrap()
}

/// A clock that stands still until it is told otherwise.
pub struct TestClock(Mutex<Timestamp>);

impl TestClock {
    /// A clock that shows `time`.
    ///
    /// # Panics
    /// Where that is no time.
    pub fn at(time: &str) -> TestClock {
        TestClock(Mutex::new(Timestamp::parse(time).unwrap()))
    }

    /// Shows `time` from now on.
    ///
    /// # Panics
    /// Where that is no time.
    pub fn set(&self, time: &str) {
        *self.0.lock().unwrap() = Timestamp::parse(time).unwrap();
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Bytes that look random and are the same in every run, as long as they are asked for in the same order.
#[derive(Default)]
pub struct CountedEntropy(AtomicU64);

impl Entropy for CountedEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::Relaxed);
            let digest = Sha256::digest(number.to_be_bytes());
            let bytes: &[u8] = digest.as_ref();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}
