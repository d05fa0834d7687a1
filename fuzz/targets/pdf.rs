//! Any bytes as a PDF, and in one: see `properties/pdf.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::pdf::hold_for(bytes));
