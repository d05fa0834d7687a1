//! Achievements on the wire.

use serde_json::Value;
use utoipa::ToSchema;

/// An achievement to be: members of an Open Badges 3.0
/// [Achievement](https://www.imsglobal.org/spec/ob/v3p0/#achievement).
///
/// Other members of the class (`creditsAvailable`, `fieldOfStudy`, `humanCode`, `inLanguage`, `related`, `version`, …) are
/// taken too. `id` and `type` are given by the server.
#[derive(ToSchema)]
#[schema(as = NewAchievement, rename_all = "camelCase", example = json!({
    "name": "Applied Data Skills",
    "achievementType": "MicroCredential",
    "description": "Plans, cleans, analyses and presents a data set of one's own.",
    "criteria": {"narrative": "Attend the workshop, complete four assignments, pass the assessment, present a project."},
    "tag": ["data", "statistics"]
}))]
pub(crate) struct NewAchievement {
    /// The name people read on the badge.
    name: String,
    /// What it is, in a few sentences.
    description: String,
    /// How it is earned: `narrative` in Markdown, or `id`, the URL of a page, or both.
    #[schema(value_type = CriteriaShape)]
    criteria: Value,
    /// One of OB 3.0's types (`MicroCredential`, `Badge`, `Course`, `Competency`, …) or an extension `ext:…`.
    #[schema(required = false, nullable = false)]
    achievement_type: Option<String>,
    /// A URL, a data URI, or an OB 3.0 Image object with `id` and `caption`.
    #[schema(value_type = Object, required = false, nullable = false)]
    image: Option<Value>,
    /// Skills frameworks and standards it is aligned with:
    /// OB 3.0 [Alignment](https://www.imsglobal.org/spec/ob/v3p0/#alignment) objects.
    #[schema(value_type = Vec<Object>, required = false, nullable = false)]
    alignment: Option<Vec<Value>>,
    /// Results an award may carry: OB 3.0 [ResultDescription](https://www.imsglobal.org/spec/ob/v3p0/#resultdescription)
    /// objects.
    #[schema(value_type = Vec<Object>, required = false, nullable = false)]
    result_description: Option<Vec<Value>>,
    /// Key words.
    #[schema(required = false, nullable = false)]
    tag: Option<Vec<String>>,
}

/// How an achievement is earned.
#[derive(ToSchema)]
#[schema(as = Criteria)]
pub(crate) struct CriteriaShape {
    /// The URL of a page that says it.
    #[schema(format = "uri", required = false, nullable = false)]
    id: Option<String>,
    /// Markdown.
    #[schema(required = false, nullable = false)]
    narrative: Option<String>,
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
        "image": "https://badges.example.edu/public/badges/8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02/image"
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
    #[schema(value_type = CriteriaShape)]
    criteria: Value,
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
    /// The image of the 2.0 BadgeClass.
    #[schema(format = "uri")]
    image: String,
}

/// A page of achievements, newest first.
#[derive(ToSchema)]
pub(crate) struct AchievementPage {
    items: Vec<AchievementView>,
    /// The `cursor` of the next page; absent on the last one.
    #[schema(required = false, nullable = false)]
    next: Option<String>,
}
