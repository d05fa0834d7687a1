//! The office at work on PostgreSQL: the texts of `crates/issuing/tests/office`, compiled once more.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "a test that finds something else than it expects is to stop"
)]

#[path = "../../../crates/issuing/tests/office/access.rs"]
mod access;
#[path = "../../../crates/issuing/tests/office/awarding.rs"]
mod awarding;
mod database;
#[path = "../../../crates/issuing/tests/office/earning.rs"]
mod earning;
#[path = "../../../crates/issuing/tests/office/earning_together.rs"]
mod earning_together;
#[path = "../../../crates/issuing/tests/office/issuing.rs"]
mod issuing;
#[path = "../../../crates/issuing/tests/office/keys.rs"]
mod keys;
#[path = "../../../crates/issuing/tests/office/micro_credentials.rs"]
mod micro_credentials;
#[path = "../../../crates/issuing/tests/office/places.rs"]
mod places;
#[path = "../../../crates/issuing/tests/office/privacy.rs"]
mod privacy;
#[path = "../../../crates/issuing/tests/office/publishing.rs"]
mod publishing;
#[path = "../../../crates/issuing/tests/office/refusals.rs"]
mod refusals;
#[path = "../../../crates/issuing/tests/office/repeating.rs"]
mod repeating;
#[path = "../../../crates/issuing/tests/office/snapshots.rs"]
mod snapshots;
#[path = "../../../crates/issuing/tests/office/stacking.rs"]
mod stacking;
#[path = "../../../crates/issuing/tests/office/statuses.rs"]
mod statuses;
#[path = "../../../crates/issuing/tests/office/support.rs"]
mod support;
