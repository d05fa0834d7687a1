//! Any verifiable credential, by the rules of the data model: what the W3C's VC API asks for.

use accolade_core::Timestamp;
use accolade_signing::data_integrity::{self, ProofOptions};
use accolade_verifying::{Asked, CheckOutcome, DeriveError, Format, Outcome, Report, Submission, derive};
use serde_json::{Value, json};

use crate::published;
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, check};

fn proof_only() -> Asked {
    Asked { proof_only: true, ..Asked::default() }
}

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

fn diploma(school: &School) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
        "type": ["VerifiableCredential", "DiplomaCredential"],
        "issuer": school.id,
        "name": { "@value": "Diploma", "@language": "en" },
        "credentialSubject": [{ "degree": "BSc" }, { "id": "did:example:1", "degree": "MSc" }],
    })
}

async fn verify(world: &World, credential: &Value, asked: &Asked) -> Report {
    world.examiner.verify_credential(Submission::from_value(credential), asked).await
}

#[tokio::test]
async fn a_credential_of_any_kind_is_valid_by_the_rules_of_the_data_model() {
    let (world, school) = world();
    let signed = school.sign(&diploma(&school));
    let report = verify(&world, &signed, &Asked::default()).await;
    assert_valid(&report);
    assert_eq!(report.format, Some(Format::Credential));
    assert_eq!(report.credential.unwrap().name.as_deref(), Some("Diploma"));
    let report = world.verify(&signed).await;
    assert_eq!(report.outcome, Outcome::Invalid, "but it is no badge");
    assert_eq!(check(&report, "type").code, Some("wrong_type"));
}

#[tokio::test]
async fn the_vocabulary_of_examples_is_none_for_badges() {
    let (world, school) = world();
    let mut badge = crate::support::badges::plain_badge(&school);
    badge["@context"].as_array_mut().unwrap().push("https://www.w3.org/ns/credentials/examples/v2".into());
    let report = world.verify(&school.sign(&badge)).await;
    assert_eq!(check(&report, "context").code, Some("context_not_allowed"));
}

#[tokio::test]
async fn what_breaks_the_data_model_is_told_by_its_rule() {
    let (world, school) = world();
    for (member, value, rule) in [
        ("credentialSubject", json!({}), "vc-subject"),
        ("validUntil", json!("2030-01-01"), "vc-date-time"),
        ("name", json!({ "@value": "Diploma", "@language": "en", "url": "x" }), "vc-language-value"),
        ("relatedResource", json!([{ "id": "https://school.example/1" }]), "vc-resource-digest"),
        ("issuer", json!({ "name": "School" }), "vc-id-missing"),
        ("evidence", json!({ "id": "https://school.example/evidence/1" }), "vc-type-missing"),
    ] {
        let mut wrong = diploma(&school);
        wrong[member] = value;
        let report = verify(&world, &wrong, &proof_only()).await;
        assert_eq!(report.outcome, Outcome::Invalid);
        assert_eq!(check(&report, "schema").code, Some(rule), "{member}: {report:#?}");
    }
}

#[tokio::test]
async fn the_vectors_of_the_w3c_are_valid_where_only_the_proof_is_asked_for() {
    let world = World::new();
    for file in [
        "vc-di-eddsa/eddsa-rdfc-2022/signedDataInt.json",
        "vc-di-eddsa/eddsa-jcs-2022/signedJCS.json",
        "vc-di-eddsa/proof-set-chain/signedProofSet2.json",
        "vc-di-eddsa/proof-set-chain/signedProofChain2.json",
        "vc-di-ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json",
    ] {
        let Some(vector) = published::vector(file) else { return };
        let report = verify(&world, &vector, &proof_only()).await;
        assert_eq!(report.outcome, Outcome::Valid, "{file}: {report:#?}");
        assert_eq!(check(&report, "key").code, Some("key_not_controlled_by_issuer"));
        let mut changed = vector.clone();
        changed["credentialSubject"]["alumniOf"] = "Another school".into();
        assert_fails(&verify(&world, &changed, &proof_only()).await, "proof", "bad_signature");
    }
    assert!(world.names.asked.lock().unwrap().is_empty(), "nothing was looked up");
}

#[tokio::test]
async fn a_proof_must_answer_and_be_made_for_whoever_asked() {
    let (world, school) = world();
    let options = ProofOptions {
        challenge: Some("abc".into()),
        domain: vec!["https://a.example".into()],
        ..ProofOptions::new(Timestamp::parse("2026-09-01T10:00:00Z").unwrap(), &school.method)
    };
    let signed = school.sign_with(&diploma(&school), &options);
    let asked = |challenge: &str, domain: &str| Asked {
        challenge: Some(challenge.into()),
        domain: vec![domain.into()],
        ..Asked::default()
    };
    assert_valid(&verify(&world, &signed, &asked("abc", "https://a.example")).await);
    let report = verify(&world, &signed, &asked("abd", "https://a.example")).await;
    assert_fails(&report, "proof", "challenge_not_answered");
    let report = verify(&world, &signed, &asked("abc", "https://b.example")).await;
    assert_fails(&report, "proof", "other_domain");
}

