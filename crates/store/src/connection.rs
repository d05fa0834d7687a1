//! One connection to either database, and how each is set up.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};

use crate::StoreError;
use crate::database_url::DatabaseUrl;

/// A connection to either database. Queries written once run on both.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// What a SQLite connection is for. PostgreSQL connections do both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Reader,
    Writer,
}

/// WAL lets readers go on while one writes; FULL puts every commit on disk before it is acknowledged, and
/// `fullfsync` does so where the system's fsync alone does not. Another process may hold the write lock, so
/// wait a little, but less than a request may take.
const SQLITE_SETTINGS: &str = "\
    PRAGMA busy_timeout = 900;\
    PRAGMA journal_mode = WAL;\
    PRAGMA synchronous = FULL;\
    PRAGMA fullfsync = ON;\
    PRAGMA foreign_keys = ON;\
    PRAGMA trusted_schema = OFF;\
    PRAGMA temp_store = MEMORY;\
    PRAGMA journal_size_limit = 67108864;";

/// The writer keeps the pages of the indexes in memory (32 MiB at most), since ids are random and every award
/// touches other ones, and copies the journal into the database less often than SQLite would by itself: a page
/// changed by many awards is then copied once. The journal grows to about 32 MiB in between.
/// What is deleted is overwritten with zeros, because what a person had erased must not stand in a free page.
const SQLITE_WRITER_SETTINGS: &str =
    "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8000; PRAGMA secure_delete = ON";

/// Nothing waits for ever: a lock a little longer than the second after which the server looks for deadlocks, a
/// statement for ten seconds; and a transaction whose client fell silent is ended by the server.
const POSTGRES_SETTINGS: &str = "\
    SET lock_timeout = '1500ms';\
    SET statement_timeout = '10s';\
    SET idle_in_transaction_session_timeout = '30s';\
    SET client_min_messages = 'warning';";

/// An acknowledged award must survive a crash, so a server-wide `synchronous_commit = off` is overruled. Whoever
/// asks for it in the URL itself knows what he does. And documents are compressed by LZ4 where the server has it:
/// storing an award then costs the server about 40 % less than by its default.
const POSTGRES_CHOICES: &str = "\
    SELECT CASE name WHEN 'synchronous_commit' THEN set_config(name, 'on', false) \
                     ELSE set_config(name, 'lz4', false) END \
    FROM pg_settings \
    WHERE name = 'synchronous_commit' AND setting = 'off' AND source <> 'client' \
       OR name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)";

impl AnyConnection {
    /// Connects and sets the connection up.
    pub(crate) fn open(url: &DatabaseUrl, role: Role) -> Result<Self, StoreError> {
        match url {
            DatabaseUrl::SqliteFile(path) => {
                let path = path.to_str().ok_or(StoreError::BadUrl("the path is not UTF-8"))?;
                Self::open_sqlite(path, role)
            }
            DatabaseUrl::SqliteMemory => Self::open_sqlite(":memory:", role),
            DatabaseUrl::Postgres(url) => {
                let mut connection = PgConnection::establish(url).map_err(unavailable)?;
                connection.batch_execute(POSTGRES_SETTINGS)?;
                connection.batch_execute(POSTGRES_CHOICES)?;
                Ok(Self::Postgres(connection))
            }
        }
    }

    fn open_sqlite(path: &str, role: Role) -> Result<Self, StoreError> {
        let mut connection = SqliteConnection::establish(path).map_err(unavailable)?;
        connection.batch_execute(SQLITE_SETTINGS)?;
        connection.batch_execute(match role {
            Role::Reader => "PRAGMA query_only = ON",
            Role::Writer => SQLITE_WRITER_SETTINGS,
        })?;
        Ok(Self::Sqlite(connection))
    }

    /// Runs statements that bind nothing and return nothing.
    pub(crate) fn batch(&mut self, sql: &str) -> diesel::QueryResult<()> {
        self.batch_execute(sql)
    }
}

/// Makes the folder (0700) and the file (0600) of a SQLite database where they are missing. SQLite gives its
/// journal the same mode. What exists keeps its mode.
pub(crate) fn make_private_file(path: &Path) -> Result<(), StoreError> {
    let refuse = |cause| StoreError::File { path: path.display().to_string(), cause };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(refuse)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(cause) => Err(refuse(cause)),
    }
}

/// libpq's own words name host, port and user, never the password; of a URL it cannot read it quotes parts, so
/// those words are left out.
fn unavailable(error: ConnectionError) -> StoreError {
    match error {
        ConnectionError::BadConnection(message) if message.contains("invalid") => {
            StoreError::BadUrl("the server's client library cannot read it")
        }
        ConnectionError::BadConnection(message) => StoreError::Unavailable(message),
        ConnectionError::InvalidConnectionUrl(_) | ConnectionError::InvalidCString(_) => {
            StoreError::BadUrl("the server's client library cannot read it")
        }
        other => StoreError::Unavailable(other.to_string()),
    }
}
