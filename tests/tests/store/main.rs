//! The store's promises, each kept on SQLite and on PostgreSQL by the same test.

#![allow(
    clippy::as_conversions,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test, a wrong number or a missing value is a failure"
)]

mod awards;
mod earning;
mod images;
mod migrations;
mod outages;
mod pages;
mod places;
mod rows;
mod sqlite_files;
mod status;
mod transactions;
