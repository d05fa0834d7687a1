//! What can go wrong with a database, by who must act.

use diesel::result::{DatabaseErrorKind, Error};

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The operator's: the database URL is not one we know. The URL itself is not repeated, it may hold a password.
    #[error(
        "the database URL is not usable: {0}; write `sqlite:accolade-data/accolade.db` for a file or \
         `postgres://user@host/database` for a server"
    )]
    BadUrl(&'static str),
    /// The operator's: the database file or its folder cannot be made.
    #[error("the database file {path} cannot be made: {cause}")]
    File {
        /// The path as configured.
        path: String,
        /// The system's reason.
        cause: std::io::Error,
    },
    /// The operator's: the schema could not be brought up to date.
    #[error("a migration failed: {0}")]
    Migration(String),
    /// Nobody's, try again later: the database is down, unreachable or busy beyond our patience. Nothing was changed.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Nobody's, but look before trying again: the connection was lost while committing, so the change may or may
    /// not have been made.
    #[error("the connection was lost while committing; whether the change was made is not known")]
    Undecided,
    /// The caller's: a row with one of the new row's unique values exists already. Nothing was changed.
    #[error("a row with the same unique value exists already")]
    Conflict,
    /// The caller's: a row that the new row refers to does not exist. Nothing was changed.
    #[error("the row refers to one that does not exist")]
    Dangling,
    /// The client's: the cursor is not one that a page gave out.
    #[error("the cursor is not one that a page gave out")]
    BadCursor,
    /// Ours: a statement failed, yet the closure went on and reported success. It was rolled back.
    #[error("a statement failed inside the transaction and was ignored; everything was rolled back")]
    Ignored,
    /// The operator's: a stored row cannot be read as what it should be.
    #[error("a stored row cannot be read: {0}")]
    Corrupt(String),
    /// The operator's or ours: any other refusal of the database, for example a full disk.
    #[error("the database refused: {0}")]
    Database(String),
}

impl StoreError {
    /// Whether the same request may succeed later without anybody changing anything: down, busy or undecided.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Undecided)
    }

    /// Whether a change may have been made although this error came back.
    pub fn is_undecided(&self) -> bool {
        matches!(self, Self::Undecided)
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        use DatabaseErrorKind as Kind;
        match error {
            // Only the main message: the details of PostgreSQL quote the row's values.
            Error::DatabaseError(kind, information) => match kind {
                Kind::UniqueViolation => Self::Conflict,
                Kind::ForeignKeyViolation => Self::Dangling,
                Kind::ClosedConnection | Kind::UnableToSendCommand => {
                    Self::Unavailable(information.message().to_owned())
                }
                _ => Self::Database(information.message().to_owned()),
            },
            Error::DeserializationError(cause) => Self::Corrupt(cause.to_string()),
            other => Self::Database(other.to_string()),
        }
    }
}

/// What an error means for the transaction it happened in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The statement was refused for a reason that a second attempt will not change.
    Refused,
    /// A collision with somebody else, or something diesel has no kind for. Deadlocks, lock time-outs and SQLite's
    /// "busy" are all of no kind, and telling them apart would mean parsing messages; since the transaction is
    /// rolled back, trying again harms nothing.
    Collided,
    /// The connection is gone.
    Lost,
}

impl Trouble {
    pub(crate) fn of(error: &Error) -> Self {
        use DatabaseErrorKind as Kind;
        match error {
            Error::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, _) => Self::Lost,
            Error::DatabaseError(Kind::SerializationFailure | Kind::Unknown, _) => Self::Collided,
            _ => Self::Refused,
        }
    }
}
