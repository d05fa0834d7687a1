//! Any bytes as an SVG: see `properties/svg.rs` for what must hold.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::svg::hold_for(bytes));
