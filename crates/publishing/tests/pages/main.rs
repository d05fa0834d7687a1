//! Pages as they are read: by people, by machines, and by those who want to break them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that finds nothing has failed")]

mod desks;
mod dom;
mod fixtures;
mod gallery;
mod heads;
mod hostile;
mod privacy;
mod reports;
mod structure;
