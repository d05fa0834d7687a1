//! Ways to have something called valid that nobody has proven, each of which was open once.

use accolade_verifying::report::StatusState;
use accolade_verifying::{Asked, CheckOutcome, Expectations, Outcome, Report, Submission};
use serde_json::{Value, json};

use crate::endorsements::endorsement;
use crate::records::record;
use crate::support::badges::{EMAIL, badge, plain_badge};
use crate::support::{IdMethod, School, World, assert_fails, check, v2};

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

fn presentation(credentials: &[Value]) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": credentials,
    })
}

async fn verify(world: &World, document: &Value, expected: &Expectations) -> Report {
    world.examiner.verify_expecting(Submission::from_value(document), expected).await
}

#[tokio::test]
async fn what_says_it_is_both_a_badge_and_a_presentation_is_neither() {
    let (world, school) = world();
    let mut both = plain_badge(&school);
    both["type"].as_array_mut().unwrap().push("VerifiablePresentation".into());
    assert_eq!(check(&world.verify(&both).await, "type").code, Some("wrong_type"));
    let mut shown = presentation(&[school.sign(&plain_badge(&school))]);
    shown["credentialSubject"] = both["credentialSubject"].clone();
    assert_eq!(check(&world.verify(&shown).await, "type").code, Some("wrong_type"));
    let inside = world.verify(&presentation(&[school.sign(&plain_badge(&school)), both.clone()])).await;
    assert_eq!(inside.outcome, Outcome::Invalid, "{inside:#?}");
    let token = world.verify_token(&school.token(&both)).await;
    assert_eq!(token.outcome, Outcome::Invalid, "{token:#?}");
    for asked in [Asked::default(), Asked { proof_only: true, ..Asked::default() }] {
        let document = Submission::from_value(&school.sign(&both));
        assert_eq!(
            world.examiner.verify_credential(document.clone(), &asked).await.outcome,
            Outcome::Invalid
        );
        assert_eq!(world.examiner.verify_presentation(document, &asked).await.outcome, Outcome::Invalid);
    }
}

#[tokio::test]
async fn a_presentation_of_nothing_shows_nothing() {
    let (world, _) = world();
    let mut empty = presentation(&[]);
    assert_fails(&world.verify(&empty).await, "credentials", "no_credentials");
    empty.as_object_mut().unwrap().remove("verifiableCredential");
    let report = verify(&world, &empty, &Expectations::recipient(EMAIL)).await;
    assert_fails(&report, "credentials", "no_credentials");
    assert_eq!(report.recipient, None, "nobody has proven to be the holder");
}

#[tokio::test]
async fn a_record_hides_nothing_by_writing_its_learner_as_a_list() {
    let (world, school) = world();
    let mut forged = plain_badge(&school);
    forged["name"] = "Made up".into();
    let mut listed = record(&school, &[forged]);
    let subject = listed["credentialSubject"].take();
    listed["credentialSubject"] = json!([subject]);
    let documents =
        [world.verify(&school.sign(&listed)).await, world.verify_token(&school.token(&listed)).await];
    for report in documents {
        assert_eq!(check(&report, "credentials").code, Some("credential_invalid"), "{report:#?}");
    }
    let expected = Expectations::recipient(EMAIL);
    let report = verify(&world, &school.sign(&listed), &expected).await;
    assert_eq!(check(&report, "recipient").outcome, CheckOutcome::Passed, "{report:#?}");
    listed["credentialSubject"] = json!([subject, { "id": "urn:uuid:other", "type": ["ClrSubject"] }]);
    let report = world.verify(&school.sign(&listed)).await;
    assert!(report.checks.iter().any(|check| check.code == Some("several_subjects")), "{report:#?}");
    for asked in [listed, record(&school, &[plain_badge(&school)])] {
        let asked = Submission::from_value(&school.sign(&asked));
        let report = world.examiner.verify_credential(asked, &Asked::default()).await;
        assert_eq!(check(&report, "credentials").code, Some("credential_invalid"), "{report:#?}");
    }
}

#[tokio::test]
async fn an_expected_recipient_is_compared_whatever_is_handed_in() {
    let (world, school) = world();
    let expected = Expectations::recipient(EMAIL);
    let other = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": school.id,
        "credentialSubject": { "id": "did:example:eve", "name": "Eve" },
    });
    let shown = presentation(&[school.sign(&other)]);
    assert_ne!(verify(&world, &shown, &expected).await.outcome, Outcome::Valid, "it names nobody by e-mail");
    let report = verify(&world, &shown, &Expectations::recipient("did:example:ada")).await;
    assert_fails(&report, "credentials", "credential_invalid");
    assert_fails(&report.credentials[0], "recipient", "other_recipient");
    let word = endorsement(&school, &badge(&school), &json!("https://school.example/credentials/1"));
    assert_fails(&verify(&world, &school.sign(&word), &expected).await, "recipient", "no_recipient");
}

#[tokio::test]
async fn a_badge_by_itself_answers_nobody() {
    let (world, school) = world();
    v2::open(&world.shelf);
    let mut challenged = Expectations::default();
    challenged.challenge = Some("n-0S6_WzA2Mj".into());
    let mut elsewhere = Expectations::default();
    elsewhere.domain = vec!["https://employer.example".into()];
    let word = endorsement(&school, &badge(&school), &json!("https://school.example/credentials/1"));
    for expected in [challenged, elsewhere] {
        for document in [school.sign(&badge(&school)), school.sign(&word), v2::hosted()] {
            let report = verify(&world, &document, &expected).await;
            assert_fails(&report, "holder", "challenge_not_answered");
        }
        for token in [school.token(&badge(&school)), v2::sign(&v2::signed())] {
            let report = world.examiner.verify_expecting(Submission::Jwt(token), &expected).await;
            assert_fails(&report, "holder", "challenge_not_answered");
        }
    }
}

#[tokio::test]
async fn of_a_badge_shown_in_part_a_status_that_is_not_seen_is_not_taken_for_none() {
    let (world, school) = world();
    let report = world.verify(&crate::suites::shown_in_part(&world, &school)).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert_eq!(report.status.state, StatusState::Unknown);
    assert!(check(&report, "status").detail.contains("may have left it out"));
}
