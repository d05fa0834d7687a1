//! Enrolments and completions on the wire.

use std::borrow::Cow;

use accolade_core::requirement::{LeafState, Source};
use accolade_issuing::EnrolmentStatus as Status;
use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::award::AwardView;
use super::result::EvidenceShape;
use super::text::{Cohort, ExternalId, LevelCode, Moment, RequirementName, Voucher, kinds, written};

kinds! {
    /// Completed in `rules`: a recipient, or your own number for the learner.
    LearnerOrder: json!({});
    /// Completed in `rules`: a completion with its learner.
    CompletionOfLearner: json!({});
    /// One completion with its learner, or up to 1,000 of them.
    CompletionsOfLearners: json!({"anyOf": [
        {"$ref": "#/components/schemas/CompletionOfLearner"},
        {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"$ref": "#/components/schemas/CompletionOfLearner"}}
    ], "example": [
        {"learner": {"email": "ana@example.org", "name": "Ana Ruiz"}, "requirement": "exam", "score": 87.5, "externalId": "quiz-7-ana"},
        {"learner": {"externalId": "4711"}, "requirement": "workshop-1"}
    ]});
    /// Where an enrolment is in its life.
    EnrolmentStatus: json!({"type": "string", "enum": words(Status::NAMED)});
    /// Whose word it is.
    CompletionSource: json!({"type": "string", "enum": words(Source::WORDS)});
    /// How far a requirement is.
    RequirementState: json!({"type": "string", "enum": [
        LeafState::Open.as_str(), LeafState::Unconfirmed.as_str(), LeafState::EvidenceMissing.as_str(),
        LeafState::NotEnough.as_str(), LeafState::Done.as_str()
    ]});
    /// An xAPI statement, kept as it came.
    KeptStatement: json!({"type": "object"});
    /// Learners and what they completed, a row for each; the first line names the columns: what the learner is known by (`email`,
    /// `did`, `url`, `phone`, `learnerExternalId`, …), `name`, `requirement`, `at`, `source`, `success`, `score`, `level`, `hours`,
    /// `evidence` (a link), `vouchedBy`, `externalId`. Cells are parted by commas, semicolons or tabs; 10,000 rows at most.
    CompletionTable: json!({"type": "string", "example": "email,requirement,score\nana@example.org,exam,87.5\n"});
    /// The funnel as a table: a line for each cohort.
    ReportTable: json!({"type": "string"});
}

fn words<T>(list: &[(&'static str, T)]) -> Vec<&'static str> {
    list.iter().map(|(word, _)| *word).collect()
}

/// Whom to enrol.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = json!({
    "learner": {"email": "ana@example.org", "name": "Ana Ruiz"}, "cohort": "autumn-2026", "externalId": "moodle:42:9001"
}))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEnrolment {
    learner: LearnerOrder,
    /// With whom the learner begins.
    #[schema(required = false, nullable = false)]
    cohort: Option<Cohort>,
    /// Your own name for the enrolment, unique within the issuer.
    #[schema(required = false, nullable = false)]
    external_id: Option<ExternalId>,
    #[schema(required = false, nullable = false)]
    begins_at: Option<Moment>,
    /// Until when the learner means to be done, not before `beginsAt`.
    #[schema(required = false, nullable = false)]
    ends_at: Option<Moment>,
}

/// What a learner has done.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = json!({
    "requirement": "exam", "score": 87.5, "at": "2026-11-20T15:30:00Z", "vouchedBy": "Dr. Chen", "externalId": "quiz-7-ana"
}))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCompletion {
    /// Which requirement: its `id`, or the `iri` of its activity.
    requirement: RequirementName,
    /// When it was done. Now, where nothing is said.
    #[schema(required = false, nullable = false)]
    at: Option<Moment>,
    /// Whose word it is; `api`, where nothing is said. The requirement says whose word counts.
    #[schema(required = false, nullable = false)]
    source: Option<CompletionSource>,
    /// Whether it succeeded; what failed is kept, and completes nothing.
    #[schema(required = false, nullable = false)]
    success: Option<bool>,
    /// The mark in per cent.
    #[schema(required = false, nullable = false, minimum = 0, maximum = 100)]
    score: Option<f64>,
    /// The code of the level of competency that was shown.
    #[schema(required = false, nullable = false)]
    level: Option<LevelCode>,
    /// The hours it took, for requirements that collect hours; a minute at least.
    #[schema(required = false, nullable = false, minimum = 0.0167, maximum = 10000)]
    hours: Option<f64>,
    /// What the learner made; it goes into the credential. Each has an `id`, which is a link to it, or a `narrative`.
    #[schema(required = false, nullable = false, max_items = 20)]
    evidence: Option<Vec<EvidenceShape>>,
    /// Who vouches for it.
    #[schema(required = false, nullable = false)]
    vouched_by: Option<Voucher>,
    /// Your own name for it, unique within the enrolment: the same completion again changes nothing, another under this name
    /// is refused (409).
    #[schema(required = false, nullable = false)]
    external_id: Option<ExternalId>,
    /// The xAPI statement that says so; 64 KiB at most.
    #[schema(required = false, nullable = false)]
    statement: Option<KeptStatement>,
}

