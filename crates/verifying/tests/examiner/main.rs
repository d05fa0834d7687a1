//! The examiner as a whole, against issuers made here, without a network.

mod contexts;
mod egress;
mod embedded;
mod good;
mod images;
mod keys;
mod recipients;
mod reports;
mod status;
mod support;
mod time;
mod tokens;
mod v2;
