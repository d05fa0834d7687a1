//! Earning: learners enrol for an achievement, complete its requirements one by one, and hold the award when the tree is
//! satisfied. What is stored are facts; how far they lead is derived whenever it is asked for.

mod approve;
mod complete;
pub(crate) mod course;
mod credential;
mod enrol;
mod erase;
mod foresee;
mod leave;
pub(crate) mod link;
mod orders;
mod report;
mod roster;
mod shown;
mod transfer;
mod turn;
mod withdraw;

use accolade_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use orders::{CompletionOrder, EnrolmentOrder, LearnerOrder};

use crate::{Award, Fault};

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
    /// Every completion, withdrawn ones too, in the order in which they arrived; not in lists.
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

/// Which enrolments are asked for; what is `None` does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnrolmentFilter {
    /// Of this cohort.
    pub cohort: Option<String>,
    /// In this status.
    pub status: Option<EnrolmentStatus>,
}

/// What completions would lead to, of which nothing was stored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Foreseen {
    /// How many completions are about how many learners.
    pub completions: usize,
    /// How many learners they are about.
    pub learners: usize,
    /// How many of them would be enrolled by it.
    pub would_enrol: usize,
    /// How many awards would be made.
    pub would_award: usize,
    /// How many would then wait for approval.
    pub would_await: usize,
    /// How many hold the award already.
    pub already_awarded: usize,
    /// Some of those who would be awarded, then of the others.
    pub sample: Vec<ForeseenLearner>,
    /// What stands in the way of single completions, by their place in the order.
    pub faults: Vec<(usize, Vec<Fault>)>,
}

/// How far a learner would come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ForeseenLearner {
    /// What the learner is known by, as it was given.
    pub learner: Value,
    /// The enrolment that is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment_id: Option<String>,
    /// Whether the award would be made.
    pub awarded: bool,
    /// How far the learner would be.
    pub progress: EnrolmentProgress,
}

/// A link to a learner's own progress, which opens without an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgressLink {
    /// The link. It says nothing about the learner, and opens nothing else.
    pub url: String,
    /// Until when it opens.
    pub expires_at: Timestamp,
}

/// What a link to a learner's progress opens.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedEnrolment {
    /// The enrolment with its completions, without what only the awarder knows it by.
    pub enrolment: Enrolment,
    /// The requirements in the version that counts, as achievements have them.
    pub requirements: Option<Value>,
    /// Until when the link opens.
    pub expires_at: Timestamp,
}

/// How far those who enrolled for an achievement have come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EarningReport {
    /// The achievement's id in this house.
    pub achievement_id: String,
    /// All together.
    pub total: CohortReport,
    /// Each cohort, and those who are in none.
    pub cohorts: Vec<CohortReport>,
}

/// How far those of a cohort have come. Each number is of learners; each includes those that come after it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CohortReport {
    /// The cohort; none for those who are in none, and for all together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// Enrolled, those who left included.
    pub enrolled: u64,
    /// Of them, those who have completed something.
    pub active: u64,
    /// Of them, those who have satisfied the requirements.
    pub completed: u64,
    /// Of them, those who wait for approval.
    pub awaiting: u64,
    /// Of them, those who hold the award.
    pub awarded: u64,
    /// Those who have left.
    pub withdrawn: u64,
    /// How long those took who have satisfied the requirements; none where nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
}

/// How long learners took from beginning to end, in days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Days {
    /// Half of them took no longer.
    pub median: f64,
    /// A tenth of them took no longer.
    pub p10: f64,
    /// A tenth of them took longer.
    pub p90: f64,
}
