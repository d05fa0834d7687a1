//! The examiner as a whole, against issuers made here, without a network.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::as_conversions,
    reason = "helpers of tests, where a wrong shape should end the test"
)]

mod additions;
mod api;
mod budget;
mod contexts;
mod egress;
mod embedded;
mod endorsements;
mod evasions;
mod event_loop;
mod good;
mod images;
mod inline;
mod jwk;
mod kept;
mod keys;
mod pdfs;
mod presentations;
mod published;
mod real_world;
mod recipients;
mod records;
mod refresh;
mod reports;
mod resolution;
mod ssrf;
mod status;
mod status_kinds;
mod status_lists;
mod suites;
mod support;
mod time;
mod tokens;
mod v1;
mod v2;
