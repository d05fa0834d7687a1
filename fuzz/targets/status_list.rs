//! Any bytes as a status list, and as the index into it: see `properties/status_list.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::status_list::hold_for(bytes));
