//! TIME: from when and until when.

use accolade_verifying::Outcome;
use serde_json::Value;

use crate::support::badges::plain_badge;
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, check};

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
async fn a_start_has_300_seconds_of_grace_and_an_end_has_none() {
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
async fn time_4_unusual_dates_have_a_defined_outcome() {
    let now = "2026-11-23T10:00:00Z";
    // Remarked upon, because a token could not state it again, but valid.
    assert_eq!(examined(now, "2026-11-23T09:59:59.999Z", None).await.outcome, Outcome::Valid);
    assert_valid(&examined(now, "2026-11-23T23:59:59+14:00", None).await);
    assert_valid(&examined(now, "2026-01-01T00:00:00Z", Some("9999-12-31T23:59:59Z")).await);
    for unreadable in
        ["2026-11-23T10:00:00", "2026-11-23", "yesterday", "2026-13-01T00:00:00Z", "10000-01-01T00:00:00Z"]
    {
        let report = examined(now, unreadable, None).await;
        assert_eq!(report.outcome, Outcome::Invalid);
        assert_eq!(check(&report, "validity").code, Some("bad_date"), "{unreadable}");
    }
}

#[tokio::test]
async fn time_5_a_tokens_start_equals_the_credentials_to_the_second() {
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
async fn time_1_a_clock_far_off_gives_a_report_and_no_panic() {
    for now in ["0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z"] {
        let report = examined(now, "2026-01-01T00:00:00Z", Some("2027-01-01T00:00:00Z")).await;
        assert_eq!(report.outcome, Outcome::Invalid);
    }
}
