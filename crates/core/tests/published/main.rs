//! The model and its rules against what 1EdTech publishes: schemas and examples.
//!
//! The files are found through `ACCOLADE_VECTORS` and never committed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail like tests"
)]

mod agreement;
mod everything;
mod mutations;
mod round_trip;
mod schemas;
mod typed;
mod vectors;
