//! What refusing hostile documents costs: `cargo run --release -p accolade-linked-data --example refusals`.
//!
//! Each should be refused within 250 ms of processor time.
#![allow(
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a program for the shell that shares its cases with the tests"
)]

#[path = "../tests/support/poison.rs"]
mod poison;

use std::time::Duration;

use accolade_linked_data::{Budget, Error};

/// Processor time of this thread, where the system tells it.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

fn measured<T>(work: impl FnOnce() -> Result<T, Error>) -> String {
    let begin = processor_time();
    let outcome = work();
    let spent = processor_time().saturating_sub(begin).as_secs_f64() * 1_000.0;
    match outcome {
        Ok(_) => format!("{spent:7.1} ms accepted      "),
        Err(Error::ComplexityLimit { limit }) => format!("{spent:7.1} ms {limit:14}"),
        Err(other) => format!("{spent:7.1} ms {}", other.code()),
    }
}

fn main() {
    for (name, case) in poison::cases() {
        let canonical = measured(|| case.canonicalize(Budget::default()));
        let expanded = match case {
            poison::Poison::Document(_) => measured(|| case.expand().unwrap_or(Ok(().into()))),
            poison::Poison::Graph(_) => " ".repeat(25),
        };
        println!("{canonical} {expanded} {name}");
    }
}
