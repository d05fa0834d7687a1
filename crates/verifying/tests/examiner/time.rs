//! TIME: from when and until when.

use std::sync::Arc;

use accolade_core::{Clock, Timestamp};
use accolade_signing::data_integrity::ProofOptions;
use accolade_verifying::{
    CheckOutcome, EgressSettings, Examiner, ExaminerParts, LocalDocuments, Outcome, Submission,
};
use serde_json::Value;

use crate::support::badges::plain_badge;
use crate::support::servers::{Server, ok};
use crate::support::{IdMethod, School, Shelf, World, assert_fails, assert_valid, check};

async fn examined(now: &str, from: &str, until: Option<&str>) -> accolade_verifying::Report {
    let world = World::at(now);
    let school = School::open(&world.shelf, "school.example", IdMethod::Key);
    let mut badge: Value = plain_badge(&school);
    badge["validFrom"] = from.into();
    match until {
        Some(until) => badge["validUntil"] = until.into(),
        None => {
            badge.as_object_mut().unwrap().remove("validUntil");
        }
    }
    world.verify(&school.sign(&badge)).await
}

#[tokio::test]
async fn time_06_a_start_has_300_seconds_of_grace_and_an_end_has_none() {
    let now = "2026-11-23T10:00:00Z";
    assert_valid(&examined(now, "2026-11-23T10:05:00Z", None).await);
    assert_fails(&examined(now, "2026-11-23T10:05:01Z", None).await, "validity", "not_yet_valid");
    assert_valid(&examined(now, "2026-01-01T00:00:00Z", Some("2026-11-23T10:00:00Z")).await);
    assert_fails(
        &examined(now, "2026-01-01T00:00:00Z", Some("2026-11-23T09:59:59Z")).await,
        "validity",
        "expired",
    );
}

#[tokio::test]
async fn time_04_unusual_dates_have_a_defined_outcome() {
    let now = "2026-11-23T10:00:00Z";
    // Remarked upon, because a token could not state it again, but valid.
    assert_eq!(examined(now, "2026-11-23T09:59:59.999Z", None).await.outcome, Outcome::Valid);
    assert_valid(&examined(now, "2026-11-23T23:59:59+14:00", None).await);
    assert_valid(&examined(now, "2026-01-01T00:00:00Z", Some("9999-12-31T23:59:59Z")).await);
    // A leap second is the one before it, written in another way.
    assert_eq!(examined(now, "2016-12-31T23:59:60Z", None).await.outcome, Outcome::Valid);
    assert_eq!(examined(now, "2016-12-31T23:59:61Z", None).await.outcome, Outcome::Invalid);
    for unreadable in
        ["2026-11-23T10:00:00", "2026-11-23", "yesterday", "2026-13-01T00:00:00Z", "10000-01-01T00:00:00Z"]
    {
        let report = examined(now, unreadable, None).await;
        assert_eq!(report.outcome, Outcome::Invalid);
        assert_eq!(check(&report, "validity").code, Some("bad_date"), "{unreadable}");
    }
}

#[tokio::test]
async fn time_05_a_tokens_start_equals_the_credentials_to_the_second() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let token = school.token(&plain_badge(&school));
    assert_valid(&world.verify_token(&token).await);
    let mut payload = crate::support::tokens::payload(&token);
    payload["nbf"] = (payload["nbf"].as_i64().unwrap() + 1).into();
    let header = serde_json::json!({ "alg": "EdDSA", "kid": school.method });
    let forged = crate::support::tokens::forge(&header, &payload, &school.seed);
    assert_fails(&world.verify_token(&forged).await, "claims", "claim_mismatch");
}

#[tokio::test]
async fn time_01_a_clock_far_off_gives_a_report_and_no_panic() {
    for now in ["0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z"] {
        let report = examined(now, "2026-01-01T00:00:00Z", Some("2027-01-01T00:00:00Z")).await;
        assert_eq!(report.outcome, Outcome::Invalid);
    }
}

/// Reads the clock of the system, which `libfaketime` bends.
struct SystemsOwn;

impl Clock for SystemsOwn {
    #[expect(clippy::disallowed_methods, reason = "what this test is about")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Timestamp::from_unix_seconds(since.as_secs().try_into().unwrap()).unwrap()
    }
}

/// The whole process believes in another time: two days ago, in five years. What is kept, and what has a limit of time, goes by
/// a clock that no date changes.
#[tokio::test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
async fn time_01_a_clock_of_the_system_that_is_days_or_years_off_breaks_nothing() {
    let Some(library) = LIBFAKETIME.iter().find(|path| std::path::Path::new(path).exists()) else {
        eprintln!("skipped: libfaketime is not installed; time_01 ran with a clock of its own only");
        return;
    };
    for (offset, outcome) in [("+0", "Valid"), ("-2d", "Invalid"), ("+5y", "Invalid")] {
        let mut inner = std::process::Command::new(std::env::current_exe().unwrap());
        inner.args(["--exact", "time::examines_at_the_time_of_the_system", "--ignored", "--nocapture"]);
        inner.env("LD_PRELOAD", library).env("FAKETIME", offset).env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        let output = inner.env("ACCOLADE_EXPECTED", outcome).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && told.contains("1 passed"), "{offset}: {told}");
    }
}

const LIBFAKETIME: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
];

#[tokio::test]
#[ignore = "run by the test before this one, under another time"]
async fn examines_at_the_time_of_the_system() {
    let shelf = Arc::new(Shelf::default());
    let school = School::open(&shelf, "school.example", IdMethod::Url);
    let real = real_time();
    let mut badge = plain_badge(&school);
    badge["validFrom"] = real.to_string().into();
    badge["validUntil"] = real.plus_seconds(86_400).to_string().into();
    let server = Server::start(|_| ok("{}"));
    let egress = EgressSettings { allow_loopback_http: true, ..EgressSettings::default() };
    let local = Some(shelf as Arc<dyn LocalDocuments>);
    let examiner = Examiner::new(ExaminerParts { clock: Arc::new(SystemsOwn), egress, local }).unwrap();
    let fetched = examiner.verify(Submission::Url(server.url.clone())).await;
    assert_eq!(
        fetched.checks[0].outcome,
        CheckOutcome::Passed,
        "limits of time are not over before they began"
    );
    let options = ProofOptions::new(real.plus_seconds(-60), &school.method);
    let report = examiner.verify(Submission::from_value(&school.sign_with(&badge, &options))).await;
    assert_eq!(format!("{:?}", report.outcome), std::env::var("ACCOLADE_EXPECTED").unwrap(), "{report:#?}");
}

/// The time outside.
fn real_time() -> Timestamp {
    let offset = std::env::var("FAKETIME").unwrap_or_default();
    let days = match offset.as_str() {
        "-2d" => -2,
        "+5y" => 5 * 365,
        _ => 0,
    };
    SystemsOwn.now().plus_seconds(-days * 86_400)
}
