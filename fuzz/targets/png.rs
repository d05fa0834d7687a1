//! Any bytes as a PNG, and a PNG out of any bytes: see `properties/png.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::png::hold_for(bytes));
