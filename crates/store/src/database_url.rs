//! Which database a URL names.

use std::path::PathBuf;

use crate::StoreError;

/// The kind of database behind a [`Store`](crate::Store).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// One file beside the program, or memory.
    Sqlite,
    /// A PostgreSQL server, 13 or newer.
    Postgres,
}

impl Backend {
    /// The name for logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// A database URL, taken apart.
#[derive(Clone)]
pub(crate) enum DatabaseUrl {
    SqliteFile(PathBuf),
    SqliteMemory,
    /// The URL as given, with our connection limits added where it sets none. May hold a password.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
    pub(crate) fn parse(url: &str) -> Result<Self, StoreError> {
        if url.contains('\0') {
            return Err(StoreError::BadUrl("it contains a NUL"));
        }
        if let Some(rest) = url.strip_prefix("sqlite:") {
            return Self::parse_sqlite(rest);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(with_limits(url)));
        }
        Err(StoreError::BadUrl("it starts with neither `sqlite:` nor `postgres://`"))
    }

    pub(crate) fn backend(&self) -> Backend {
        match self {
            Self::SqliteFile(_) | Self::SqliteMemory => Backend::Sqlite,
            Self::Postgres(_) => Backend::Postgres,
        }
    }

    fn parse_sqlite(rest: &str) -> Result<Self, StoreError> {
        let path = rest.strip_prefix("//").unwrap_or(rest);
        match path {
            ":memory:" => Ok(Self::SqliteMemory),
            "" => Err(StoreError::BadUrl("`sqlite:` is followed by no path")),
            // SQLite would take these as its own URIs and options.
            _ if path.starts_with("file:") || path.starts_with(':') || path.contains('?') => Err(
                StoreError::BadUrl("after `sqlite:` stands a plain path, without `file:` and without `?`"),
            ),
            _ => Ok(Self::SqliteFile(PathBuf::from(path))),
        }
    }
}

/// Adds what libpq leaves unlimited: how long connecting may take and how long sent bytes may stay unanswered.
/// Both are whole numbers libpq understands: seconds (2 is its minimum) and milliseconds.
fn with_limits(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in [("connect_timeout", "2"), ("tcp_user_timeout", "2000"), ("keepalives_idle", "10")] {
        if !url.contains(&format!("{name}=")) {
            let separator = if url.contains('?') { '&' } else { '?' };
            url.push_str(&format!("{separator}{name}={value}"));
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_path_is_refused_with_advice() {
        for url in ["accolade.db", "/var/lib/accolade.db", "mysql://x", "sqlite", ""] {
            let error = DatabaseUrl::parse(url).map(|_| ()).unwrap_err();
            assert!(error.to_string().contains("sqlite:accolade-data/accolade.db"), "{url}: {error}");
        }
    }

    #[test]
    fn sqlite_paths_are_taken_with_and_without_slashes() {
        for (url, path) in
            [("sqlite:a/b.db", "a/b.db"), ("sqlite:/a.db", "/a.db"), ("sqlite:///a.db", "/a.db")]
        {
            let DatabaseUrl::SqliteFile(found) = DatabaseUrl::parse(url).unwrap() else { panic!("{url}") };
            assert_eq!(found, PathBuf::from(path));
        }
        for url in
            ["sqlite:", "sqlite://", "sqlite:file:a.db", "sqlite:a.db?mode=ro", "sqlite::x:", "sqlite:a\0b"]
        {
            assert!(DatabaseUrl::parse(url).is_err(), "{url}");
        }
        assert!(matches!(DatabaseUrl::parse("sqlite::memory:"), Ok(DatabaseUrl::SqliteMemory)));
    }

    #[test]
    fn a_postgres_url_gets_limits_where_it_sets_none() {
        let DatabaseUrl::Postgres(url) = DatabaseUrl::parse("postgres://h/d?connect_timeout=9").unwrap()
        else {
            panic!("not postgres")
        };
        assert_eq!(url, "postgres://h/d?connect_timeout=9&tcp_user_timeout=2000&keepalives_idle=10");
    }
}
