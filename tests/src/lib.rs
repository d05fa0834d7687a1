//! What the workspace's tests share: actors, servers, database clusters and vectors.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

pub mod actors;
pub mod exchange;
pub mod office;
pub mod postgres;
pub mod server;
pub mod summary;
