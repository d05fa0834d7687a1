//! What a badge of 2.0 may carry beside itself: extensions, endorsements, relatives; and the envelope of 2.1.

use accolade_verifying::{CheckOutcome, Format, Outcome, Report};
use serde_json::{Value, json};

use crate::support::servers::Canary;
use crate::support::{World, assert_fails, assert_valid, check, v2};

const VOCABULARY: &str = "https://makers.example/level/context.json";
const FORM: &str = "https://makers.example/level/schema.json";

fn extension() -> Value {
    json!({ "@context": VOCABULARY, "type": ["Extension", "extensions:Level"], "level": 6 })
}

fn form() -> Value {
    json!({ "type": "object", "properties": { "level": { "type": "integer" } }, "required": ["level"] })
}

fn vocabulary(form: &str) -> Value {
    json!({
        "@context": { "level": "https://makers.example/level" },
        "obi:validation": [
            { "obi:validatesType": "extensions:Other", "obi:validationSchema": "https://makers.example/other.json" },
            { "obi:validatesType": "extensions:Level", "obi:validationSchema": form },
        ],
    })
}

fn world() -> World {
    let world = World::new();
    v2::open(&world.shelf);
    world.shelf.put(VOCABULARY, &vocabulary(FORM));
    world.shelf.put(FORM, &form());
    world
}

/// A hosted badge with that extension in its description.
async fn verify_with(world: &World, extension: &Value) -> Report {
    let mut badge = v2::badge_class();
    badge["extensions:Level"] = extension.clone();
    world.shelf.put(&v2::url("/badges/1"), &badge);
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    world.verify(&v2::hosted()).await
}

#[track_caller]
fn assert_remark(report: &Report, code: &str) {
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    let remark = check(report, "extensions");
    assert_eq!((remark.outcome, remark.code), (CheckOutcome::Warning, Some(code)), "{remark:?}");
    assert!(remark.detail.ends_with("The badge itself does not depend on it."), "{}", remark.detail);
}

#[tokio::test]
async fn an_extension_has_the_form_its_makers_describe_or_the_report_remarks_upon_it() {
    let world = world();
    let report = verify_with(&world, &extension()).await;
    assert_valid(&report);
    assert_eq!(check(&report, "extensions").outcome, CheckOutcome::Passed);
    let mut wrong = extension();
    wrong["level"] = "six".into();
    assert_remark(&verify_with(&world, &wrong).await, "extension_mismatch");
    let mut bare = extension();
    bare.as_object_mut().unwrap().remove("@context");
    assert_remark(&verify_with(&world, &bare).await, "extension_incomplete");
    world.shelf.take_away(FORM);
    assert_remark(&verify_with(&world, &extension()).await, "unreachable");
    world.shelf.take_away(VOCABULARY);
    assert_remark(&verify_with(&world, &extension()).await, "unreachable");
}

