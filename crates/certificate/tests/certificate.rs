//! What a certificate's file is, seen from outside.

#![allow(clippy::unwrap_used, reason = "a test that cannot draw has failed")]

mod samples;

use accolade_certificate::{Certificate, CertificateError, Paper, render};
use accolade_imaging::Picture;

fn badge() -> &'static Picture {
    Box::leak(Box::new(samples::badge().unwrap()))
}

fn bytes(certificate: &Certificate<'_>) -> Vec<u8> {
    render(certificate).unwrap().bytes
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn every_sample_is_what_it_claims_and_carries_the_credential() {
    for sample in samples::all(badge()) {
        let rendered = render(&sample.certificate);
        let rendered = rendered.unwrap_or_else(|error| panic!("{}: {error}", sample.name));
        let found = accolade_baking::pdf::attachments(&rendered.bytes).unwrap();
        assert_eq!(found, [samples::CREDENTIAL], "{}", sample.name);
        assert!(rendered.bytes.len() < 400_000, "{}: {} bytes", sample.name, rendered.bytes.len());
    }
}

/// What ISO 19005-3 asks of the structure and no drawing shows; krilla checks the rest before it writes.
#[test]
fn the_file_says_that_it_is_an_archive_and_for_every_reader() {
    let file = bytes(&samples::plain(badge()));
    for wanted in [
        "%PDF-1.7",
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/GTS_PDFA1",
        "/AFRelationship/Source",
        "/Subtype/application#2Fld+json",
        "/Marked true",
        "/Lang(en)",
        "/DisplayDocTitle true",
        "/FontFile2",
        "/Alt(The badge: a star on a blue hexagon)",
        "https://badges.example.edu/public/credentials/4kZ0v8mJQm2VtC9dYx1LrA",
        "D:20260503092000",
    ] {
        let spaced = wanted.replace('/', " /");
        assert!(contains(&file, wanted) || contains(&file, spaced.trim_start()), "no {wanted}");
    }
    for unwanted in ["/Encrypt", "/JavaScript", "/Launch", "Ada Lovelace"] {
        assert!(!contains(&file, unwanted), "{unwanted}");
    }
}

#[test]
fn the_same_certificate_gives_the_same_bytes() {
    let certificate = samples::plain(badge());
    assert_eq!(bytes(&certificate), bytes(&certificate));
    let other = Certificate { recipient: Some("Ada Byron"), ..certificate };
    assert_ne!(bytes(&certificate), bytes(&other));
}

#[test]
fn the_sheet_is_a4_or_letter() {
    let certificate = samples::plain(badge());
    assert!(contains(&bytes(&certificate), "841.89 595.28"));
    assert!(contains(&bytes(&Certificate { paper: Paper::Letter, ..certificate }), "792 612"));
}

#[test]
fn what_no_font_has_is_told_and_what_bends_lines_is_not_drawn() {
    let plain = samples::plain(badge());
    let rendered = render(&Certificate { recipient: Some("𓀀 Ada \u{202E}x"), ..plain }).unwrap();
    assert_eq!(rendered.missing, ['𓀀']);
    assert_eq!(render(&plain).unwrap().missing, Vec::<char>::new());
}

#[test]
fn an_address_too_long_for_a_code_and_a_nameless_type_are_errors() {
    let plain = samples::plain(badge());
    let page = "x".repeat(3_000);
    assert_eq!(render(&Certificate { page: &page, ..plain }), Err(CertificateError::Code));
    let credential = accolade_certificate::Attachment { media_type: "json", ..plain.credential };
    assert_eq!(render(&Certificate { credential, ..plain }), Err(CertificateError::Attachment));
}
