//! What came of many completions, links to progress, reports, and xAPI on the wire.

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::enrolment::ProgressView;
use super::text::{ErasureReason, Moment, Reason, kinds, written};
use crate::problem::FaultShape;

kinds! {
    /// A statement of the Experience API 1.0.3, or up to 1,000 of them.
    Statements: json!({"anyOf": [
        {"$ref": "#/components/schemas/Statement"},
        {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"$ref": "#/components/schemas/Statement"}}
    ], "example": statement()});
    /// A [statement](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md#statements) of the Experience API 1.0.3, read
    /// as strictly as the standard has it: who (`actor`) did what (`verb`) with what (`object`), how well (`result`), when.
    Statement: json!({
        "type": "object",
        "required": ["actor", "verb", "object"],
        "properties": {
            "actor": {"type": "object"},
            "verb": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
            "object": {"type": "object"},
            "result": {"type": "object"},
            "context": {"type": "object"},
            "id": {"type": "string", "format": "uuid"},
            "timestamp": {"type": "string", "format": "date-time"},
            "stored": {"type": "string", "format": "date-time"},
            "authority": {"type": "object"},
            "version": {"type": "string", "pattern": r"^1\.0(\.[0-9]+)?$"},
            "attachments": {"type": "array", "items": {"type": "object"}}
        },
        "additionalProperties": false,
        "example": statement()
    });
    /// The version of the Experience API that the client speaks.
    XapiVersion: json!({"type": "string", "pattern": r"^1\.0(\.[0-9]+)?$", "example": "1.0.3"});
    /// The `id` of a statement.
    StatementId: json!({"type": "string", "format": "uuid"});
    /// What to do where some are bad: `stop` does none of them, `skip` the good ones.
    OnError: json!({"type": "string", "enum": ["stop", "skip"]});
    /// The media type of a report.
    ReportFormat: json!({"type": "string", "enum": ["json", "csv"]});
    /// Whether only to tell what would come of it.
    Whether: json!({"type": "string", "enum": ["true", "false"]});
}

fn statement() -> Value {
    json!({
        "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
        "actor": {"mbox": "mailto:ana@example.org", "name": "Ana Ruiz"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed", "display": {"en": "passed"}},
        "object": {"id": "https://lms.example.edu/quiz/7", "definition": {"name": {"en": "Skills test"}}},
        "result": {"score": {"scaled": 0.87}, "success": true},
        "timestamp": "2026-11-20T15:30:00Z"
    })
}

/// What came of many completions, or what would come of them.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = json!({
    "dryRun": false, "rows": 3, "done": 2, "created": 2, "awarded": 1,
    "items": [
        {"line": 2, "enrolmentId": "8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02", "completionId": "2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11", "created": true, "awardId": "c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10"},
        {"line": 3, "enrolmentId": "5f0a1be2-11c4-4a8e-8a38-6f4f0a9a7c21", "completionId": "0b6c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a12", "created": true}
    ],
    "failed": [{"line": 4, "errors": [{"pointer": "/requirement", "rule": "unknown_requirement", "detail": "the achievement has no requirement \"exma\""}]}]
}))]
pub(crate) struct BatchReport {
    /// Whether this only tells what would come of it.
    dry_run: bool,
    /// How many were sent.
    rows: i64,
    /// How many are recorded now.
    done: i64,
    /// How many of them were not known before.
    created: i64,
    /// How many awards were made.
    awarded: i64,
    /// What came of each that was done.
    items: Vec<BatchItem>,
    /// What is wrong with each that was not.
    failed: Vec<BatchFailure>,
    /// What would come of all together, in the answer to a dry run only.
    #[schema(required = false, nullable = false)]
    foreseen: Option<ForeseenView>,
}

/// One that was done.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct BatchItem {
    /// Its line in the table, from 1.
    #[schema(required = false, nullable = false)]
    line: Option<i64>,
    /// Its place in the array, from 0.
    #[schema(required = false, nullable = false)]
    index: Option<i64>,
    enrolment_id: String,
    completion_id: String,
    /// Whether it was told for the first time.
    created: bool,
    /// The `id` of the award, where the enrolment has one now.
    #[schema(required = false, nullable = false)]
    award_id: Option<String>,
}

