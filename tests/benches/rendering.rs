//! What a page, a picture or a certificate costs that nobody has asked for a moment before: nothing from memory, except what the
//! program keeps for ever (messages, fonts).
//!
//! All take turns, one after the other, so that a slow moment of the machine hits all; a figure is the median.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a bench prints figures, and a missing value is a failure"
)]

use std::hint::black_box;
use std::time::Instant;

use accolade_imaging::{Card, Design, Picture, card};
use accolade_publishing::{Language, PageAddress, Paper, Publishing};
use accolade_tests::server::Server;
use accolade_tests::summary;

const TURNS: usize = 41;

/// Something to be made, with its name and the microseconds of each turn.
struct Task<'a> {
    name: &'static str,
    make: Box<dyn Fn() -> usize + 'a>,
    bytes: usize,
    micros: Vec<f64>,
}

fn main() {
    let server = Server::on_sqlite_with(|settings| settings.workers = 1);
    let school = server.school();
    let award = server.owner().award(&school.achievement, "ana@example.org");
    let id = award["id"].as_str().unwrap().to_owned();
    let publishing = Publishing::new(server.office.clone()).unwrap();
    let picture = Picture::of_design(&Design::of_name("Applied Data Skills")).unwrap();

    let page = |address: PageAddress| {
        let publishing = &publishing;
        move || publishing.page(&address, Language::En).unwrap().unwrap().body.len()
    };
    let certificate = PageAddress::Certificate { id: id.clone(), key: None, paper: Paper::A4 };
    let draw_card = || {
        let card_of = Card {
            picture: &picture,
            title: "Applied Data Skills",
            issuer: "Example University",
            caption: None,
        };
        card(&card_of).unwrap().len()
    };
    let mut tasks = [
        task("render_credential_page", page(PageAddress::Credential { id: id.clone(), key: None })),
        task("render_embed", page(PageAddress::Embed(id))),
        task("render_achievement_page", page(PageAddress::Achievement(school.achievement.clone()))),
        task("render_issuer_page", page(PageAddress::Issuer(school.issuer.clone()))),
        task("render_image_600", || picture.png(600).unwrap().len()),
        task("render_card", draw_card),
        task("render_certificate", page(certificate)),
    ];
    for _ in 0..TURNS {
        for task in &mut tasks {
            let begun = Instant::now();
            task.bytes = black_box((task.make)());
            task.micros.push(begun.elapsed().as_secs_f64() * 1e6);
        }
    }
    for Task { name, bytes, mut micros, .. } in tasks {
        micros.sort_by(f64::total_cmp);
        let median = micros[TURNS / 2];
        println!("{name:32} {median:10.0} µs ({bytes} bytes)");
        summary::merge(&[(name, median, "µs")]);
    }
}

fn task<'a>(name: &'static str, make: impl Fn() -> usize + 'a) -> Task<'a> {
    Task { name, make: Box::new(make), bytes: 0, micros: Vec::new() }
}
