//! The office at work on a real database: every test registers, defines and awards for real.
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
mod keys;
mod publishing;
mod refusals;
mod repeating;
mod statuses;
mod support;
