//! What a micro-credential is, beyond what every achievement says: the elements of the
//! [Council Recommendation of 16 June 2022](https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32022H0627(02)) and of
//! the national frameworks, as a record beside an [`Achievement`](crate::achievement::Achievement).
//!
//! [`MicroCredential::parse`] reads it from a request, strictly. [`MicroCredential::describe`] writes it into the
//! achievement: into standard members where there are any, and else into members that [`inline_context`] defines.
//! [`check`] tells which elements of a framework are there and which are missing.

pub mod check;
mod context;
mod describe;
mod duration;
mod elements;
mod frameworks;
mod parts;
mod read;
mod words;

use serde::Serialize;
use serde_json::Value;

pub use context::{TERMS, Term, inline_context};
pub use duration::{NotASpan, Span};
pub use elements::Element;
pub use parts::{
    Assessment, Competency, CompetencyLevel, Duration, FieldOfStudy, Grade, LearningOutcome, Level,
    QualityAssurance, Stackability, Workload,
};
pub use words::{AssessmentType, Framework, Participation, QualityAssuranceType, Supervision};

use crate::{CountryCode, LanguageCode, Uri};

/// The record of a micro-credential; every member may be missing. In JSON its members have the same names in camelCase.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MicroCredential {
    /// The country it is awarded in, where that is not the country of the issuer's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// The language it is taught and assessed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageCode>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldOfStudy>,
    /// What somebody who holds it knows, understands and can do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub learning_outcomes: Vec<LearningOutcome>,
    /// How much work it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workload: Option<Workload>,
    /// How long it takes from beginning to end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<Duration>,
    /// Its levels, each of another framework.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// The levels of competency that a learner can show, as a rubric.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub competency: Option<Competency>,
    /// How learning is assessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    /// How one takes part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participation: Option<Participation>,
    /// How learners are supervised and identified while they are assessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervision: Option<Supervision>,
    /// Who vouches for its quality, and how.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quality_assurance: Vec<QualityAssurance>,
    /// What one needs to begin, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<String>,
    /// How it is graded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// How it goes together with others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stackability: Option<Stackability>,
    /// Pages that say more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further_information: Vec<Uri>,
}

impl MicroCredential {
    /// The record as requests and replies have it; [`MicroCredential::parse`] reads it back.
    pub fn to_value(&self) -> Value {
        // No map in it has keys that are not texts, no number is not finite: nothing can fail.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The codes of the competency levels from low to high, which requirements may demand.
    pub fn competency_codes(&self) -> Vec<String> {
        let levels = self.competency.iter().flat_map(|competency| &competency.levels);
        levels.map(|level| level.code.clone()).collect()
    }
}
