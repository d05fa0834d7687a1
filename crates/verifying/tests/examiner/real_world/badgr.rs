//! Badgr (now Canvas Credentials): 2.0 hosted at `/public/assertions/…`, also baked into a PNG.

use serde_json::{Value, json};

use super::{examine, examine_json, png_with, recipient};
use crate::support::World;

const HOST: &str = "https://api.badgr.example";
const ID: &str = "https://api.badgr.example/public/assertions/4xbQwN3gT3iH2W0sVnq3bA";

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": ID,
        "badge": format!("{HOST}/public/badges/kq2tN0iyTkOAqAk8tZ4d4g"),
        "recipient": recipient("deadbeef01234567deadbeef01234567"),
        "issuedOn": "2023-06-14T08:15:30.123456+00:00",
        "expires": "2028-06-14T00:00:00+00:00",
        "narrative": "Presented the final project to the class.",
        "evidence": [{ "id": "https://portfolio.example/ada", "narrative": "Slides." }],
        "image": { "id": format!("{ID}/image"), "caption": null },
        "verification": { "type": "HostedBadge" },
        "extensions:recipientProfile": {
            "@context": "https://openbadgespec.example/extensions/recipientProfile/context.json",
            "type": ["Extension", "extensions:RecipientProfile"],
            "name": "Ada Lovelace",
        },
    })
}

/// The server, with the vocabulary of its extension on another one.
fn world() -> World {
    let world = World::new();
    world.shelf.put(ID, &assertion());
    world.shelf.put(
        &format!("{HOST}/public/badges/kq2tN0iyTkOAqAk8tZ4d4g"),
        &json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "BadgeClass",
            "id": format!("{HOST}/public/badges/kq2tN0iyTkOAqAk8tZ4d4g"),
            "name": "Data Storytelling",
            "description": "Tells what data mean.",
            "image": format!("{HOST}/public/badges/kq2tN0iyTkOAqAk8tZ4d4g/image"),
            "criteria": { "id": "https://school.example/criteria", "narrative": "Finish *three* projects." },
            "issuer": format!("{HOST}/public/issuers/YfPbQ1xESwKeu6r9dM6q2A"),
            "tags": ["data", "communication"],
            "alignment": [{ "targetName": "Data literacy", "targetUrl": "https://framework.example/7" }],
        }),
    );
    world.shelf.put(
        &format!("{HOST}/public/issuers/YfPbQ1xESwKeu6r9dM6q2A"),
        &json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Issuer",
            "id": format!("{HOST}/public/issuers/YfPbQ1xESwKeu6r9dM6q2A"),
            "name": "School of Data",
            "url": "https://school.example",
            "email": "badges@school.example",
            "description": "We teach.",
        }),
    );
    let extension = "https://openbadgespec.example/extensions/recipientProfile";
    world.shelf.put(
        &format!("{extension}/context.json"),
        &json!({
            "@context": { "obi": "https://w3id.org/openbadges#", "name": "http://schema.org/name" },
            "obi:validation": [{
                "obi:validatesType": "extensions:RecipientProfile",
                "obi:validationSchema": format!("{extension}/schema.json"),
            }],
        }),
    );
    world.shelf.put(
        &format!("{extension}/schema.json"),
        &json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "type": "object",
            "properties": { "name": { "type": "string" } },
            "required": ["name"],
        }),
    );
    world
}

#[tokio::test]
async fn badgr_2_0_hosted() {
    insta::assert_json_snapshot!(examine_json(&world(), &assertion()).await);
}

/// The image was downloaded in 2023; since then the issuer has withdrawn the badge.
#[tokio::test]
async fn badgr_baked_png_of_a_revoked_badge() {
    let world = world();
    let revoked = json!({
        "@context": "https://w3id.org/openbadges/v2",
        "id": ID,
        "type": "Assertion",
        "revoked": true,
        "revocationReason": "Awarded twice.",
    });
    world.shelf.put_bytes(ID, 410, "application/ld+json", revoked.to_string().as_bytes());
    insta::assert_json_snapshot!(examine(&world, png_with(&assertion().to_string())).await);
}
