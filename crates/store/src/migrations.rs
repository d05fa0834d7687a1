//! Bringing the schema up to date.

use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::StoreError;
use crate::connection::AnyConnection;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Servers that start together on one PostgreSQL database take turns; the number is ours alone. A migration may
/// take longer than a request, so the limits of requests do not hold here.
const TAKE_TURNS: &str =
    "SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(4702394921427289928)";

/// Which way.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Direction {
    Up,
    Down,
}

/// Runs all migrations. On PostgreSQL the connection is to be closed afterwards: it has lost its limits.
pub(crate) fn run(connection: &mut AnyConnection, direction: Direction) -> Result<(), StoreError> {
    match connection {
        AnyConnection::Postgres(connection) => {
            connection.batch_execute(TAKE_TURNS)?;
            run_on(connection, POSTGRES, direction)
        }
        AnyConnection::Sqlite(connection) => {
            // Another process may have been a moment faster; then a second look finds nothing left to do.
            run_on(connection, SQLITE, direction).or_else(|_| run_on(connection, SQLITE, direction))
        }
    }
}

fn run_on<DB: diesel::backend::Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
    direction: Direction,
) -> Result<(), StoreError> {
    let done = match direction {
        Direction::Up => connection.run_pending_migrations(migrations).map(|done| done.len()),
        Direction::Down => connection.revert_all_migrations(migrations).map(|done| done.len()),
    };
    let count = done.map_err(|error| StoreError::Migration(error.to_string()))?;
    if count > 0 {
        tracing::info!(count, ?direction, "migrated");
    }
    Ok(())
}
