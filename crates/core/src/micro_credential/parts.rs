//! What the record is made of.

use serde::Serialize;

use super::duration::Span;
use super::words::{AssessmentType, Framework, Participation, QualityAssuranceType};
use crate::vocabulary::ResultType;
use crate::{Credits, Hours, Uri};

/// A field of [ISCED-F 2013](http://data.europa.eu/snb/isced-f/25831c2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldOfStudy {
    /// Two to four digits.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// What somebody knows, understands or can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LearningOutcome {
    /// In words.
    pub text: String,
    /// The node of a framework of skills that says the same, such as a skill of ESCO.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_url: Option<Uri>,
    /// The node's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// The framework's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
}

/// Notional workload: hours, credits, or both.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Workload {
    /// Hours of learning, those of assessment among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Credits of the European Credit Transfer System.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ects: Option<Credits>,
    /// Credits of another system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits: Option<Credits>,
    /// The name of that system; always there where `credits` are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_framework: Option<String>,
}

impl Workload {
    /// The credits, of whatever system.
    pub fn any_credits(&self) -> Option<Credits> {
        self.ects.or(self.credits)
    }
}

/// From beginning to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Duration {
    /// For the quickest; not above `maximum`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Span>,
    /// At most.
    pub maximum: Span,
}

/// A level of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Level {
    /// Which framework.
    pub framework: Framework,
    /// The framework's name, where it is national or custom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework_name: Option<String>,
    /// The level's code, such as `6` or `proficient`.
    pub code: String,
    /// The level's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the level is described; always there where the framework is national or custom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Uri>,
}

/// Levels of competency, as a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Competency {
    /// The rubric's name.
    pub name: String,
    /// Its levels, from low to high.
    pub levels: Vec<CompetencyLevel>,
    /// The code of the level one must reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
}

/// A level of competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompetencyLevel {
    /// Its code, unique among the levels: lower-case letters, digits, `.`, `_`, `-`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// How learning is assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// By which means; at least one.
    pub types: Vec<AssessmentType>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Participation>,
}

/// Who vouches for the quality, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QualityAssurance {
    /// The provider itself or somebody else.
    #[serde(rename = "type")]
    pub type_: QualityAssuranceType,
    /// Who, or by which procedure.
    pub name: String,
    /// Where that is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Uri>,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// How it is graded.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Grade {
    /// The grading scheme's name.
    pub scheme: String,
    /// What kind of result a grade is.
    #[serde(rename = "type")]
    pub type_: ResultType,
    /// Every grade, from low to high.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed_values: Vec<String>,
    /// The grade one must reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
}

/// How it goes together with others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stackability {
    /// Whether it can be a part of something larger.
    pub stackable: bool,
    /// Achievements it is a part of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub part_of: Vec<Uri>,
    /// Achievements one must hold to be awarded it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Uri>,
}
