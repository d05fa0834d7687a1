//! The model and its rules against what 1EdTech publishes: schemas and examples.
//!
//! The files are found through `ACCOLADE_VECTORS` and never committed.

mod agreement;
mod mutations;
mod round_trip;
mod schemas;
mod typed;
mod vectors;
