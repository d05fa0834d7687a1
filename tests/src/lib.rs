//! What the workspace's tests share: actors, servers, database clusters and vectors.

pub mod actors;
pub mod exchange;
pub mod office;
pub mod postgres;
pub mod server;
pub mod summary;
