//! edubadges (SURF): 2.0 with extensions for credits, level and language; 3.0 as a token from their wallet agent.

use accolade_core::identity;
use accolade_verifying::Submission;
use serde_json::{Value, json};

use super::{examine, examine_json};
use crate::support::badges::{EMAIL, plain_badge};
use crate::support::tokens::forge;
use crate::support::{IdMethod, School, World};

const HOST: &str = "https://api.edubadges.example";
const EXTENSIONS: &str = "https://static.edubadges.example/extensions";

fn extension(name: &str, word: &str, value: Value) -> Value {
    json!({
        "@context": format!("{EXTENSIONS}/{name}/context.json"),
        "type": ["Extension", format!("extensions:{name}")],
        word: value,
    })
}

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": format!("{HOST}/public/assertions/HwXuwTZiTWuQUNCTWLHnSg"),
        "badge": format!("{HOST}/public/badges/N4aHCaXgTxqgcWNUhAnWJA"),
        "recipient": { "type": "id", "hashed": true, "salt": "edu", "identity": identity::hash(EMAIL, "edu") },
        "issuedOn": "2026-03-31T12:00:00+00:00",
        "verification": { "type": "HostedBadge" },
        "image": format!("{HOST}/public/assertions/HwXuwTZiTWuQUNCTWLHnSg/image"),
    })
}

fn badge_class(credits: Value) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": format!("{HOST}/public/badges/N4aHCaXgTxqgcWNUhAnWJA"),
        "name": "Psychologie voor beginners",
        "description": "Een eerste kennismaking.",
        "image": format!("{HOST}/public/badges/N4aHCaXgTxqgcWNUhAnWJA/image"),
        "criteria": { "narrative": "Een voldoende voor het tentamen." },
        "issuer": format!("{HOST}/public/issuers/ZY7ZvF8MQVmRkWbRaaJ1nQ"),
        "extensions:ECTSExtension": extension("ECTSExtension", "ECTS", credits),
        "extensions:EQFExtension": extension("EQFExtension", "EQF", json!(6)),
        "extensions:LanguageExtension": extension("LanguageExtension", "Language", json!("nl_NL")),
        "endorsement": ["https://endorser.example/1"],
    })
}

/// The server, and the vocabularies of its extensions with their forms.
fn world(credits: Value) -> World {
    let world = World::new();
    world.shelf.put(assertion()["id"].as_str().unwrap(), &assertion());
    world.shelf.put(&format!("{HOST}/public/badges/N4aHCaXgTxqgcWNUhAnWJA"), &badge_class(credits));
    world.shelf.put(
        &format!("{HOST}/public/issuers/ZY7ZvF8MQVmRkWbRaaJ1nQ"),
        &json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Profile",
            "id": format!("{HOST}/public/issuers/ZY7ZvF8MQVmRkWbRaaJ1nQ"),
            "name": "Universiteit Voorbeeld",
            "url": "https://universiteit.example",
            "email": "badges@universiteit.example",
        }),
    );
    for (name, word, kind) in [
        ("ECTSExtension", "ECTS", "number"),
        ("EQFExtension", "EQF", "integer"),
        ("LanguageExtension", "Language", "string"),
    ] {
        let (context, schema) =
            (format!("{EXTENSIONS}/{name}/context.json"), format!("{EXTENSIONS}/{name}/schema.json"));
        world.shelf.put(
            &context,
            &json!({
                "@context": { "obi": "https://w3id.org/openbadges#", word: format!("{EXTENSIONS}#{word}") },
                "obi:validation": [{ "obi:validatesType": format!("extensions:{name}"), "obi:validationSchema": schema }],
            }),
        );
        world.shelf.put(
            &schema,
            &json!({
                "$schema": "http://json-schema.org/draft-04/schema#",
                "type": "object",
                "properties": { word: { "type": kind } },
                "required": [word],
            }),
        );
    }
    world
}

#[tokio::test]
async fn edubadges_2_0_with_extensions() {
    insta::assert_json_snapshot!(examine_json(&world(json!(2.5)), &assertion()).await);
}

/// Credits with a comma are text, which the form of the extension does not allow.
#[tokio::test]
async fn edubadges_2_0_with_an_extension_that_breaks_its_form() {
    insta::assert_json_snapshot!(examine_json(&world(json!("2,5")), &assertion()).await);
}

fn token(school: &School, change: impl FnOnce(&mut Value)) -> Submission {
    let mut badge = plain_badge(school);
    badge["credentialSubject"]["id"] = "did:jwk:eyJrdHkiOiJPS1AifQ".into();
    badge["credentialSubject"]["achievement"]["alignment"] = json!([{
        "type": ["Alignment"],
        "targetType": "ext:EQFLevelAlignment",
        "targetName": "EQF 6",
        "targetUrl": "https://esco.example/eqf/6",
    }]);
    change(&mut badge);
    let payload = json!({
        "iss": school.id,
        "sub": badge["credentialSubject"]["id"],
        "jti": badge["id"],
        "nbf": 1_788_256_800,
        "exp": 1_882_951_200,
        "vc": badge,
    });
    Submission::Jwt(forge(
        &json!({ "alg": "EdDSA", "typ": "JWT", "kid": school.method }),
        &payload,
        &school.seed,
    ))
}

#[tokio::test]
async fn edubadges_3_0_as_a_token() {
    let world = World::new();
    let school = School::open(&world.shelf, "agent.edubadges.example", IdMethod::Web);
    insta::assert_json_snapshot!(examine(&world, token(&school, |_| ())).await);
}

/// The address of the issuer answers no more, so nobody can say whose key it was.
#[tokio::test]
async fn edubadges_3_0_as_a_token_of_a_server_that_is_gone() {
    let world = World::new();
    let school = School::open(&world.shelf, "agent.edubadges.example", IdMethod::Web);
    world.shelf.take_away("https://agent.edubadges.example/issuers/1/did.json");
    insta::assert_json_snapshot!(examine(&world, token(&school, |_| ())).await);
}
