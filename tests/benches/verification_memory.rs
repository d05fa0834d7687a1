//! Bytes that one verification takes at its peak, beyond what was there before it.
//!
//! `cargo bench -p accolade-tests --bench verification_memory`; figures go to `target/bench/summary.json`. Apart from the bench
//! of time, because counting takes some.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a bench prints figures, and a missing value is a failure"
)]

#[path = "verification/badges.rs"]
mod badges;

use accolade_tests::summary;
use badges::Badges;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn main() {
    let recorded = std::env::args().any(|argument| argument == "--bench");
    let badges = Badges::new();
    let mut figures = Vec::new();
    for (name, badge) in &badges.all {
        // What is made once, such as contexts and threads, is made here.
        for _ in 0..20 {
            assert!(badges.verify(badge));
        }
        // Of several, the most: what one thread gives back another may take.
        let peak = (0..20).map(|_| peak_of(&badges, badge)).max().unwrap_or_default();
        println!("{name:<24} {:>9.1} KB", peak as f64 / 1e3);
        figures.push((format!("{name}_memory"), peak as f64 / 1e3, "KB"));
    }
    if recorded {
        let figures: Vec<(&str, f64, &str)> =
            figures.iter().map(|(name, value, unit)| (name.as_str(), *value, *unit)).collect();
        summary::merge(&figures);
    }
}

fn peak_of(badges: &Badges, badge: &accolade_verifying::Submission) -> usize {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    assert!(badges.verify(badge));
    ALLOCATOR.peak_usage().saturating_sub(before)
}
