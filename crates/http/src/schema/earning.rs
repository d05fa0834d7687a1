//! What an achievement says beyond Open Badges: the record of a micro-credential, and what earns it.

use std::borrow::Cow;

use accolade_core::micro_credential::check::Profile;
use accolade_core::micro_credential::{
    AssessmentType, Framework, Participation, QualityAssuranceType, Supervision,
};
use accolade_core::requirement::{Kind, Source};
use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::text::{kinds, written};

kinds! {
    /// The record of a micro-credential: the elements of the European recommendation and of national frameworks. Every member may
    /// be left out; what is missing for a framework tells `POST /v1/achievements/{id}:check`. It is written into what is
    /// published and signed, into members of Open Badges where there are any.
    MicroCredential: micro_credential();
    /// What one has to do to earn it: one requirement, or several of which all (`allOf`), any one (`anyOf`) or `n` (`nOf`) are
    /// wanted, at most 8 deep and 200 in all.
    Requirements: json!({"anyOf": [group("allOf"), group("anyOf"), n_of(), requirement()]});
    /// A framework for micro-credentials.
    FrameworkProfile: json!({"type": "string", "enum": words(Profile::WORDS)});
}

/// The words of a list.
fn words<T>(list: &[(&'static str, T)]) -> Vec<&'static str> {
    list.iter().map(|(word, _)| *word).collect()
}

/// A text of at most so many characters.
fn text(longest: u32) -> Value {
    json!({"type": "string", "minLength": 1, "maxLength": longest, "pattern": r"\S"})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn list(most: u32, items: &Value) -> Value {
    json!({"type": "array", "maxItems": most, "items": items})
}

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn micro_credential() -> Value {
    let (name, long) = (text(200), text(2000));
    let url = reference("WebUrl");
    let participation = json!({"enum": words(Participation::WORDS)});
    let span = json!({"type": "string", "pattern": "^P([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,4}D)?$", "example": "P6W"});
    let code = json!({"type": "string", "maxLength": 64, "pattern": "^[a-z0-9][a-z0-9._-]*$"});
    let outcome = object(
        &json!({"text": long, "targetUrl": url, "targetCode": name, "targetFramework": name}),
        &["text"],
    );
    let level = json!({"framework": {"enum": words(Framework::WORDS)}, "frameworkName": name, "code": text(64), "name": name, "url": url});
    let rubric = object(&json!({"code": code, "name": name, "description": long}), &["code", "name"]);
    let credits = json!({"type": "number", "minimum": 0.01, "maximum": 1000});
    let uris = list(50, &reference("Uri"));
    let mut schema = object(
        &json!({
            "country": reference("CountryCode"),
            "language": reference("LanguageCode"),
            "field": object(&json!({"code": {"type": "string", "pattern": "^[0-9]{2,4}$"}, "name": name}), &["code", "name"]),
            "learningOutcomes": list(50, &json!({"anyOf": [long, outcome]})),
            "workload": object(&json!({
                "hours": {"type": "number", "exclusiveMinimum": 0, "maximum": 10_000}, "ects": credits, "credits": credits, "creditFramework": name
            }), &[]),
            "duration": object(&json!({"minimum": span, "maximum": span}), &["maximum"]),
            "levels": list(10, &object(&level, &["framework", "code"])),
            "competency": object(&json!({
                "name": name, "levels": {"anyOf": [{"const": "dreyfus"}, list(12, &rubric)]}, "required": code
            }), &["levels"]),
            "assessment": object(&json!({"types": list(16, &json!({"enum": words(AssessmentType::WORDS)})), "mode": participation}), &["types"]),
            "participation": participation,
            "supervision": {"enum": words(Supervision::WORDS)},
            "qualityAssurance": list(50, &object(
                &json!({"type": {"enum": words(QualityAssuranceType::WORDS)}, "name": name, "url": url, "description": long}), &["type", "name"]
            )),
            "prerequisites": list(50, &long),
            "grade": object(&json!({
                "scheme": name, "type": reference("ResultTypeTerm"), "allowedValues": list(50, &text(64)), "required": text(64)
            }), &["scheme"]),
            "stackability": object(&json!({"stackable": {"type": "boolean"}, "partOf": uris, "requires": uris}), &[]),
            "furtherInformation": list(50, &url)
        }),
        &[],
    );
    if let Some(members) = schema.as_object_mut() {
        members.remove("required");
        members.insert("example".to_owned(), example());
    }
    schema
}

fn example() -> Value {
    json!({
        "learningOutcomes": ["Cleans and joins tables of data.", "Presents data so that others can decide by it."],
        "workload": {"hours": 60, "ects": 2},
        "duration": {"maximum": "P6W"},
        "levels": [{"framework": "EQF", "code": "6"}],
        "assessment": {"types": ["project-work", "quiz"], "mode": "online"},
        "participation": "blended",
        "qualityAssurance": [{"type": "internal", "name": "Quality office of the university"}]
    })
}

fn group(name: &str) -> Value {
    object(
        &json!({name: {"type": "array", "minItems": 1, "maxItems": 200, "items": reference("Requirements")}}),
        &[name],
    )
}

fn n_of() -> Value {
    let of = json!({"type": "array", "minItems": 1, "maxItems": 200, "items": reference("Requirements")});
    object(&json!({"nOf": of, "n": {"type": "integer", "minimum": 1, "maximum": 200}}), &["nOf", "n"])
}

fn requirement() -> Value {
    let sources = words(Source::WORDS);
    object(
        &json!({
            "id": {"type": "string", "maxLength": 64, "pattern": "^[a-z0-9][a-z0-9._-]*$"},
            "kind": {"enum": words(Kind::WORDS)},
            "title": text(200),
            "description": text(2000),
            "due": reference("Moment"),
            "weight": {"type": "number", "minimum": 0.01, "maximum": 100},
            "evidenceNeeded": {"type": "boolean"},
            "confirmedBy": {"type": "array", "minItems": 1, "maxItems": sources.len(), "uniqueItems": true, "items": {"enum": sources}},
            "passMark": {"type": "number", "minimum": 0, "maximum": 100},
            "rubricLevel": text(64),
            "achievement": reference("Uri"),
            "hours": {"type": "number", "exclusiveMinimum": 0, "maximum": 10_000},
            "iri": reference("Uri")
        }),
        &["id", "kind", "title"],
    )
}

/// A version of an achievement.
#[derive(ToSchema)]
#[schema(as = AchievementVersion, rename_all = "camelCase", example = json!({
    "revision": 1,
    "current": false,
    "name": "Applied Data Skills",
    "description": "Plans, cleans, analyses and presents a data set of one's own.",
    "criteria": {"narrative": "Attend the workshop, complete four assignments, pass the assessment, present a project."},
    "links": {"public": "https://badges.example.edu/public/achievements/8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02/versions/1"},
    "createdAt": "2026-11-23T10:00:00Z"
}))]
pub(crate) struct VersionView {
    /// Which it is, from 1.
    revision: i64,
    /// Whether it is the one that is awarded now.
    current: bool,
    name: String,
    description: String,
    links: VersionLinks,
    #[schema(format = "date-time")]
    created_at: String,
}

