//! What the outside sees of a report.

use std::sync::LazyLock;

use accolade_verifying::{Outcome, Submission, report};
use proptest::prelude::*;
use serde_json::json;

use crate::support::badges::badge;
use crate::support::{IdMethod, School, World};

#[tokio::test]
async fn the_json_has_the_shape_the_contract_promises() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let report = serde_json::to_value(world.verify(&school.sign(&badge(&school))).await).unwrap();
    assert_eq!(report["outcome"], "valid");
    assert_eq!(report["format"], "OpenBadges 3.0 embedded proof");
    assert_eq!(report["issuer"], json!({ "id": school.id, "name": "Example University", "url": null }));
    assert_eq!(report["achievement"]["achievementType"], "MicroCredential");
    assert_eq!(report["recipient"]["identifiedBy"], json!(["emailAddress"]));
    assert_eq!(report["status"], json!({ "state": "active", "reason": null }));
    assert_eq!(report["credential"]["validFrom"], "2026-09-01T10:00:00Z");
    let ids: Vec<&str> =
        report["checks"].as_array().unwrap().iter().map(|check| check["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "parse",
            "format",
            "context",
            "type",
            "schema",
            "safe_mode",
            "key",
            "proof",
            "validity",
            "status",
            "recipient"
        ]
    );
    for check in report["checks"].as_array().unwrap() {
        assert!(check["detail"].is_string() && check["spec"].is_string() && check["outcome"].is_string());
    }
}

#[tokio::test]
async fn the_text_names_the_verdict_the_people_and_every_check() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut signed = school.sign(&badge(&school));
    let good = report::text::render(&world.verify(&signed).await, false);
    assert!(good.starts_with("✓ VALID: the badge is genuine and counts today.\n"), "{good}");
    assert!(good.contains("Example University (https://school.example/issuers/1)"));
    assert!(good.contains("Applied Data Skills (MicroCredential)"));
    assert!(!good.contains('\u{1b}'));
    signed["name"] = "Another name".into();
    let bad = report::text::render(&world.verify(&signed).await, true);
    assert!(bad.starts_with("\u{1b}[31;1m✗ NOT VALID: The signature does not fit"), "{bad}");
    assert!(bad.contains("[bad_signature] https://"));
}

#[tokio::test]
async fn a_strangers_text_cannot_paint_or_turn_the_terminal() {
    let world = World::new();
    let mut school = School::open(&world.shelf, "school.example", IdMethod::Url);
    school.name = "Evil\u{1b}[2J\u{202E}ytisrevinU\r\nVALID\u{200B}".into();
    let report = world.verify(&school.sign(&badge(&school))).await;
    let text = report::text::render(&report, false);
    assert!(!text.contains(['\u{1b}', '\u{202E}', '\r', '\u{200B}']), "{text:?}");
    assert!(!text.contains("\nVALID"));
}

#[tokio::test]
async fn things_that_are_no_badges_get_a_report() {
    let world = World::new();
    for (body, code) in [
        ("{", "bad_json"),
        ("{}", "not_a_badge"),
        ("[1,2]", "not_a_badge"),
        (r#"{"@context":"https://schema.org","type":"Person"}"#, "not_a_badge"),
        ("hello", "not_compact_jws"),
        ("", "not_compact_jws"),
    ] {
        let report = world.examiner.verify(Submission::from_bytes(body.as_bytes().to_vec())).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{body}");
        assert!(
            report.checks.iter().any(|check| check.code.is_some_and(|found| found == code || body == "{")),
            "{report:#?}"
        );
    }
}

#[tokio::test]
async fn members_given_twice_are_refused() {
    let world = World::new();
    let doubled = br#"{"type":"VerifiableCredential","type":"OpenBadgeCredential"}"#;
    let report = world.examiner.verify(Submission::Json(doubled[..].into())).await;
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(report.checks[0].id, "parse");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn arbitrary_bytes_get_a_report_and_never_a_verdict_of_valid(bytes: Vec<u8>, text in "[\\PC{}\\[\\]\":,.]{0,80}") {
        static WORLD: LazyLock<World> = LazyLock::new(World::new);
        let world = &*WORLD;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for submission in [
                Submission::from_bytes(bytes.clone()),
                Submission::from_bytes(text.clone().into_bytes()),
                Submission::Jwt(text.clone()),
                Submission::Url(text.clone()),
                Submission::Image(bytes.clone().into()),
            ] {
                assert_ne!(world.examiner.verify(submission).await.outcome, Outcome::Valid);
            }
        });
    }
}