/// One that was not done.
#[derive(ToSchema)]
pub(crate) struct BatchFailure {
    /// Its line in the table, from 1.
    #[schema(required = false, nullable = false)]
    line: Option<i64>,
    /// Its place in the array, from 0.
    #[schema(required = false, nullable = false)]
    index: Option<i64>,
    /// What is wrong, with pointers into it.
    errors: Vec<FaultShape>,
}

/// What completions would lead to, of which nothing was stored.
#[derive(ToSchema)]
#[schema(as = Foreseen, rename_all = "camelCase")]
pub(crate) struct ForeseenView {
    /// How many completions are about …
    completions: i64,
    /// … how many learners.
    learners: i64,
    /// How many of them would be enrolled by it.
    would_enrol: i64,
    /// How many awards would be made.
    would_award: i64,
    /// How many would then wait for approval.
    would_await: i64,
    /// How many hold the award already.
    already_awarded: i64,
    /// Some of those who would be awarded, then of the others.
    sample: Vec<ForeseenLearnerView>,
}

/// How far a learner would come.
#[derive(ToSchema)]
#[schema(as = ForeseenLearner, rename_all = "camelCase")]
pub(crate) struct ForeseenLearnerView {
    /// What the learner is known by, as it was given.
    #[schema(value_type = Object)]
    learner: Value,
    /// The `id` of the enrolment that is there.
    #[schema(required = false, nullable = false)]
    enrolment_id: Option<String>,
    /// Whether the award would be made.
    awarded: bool,
    progress: ProgressView,
}

/// Why it is so.
#[derive(ToSchema)]
#[schema(example = json!({"reason": "Recorded for the wrong person"}))]
#[serde(deny_unknown_fields)]
pub(crate) struct Because {
    /// Shown to the learner.
    #[schema(required = false, nullable = false)]
    reason: Option<Reason>,
}

/// Why a learner is erased.
#[derive(ToSchema)]
#[schema(example = json!({"reason": "The learner asked for it"}))]
#[serde(deny_unknown_fields)]
pub(crate) struct LearnerErasure {
    /// Stays in the audit log: neither the learner's name nor an e-mail address nor your number for the learner.
    #[schema(required = false, nullable = false)]
    reason: Option<ErasureReason>,
}

/// For how long.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"expiresAt": "2027-03-01T00:00:00Z"}))]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkOrder {
    /// Until when the link opens; 30 days, where nothing is said.
    #[schema(required = false, nullable = false)]
    expires_at: Option<Moment>,
}

/// A link to a learner's own progress, which opens without an account.
#[derive(ToSchema)]
#[schema(as = ProgressLink, rename_all = "camelCase")]
pub(crate) struct LinkView {
    /// The link. It says nothing about the learner, and opens nothing else.
    #[schema(format = "uri")]
    url: String,
    #[schema(format = "date-time")]
    expires_at: String,
}

/// How far those who enrolled for an achievement have come.
#[derive(ToSchema)]
#[schema(as = EarningReport, rename_all = "camelCase")]
pub(crate) struct EarningReportView {
    achievement_id: String,
    /// All together.
    total: CohortReportView,
    /// Each cohort, and those who are in none.
    cohorts: Vec<CohortReportView>,
}

/// How far those of a cohort have come, in learners.
#[derive(ToSchema)]
#[schema(as = CohortReport)]
pub(crate) struct CohortReportView {
    /// Absent for those who are in none, and for all together.
    #[schema(required = false, nullable = false)]
    cohort: Option<String>,
    /// Enrolled, those who left included.
    enrolled: i64,
    /// Of them, those who have completed something.
    active: i64,
    /// Of them, those who have satisfied the requirements.
    completed: i64,
    /// Of them, those who wait for approval.
    awaiting: i64,
    /// Of them, those who hold the award.
    awarded: i64,
    /// Those who have left.
    withdrawn: i64,
    /// How long those took who have satisfied the requirements.
    #[schema(required = false, nullable = false)]
    days: Option<DaysView>,
}

/// How long learners took from beginning to end, in days.
#[derive(ToSchema)]
#[schema(as = Days)]
pub(crate) struct DaysView {
    /// Half of them took no longer.
    median: f64,
    /// A tenth of them took no longer.
    p10: f64,
    /// A tenth of them took longer.
    p90: f64,
}

/// What this server speaks.
#[derive(ToSchema)]
#[schema(example = json!({"version": ["1.0.3"]}))]
pub(crate) struct XapiAbout {
    version: Vec<String>,
}
