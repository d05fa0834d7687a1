//! Any document that an issuer nobody knows has signed, and whatever stands at the addresses in it: see `properties/stranger.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::stranger::hold_for(bytes));
