//! The document in the repository is the one the router writes, and it is complete enough to write a client from.

#![allow(clippy::unwrap_used, reason = "in a test, a missing value is a failure")]

use std::collections::BTreeSet;

use serde_json::{Value, json};

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/openapi.json");

fn document() -> Value {
    serde_json::from_str(&accolade_http::openapi_json()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let named = |path: &String, method: &String| format!("{} {path}", method.to_uppercase());
    paths
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |(m, op)| (named(path, m), op)))
        .collect()
}

#[test]
fn the_kept_document_is_the_one_the_router_writes() {
    let kept = std::fs::read_to_string(KEPT).unwrap_or_default();
    assert!(
        kept == accolade_http::openapi_json(),
        "openapi/openapi.json is not what the router says; write it anew with: cargo run -- openapi > openapi/openapi.json"
    );
}

/// Where refusals are told in the words of somebody else's protocol, as far as it has any.
const FOREIGN_PROTOCOLS: [&str; 4] =
    ["/1.0/identifiers/", "/oauth/token", "/vc-api/credentials/verify", "/vc-api/presentations/verify"];
/// What is sent there changes nothing that could be changed twice.
const NO_WRITES: [&str; 14] = [
    "POST /v1/achievements/{id}:check",
    // Each completion and each statement has an id of its own by which it may come again; the rest is the same when it comes again.
    "POST /v1/achievements/{id}/completions",
    "POST /xapi/statements",
    "PUT /xapi/statements",
    "POST /v1/enrolments/{id}/progress-link",
    "DELETE /v1/enrolments/{id}/progress-link",
    "POST /v1/learners/{id}/erase",
    "POST /v1/images",
    "POST /v1/badge-designs:render",
    "POST /v1/verify",
    "POST /oauth/token",
    "POST /vc-api/credentials/verify",
    "POST /vc-api/presentations/verify",
    "POST /vc-api/credentials/derive",
];

/// There is nothing more to be said there.
const WITHOUT_BODY: [&str; 2] = ["POST /v1/enrolments/{id}/approve", "POST /v1/enrolments/{id}/transfer"];

#[test]
fn every_operation_says_what_it_does_who_may_and_what_comes_back() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        assert!(ids.insert(id.to_owned()), "{name}: {id:?} stands there twice");
        let camel =
            id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(|c| c.is_ascii_alphanumeric());
        assert!(camel, "{name}: {id:?} is not in camelCase");
        assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 8), "{name} has no summary");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{name} has no tag");
        assert!(operation["security"].is_array(), "{name} does not say who may");
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(response["description"].is_string(), "{name} {status} has no description");
            assert!(response["headers"]["X-Request-Id"].is_object(), "{name} {status} has no X-Request-Id");
            let problem = response["content"]["application/problem+json"].is_object();
            let refusal = status.starts_with(['4', '5']) && status != "410";
            let is_foreign = FOREIGN_PROTOCOLS.iter().any(|path| name.contains(path));
            let in_their_words = is_foreign && response["content"]["application/json"].is_object()
                || response["content"]["application/did-resolution"].is_object();
            assert_eq!(problem || refusal && in_their_words, refusal, "{name} {status}");
        }
    }
}

#[test]
fn every_write_takes_an_idempotency_key_and_shows_an_example() {
    let document = document();
    let writes = operations(&document)
        .into_iter()
        .filter(|(name, _)| !name.starts_with("GET ") && !NO_WRITES.contains(&name.as_str()));
    for (name, operation) in writes {
        let parameters = operation["parameters"].as_array().unwrap();
        assert!(parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key"), "{name}");
        if WITHOUT_BODY.contains(&name.as_str()) {
            continue;
        }
        let content = &operation["requestBody"]["content"]["application/json"];
        let schema = content["schema"]["$ref"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches("#/components/schemas/");
        let shown = content.get("example").or(document["components"]["schemas"][schema].get("example"));
        assert!(shown.is_some(), "{name} has no example");
        assert_eq!(operation["requestBody"]["required"], true, "{name}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn check(value: &Value, document: &Value) {
        match value {
            Value::Object(members) => {
                if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                    let found = document.pointer(reference.trim_start_matches('#'));
                    assert!(found.is_some(), "{reference} leads nowhere");
                }
                members.values().for_each(|member| check(member, document));
            }
            Value::Array(items) => items.iter().for_each(|item| check(item, document)),
            _ => {}
        }
    }
    let document = document();
    check(&document, &document);
}

#[test]
fn operations_of_the_management_api_need_a_key_and_public_ones_do_not() {
    let document = document();
    for (name, operation) in operations(&document) {
        let open = operation["security"] == json!([{}]);
        let managed = [" /v1/", " /vc-api/", " /xapi/statements"].iter().any(|part| name.contains(part))
            && name != "POST /v1/verify";
        assert_eq!(open, !managed, "{name}: {}", operation["security"]);
    }
}

/// Whoever adds a member to a class adds it here, too; schemathesis would only see that it is refused.
#[test]
fn classes_have_the_members_that_the_standard_gives_them() {
    use accolade_core::class::Class;
    use accolade_core::{achievement, credential, identifier, image, profile, subject};

    fn agree<C: Class>(schema: &str, without: &[&str], more: &[&str]) {
        let document = document();
        let members = document["components"]["schemas"][schema]["properties"].as_object().unwrap();
        let described: BTreeSet<&str> = members.keys().map(String::as_str).collect();
        let standard = C::MEMBERS.iter().filter(|name| !without.contains(name)).chain(more);
        assert_eq!(described, standard.copied().collect(), "{schema}");
    }
    agree::<profile::Profile>("NewIssuer", &["id"], &["idMethod", "linkedinOrganizationId"]);
    agree::<profile::Profile>("IssuerAmendment", &["id"], &["linkedinOrganizationId"]);
    agree::<profile::Profile>("Profile", &[], &[]);
    agree::<profile::Address>("Address", &[], &[]);
    agree::<profile::GeoCoordinates>("GeoCoordinates", &[], &[]);
    agree::<identifier::IdentifierEntry>("IdentifierEntry", &[], &[]);
    agree::<image::Image>("Image", &[], &[]);
    agree::<achievement::Achievement>(
        "NewAchievement",
        &["id"],
        &["microCredential", "requirements", "approval"],
    );
    agree::<achievement::Achievement>(
        "AchievementAmendment",
        &["id"],
        &["microCredential", "requirements", "approval"],
    );
    agree::<achievement::Criteria>("Criteria", &[], &[]);
    agree::<achievement::Alignment>("Alignment", &[], &[]);
    agree::<achievement::Related>("Related", &[], &[]);
    agree::<achievement::ResultDescription>("ResultDescription", &[], &[]);
    agree::<achievement::RubricCriterionLevel>("RubricCriterionLevel", &[], &[]);
    agree::<credential::Evidence>("Evidence", &[], &[]);
    agree::<subject::Result>("Result", &[], &[]);
}