#[tokio::test]
async fn a_schema_that_the_credential_names_is_applied() {
    let (world, school) = world();
    let url = "https://school.example/schemas/diploma.json";
    let mut named = diploma(&school);
    named["credentialSchema"] = json!({ "id": url, "type": "JsonSchema" });
    let signed = school.sign(&named);
    let schema = |kind: &str| {
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": { "credentialSubject": { "type": kind } },
        })
    };
    world.shelf.put(url, &schema("array"));
    let report = verify(&world, &signed, &Asked::default()).await;
    assert_valid(&report);
    assert_eq!(check(&report, "credential_schema").outcome, CheckOutcome::Passed);
    world.shelf.put(url, &schema("object"));
    assert_fails(&verify(&world, &signed, &Asked::default()).await, "credential_schema", "schema_mismatch");
    assert_eq!(verify(&world, &signed, &proof_only()).await.outcome, Outcome::Valid, "it was not asked for");
    for (put, code) in [
        (json!({ "$schema": "https://json-schema.org/draft-99/schema" }), "schema_unusable"),
        (json!(["no schema"]), "schema_unusable"),
    ] {
        world.shelf.put(url, &put);
        let report = verify(&world, &signed, &Asked::default()).await;
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
        assert_eq!(check(&report, "credential_schema").code, Some(code));
    }
    world.shelf.miss(url);
    let report = verify(&world, &signed, &Asked::default()).await;
    assert_eq!(check(&report, "credential_schema").code, Some("not_found"));
    named["credentialSchema"] = json!({ "id": url, "type": "JsonSchemaCredential" });
    let report = verify(&world, &school.sign(&named), &Asked::default()).await;
    assert_eq!(check(&report, "credential_schema").code, Some("schema_type_unsupported"));
}

#[tokio::test]
async fn the_schema_of_badges_is_built_in_and_nobody_is_asked_for_it() {
    let (world, school) = world();
    let mut badge = crate::support::badges::plain_badge(&school);
    badge["@context"]
        .as_array_mut()
        .unwrap()
        .push("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json".into());
    badge["credentialSchema"] = json!([{
        "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
        "type": "1EdTechJsonSchemaValidator2019",
    }]);
    assert_valid(&world.verify(&school.sign(&badge)).await);
    assert!(world.names.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_a_credential_refers_to_is_compared_with_its_digest() {
    let (world, school) = world();
    let url = "https://school.example/rules.pdf";
    world.shelf.put_bytes(url, 200, "application/pdf", b"hello");
    let with = |digest: &str| {
        let mut credential = diploma(&school);
        credential["relatedResource"] = json!([
            { "id": url, "digestSRI": digest },
            { "id": "https://www.w3.org/ns/credentials/v2", "digestMultibase": "uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA" },
        ]);
        school.sign(&credential)
    };
    let report = verify(&world, &with(&sri(b"hello")), &Asked::default()).await;
    assert_valid(&report);
    assert_eq!(report.checks.iter().filter(|check| check.id == "related_resource").count(), 2);
    let report = verify(&world, &with(&sri(b"hallo")), &Asked::default()).await;
    assert_fails(&report, "related_resource", "resource_changed");
    world.shelf.miss(url);
    let report = verify(&world, &with(&sri(b"hello")), &Asked::default()).await;
    assert_eq!(report.outcome, Outcome::Valid);
    assert_eq!(check(&report, "related_resource").code, Some("not_found"));
    let mut another = diploma(&school);
    another["relatedResource"] =
        json!({ "id": "https://www.w3.org/ns/credentials/v2", "digestSRI": sri(b"hello") });
    let report = verify(&world, &school.sign(&another), &proof_only()).await;
    assert_fails(&report, "related_resource", "resource_changed");
}

fn sri(text: &[u8]) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text)))
}

#[tokio::test]
async fn what_cannot_be_derived_from_is_told_by_its_code() {
    let (_, school) = world();
    let signed = school.sign(&diploma(&school));
    let refused: DeriveError = derive(&signed, &["/issuer".to_owned()]).unwrap_err();
    assert_eq!(refused.code(), "no_base_proof");
    assert_eq!(derive(&json!([]), &[]).unwrap_err().code(), "bad_document");
    assert!(data_integrity::split(&signed).is_ok());
}
