//! The Digital Credentials Consortium: 3.0 in the data model of 1.1 under a did:key, with `Ed25519Signature2020` and an entry in
//! a list of 2021.

use accolade_linked_data::{Options, contexts};
use accolade_signing::data_integrity;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use crate::support::school::INDEX;
use crate::support::{IdMethod, School, World};

const LIST: &str = "https://status.dcc.example/e5WK8CbZ1GjycuPombrj";

const LEARNER: &str = "did:key:z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q";

/// Signs the way the tools of the consortium did before `DataIntegrityProof`.
fn sign(school: &School, credential: &Value) -> Value {
    let mut signed = credential.clone();
    let mut proof = json!({
        "type": "Ed25519Signature2020",
        "created": "2026-09-01T10:00:00Z",
        "verificationMethod": school.method,
        "proofPurpose": "assertionMethod",
    });
    let explained = data_integrity::explain(credential, &proof, &Options::default()).unwrap();
    let signature = SigningKey::from_bytes(&school.seed).sign(&explained.signing_input);
    proof["proofValue"] = format!("z{}", bs58::encode(signature.to_bytes()).into_string()).into();
    signed["proof"] = proof;
    signed
}

fn badge(school: &School) -> Value {
    json!({
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            "https://w3id.org/vc/status-list/2021/v1",
            contexts::ED25519_2020_V1,
        ],
        "id": "urn:uuid:951b475e-b795-43bc-ba8f-a2d01efd2eb1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Teamwork Badge",
        "issuer": {
            "type": ["Profile"],
            "id": school.id,
            "name": "Example Technical Institute",
            "url": "https://institute.example",
            "image": { "id": "https://institute.example/logo.png", "type": "Image" },
        },
        "issuanceDate": "2026-09-01T10:00:00Z",
        "credentialStatus": {
            "id": format!("{LIST}#{INDEX}"),
            "type": "StatusList2021Entry",
            "statusPurpose": "revocation",
            "statusListIndex": INDEX.to_string(),
            "statusListCredential": LIST,
        },
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "id": LEARNER,
            "achievement": {
                "id": "urn:uuid:bd6d9316-f7ae-4073-a1e5-2f7f5bd22922",
                "type": ["Achievement"],
                "name": "Teamwork",
                "description": "Works well with others.",
                "criteria": { "narrative": "Nominated by peers." },
                "image": { "id": "https://institute.example/badge.png", "type": "Image" },
            },
        },
    })
}

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "dcc.example", IdMethod::Key);
    (world, school)
}

fn publish(world: &World, school: &School, set: &[usize]) {
    let mut list = school.unsigned_list(set);
    let bits = list["credentialSubject"]["encodedList"].as_str().unwrap()[1..].to_owned();
    list = json!({
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/vc/status-list/2021/v1",
            contexts::ED25519_2020_V1,
        ],
        "id": LIST,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": school.id,
        "issuanceDate": "2026-09-01T10:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"),
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": bits,
        },
    });
    world.shelf.put(LIST, &sign(school, &list));
}

#[tokio::test]
async fn dcc_3_0_with_a_list_of_2021() {
    let (world, school) = world();
    publish(&world, &school, &[]);
    insta::assert_json_snapshot!(world.verify_for(&sign(&school, &badge(&school)), LEARNER).await);
}

#[tokio::test]
async fn dcc_3_0_revoked() {
    let (world, school) = world();
    publish(&world, &school, &[INDEX]);
    insta::assert_json_snapshot!(world.verify_for(&sign(&school, &badge(&school)), LEARNER).await);
}

/// These badges name the learner by the key of a wallet alone, and people ask by e-mail address.
#[tokio::test]
async fn dcc_3_0_asked_by_an_email_address() {
    let (world, school) = world();
    publish(&world, &school, &[]);
    let report = world.verify_for(&sign(&school, &badge(&school)), "ada@example.org").await;
    crate::support::assert_open(&report, "recipient", "recipient_not_named");
    assert_eq!(report.recipient.unwrap().matches, None);
    let other = world.verify_for(&sign(&school, &badge(&school)), "did:key:z6MkAnother").await;
    crate::support::assert_fails(&other, "recipient", "other_recipient");
}

/// The server of the lists is switched off after the pilot.
#[tokio::test]
async fn dcc_3_0_whose_status_server_is_gone() {
    let (world, school) = world();
    insta::assert_json_snapshot!(world.verify_for(&sign(&school, &badge(&school)), LEARNER).await);
}
