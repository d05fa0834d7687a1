//! Processor time of each thing this crate does: `cargo run --release -p accolade-imaging --example costs`. The table in the README is
//! from here.

#![allow(clippy::print_stdout, reason = "this program is there to print")]

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use accolade_imaging::{Card, Design, Picture, card, qr_svg};
use rustix::time::{ClockId, clock_gettime};

fn main() -> Result<(), Box<dyn Error>> {
    let name = "Introduction to Sustainable Water Management";
    let design = Design::of_name(name);
    let picture = Picture::of_design(&design)?;
    let upload = picture.png(1_200)?;
    let uploaded = Picture::read(&upload)?;
    let on_card = Card {
        picture: &picture,
        title: name,
        issuer: "University of Exampleton",
        caption: Some("Open Badge"),
    };
    let link = "https://badges.example.edu/public/credentials/01hzzzzzzzzzzzzzzzzzzzzzzz";
    println!("| | processor time |\n|---|---|");
    cost("`Design::of_name` and `svg`", || Ok(Design::of_name(name).svg().len()))?;
    cost("`Picture::of_design`", || Ok(Picture::of_design(&design)?.bytes().len()))?;
    cost("`Picture::read`, PNG 1200 × 1200", || Ok(Picture::read(&upload)?.bytes().len()))?;
    for side in accolade_imaging::SIDES {
        cost(&format!("`png({side})` of a design"), || Ok(picture.png(side)?.len()))?;
        cost(&format!("`png({side})` of a PNG of 1200"), || Ok(uploaded.png(side)?.len()))?;
    }
    cost("`card`", || Ok(card(&on_card)?.len()))?;
    cost("`qr_svg`", || Ok(qr_svg(link)?.len()))
}

/// Prints the median of nine calls, and how many bytes came out.
fn cost(what: &str, call: impl Fn() -> Result<usize, Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    let bytes = call()?;
    let mut times = Vec::new();
    for _ in 0..9 {
        let start = processor_time()?;
        black_box(call()?);
        times.push(processor_time()?.saturating_sub(start));
    }
    times.sort_unstable();
    let median = times.get(4).copied().unwrap_or_default();
    println!("| {what} ({bytes} bytes) | {:.2} ms |", median.as_secs_f64() * 1e3);
    Ok(())
}

fn processor_time() -> Result<Duration, Box<dyn Error>> {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Ok(Duration::new(u64::try_from(now.tv_sec)?, u32::try_from(now.tv_nsec)?))
}