/// Where the world finds a version.
#[derive(ToSchema)]
pub(crate) struct VersionLinks {
    /// The 3.0 Achievement as it was.
    #[schema(format = "uri")]
    public: String,
}

/// A page of versions, newest first.
#[derive(ToSchema)]
pub(crate) struct VersionPage {
    items: Vec<VersionView>,
    /// The `cursor` of the next page; absent on the last one.
    #[schema(required = false, nullable = false)]
    next: Option<String>,
}

/// What a framework asks for, and what is there of it.
#[derive(ToSchema)]
#[schema(as = FrameworkReport, rename_all = "camelCase")]
pub(crate) struct FrameworkReport {
    /// Which framework.
    profile: FrameworkProfile,
    /// The framework's title.
    title: String,
    /// Where the framework is published.
    #[schema(format = "uri")]
    spec: String,
    /// Whether everything mandatory is there.
    complete: bool,
    /// How many mandatory elements there are.
    mandatory: i64,
    /// How many of them are there.
    mandatory_present: i64,
    /// Every element, in the framework's order.
    elements: Vec<FrameworkElement>,
}

/// An element of a framework.
#[derive(ToSchema)]
#[schema(as = FrameworkElement, rename_all = "camelCase")]
pub(crate) struct FrameworkElement {
    /// Its stable name, such as `learning-outcomes`.
    element: String,
    /// Its place in Annex I of the Council Recommendation, such as `M6`, for that framework.
    #[schema(required = false, nullable = false)]
    annex: Option<String>,
    /// Whether the framework demands it.
    mandatory: bool,
    /// Whether it is there, and good enough.
    present: bool,
    /// JSON pointer to where a request says it; empty for what every award says by itself.
    pointer: String,
    /// What is there, or what is missing.
    detail: String,
}
