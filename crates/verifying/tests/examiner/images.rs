//! Badges in images.

use accolade_baking::{Version, svg};
use accolade_verifying::{Outcome, Submission};

use crate::support::badges::badge;
use crate::support::servers::Canary;
use crate::support::{IdMethod, School, World, assert_fails, assert_open, assert_valid, check, v2};

const DRAWING: &[u8] = br#"<svg xmlns="http://www.w3.org/2000/svg"/>"#;

#[tokio::test]
async fn a_badge_baked_into_an_image_is_examined() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    for text in [school.sign(&badge(&school)).to_string(), school.token(&badge(&school))] {
        let image = svg::bake(DRAWING, Version::V3, &text).unwrap();
        assert_valid(&world.examiner.verify(Submission::from_bytes(image)).await);
    }
}

#[tokio::test]
async fn an_old_image_that_holds_only_an_address_leads_to_the_badge() {
    let world = World::new();
    v2::open(&world.shelf);
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    let image = svg::bake(DRAWING, Version::V2, &v2::url("/assertions/1")).unwrap();
    assert_valid(&world.examiner.verify(Submission::Image(image.into())).await);
}

#[tokio::test]
async fn img_12_an_image_without_one_clear_badge_is_refused() {
    let world = World::new();
    let empty = world.examiner.verify(Submission::Image(DRAWING.into())).await;
    assert_fails(&empty, "fetch", "no_badge");
    let doubled = br#"<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential verify="a.b.c"/><o:credential verify="d.e.f"/></svg>"#;
    assert_fails(
        &world.examiner.verify(Submission::Image(doubled[..].into())).await,
        "fetch",
        "ambiguous_baked",
    );
    let nonsense = world.examiner.verify(Submission::Image((&b"\x89PNG\r\n\x1a\nrest"[..]).into())).await;
    assert_fails(&nonsense, "fetch", "bad_image");
}

#[tokio::test]
async fn an_address_of_a_page_for_people_says_what_to_do() {
    let world = World::new();
    world.shelf.put_bytes("https://school.example/1", 200, "text/html", b"\n<!DOCTYPE html><html></html>");
    let report = world.examiner.verify(Submission::Url("https://school.example/1".into())).await;
    assert_open(&report, "fetch", "html_page");
}

#[tokio::test]
async fn the_address_of_a_page_that_shows_a_badge_will_do() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let signed = school.sign(&badge(&school));
    world.shelf.put("https://school.example/badges/1.json", &signed);
    let linked = r#"<!doctype html><link rel="alternate" type="application/vc" href="1.json"><p>A badge"#;
    let embedded = format!(r#"<html><script type="application/ld+json">{signed}</script>"#);
    for page in [linked, &embedded] {
        world.shelf.put_bytes("https://school.example/badges/1", 200, "text/html", page.as_bytes());
        let report = world.examiner.verify(Submission::Url("https://school.example/badges/1".into())).await;
        assert_valid(&report);
    }
}

#[tokio::test]
async fn a_page_may_lead_to_an_old_image_that_leads_to_the_badge() {
    let world = World::new();
    v2::open(&world.shelf);
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    let image = svg::bake(DRAWING, Version::V2, &v2::url("/assertions/1")).unwrap();
    world.shelf.put_bytes("https://school.example/badge.svg", 200, "image/svg+xml", &image);
    let page = br#"<html><link rel="alternate" type="image/svg+xml" href="/badge.svg">"#;
    world.shelf.put_bytes("https://school.example/1", 200, "text/html", page);
    assert_valid(&world.examiner.verify(Submission::Url("https://school.example/1".into())).await);
}

#[tokio::test]
async fn a_page_cannot_lead_inside() {
    let world = World::new();
    let canary = Canary::new();
    let page = format!(
        r#"<html><link rel="alternate" type="application/vc" href="http://127.0.0.1:{}/">"#,
        canary.port
    );
    world.shelf.put_bytes("https://school.example/1", 200, "text/html", page.as_bytes());
    let report = world.examiner.verify(Submission::Url("https://school.example/1".into())).await;
    assert_eq!(report.outcome, Outcome::Unknown);
    assert_eq!(report.checks.last().unwrap().code, Some("egress_blocked"));
    canary.assert_silent();
}

#[tokio::test]
async fn images_and_addresses_that_lead_to_each_other_come_to_an_end() {
    let world = World::new();
    let image = svg::bake(DRAWING, Version::V2, "https://school.example/badge.svg").unwrap();
    world.shelf.put_bytes("https://school.example/badge.svg", 200, "image/svg+xml", &image);
    let report = world.examiner.verify(Submission::Url("https://school.example/badge.svg".into())).await;
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(report.checks.last().unwrap().code, Some("no_badge"));
    assert_eq!(check(&report, "fetch").code, None);
}
