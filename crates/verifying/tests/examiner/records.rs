//! Comprehensive learner records: credentials inside a credential.

use accolade_verifying::{CheckOutcome, Expectations, Format, Outcome, Report, Submission};
use serde_json::{Value, json};

use crate::published;
use crate::support::badges::{EMAIL, badge};
use crate::support::{IdMethod, School, World, assert_fails, assert_open, assert_valid, check};

const LEARNER: &str = "urn:uuid:5f3a1c9e-2b7d-4e60-9a3f-0c8d7e6b5a41";

/// A record of that school with these credentials, not yet signed.
pub(crate) fn record(school: &School, credentials: &[Value]) -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": format!("https://{}/records/1", school.host),
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Transcript",
        "issuer": { "id": school.id, "type": ["Profile"], "name": school.name },
        "validFrom": "2026-09-01T10:00:00Z",
        "credentialSubject": {
            "id": LEARNER,
            "type": ["ClrSubject"],
            "identifier": badge(school)["credentialSubject"]["identifier"],
            "verifiableCredential": credentials,
        },
    })
}

fn world() -> (World, School, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let other = School::open(&world.shelf, "other.example", IdMethod::Web);
    (world, school, other)
}

#[tokio::test]
async fn a_record_is_examined_with_each_credential_in_it() {
    let (world, school, other) = world();
    let signed = school.sign(&record(&school, &[school.sign(&badge(&school)), other.sign(&badge(&other))]));
    let report = world
        .examiner
        .verify_expecting(Submission::from_value(&signed), &Expectations::recipient(EMAIL))
        .await;
    assert_valid(&report);
    assert_eq!(report.format, Some(Format::V3Clr));
    assert_eq!(report.recipient.as_ref().unwrap().matches, Some(true));
    let issuers: Vec<&str> =
        report.credentials.iter().map(|inner| &*inner.issuer.as_ref().unwrap().id).collect();
    assert_eq!(issuers, [school.id, other.id]);
    report.credentials.iter().for_each(|inner| assert_valid(inner));
    let text = accolade_verifying::report::text::render(&report, false);
    assert!(
        text.starts_with("✓ VALID: the learner's record is genuine, and so is everything in it.\n"),
        "{text}"
    );
    assert!(text.contains("\n    2 of 2\n"), "{text}");
    assert!(text.contains("\n    ✓ VALID: the badge is genuine and counts today.\n"), "{text}");
}

#[tokio::test]
async fn a_record_as_a_token_is_examined_as_well() {
    let (world, school, other) = world();
    let token = school.token(&record(&school, &[other.sign(&badge(&other))]));
    let report = world.verify_token(&token).await;
    assert_valid(&report);
    assert_eq!((report.format, report.credentials.len()), (Some(Format::V3Clr), 1));
}

#[tokio::test]
async fn a_record_with_a_credential_that_does_not_hold_is_not_valid() {
    let (world, school, other) = world();
    let good = school.sign(&badge(&school));
    let mut forged = other.sign(&badge(&other));
    forged["proof"] = good["proof"].clone();
    let report = world.verify(&school.sign(&record(&school, &[good.clone(), forged]))).await;
    assert_fails(&report, "credentials", "credential_invalid");
    assert_fails(&report.credentials[1], "key", "key_not_controlled_by_issuer");
    let mut unproved = good;
    unproved.as_object_mut().unwrap().remove("proof");
    let report = world.verify(&school.sign(&record(&school, &[unproved]))).await;
    assert_fails(&report.credentials[0], "proof", "no_proof");
}

#[tokio::test]
async fn a_credential_that_was_slipped_into_a_record_breaks_its_proof() {
    let (world, school, other) = world();
    let mut signed = school.sign(&record(&school, &[school.sign(&badge(&school))]));
    let list = signed["credentialSubject"]["verifiableCredential"].as_array_mut().unwrap();
    list.push(other.sign(&badge(&other)));
    assert_fails(&world.verify(&signed).await, "proof", "bad_signature");
}

#[tokio::test]
async fn credentials_of_others_in_a_record_are_remarked_upon() {
    let (world, school, other) = world();
    let mut strange = badge(&other);
    strange["credentialSubject"]["id"] = "urn:uuid:00000000-0000-4000-8000-000000000000".into();
    let report = world.verify(&school.sign(&record(&school, &[other.sign(&strange)]))).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert_eq!(check(&report, "holder").code, Some("other_subject"));
}

#[tokio::test]
async fn records_in_records_are_looked_at_so_deep_and_no_deeper() {
    let (world, school, _) = world();
    let mut inmost = school.sign(&badge(&school));
    for depth in 0..6 {
        let mut around = record(&school, &[inmost]);
        around["id"] = format!("https://school.example/records/{depth}").into();
        inmost = school.sign(&around);
    }
    let report = world.verify(&inmost).await;
    assert_eq!(report.outcome, Outcome::Unknown);
    let mut deepest: &Report = &report;
    while let Some(inner) = deepest.credentials.first() {
        deepest = inner;
    }
    assert_open(deepest, "credentials", "nested_too_deep");
}

#[tokio::test]
async fn a_record_must_list_its_own_vocabulary_and_say_what_it_is() {
    let (world, school, _) = world();
    let mut other = record(&school, &[]);
    other["@context"] = badge(&school)["@context"].clone();
    let report = world.verify(&other).await;
    assert_eq!(check(&report, "context").code, Some("context_order"));
    let mut contexts = badge(&school)["@context"].clone();
    contexts.as_array_mut().unwrap().push(json!({"end": "https://www.w3.org/2018/credentials#validUntil"}));
    for (contexts, code) in [(contexts, "context_not_allowed"), (json!([{}]), "context_order")] {
        let mut hidden = record(&school, &[]);
        hidden["credentialSubject"]["verifiableCredential"] =
            json!([{ "@context": contexts, "id": "urn:uuid:1" }]);
        assert_eq!(check(&world.verify(&hidden).await, "context").code, Some(code));
    }
    let mut second = record(&school, &[badge(&school)]);
    second["credentialSubject"]["verifiableCredential"][0]["id"] = second["id"].clone();
    assert_eq!(check(&world.verify(&second).await, "context").code, Some("described_twice"));
}

#[tokio::test]
async fn the_published_record_is_genuine_once_its_issuer_lists_the_key() {
    let Some(record) = published::vector("clr20-eddsa-rdfc-2022/signed-credential.json") else { return };
    let world = World::new();
    let issuer = record["issuer"]["id"].as_str().unwrap();
    let inner = &record["credentialSubject"]["verifiableCredential"][0];
    let methods: Vec<&str> = [&record, inner]
        .iter()
        .map(|credential| credential["proof"][0]["verificationMethod"].as_str().unwrap())
        .collect();
    let listed: Vec<Value> = methods
        .iter()
        .map(|method| {
            let key = method.rsplit('#').next().unwrap();
            json!({ "id": method, "type": "Multikey", "controller": issuer, "publicKeyMultibase": key })
        })
        .take(if methods[0] == methods[1] { 1 } else { 2 })
        .collect();
    world
        .shelf
        .put(issuer, &json!({ "id": issuer, "verificationMethod": listed, "assertionMethod": methods }));
    let report = world.verify(&record).await;
    assert_eq!(report.format, Some(Format::V3Clr));
    assert_eq!(check(&report, "proof").outcome, CheckOutcome::Passed, "{report:#?}");
    assert_eq!(report.credentials.len(), 1);
    assert_eq!(check(&report.credentials[0], "key").outcome, CheckOutcome::Passed, "{report:#?}");
}
