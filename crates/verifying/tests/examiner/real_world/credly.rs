//! Credly: 2.0 hosted under `/v1/obi/v2`, with an account of its own for each issuer.

use accolade_verifying::Submission;
use serde_json::{Value, json};

use super::{examine, recipient};
use crate::support::World;

const ISSUER: &str = "https://api.credly.example/v1/obi/v2/issuers/1e0f5e2c-6a3a-4b50-8a57-6a2f1d1f4f10";
const ID: &str = "https://api.credly.example/v1/obi/v2/badge_assertions/9c1d3c0e-7a2b-4c57-9c59-0d3f3a5b7e11";

fn badge_id() -> String {
    format!("{ISSUER}/badge_classes/55b3a0fb-27c1-4a0a-8f5f-9b1c2d3e4f50")
}

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "id": ID,
        "type": "Assertion",
        "recipient": recipient("b9d3a1"),
        "issuedOn": "2024-02-20T00:00:00.000Z",
        "expires": "2025-02-20T00:00:00.000Z",
        "badge": badge_id(),
        "image": "https://images.credly.example/images/5f3/SAFe_Agilist.png",
        "evidence": [],
        "verification": { "type": "hosted" },
    })
}

fn world() -> World {
    let world = World::new();
    world.shelf.put(ID, &assertion());
    world.shelf.put(
        &badge_id(),
        &json!({
            "@context": "https://w3id.org/openbadges/v2",
            "id": badge_id(),
            "type": "BadgeClass",
            "name": "Certified SAFe® Agilist",
            "description": "Führt ein Team – agil.",
            "image": { "id": "https://images.credly.example/images/5f3/SAFe_Agilist.png" },
            "criteria": "https://www.credly.example/org/scaled/badge/agilist",
            "tags": ["Agile"],
            "issuer": ISSUER,
        }),
    );
    world.shelf.put(ISSUER, &issuer(json!("info@scaled.example")));
    world
}

fn issuer(email: Value) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "id": ISSUER,
        "type": "Profile",
        "name": "Scaled Academy",
        "url": "https://www.credly.example/org/scaled",
        "email": email,
    })
}

/// Badges there run for a year and are then to be renewed; a reader meets many that have ended.
#[tokio::test]
async fn credly_2_0_hosted_by_its_address_and_expired() {
    insta::assert_json_snapshot!(examine(&world(), Submission::Url(ID.into())).await);
}

/// Some organisations there have no address in their profile, which the standard demands.
#[tokio::test]
async fn credly_2_0_of_an_issuer_without_an_email_address() {
    let world = world();
    let mut current = assertion();
    current["expires"] = "2027-02-20T00:00:00.000Z".into();
    world.shelf.put(ID, &current);
    world.shelf.put(ISSUER, &issuer(json!("")));
    insta::assert_json_snapshot!(examine(&world, Submission::Url(ID.into())).await);
}