#[tokio::test]
async fn well_known_extensions_are_known_without_asking_anybody() {
    let world = world();
    let place = |geo: Value| {
        json!({
            "@context": "https://w3id.org/openbadges/extensions/geoCoordinatesExtension/context.json",
            "type": ["Extension", "extensions:GeoCoordinatesExtension"],
            "geo": geo,
        })
    };
    assert_valid(&verify_with(&world, &place(json!({ "latitude": 48.1, "longitude": 11.6 }))).await);
    assert_remark(&verify_with(&world, &place(json!({ "latitude": "48.1" }))).await, "extension_mismatch");
    assert!(world.names.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_places_an_extension_names_are_visited_only_for_a_badge_that_is_genuine() {
    let world = world();
    world.shelf.take_away(VOCABULARY);
    world.shelf.put(&v2::url("/issuers/1/v2"), &json!({ "id": v2::url("/issuers/1/v2"), "type": "Issuer" }));
    let report = verify_with(&world, &extension()).await;
    assert_fails(&report, "issuer", "member_missing");
    v2::open(&world.shelf);
    let mut stolen = v2::signed();
    stolen["badge"] = v2::badge_class();
    stolen["badge"]["extensions:Level"] = extension();
    let mut token = v2::sign(&stolen);
    token.replace_range(token.len() - 8.., "AAAAAAAA");
    let report = world.verify_token(&token).await;
    assert_eq!(check(&report, "extensions").outcome, CheckOutcome::Skipped);
    assert!(world.names.asked.lock().unwrap().is_empty(), "nobody was asked for the vocabulary");
}

#[tokio::test]
async fn an_extension_leads_nowhere_inside() {
    let world = world();
    let canary = Canary::new();
    let inside = format!("http://127.0.0.1:{}/", canary.port);
    let mut local = extension();
    local["@context"] = inside.clone().into();
    assert_remark(&verify_with(&world, &local).await, "egress_blocked");
    world.shelf.put(VOCABULARY, &vocabulary(&inside));
    assert_remark(&verify_with(&world, &extension()).await, "egress_blocked");
    let outside = json!({ "$ref": inside });
    world.shelf.put(VOCABULARY, &vocabulary(FORM));
    world.shelf.put(FORM, &outside);
    assert_remark(&verify_with(&world, &extension()).await, "schema_unusable");
    canary.assert_silent();
}

#[tokio::test]
async fn a_form_that_would_never_end_costs_little_and_decides_nothing() {
    let world = world();
    let twice = json!({ "anyOf": [{ "$ref": "#/definitions/b" }, { "$ref": "#/definitions/b" }] });
    let mut parts =
        json!({ "b": { "anyOf": [{ "$ref": "#/definitions/a" }, { "$ref": "#/definitions/a" }] } });
    parts["a"] = twice.clone();
    world.shelf.put(FORM, &json!({ "definitions": parts, "anyOf": [twice] }));
    assert_remark(&verify_with(&world, &extension()).await, "budget_spent");
}

#[tokio::test]
async fn many_extensions_are_looked_at_within_the_bounds_of_one_examination() {
    let world = world();
    let many: Vec<Value> = (0..100)
        .map(|n| {
            let context = format!("https://makers{n}.example/context.json");
            json!({ "@context": context, "type": ["Extension", "extensions:Level"] })
        })
        .collect();
    let report = verify_with(&world, &json!(many)).await;
    assert_eq!(report.outcome, Outcome::Valid);
    assert!(report.checks.iter().filter(|check| check.id == "extensions").count() <= 12);
    assert!(world.names.asked.lock().unwrap().len() <= 12);
}

#[tokio::test]
async fn endorsements_and_relatives_of_2_0_are_noted_and_not_visited() {
    let world = world();
    let mut badge = v2::badge_class();
    badge["endorsement"] = json!(["https://endorser.example/1", { "id": "https://endorser.example/2" }]);
    badge["related"] = json!({ "id": "https://elsewhere.example/1", "@language": "fr" });
    world.shelf.put(&v2::url("/badges/1"), &badge);
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    let report = world.verify(&v2::hosted()).await;
    assert_valid(&report);
    assert!(check(&report, "endorsements").detail.contains("2 endorsements"));
    assert_eq!(check(&report, "related").outcome, CheckOutcome::Skipped);
    assert!(world.names.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn badges_of_2_1_are_those_of_2_0_in_an_envelope_or_under_their_own_vocabulary() {
    let world = world();
    world.shelf.put(&v2::url("/assertions/1"), &v2::hosted());
    assert_valid(&world.verify(&json!({ "assertion": v2::hosted() })).await);
    assert_valid(&world.verify(&json!({ "signedAssertion": v2::sign(&v2::signed()) })).await);
    let mut newer = v2::hosted();
    newer["@context"] = "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld".into();
    world.shelf.put(&v2::url("/assertions/1"), &newer);
    let report = world.verify(&newer).await;
    assert_valid(&report);
    assert_eq!(report.format, Some(Format::V2p1Hosted));
    for odd in [
        json!({ "assertion": "x" }),
        json!({ "signedAssertion": {} }),
        json!({ "assertion": v2::hosted(), "signedAssertion": "a.b.c" }),
        json!({ "assertion": { "assertion": newer } }),
    ] {
        assert_fails(&world.verify(&odd).await, "format", "not_a_badge");
    }
}

#[tokio::test]
async fn evidence_criteria_and_images_may_have_every_form_the_standard_allows() {
    let world = world();
    for (criteria, image, evidence) in [
        (v2::url("/criteria").into(), v2::url("/image.svg").into(), v2::url("/work").into()),
        (
            json!({ "id": v2::url("/criteria"), "narrative": "Do *it*." }),
            json!({ "id": v2::url("/image.png"), "caption": "A star" }),
            json!([{ "id": v2::url("/work"), "type": "Evidence", "genre": "Text" }, { "narrative": "Seen." }]),
        ),
        (json!({ "narrative": "Do it." }), json!("data:image/png;base64,iVBORw0KGgo="), json!([])),
    ] {
        let mut badge = v2::badge_class();
        badge["criteria"] = criteria;
        badge["image"] = image;
        world.shelf.put(&v2::url("/badges/1"), &badge);
        let mut assertion = v2::hosted();
        assertion["evidence"] = evidence;
        world.shelf.put(&v2::url("/assertions/1"), &assertion);
        assert_valid(&world.verify(&assertion).await);
    }
}
