//! Any bytes as a document: see `properties.rs` for what must hold.
//!
//! ```text
//! cd crates/linked-data
//! cargo +nightly fuzz run document fuzz/corpus/document fuzz/seeds -- -dict=fuzz/json-ld.dict -max_len=4096
//! ```
#![no_main]

#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::hold_for(bytes));
