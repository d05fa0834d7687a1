//! Canvas Credentials: 3.0 in the data model of 2.0, with a list of revocations, a schema and an extension of 1EdTech.

use serde_json::{Value, json};

use super::examine_json;
use crate::support::badges::plain_badge;
use crate::support::{IdMethod, School, World};

const HOST: &str = "api.canvas.example";

fn badge(school: &School) -> Value {
    let mut badge = plain_badge(school);
    badge["@context"] = json!([
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ]);
    badge["credentialSchema"] = json!([{
        "id": format!("https://{HOST}/schema.json"),
        "type": "1EdTechJsonSchemaValidator2019",
    }]);
    badge["credentialStatus"] =
        json!({ "id": format!("https://{HOST}/public/revocations"), "type": "1EdTechRevocationList" });
    badge["issuer"]["email"] = "badges@school.example".into();
    badge["issuer"]["image"] = json!({ "id": format!("https://{HOST}/logo.png"), "type": "Image" });
    badge["credentialSubject"]["achievement"]["image"] =
        json!({ "id": format!("https://{HOST}/badge.png"), "type": "Image", "caption": "A star" });
    badge["credentialSubject"]["achievement"]["tag"] = json!(["data"]);
    badge
}

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, HOST, IdMethod::Url);
    world.shelf.put(
        &format!("https://{HOST}/public/revocations"),
        &json!({
            "id": format!("https://{HOST}/public/revocations"),
            "issuer": school.id,
            "revokedCredential": [],
        }),
    );
    world.shelf.put(
        &format!("https://{HOST}/schema.json"),
        &json!({
            "$schema": "https://json-schema.org/draft/2019-09/schema",
            "type": "object",
            "properties": { "credentialSubject": { "$ref": "#/$defs/subject" } },
            "required": ["@context", "id", "type", "issuer", "credentialSubject"],
            "$defs": { "subject": { "type": "object", "required": ["type"], "additionalProperties": true } },
        }),
    );
    (world, school)
}

#[tokio::test]
async fn canvas_credentials_3_0() {
    let (world, school) = world();
    insta::assert_json_snapshot!(examine_json(&world, &school.sign(&badge(&school))).await);
}

/// Somebody has raised the achievement in the file by hand.
#[tokio::test]
async fn canvas_credentials_3_0_changed_by_hand() {
    let (world, school) = world();
    let mut changed = school.sign(&badge(&school));
    changed["credentialSubject"]["achievement"]["name"] = "Advanced Data Skills".into();
    insta::assert_json_snapshot!(examine_json(&world, &changed).await);
}
