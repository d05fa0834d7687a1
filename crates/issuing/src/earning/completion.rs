//! What learners have done, and what came of it, as it is shown.

use accolade_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Enrolment;
use crate::Award;

/// Something a learner has done, by somebody's word.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// Its id in this house.
    pub id: String,
    /// The requirement's id.
    pub requirement: String,
    /// When it was done.
    pub at: Timestamp,
    /// Whose word it is, such as `coordinator`.
    pub source: String,
    /// Whether it succeeded, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    /// The mark in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The code of the level of competency that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The hours it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// OB 3.0 Evidence objects; they go into the credential.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Value>,
    /// Who vouches for it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vouched_by: Option<String>,
    /// The statement of a learning system that it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Value>,
    /// The caller's own name for it, unique within the enrolment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Timestamp>,
    /// Why it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_reason: Option<String>,
    /// When it was told here.
    pub created_at: Timestamp,
}

/// Personal data stays out of logs: neither evidence nor results are shown.
impl std::fmt::Debug for Completion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Completion")
            .field("id", &self.id)
            .field("requirement", &self.requirement)
            .field("at", &self.at)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// What came of enrolling a learner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The enrolment: new, or the one that was there.
    pub enrolment: Enrolment,
    /// Whether this order made it.
    pub created: bool,
}

/// What came of a completion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Completed {
    /// The completion: new, or the one that was there under this `externalId`.
    pub completion: Completion,
    /// The enrolment afterwards, without its completions.
    pub enrolment: Enrolment,
    /// The enrolment's award, where it has one now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<Award>,
    /// Whether this order made the completion.
    pub created: bool,
    /// Whether this order made the award.
    #[serde(default)]
    pub awarded: bool,
}

/// What came of an approval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Approved {
    /// The enrolment afterwards, without its completions.
    pub enrolment: Enrolment,
    /// Its award.
    pub award: Award,
}