/// A learner on the way to an achievement.
#[derive(ToSchema)]
#[schema(as = Enrolment, rename_all = "camelCase")]
pub(crate) struct EnrolmentView {
    /// Its id in this API.
    id: String,
    issuer_id: String,
    achievement_id: String,
    /// The `revision` of the achievement whose requirements count, until the enrolment is transferred.
    achievement_version: i64,
    learner: LearnerView,
    #[schema(required = false, nullable = false)]
    cohort: Option<String>,
    #[schema(required = false, nullable = false)]
    external_id: Option<String>,
    status: EnrolmentStatus,
    /// Why the learner left.
    #[schema(required = false, nullable = false)]
    status_reason: Option<String>,
    #[schema(format = "date-time", required = false, nullable = false)]
    begins_at: Option<String>,
    #[schema(format = "date-time", required = false, nullable = false)]
    ends_at: Option<String>,
    /// When the requirements were satisfied.
    #[schema(format = "date-time", required = false, nullable = false)]
    completed_at: Option<String>,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
    /// The `id` of the award, once there is one.
    #[schema(required = false, nullable = false)]
    award_id: Option<String>,
    progress: ProgressView,
    /// Every completion, withdrawn ones too, in the order in which they came; only where one enrolment is read.
    #[schema(required = false, nullable = false)]
    completions: Option<Vec<CompletionView>>,
    links: EnrolmentLinks,
}

/// Who earns it.
#[derive(ToSchema)]
#[schema(as = Learner)]
pub(crate) struct LearnerView {
    /// The learner's id, the same in all enrolments with the issuer.
    id: String,
    #[schema(required = false, nullable = false)]
    name: Option<String>,
    /// What the learner is known by, such as `{"email": …}`; absent once erased.
    #[schema(value_type = Object, required = false, nullable = false)]
    identity: Option<Value>,
}

/// Where the world finds what belongs to an enrolment.
#[derive(ToSchema)]
pub(crate) struct EnrolmentLinks {
    /// The achievement, in the version whose requirements count.
    #[schema(format = "uri")]
    achievement: String,
    /// The award's page, once there is one.
    #[schema(format = "uri", required = false, nullable = false)]
    credential: Option<String>,
}

/// How far a learner is.
#[derive(ToSchema)]
#[schema(as = Progress, rename_all = "camelCase")]
pub(crate) struct ProgressView {
    /// Whether all that is wanted is done.
    satisfied: bool,
    /// How much of it is done, from 0 to 1; 1 only when it is satisfied.
    share: f64,
    /// Every requirement, in the order in which they are written.
    requirements: Vec<RequirementProgress>,
    /// The ids of requirements that lead further.
    next_steps: Vec<String>,
}

/// How far one requirement is.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct RequirementProgress {
    id: String,
    title: String,
    /// Its kind, such as `assessment`.
    kind: String,
    state: RequirementState,
    /// How much of it is done, from 0 to 1.
    share: f64,
    /// The `id` of the completion that counts.
    #[schema(required = false, nullable = false)]
    best: Option<String>,
    /// Whether what counts was done later than it was due.
    late: bool,
}

/// Something a learner has done, by somebody's word.
#[derive(ToSchema)]
#[schema(as = Completion, rename_all = "camelCase")]
pub(crate) struct CompletionView {
    id: String,
    /// The requirement's id.
    requirement: String,
    #[schema(format = "date-time")]
    at: String,
    source: CompletionSource,
    #[schema(required = false, nullable = false)]
    success: Option<bool>,
    /// The mark in per cent.
    #[schema(required = false, nullable = false)]
    score: Option<f64>,
    #[schema(required = false, nullable = false)]
    level: Option<String>,
    #[schema(required = false, nullable = false)]
    hours: Option<f64>,
    #[schema(value_type = Option<Vec<Object>>, required = false, nullable = false)]
    evidence: Option<Vec<Value>>,
    #[schema(required = false, nullable = false)]
    vouched_by: Option<String>,
    /// The xAPI statement that it was read from.
    #[schema(required = false, nullable = false)]
    statement: Option<KeptStatement>,
    #[schema(required = false, nullable = false)]
    external_id: Option<String>,
    /// When it was taken back.
    #[schema(format = "date-time", required = false, nullable = false)]
    withdrawn_at: Option<String>,
    #[schema(required = false, nullable = false)]
    withdrawn_reason: Option<String>,
    /// When it was told here.
    #[schema(format = "date-time")]
    created_at: String,
}

/// A page of enrolments, newest first.
#[derive(ToSchema)]
pub(crate) struct EnrolmentPage {
    items: Vec<EnrolmentView>,
    /// The `cursor` of the next page; absent on the last one.
    #[schema(required = false, nullable = false)]
    next: Option<String>,
}

/// What came of a completion.
#[derive(ToSchema)]
#[schema(as = Completed)]
pub(crate) struct CompletedView {
    completion: CompletionView,
    /// The enrolment afterwards, without its completions.
    enrolment: EnrolmentView,
    /// The enrolment's award, where it has one now.
    #[schema(required = false, nullable = false)]
    award: Option<AwardView>,
    /// Whether it was told for the first time.
    created: bool,
    /// Whether it made the award.
    awarded: bool,
}

/// What came of an approval.
#[derive(ToSchema)]
#[schema(as = Approved)]
pub(crate) struct ApprovedView {
    /// The enrolment afterwards, without its completions.
    enrolment: EnrolmentView,
    award: AwardView,
}
