//! Any bytes as a token: see `properties/jws.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::jws::hold_for(bytes));
