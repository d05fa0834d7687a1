//! Any bytes as a dataset: see `properties/rdfc.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::rdfc::hold_for(bytes));
