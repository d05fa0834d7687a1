//! Results of Open Badges 3.0: what an achievement describes, what a recipient reached, and the evidence for it.

use utoipa::ToSchema;

use super::class::{
    AlignmentShape, TypeOfEvidence, TypeOfResult, TypeOfResultDescription, TypeOfRubricCriterionLevel,
};
use super::text::{Name, ResultTypeTerm, Text, Uri};

/// A result that an award may carry.
///
/// [OB 3.0, ResultDescription](https://www.imsglobal.org/spec/ob/v3p0/#resultdescription).
#[derive(ToSchema)]
#[schema(as = ResultDescription, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct ResultDescriptionShape {
    /// Results name it by this; unique within the achievement, and so are the ids of its levels.
    id: Uri,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfResultDescription>,
    /// Frameworks that the result is aligned with.
    #[schema(required = false, nullable = false)]
    alignment: Option<Vec<AlignmentShape>>,
    /// The values there are, in order.
    #[schema(required = false, nullable = false)]
    allowed_value: Option<Vec<Text>>,
    /// What is measured.
    name: Name,
    /// The level that must be reached: the id of one of `rubricCriterionLevel`.
    #[schema(required = false, nullable = false)]
    required_level: Option<Uri>,
    /// The value that must be reached; one that `allowedValue`, `valueMin` and `valueMax` let be.
    #[schema(required = false, nullable = false)]
    required_value: Option<Text>,
    /// What kind of result it is.
    result_type: ResultTypeTerm,
    /// The levels of a rubric, in order.
    #[schema(required = false, nullable = false)]
    rubric_criterion_level: Option<Vec<RubricCriterionLevelShape>>,
    /// The largest value, a number; not below `valueMin`.
    #[schema(required = false, nullable = false)]
    value_max: Option<Text>,
    /// The smallest value, a number.
    #[schema(required = false, nullable = false)]
    value_min: Option<Text>,
}

/// A level of a rubric.
///
/// [OB 3.0, RubricCriterionLevel](https://www.imsglobal.org/spec/ob/v3p0/#rubriccriterionlevel).
#[derive(ToSchema)]
#[schema(as = RubricCriterionLevel, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct RubricCriterionLevelShape {
    /// Results name it by this.
    id: Uri,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfRubricCriterionLevel>,
    /// Frameworks that the level is aligned with.
    #[schema(required = false, nullable = false)]
    alignment: Option<Vec<AlignmentShape>>,
    /// What the level means.
    #[schema(required = false, nullable = false)]
    description: Option<Text>,
    /// Its short name.
    #[schema(required = false, nullable = false)]
    level: Option<Text>,
    /// Its name.
    name: Name,
    /// What it counts.
    #[schema(required = false, nullable = false)]
    points: Option<Text>,
}

/// What the recipient did, to be seen or read.
///
/// [OB 3.0, Evidence](https://www.imsglobal.org/spec/ob/v3p0/#evidence).
#[derive(ToSchema)]
#[schema(as = Evidence, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct EvidenceShape {
    /// Where it is.
    #[schema(required = false, nullable = false)]
    id: Option<Uri>,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfEvidence>,
    /// The story of it, in Markdown.
    #[schema(required = false, nullable = false)]
    narrative: Option<Text>,
    /// Its name.
    #[schema(required = false, nullable = false)]
    name: Option<Name>,
    /// What it is.
    #[schema(required = false, nullable = false)]
    description: Option<Text>,
    /// What kind of thing it is, such as `Poetry`.
    #[schema(required = false, nullable = false)]
    genre: Option<Text>,
    /// For whom it is.
    #[schema(required = false, nullable = false)]
    audience: Option<Text>,
}

/// A result that the recipient reached.
///
/// [OB 3.0, Result](https://www.imsglobal.org/spec/ob/v3p0/#result).
#[derive(ToSchema)]
#[schema(as = Result, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct ResultShape {
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfResult>,
    /// The id of a level of the linked description.
    #[schema(required = false, nullable = false)]
    achieved_level: Option<Uri>,
    /// Frameworks that the result is aligned with.
    #[schema(required = false, nullable = false)]
    alignment: Option<Vec<AlignmentShape>>,
    /// The id of one of the achievement's `resultDescription`.
    #[schema(required = false, nullable = false)]
    result_description: Option<Uri>,
    /// Where no value says it.
    #[schema(required = false, nullable = false)]
    status: Option<ResultStatusShape>,
    /// A value that the linked description allows.
    #[schema(required = false, nullable = false)]
    value: Option<Text>,
}

/// How far somebody got.
#[derive(ToSchema)]
#[schema(as = ResultStatus)]
pub(crate) enum ResultStatusShape {
    Completed,
    Enrolled,
    Failed,
    InProgress,
    OnHold,
    Provisional,
    Withdrew,
}
