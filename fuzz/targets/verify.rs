//! Any bytes handed in to the examiner: see `properties/verify.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::verify::hold_for(bytes));
