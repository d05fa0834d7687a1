//! Badges attached to PDFs.

use std::io::Write as _;

use accolade_verifying::{Outcome, Submission};
use serde_json::json;

use crate::support::badges::badge;
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, v2};

/// A PDF with these files attached.
fn pdf(files: &[&str]) -> Submission {
    let names: String = (0..files.len()).map(|n| format!("({n}) {} 0 R ", 10 + 2 * n)).collect();
    let mut pdf = format!("%PDF-1.7\n1 0 obj <</Names <</EmbeddedFiles <</Names [{names}]>> >> >> endobj\n")
        .into_bytes();
    for (n, file) in files.iter().enumerate() {
        let (specification, stream) = (10 + 2 * n, 11 + 2 * n);
        writeln!(pdf, "{specification} 0 obj <</Type /Filespec /EF <</F {stream} 0 R>> >> endobj").unwrap();
        writeln!(pdf, "{stream} 0 obj <</Length {}>>\nstream\n{file}\nendstream endobj", file.len()).unwrap();
    }
    pdf.extend_from_slice(b"trailer <</Root 1 0 R>>\n%%EOF\n");
    Submission::from_bytes(pdf)
}

#[tokio::test]
async fn a_badge_attached_to_a_pdf_is_examined_in_every_form_it_may_have() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    v2::open(&world.shelf);
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    let other = json!({ "transcript": [1, 2, 3] }).to_string();
    let envelope = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": format!("data:application/vc+jwt,{}", school.token(&badge(&school))),
    });
    for text in [
        school.sign(&badge(&school)).to_string(),
        school.token(&badge(&school)),
        envelope.to_string(),
        v2::hosted().to_string(),
        v2::sign(&v2::signed()),
    ] {
        assert_valid(&world.examiner.verify(pdf(&["read me", &text, &other, &text])).await);
    }
}

#[tokio::test]
async fn a_pdf_without_one_clear_badge_is_refused() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let (one, other) = (school.sign(&badge(&school)).to_string(), school.token(&badge(&school)));
    let verify = |submission| world.examiner.verify(submission);
    assert_fails(&verify(pdf(&[&one, &other])).await, "fetch", "ambiguous_baked");
    assert_fails(&verify(pdf(&[])).await, "fetch", "no_badge");
    assert_fails(&verify(pdf(&["{}", "https://school.example/1"])).await, "fetch", "no_badge");
    assert_fails(&verify(Submission::from_bytes(&b"%PDF-1.7"[..])).await, "fetch", "bad_pdf");
    let changed = one.replace("Applied", "Implied");
    assert_eq!(verify(pdf(&[&changed])).await.outcome, Outcome::Invalid);
}

#[tokio::test]
async fn an_address_may_lead_to_a_pdf() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let Submission::Pdf(file) = pdf(&[&school.token(&badge(&school))]) else { panic!("a PDF") };
    world.shelf.put_bytes("https://school.example/1.pdf", 200, "application/pdf", &file);
    assert_valid(&world.examiner.verify(Submission::Url("https://school.example/1.pdf".into())).await);
}
