//! A learner on the way to an achievement, as it is shown.

use accolade_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Completion;

/// Somebody who earns an achievement of an issuer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Learner {
    /// The learner's id in this house, the same in all enrolments with the issuer.
    pub id: String,
    /// The learner's name, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the learner is known by, as an award's `recipient` has it, such as `{"email": …}`; none once erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Value>,
}

/// Personal data stays out of logs.
impl std::fmt::Debug for Learner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Learner").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Where an enrolment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnrolmentStatus {
    /// Requirements are open.
    Active,
    /// The requirements are satisfied, and a coordinator's approval is wanted.
    AwaitingApproval,
    /// The award was made.
    Awarded,
    /// The learner has left.
    Withdrawn,
}

impl EnrolmentStatus {
    /// Every status by its name in requests and replies.
    pub const NAMED: &'static [(&'static str, Self)] = &[
        ("active", Self::Active),
        ("awaiting-approval", Self::AwaitingApproval),
        ("awarded", Self::Awarded),
        ("withdrawn", Self::Withdrawn),
    ];

    /// Its name in requests and replies.
    pub fn as_str(self) -> &'static str {
        Self::NAMED.iter().find(|(_, status)| *status == self).map_or("", |(name, _)| name)
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, status)| *status)
    }
}

/// A learner on the way to an achievement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Enrolment {
    /// Its id in this house.
    pub id: String,
    /// The issuer's id in this house.
    pub issuer_id: String,
    /// The achievement's id in this house.
    pub achievement_id: String,
    /// The version of the achievement whose requirements count, until the enrolment is transferred to another.
    pub achievement_version: u32,
    /// Who it is.
    pub learner: Learner,
    /// With whom the learner began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// The caller's own name for it, unique within the issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Where it is in its life.
    pub status: EnrolmentStatus,
    /// Why the learner left, or why the enrolment is not what it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// When the learner begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begins_at: Option<Timestamp>,
    /// Until when the learner means to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// When the requirements were satisfied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    /// When the learner was enrolled here.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// The award's id in this house, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award_id: Option<String>,
    /// How far the learner is.
    pub progress: EnrolmentProgress,
    /// Every completion, withdrawn ones too, from the one that was told first; not in lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub completions: Vec<Completion>,
    /// Where the world finds what belongs to it.
    pub links: EnrolmentLinks,
}

/// Where the world finds what belongs to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentLinks {
    /// The achievement, in the version whose requirements count.
    pub achievement: String,
    /// The award's page, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// How far a learner is: derived from the completions that were not withdrawn.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentProgress {
    /// Whether all that is wanted is done.
    pub satisfied: bool,
    /// How much of it is done, from 0 to 1; 1 only when it is satisfied.
    pub share: f64,
    /// Every requirement, in the order in which they are written.
    pub requirements: Vec<RequirementProgress>,
    /// The ids of requirements that lead further.
    pub next_steps: Vec<String>,
}

/// How far one requirement is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequirementProgress {
    /// The requirement's id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its kind, such as `assessment`.
    pub kind: String,
    /// How far it is: `open`, `unconfirmed`, `evidence-missing`, `not-enough`, `done`.
    pub state: String,
    /// How much of it is done, from 0 to 1.
    pub share: f64,
    /// The id of the completion that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<String>,
    /// Whether what counts was done later than it was due.
    #[serde(default)]
    pub late: bool,
}

/// Which enrolments are asked for; what is `None` does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnrolmentFilter {
    /// Of this cohort.
    pub cohort: Option<String>,
    /// In this status.
    pub status: Option<EnrolmentStatus>,
}
