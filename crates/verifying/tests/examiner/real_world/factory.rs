//! Open Badge Factory: 1.1 hosted, with the salt and the seconds of its time.

use serde_json::{Value, json};

use super::{examine, png_with, recipient};
use crate::support::World;

const ROOT: &str = "https://openbadgefactory.example/v1";

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v1",
        "type": "Assertion",
        "id": format!("{ROOT}/assertion/7d3fdc0a"),
        "uid": "7d3fdc0a",
        "recipient": recipient("obf"),
        "badge": format!("{ROOT}/badge/_/O9PAAPA28/assertion.json?v=1.1&event=O9PAB"),
        "image": format!("{ROOT}/assertion/7d3fdc0a.png"),
        "verify": { "type": "hosted", "url": format!("{ROOT}/assertion/7d3fdc0a") },
        "issuedOn": 1_446_336_000,
    })
}

#[tokio::test]
async fn open_badge_factory_1_1_baked_png() {
    let world = World::new();
    let badge = format!("{ROOT}/badge/_/O9PAAPA28/assertion.json?v=1.1&event=O9PAB");
    world.shelf.put(&format!("{ROOT}/assertion/7d3fdc0a"), &assertion());
    world.shelf.put(
        &badge,
        &json!({
            "@context": "https://w3id.org/openbadges/v1",
            "type": "BadgeClass",
            "id": badge,
            "name": "Peer Tutor",
            "description": "Helps others learn.",
            "image": format!("{ROOT}/badge/_/O9PAAPA28.png"),
            "criteria": format!("{ROOT}/badge/_/O9PAAPA28/criteria.html"),
            "issuer": format!("{ROOT}/client/O6T.json?v=1.1"),
        }),
    );
    world.shelf.put(
        &format!("{ROOT}/client/O6T.json?v=1.1"),
        &json!({
            "@context": "https://w3id.org/openbadges/v1",
            "type": "Issuer",
            "id": format!("{ROOT}/client/O6T.json?v=1.1"),
            "name": "Town College",
            "url": "https://college.example",
        }),
    );
    insta::assert_json_snapshot!(examine(&world, png_with(&assertion().to_string())).await);
}
