//! From a DID to its document.

use accolade_signing::{KeyType, did};
use accolade_verifying::DidTrouble;
use serde_json::json;

use crate::support::{IdMethod, School, World, school};

#[tokio::test]
async fn a_did_key_of_every_kind_is_its_own_document() {
    let world = World::new();
    for kind in [KeyType::Ed25519, KeyType::P256, KeyType::P384] {
        let key = school::signer(kind);
        let did = did::did_key(key.public_key()).unwrap();
        let document = world.examiner.resolve_did(&did).await.unwrap();
        assert_eq!(document["id"], did);
        assert_eq!(document["verificationMethod"][0]["publicKeyMultibase"], did[8..]);
        assert_eq!(document["authentication"][0], format!("{did}#{}", &did[8..]));
    }
}

#[tokio::test]
async fn a_did_web_is_looked_up_where_it_says() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Web);
    assert_eq!(world.examiner.resolve_did(&school.id).await.unwrap(), school.document());
    world.shelf.put("https://other.example/.well-known/did.json", &school.document());
    let trouble = world.examiner.resolve_did("did:web:other.example").await.unwrap_err();
    assert_eq!(trouble.name(), "invalidDidDocument");
    world.shelf.miss("https://none.example/.well-known/did.json");
    let trouble = world.examiner.resolve_did("did:web:none.example").await.unwrap_err();
    assert_eq!(trouble.name(), "notFound");
    world.shelf.put_bytes("https://page.example/.well-known/did.json", 200, "text/html", b"<html>");
    let trouble = world.examiner.resolve_did("did:web:page.example").await.unwrap_err();
    assert_eq!(trouble.name(), "invalidDidDocument");
    world.shelf.put("https://list.example/.well-known/did.json", &json!([]));
    assert!(world.examiner.resolve_did("did:web:list.example").await.is_err());
    let trouble = world.examiner.resolve_did("did:web:gone.example").await.unwrap_err();
    assert!(matches!(trouble, DidTrouble::Unreachable(_)), "{trouble:?}");
}

#[tokio::test]
async fn what_is_no_did_is_told_by_the_names_of_the_standards() {
    let world = World::new();
    for (did, name) in [
        ("", "invalidDid"),
        ("did:key", "invalidDid"),
        ("did:KEY:z6Mk", "invalidDid"),
        ("did:web:school.example#key", "invalidDid"),
        ("did:web:school.example/path", "invalidDid"),
        ("did:web:school.example:..", "invalidDid"),
        ("did:web:127.0.0.1%3A22:%2e%2e", "invalidDid"),
        ("did:key:Q6Mk", "invalidDid"),
        ("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", "unsupportedPublicKeyType"),
        ("did:example:123", "methodNotSupported"),
    ] {
        assert_eq!(world.examiner.resolve_did(did).await.unwrap_err().name(), name, "{did}");
    }
    assert!(world.names.asked.lock().unwrap().is_empty(), "nothing was looked up");
}
