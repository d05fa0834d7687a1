//! One examination has one budget, however much is in it.

use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use accolade_verifying::egress::Names;
use accolade_verifying::{Bounds, EgressSettings, Examiner, ExaminerParts, Outcome, Report, Submission};
use serde_json::{Value, json};

use crate::endorsements::endorsement;
use crate::event_loop::poison;
use crate::support::badges::plain_badge;
use crate::support::{FixedClock, IdMethod, NOW, School, ToldNames, World, assert_open, check};

fn world(computing: Duration) -> (World, School) {
    let bounds = Bounds { computing, whole: Duration::from_secs(600), ..Bounds::default() };
    let world = World::bounded(NOW, EgressSettings::default(), ToldNames::default(), bounds);
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

fn has(report: &Report, code: &str) -> bool {
    report.checks.iter().any(|check| check.code == Some(code))
}

/// The first poison, which has a bound of its own, uses the budget of all up; the others are not begun. Were each looked at,
/// the whole would take fifty times as long.
#[tokio::test]
async fn fifty_poisoned_credentials_in_one_presentation_take_no_more_than_one_examination_may() {
    let (world, school) = world(Duration::from_millis(5));
    let presentation = |credentials: Vec<Value>| {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": credentials,
        })
    };
    let report = world.verify(&presentation(vec![poison(); 50])).await;
    assert_ne!(report.outcome, Outcome::Valid);
    let count = |code: &str| report.credentials.iter().filter(|inner| has(inner, code)).count();
    assert!(count("budget_spent") >= 45, "{report:#?}");
    assert!(report.credentials.iter().all(|inner| inner.outcome != Outcome::Valid));
    // What a poison spent is missed by a good badge after it, and it is never called valid.
    let good = school.sign(&plain_badge(&school));
    let report = world.verify(&presentation(vec![poison(), poison(), good.clone()])).await;
    assert_eq!(report.credentials[2].outcome, Outcome::Unknown, "{report:#?}");
    assert!(has(&report.credentials[2], "budget_spent"));
    assert_eq!(check(&report, "budget").code, Some("budget_spent"), "and the whole says so as well");
}

#[tokio::test]
async fn endorsements_that_cost_too_much_are_not_relied_on() {
    let (generous, school) = world(Duration::from_secs(600));
    let mut badge = plain_badge(&school);
    let said = |number: u32| {
        let mut said = school.sign(&endorsement(&school, &badge, &badge["id"]));
        said["evidence"] = poison()["evidence"].clone();
        said["id"] = format!("https://school.example/endorsements/{number}").into();
        said
    };
    badge["endorsement"] = (0..4).map(said).collect();
    // A poison in an endorsement is one of the badge it stands in.
    let token = school.token(&badge);
    let report = generous.verify_token(&token).await;
    assert_ne!(report.outcome, Outcome::Valid, "{report:#?}");
    let (stingy, _) = world(Duration::ZERO);
    assert_open(&stingy.verify_token(&token).await, "parse", "budget_spent");
}

#[tokio::test]
async fn a_budget_that_is_used_up_leaves_a_good_badge_unknown() {
    let (world, school) = world(Duration::ZERO);
    assert_open(&world.verify(&school.sign(&plain_badge(&school))).await, "parse", "budget_spent");
    assert_open(&world.verify_token(&school.token(&plain_badge(&school))).await, "parse", "budget_spent");
}

/// A name server that never answers.
struct Silent;

impl Names for Silent {
    fn lookup(&self, _host: &str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn an_examination_that_waits_too_long_ends_and_says_so() {
    let long = Duration::from_secs(600);
    let egress = EgressSettings {
        names: Some(Arc::new(Silent)),
        document_timeout: long,
        total_timeout: long,
        ..EgressSettings::default()
    };
    let clock = Arc::new(FixedClock(accolade_core::Timestamp::parse(NOW).unwrap()));
    let parts = ExaminerParts { clock, egress, local: None };
    let bounds = Bounds { whole: Duration::from_millis(50), ..Bounds::default() };
    let examiner = Examiner::bounded(parts, bounds).unwrap();
    let report = examiner.verify(Submission::Url("https://school.example/badge".into())).await;
    assert_open(&report, "budget", "budget_spent");
}
