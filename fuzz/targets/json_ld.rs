//! Any bytes as a document: see `properties/json_ld.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::json_ld::hold_for(bytes));
