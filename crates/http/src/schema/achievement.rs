//! Achievements on the wire.

use serde_json::Value;
use utoipa::ToSchema;

use super::class::{
    AlignmentShape, CriteriaShape, IdentifierEntryShape, ProfileShape, RelatedShape, TypeOfAchievement,
};
use super::earning::{MicroCredential, Requirements};
use super::image::BadgeImageOrUri;
use super::result::ResultDescriptionShape;
use super::text::{AchievementTypeTerm, CompactJws, LanguageCode, Name, Text};

/// An achievement to be: members of an Open Badges 3.0
/// [Achievement](https://www.imsglobal.org/spec/ob/v3p0/#achievement). Its `id` is given by the server.
#[derive(ToSchema)]
#[schema(as = NewAchievement, rename_all = "camelCase", example = json!({
    "name": "Applied Data Skills",
    "achievementType": "MicroCredential",
    "description": "Plans, cleans, analyses and presents a data set of one's own.",
    "criteria": {"narrative": "Attend the workshop, complete four assignments, pass the assessment, present a project."},
    "tag": ["data", "statistics"]
}))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAchievement {
    /// The name people read on the badge.
    name: Name,
    /// What it is, in a few sentences.
    description: Text,
    /// How it is earned.
    criteria: CriteriaShape,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfAchievement>,
    #[schema(required = false, nullable = false)]
    achievement_type: Option<AchievementTypeTerm>,
    /// What it looks like. Where nothing is said, a badge is drawn from its name.
    #[schema(required = false, nullable = false)]
    image: Option<BadgeImageOrUri>,
    /// Skills frameworks and standards it is aligned with.
    #[schema(required = false, nullable = false)]
    alignment: Option<Vec<AlignmentShape>>,
    /// Results an award may carry.
    #[schema(required = false, nullable = false)]
    result_description: Option<Vec<ResultDescriptionShape>>,
    /// Who made it, where it was not the issuer.
    #[schema(required = false, nullable = false)]
    creator: Option<ProfileShape>,
    /// How many credits it gives.
    #[schema(required = false, nullable = false, minimum = 0)]
    credits_available: Option<f64>,
    /// What others vouch for: EndorsementCredentials with embedded proofs.
    #[schema(value_type = Vec<Object>, required = false, nullable = false)]
    endorsement: Option<Vec<Value>>,
    /// What others vouch for, as VC-JWTs.
    #[schema(required = false, nullable = false)]
    endorsement_jwt: Option<Vec<CompactJws>>,
    /// Category, subject, area of study.
    #[schema(required = false, nullable = false)]
    field_of_study: Option<Text>,
    /// A code for people, such as `MATH-101`.
    #[schema(required = false, nullable = false)]
    human_code: Option<Text>,
    /// The language it is described in.
    #[schema(required = false, nullable = false)]
    in_language: Option<LanguageCode>,
    /// Identifiers in other systems.
    #[schema(required = false, nullable = false)]
    other_identifier: Option<Vec<IdentifierEntryShape>>,
    /// Other achievements it is related to.
    #[schema(required = false, nullable = false)]
    related: Option<Vec<RelatedShape>>,
    /// Specialisation, major, minor.
    #[schema(required = false, nullable = false)]
    specialization: Option<Text>,
    /// Key words.
    #[schema(required = false, nullable = false)]
    tag: Option<Vec<Text>>,
    /// Its version.
    #[schema(required = false, nullable = false)]
    version: Option<Text>,
    #[schema(required = false, nullable = false)]
    micro_credential: Option<MicroCredential>,
    #[schema(required = false, nullable = false)]
    requirements: Option<Requirements>,
    /// Whether the award is made at once when the requirements are satisfied (`automatic`, where nothing is said), or waits for a
    /// coordinator's approval.
    #[schema(required = false, nullable = false)]
    approval: Option<Approval>,
}

/// Who makes the award when the requirements are satisfied.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum Approval {
    Automatic,
    Coordinator,
}

/// An achievement: the members it was defined with, and where the world finds it.
#[derive(ToSchema)]
#[schema(as = Achievement, rename_all = "camelCase", example = json!({
    "id": "8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02",
    "issuerId": "2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11",
    "revision": 1,
    "name": "Applied Data Skills",
    "description": "Plans, cleans, analyses and presents a data set of one's own.",
    "criteria": {"narrative": "Attend the workshop, complete four assignments, pass the assessment, present a project."},
    "links": {
        "public": "https://badges.example.edu/public/achievements/8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02",
        "badge": "https://badges.example.edu/public/badges/8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02",
        "image": "https://badges.example.edu/public/images/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.png",
        "card": "https://badges.example.edu/public/achievements/8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02/card.png"
    },
    "createdAt": "2026-11-23T10:00:00Z",
    "updatedAt": "2026-11-23T10:00:00Z"
}))]
pub(crate) struct AchievementView {
    /// Its id in this API.
    id: String,
    /// The issuer it belongs to.
    issuer_id: String,
    /// Counts its amendments, from 1.
    revision: i64,
    name: String,
    description: String,
    criteria: CriteriaShape,
    links: AchievementLinks,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
}

/// Where the world finds an achievement.
#[derive(ToSchema)]
pub(crate) struct AchievementLinks {
    /// The 3.0 Achievement.
    #[schema(format = "uri")]
    public: String,
    /// The 2.0 BadgeClass.
    #[schema(format = "uri")]
    badge: String,
    /// Its picture as PNG.
    #[schema(format = "uri")]
    image: String,
    /// The wide picture that is shown where its link is shared.
    #[schema(format = "uri")]
    card: String,
}

/// A page of achievements, newest first.
#[derive(ToSchema)]
pub(crate) struct AchievementPage {
    items: Vec<AchievementView>,
    /// The `cursor` of the next page; absent on the last one.
    #[schema(required = false, nullable = false)]
    next: Option<String>,
}
