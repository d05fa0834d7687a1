//! Badges that others published: the signed example of the 1EdTech implementation guide, examined whole.

use std::path::PathBuf;

use accolade_verifying::Outcome;
use serde_json::{Value, json};

use crate::support::{World, assert_fails, check};

/// A published vector; `None`, said in one visible line, where the vectors are not at hand.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn vector(file: &str) -> Option<Value> {
    let Some(folder) = std::env::var_os("ACCOLADE_VECTORS") else {
        assert!(std::env::var_os("CI").is_none(), "CI runs the published vectors: set ACCOLADE_VECTORS");
        eprintln!("skipped: ACCOLADE_VECTORS is not set, so the published {file} was not examined");
        return None;
    };
    let file = PathBuf::from(folder).join("vectors").join(file);
    Some(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap())
}

#[tokio::test]
async fn the_signed_example_of_the_implementation_guide_is_valid_once_its_issuer_lists_the_key() {
    let Some(badge) = vector("ob30-eddsa-rdfc-2022/signed-credential.json") else { return };
    let world = World::new();
    let issuer = badge["issuer"]["id"].as_str().unwrap();
    let method = badge["proof"]["verificationMethod"].as_str().unwrap();
    let key = method.rsplit('#').next().unwrap();
    assert_eq!(world.verify(&badge).await.outcome, Outcome::Unknown, "its issuer does not exist");
    world.shelf.put(issuer, &json!({ "id": issuer, "type": ["Profile"], "name": "Example Corp" }));
    assert_fails(&world.verify(&badge).await, "key", "key_not_controlled_by_issuer");
    let listed = json!({ "id": method, "type": "Multikey", "controller": issuer, "publicKeyMultibase": key });
    world
        .shelf
        .put(issuer, &json!({ "id": issuer, "verificationMethod": [listed], "assertionMethod": [method] }));
    let report = world.verify(&badge).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert_eq!(
        check(&report, "schema").outcome,
        accolade_verifying::CheckOutcome::Warning,
        "its proof is no array"
    );
}
