//! The office at work on SQLite: every test registers, defines and awards for real. The same texts run on PostgreSQL
//! as `tests/tests/office_on_postgres`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "a test that finds something else than it expects is to stop"
)]

mod access;
mod awarding;
mod database;
mod earning;
mod earning_together;
mod issuing;
mod keys;
mod micro_credentials;
mod places;
mod privacy;
mod publishing;
mod refusals;
mod repeating;
mod snapshots;
mod stacking;
mod statuses;
mod support;
