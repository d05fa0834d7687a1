//! Moodle: 2.0 hosted by scripts with the badge in the query, and what its 2.1 host pushes.

use serde_json::{Value, json};

use super::{examine_json, recipient};
use crate::support::World;

const ROOT: &str = "https://moodle.school.example/badges";

fn issuer() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Issuer",
        "id": format!("{ROOT}/issuer_json.php?id=3"),
        "name": "School of Examples",
        "url": "https://moodle.school.example",
        "email": "badges@school.example",
    })
}

fn badge_class() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": format!("{ROOT}/badge_json.php?id=3"),
        "name": "First Aid",
        "description": "Knows what to do.",
        "image": "data:image/png;base64,iVBORw0KGgo=",
        "criteria": { "id": format!("{ROOT}/badgeclass.php?id=3"), "narrative": "Complete the course." },
        "issuer": format!("{ROOT}/issuer_json.php?id=3"),
        "@language": "en",
        "version": "1.0",
        "alignments": [{ "targetName": "First aid", "targetUrl": "https://framework.example/1" }],
        "related": [{ "id": format!("{ROOT}/badge_json.php?id=4"), "version": "1.0", "@language": "fr" }],
    })
}

fn assertion() -> Value {
    let id = format!("{ROOT}/assertion.php?b=0c6cbe1a2f&obversion=2");
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": id,
        "recipient": recipient("badges1700000000"),
        "badge": format!("{ROOT}/badge_json.php?id=3"),
        "verify": { "type": "hosted", "url": id },
        "issuedOn": "2025-11-14T22:13:20+00:00",
        "evidence": format!("{ROOT}/badge.php?hash=0c6cbe1a2f"),
    })
}

fn put(world: &World, document: &Value) {
    world.shelf.put(document["id"].as_str().unwrap(), document);
}

fn world() -> World {
    let world = World::new();
    [issuer(), badge_class(), assertion()].iter().for_each(|document| put(&world, document));
    world
}

#[tokio::test]
async fn moodle_2_0_hosted() {
    insta::assert_json_snapshot!(examine_json(&world(), &assertion()).await);
}

/// What Moodle sends to a backpack: the badge and its issuer inside the Assertion, in an envelope of the API of 2.1.
#[tokio::test]
async fn moodle_2_1_as_it_pushes_it() {
    let world = world();
    let mut pushed = assertion();
    pushed["badge"] = badge_class();
    pushed["badge"]["issuer"] = issuer();
    put(&world, &pushed);
    insta::assert_json_snapshot!(examine_json(&world, &json!({ "assertion": pushed })).await);
}

/// The teacher has changed the badge after the learner downloaded it: Moodle then hosts another text under the same address.
#[tokio::test]
async fn moodle_2_0_whose_copy_has_changed() {
    let world = world();
    let mut hosted = assertion();
    hosted["issuedOn"] = "2025-11-15T08:00:00+00:00".into();
    put(&world, &hosted);
    insta::assert_json_snapshot!(examine_json(&world, &assertion()).await);
}
