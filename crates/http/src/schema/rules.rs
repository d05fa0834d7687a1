//! What derived schemas cannot say: how members hang together, and what an amendment may hold.

use std::borrow::Cow;

use accolade_issuing::IdentityKind;
use serde_json::{Value, json};
use utoipa::openapi::schema::{AnyOfBuilder, Components};
use utoipa::openapi::{Object, ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::text::written;

/// Adds those rules to the schemas that were collected.
pub(crate) fn complete(components: &mut Components) {
    let known_by = [&["email", "did", "url", "phone"], IdentityKind::OTHERS].concat();
    say(components, "Recipient", "oneOf", one_of(&known_by));
    say(components, "Submission", "oneOf", one_of(&["url", "credential", "jwt"]));
    let parts = ["file", "image", "badge", "url", "credential", "jwt"];
    say(components, "Upload", "oneOf", one_of(&parts));
    say(components, "ImageUpload", "oneOf", one_of(&["file", "image"]));
    let told = json!([
        {"required": ["id"]},
        {"required": ["narrative"], "properties": {"narrative": {"pattern": r"\S"}}}
    ]);
    say(components, "Criteria", "anyOf", told);
    whoever_learns(components);
    let amendments = [
        ("IssuerAmendment", "NewIssuer", &["idMethod"][..], ISSUER),
        ("AchievementAmendment", "NewAchievement", &[], ACHIEVEMENT),
    ];
    for (name, whole, fixed, description) in amendments {
        if let Some(schema) = object(components, whole).map(|whole| amendment(whole, fixed, description)) {
            components.schemas.insert(name.to_owned(), schema.into());
        }
    }
}

/// A learner is a recipient, or known by the caller's own number; a completion may come with its learner.
fn whoever_learns(components: &mut Components) {
    if let Some(mut learner) = object(components, "Recipient").map(|recipient| recipient.clone()) {
        learner.description = Some(LEARNER.to_owned());
        learner.properties.insert("externalId".to_owned(), reference("ExternalId"));
        components.schemas.insert("LearnerOrder".to_owned(), learner.into());
        let known_by = [&["externalId", "email", "did", "url", "phone"], IdentityKind::OTHERS].concat();
        say(components, "LearnerOrder", "oneOf", one_of(&known_by));
    }
    if let Some(mut completion) = object(components, "NewCompletion").map(|completion| completion.clone()) {
        completion.description = Some(COMPLETION.to_owned());
        completion.properties.insert("learner".to_owned(), reference("LearnerOrder"));
        completion.required.push("learner".to_owned());
        completion.example = Some(json!({
            "learner": {"email": "ana@example.org", "name": "Ana Ruiz"}, "requirement": "exam", "score": 87.5, "externalId": "quiz-7-ana"
        }));
        components.schemas.insert("CompletionOfLearner".to_owned(), completion.into());
    }
}

fn reference(name: &str) -> RefOr<Schema> {
    utoipa::openapi::Ref::from_schema_name(name).into()
}

const LEARNER: &str = "Known by exactly one of `email`, `did`, `url`, `phone`, your own `externalId` for the learner, or another \
    identifier of OB 3.0 such as `sourcedId`: what the badge will name.";
const COMPLETION: &str =
    "What a learner has done, and who it is. Whoever is not enrolled yet is enrolled by it.";

super::text::kinds! {
    /// Completed by [`complete`].
    IssuerAmendment: json!({});
    /// Completed by [`complete`].
    AchievementAmendment: json!({});
}

const ISSUER: &str = "Members to change; `null` takes a member away.";
const ACHIEVEMENT: &str =
    "Members to change; `null` takes a member away. Those that an achievement must have stay.";

fn one_of(members: &[&str]) -> Value {
    members.iter().map(|member| json!({"required": [member]})).collect()
}

fn object<'a>(components: &'a mut Components, name: &str) -> Option<&'a mut Object> {
    match components.schemas.get_mut(name) {
        Some(RefOr::T(Schema::Object(object))) => Some(object),
        _ => None,
    }
}

fn say(components: &mut Components, name: &str, keyword: &str, value: Value) {
    if let Some(object) = object(components, name) {
        object.extensions.get_or_insert_default().insert(keyword.to_owned(), value);
    }
}

/// All members of `whole` but the `fixed` ones, each of them optional, and null where it may be taken away.
fn amendment(whole: &Object, fixed: &[&str], description: &str) -> Object {
    let mut object = Object::with_type(Type::Object);
    object.description = Some(description.to_owned());
    object.additional_properties.clone_from(&whole.additional_properties);
    for (name, schema) in &whole.properties {
        if fixed.contains(&name.as_str()) {
            continue;
        }
        let schema = if whole.required.contains(name) { schema.clone() } else { or_null(schema.clone()) };
        object.properties.insert(name.clone(), schema);
    }
    object
}

fn or_null(schema: RefOr<Schema>) -> RefOr<Schema> {
    let null = ObjectBuilder::new().schema_type(Type::Null);
    RefOr::T(Schema::AnyOf(AnyOfBuilder::new().item(null).item(schema).build()))
}
