//! Verifications a second on one core, through the whole examiner, beside the bare Ed25519 operation in the same run.
//!
//! `cargo bench -p accolade-tests --bench verification`; figures go to `target/bench/summary.json`. The issuer's documents are
//! in memory, as our own are; nothing is kept from one verification to the next. What is counted is processor time of the
//! whole process, so that waiting and other programs do not count, and handing work from thread to thread does.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a bench prints figures, and a missing value is a failure"
)]

mod badges;

use std::hint::black_box;

use accolade_tests::summary;
use badges::Badges;
use ed25519_dalek::{Signer as _, SigningKey};
use rustix::time::{ClockId, clock_gettime};

const ROUNDS: usize = 200;
/// Verifications in one batch.
const BATCH: u32 = 20;

fn main() {
    // `cargo test --benches` runs this too, without `--bench`: then once is enough, and nothing is recorded.
    let recorded = std::env::args().any(|argument| argument == "--bench");
    let badges = Badges::new();
    let bare = Bare::new();
    let mut batches = vec![Vec::new(); badges.all.len() + 1];
    for _ in 0..if recorded { ROUNDS } else { 1 } {
        // All take turns, so that a slow moment of the machine hits them alike.
        for ((_, badge), batches) in badges.all.iter().zip(&mut batches) {
            batches.push(micros(|| assert!(badges.verify(black_box(badge)))));
        }
        batches.last_mut().unwrap().push(micros(|| assert!(bare.verify())));
    }
    if recorded {
        report(&badges, &batches.iter().map(|batches| undisturbed(batches)).collect::<Vec<_>>());
    }
}

fn report(badges: &Badges, micros: &[f64]) {
    let bare = *micros.last().unwrap();
    println!("{:<24} {bare:>9.1} µs", "ed25519 verify_strict");
    let mut figures = Vec::new();
    for ((name, _), micros) in badges.all.iter().zip(micros) {
        let (per_second, ratio) = (1e6 / micros, micros / bare);
        println!("{name:<24} {micros:>9.1} µs {per_second:>9.0}/s on one core {ratio:>7.2} × bare");
        figures.push(((*name).to_owned(), per_second, "per second and core"));
        figures.push((format!("{name}_vs_raw"), ratio, "ratio"));
    }
    let figures: Vec<(&str, f64, &str)> =
        figures.iter().map(|(name, value, unit)| (name.as_str(), *value, *unit)).collect();
    summary::merge(&figures);
}

/// Microseconds of processor time for each run in one batch.
fn micros(run: impl Fn()) -> f64 {
    let begun = processor_micros();
    for _ in 0..BATCH {
        run();
    }
    (processor_micros() - begun) / f64::from(BATCH)
}

fn processor_micros() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

/// A tenth of the batches were shorter: longer ones tell of cold caches and other programs, the very shortest were luck.
fn undisturbed(batches: &[f64]) -> f64 {
    let mut batches = batches.to_vec();
    batches.sort_by(f64::total_cmp);
    batches[batches.len() / 10]
}

/// The curve operation by itself, over the 64 bytes that a proof signs.
struct Bare {
    key: SigningKey,
    signature: ed25519_dalek::Signature,
}

const MESSAGE: [u8; 64] = [7; 64];

impl Bare {
    fn new() -> Bare {
        let key = SigningKey::from_bytes(&[7; 32]);
        Bare { signature: key.sign(&MESSAGE), key }
    }

    fn verify(&self) -> bool {
        self.key.verifying_key().verify_strict(black_box(&MESSAGE), &self.signature).is_ok()
    }
}
