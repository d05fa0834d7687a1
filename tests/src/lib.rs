//! What the workspace's tests share: actors, servers, database clusters and vectors.

pub mod postgres;
