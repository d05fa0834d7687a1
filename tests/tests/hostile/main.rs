//! What strangers may hand in: the properties of the fuzz targets, and what each published attack may cost.

#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "../../../fuzz/properties/mod.rs"]
mod properties;
mod smoke;
