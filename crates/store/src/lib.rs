#![doc = include_str!("../README.md")]

mod connection;
mod database_url;
mod error;
mod fragments;
mod migrations;
mod number;
mod page;
mod pool;
mod schema;
mod store;
mod transaction;
mod writer;

pub mod access_tokens;
pub mod achievement_versions;
pub mod achievements;
pub mod api_keys;
pub mod audit;
pub mod awards;
pub mod completions;
pub mod credentials;
pub mod enrolments;
pub mod house;
pub mod idempotency;
pub mod images;
pub mod issuers;
pub mod learners;
pub mod outbox;
pub mod requirement_activities;
pub mod signing_keys;
pub mod status_lists;

pub use database_url::Backend;
pub use error::StoreError;
pub use page::{Cursor, Page};
pub use store::Store;
pub use transaction::{Db, Tx};
