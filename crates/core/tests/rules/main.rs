//! Each rule, broken once in a document that is otherwise right.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail like tests"
)]

mod cases;
mod sample;
mod vc;
mod view_v2;

use std::collections::BTreeSet;

use accolade_core::Class;
use accolade_core::check::{self, Severity};
use serde_json::{Value, json};

use crate::cases::cases;

/// The document with a value put at a place, or with the member there left out.
fn changed(document: &Value, place: &str, value: &Value) -> Value {
    let mut document = document.clone();
    let (parent, name) = place.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {parent}")) {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
        Value::Object(members) if value.is_null() => {
            assert!(members.remove(name).is_some(), "nothing at {place}");
        }
        // A null cannot stand for itself in the table.
        Value::Object(members) if *value == json!([null]) => {
            drop(members.insert(name.to_owned(), Value::Null))
        }
        Value::Object(members) => drop(members.insert(name.to_owned(), value.clone())),
        other => panic!("{parent} is {other}"),
    }
    document
}

#[test]
fn a_document_built_from_the_types_breaks_no_rule() {
    let document = sample::badge().to_value();
    assert_eq!(check::credential(&document), []);
    assert_eq!(check::embedded_proof(&document), []);
    assert_eq!(check::profile(&document["issuer"]), []);
    assert_eq!(check::achievement(&document["credentialSubject"]["achievement"]), []);
    assert_eq!(check::endorsement(&document["issuer"]["endorsement"][0]), []);
}

#[test]
fn every_rule_is_found_where_it_is_broken_and_says_what_would_be_right() {
    let good = sample::badge().to_value();
    for (rule, place, value, pointer) in cases() {
        let findings = check::credential(&changed(&good, place, &value));
        let found = findings.iter().find(|finding| finding.rule == rule);
        let found =
            found.unwrap_or_else(|| panic!("{rule} at {place} = {value} was not found: {findings:?}"));
        assert_eq!(found.pointer, pointer.unwrap_or(place), "{rule}");
        assert!(
            found.detail.ends_with(['.', '?', '`']) && found.detail.len() > 15,
            "{rule}: {}",
            found.detail
        );
        assert!(found.spec.starts_with("https://"), "{rule}: {}", found.spec);
    }
}

#[test]
fn what_is_just_right_is_not_found() {
    let good = sample::badge().to_value();
    let digits = "0".repeat(64);
    for (place, value) in [
        ("/validUntil", json!("2026-11-23T10:00:00Z")),
        ("/awardedDate", json!("2026-11-23T10:00:00Z")),
        ("/credentialSubject/activityEndDate", json!("2026-09-01T00:00:00Z")),
        ("/credentialSubject/result/0/value", json!("0")),
        ("/credentialSubject/result/0/value", json!("100")),
        ("/credentialSubject/result/0/value", json!("87.5 %")),
        ("/credentialSubject/creditsEarned", json!(0)),
        ("/credentialSubject/creditsEarned", json!(2.5)),
        ("/issuer/address/geo/latitude", json!(-90)),
        ("/issuer/name", json!("Universität Zürich – 东京")),
        ("/issuer/name", json!("\u{1f469}\u{200d}\u{1f393} School")),
        ("/issuer/familyName", json!("Null")),
        ("/credentialSubject/identifier/0/identityHash", json!(format!("sha256${digits}"))),
        ("/credentialSubject/identifier/0/identityType", json!("ext:studentId")),
        ("/credentialSubject/achievement/achievementType", json!("ext:Nanodegree")),
        ("/credentialSubject/achievement/criteria", json!({"id": "https://example.edu/criteria"})),
        ("/credentialSubject/achievement/description", json!("Costs $5, {or} 5 %.\n\n* `a < b`")),
        ("/credentialStatus/statusListIndex", json!("0")),
        ("/id", json!("did:web:example.edu%3A8080:1")),
    ] {
        assert_eq!(check::credential(&changed(&good, place, &value)), [], "{place} = {value}");
    }
    let mut endorsement = sample::endorsement();
    endorsement.proof.clear();
    assert_eq!(check::endorsement(&endorsement.to_value()), [], "not signed yet");
}

#[test]
fn every_rule_has_a_case_and_a_name_of_its_own() {
    let tried: BTreeSet<&str> = cases().iter().map(|case| case.0).chain(["proof-missing"]).collect();
    let known: BTreeSet<&str> = check::rules().map(|rule| rule.id).collect();
    assert_eq!(tried, known);
    assert_eq!(check::rules().count(), known.len());
}

#[test]
fn a_document_without_any_proof_is_found_out() {
    let unsigned = changed(&sample::badge().to_value(), "/proof", &Value::Null);
    assert_eq!(check::credential(&unsigned), []);
    let rules: Vec<&str> = check::embedded_proof(&unsigned).iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["proof-missing"]);
}

#[test]
fn rules_weigh_no_more_in_a_received_document_than_in_one_of_ours() {
    for rule in check::rules().chain(check::vc::rules()) {
        assert!(rule.received <= rule.severity, "{}", rule.id);
    }
}

#[test]
fn a_compacted_document_of_somebody_else_has_warnings_only() {
    let mut document = sample::badge().to_value();
    for place in ["/credentialSubject/type", "/proof", "/credentialSchema", "/evidence"] {
        let single = document.pointer(place).unwrap()[0].clone();
        document = changed(&document, place, &single);
    }
    let findings = check::credential(&document);
    assert!(findings.iter().all(|finding| finding.rule == "array-expected" && finding.is_error()));
    assert_eq!(findings.len(), 4);
    assert!(check::as_received(findings).iter().all(|finding| finding.severity == Severity::Warning));
}

#[test]
fn details_name_what_was_probably_meant() {
    let good = sample::badge().to_value();
    for (place, value, hint) in [
        ("/credentialSubject/identifier/0/identityType", json!("email"), "\"emailAddress\""),
        ("/credentialSubject/achievement/achievementType", json!("Microcredential"), "\"MicroCredential\""),
        ("/validFrom", json!("2026-11-23T10:00:00"), "2026-11-23T10:00:00Z"),
        ("/issuer/address/addressCountryCode", json!("ch"), "CH"),
        ("/credentialSubject/identifier/1/slat", json!("x"), "`salt`"),
        ("/issuer/url", json!("example.edu"), "https://example.edu"),
        ("/credentialStatus/statusListIndex", json!(23), "\"23\""),
    ] {
        let findings = check::credential(&changed(&good, place, &value));
        assert!(findings.iter().any(|finding| finding.detail.contains(hint)), "{place}: {findings:?}");
    }
}
