//! Rows as they are shown: facts, progress, enrolments, completions.

use accolade_core::Hours;
use accolade_core::requirement::{self, Outcome, Source};
use accolade_store::completions::{self, Fact};
use accolade_store::enrolments::{self as store, EnrolmentStatus as Stored};
use accolade_store::learners;
use serde_json::Value;

use super::course::Course;
use super::{
    Completion, Enrolment, EnrolmentLinks, EnrolmentProgress, EnrolmentStatus, Learner, RequirementProgress,
};
use crate::OfficeError;
use crate::office::Desk;

/// Thousandths of a per cent in one.
const THOUSANDTHS: f64 = 1000.0;

impl From<Stored> for EnrolmentStatus {
    fn from(status: Stored) -> Self {
        match status {
            Stored::Active => Self::Active,
            Stored::Awaiting => Self::AwaitingApproval,
            Stored::Awarded => Self::Awarded,
            Stored::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<EnrolmentStatus> for Stored {
    fn from(status: EnrolmentStatus) -> Self {
        match status {
            EnrolmentStatus::Active => Self::Active,
            EnrolmentStatus::AwaitingApproval => Self::Awaiting,
            EnrolmentStatus::Awarded => Self::Awarded,
            EnrolmentStatus::Withdrawn => Self::Withdrawn,
        }
    }
}

/// A mark as it is stored.
pub(super) fn stored_score(score: f64) -> Option<u32> {
    format!("{:.0}", score * THOUSANDTHS).parse().ok()
}

/// A stored fact as requirements judge it.
pub(super) fn fact(row: &Fact) -> Result<requirement::Fact, OfficeError> {
    Ok(requirement::Fact {
        id: row.id.clone(),
        requirement: row.requirement.clone(),
        at: row.at,
        source: source(&row.source)?,
        outcome: Outcome { success: row.success, score: row.score.map(score), level: row.level.clone() },
        hours: row.minutes.and_then(hours),
        has_evidence: row.has_evidence,
        withdrawn: row.withdrawn,
    })
}

pub(super) fn facts<'r>(
    rows: impl IntoIterator<Item = &'r Fact>,
) -> Result<Vec<requirement::Fact>, OfficeError> {
    rows.into_iter().map(fact).collect()
}

/// What is known of progress of a whole row.
pub(super) fn light(row: &completions::Completion) -> Fact {
    Fact {
        id: row.id.clone(),
        enrolment_id: row.enrolment_id.clone(),
        requirement: row.requirement.clone(),
        at: row.at,
        source: row.source.clone(),
        success: row.success,
        score: row.score,
        level: row.level.clone(),
        minutes: row.minutes,
        has_evidence: row.evidence.is_some(),
        withdrawn: row.withdrawn_at.is_some(),
    }
}

fn source(word: &str) -> Result<Source, OfficeError> {
    let known = Source::WORDS.iter().find(|(known, _)| *known == word);
    known
        .map(|(_, source)| *source)
        .ok_or_else(|| OfficeError::corrupt(format!("no source is called {word}")))
}

fn score(thousandths: u32) -> f64 {
    f64::from(thousandths) / THOUSANDTHS
}

fn hours(minutes: u32) -> Option<Hours> {
    Hours::new(f64::from(minutes) / 60.0)
}

/// How far the facts lead in this course.
pub(super) fn progress(course: &Course, facts: &[requirement::Fact]) -> EnrolmentProgress {
    let progress = course.tree.progress(facts);
    let leaves = course.tree.leaves().into_iter().zip(progress.leaves);
    EnrolmentProgress {
        satisfied: progress.satisfied,
        share: progress.share,
        requirements: leaves
            .map(|(leaf, progress)| RequirementProgress {
                id: leaf.id.clone(),
                title: leaf.title.clone(),
                kind: leaf.kind.as_str().to_owned(),
                state: progress.state.as_str().to_owned(),
                share: progress.share,
                best: progress.best,
                late: progress.late,
            })
            .collect(),
        next_steps: progress.next_steps,
    }
}

pub(super) fn completion(row: &completions::Completion) -> Result<Completion, OfficeError> {
    let json = |text: &String| serde_json::from_str::<Value>(text).map_err(OfficeError::corrupt);
    let evidence = row.evidence.as_ref().map(json).transpose()?;
    Ok(Completion {
        id: row.id.clone(),
        requirement: row.requirement.clone(),
        at: row.at,
        source: row.source.clone(),
        success: row.success,
        score: row.score.map(score),
        level: row.level.clone(),
        hours: row.minutes.map(|minutes| f64::from(minutes) / 60.0),
        evidence: match evidence {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        },
        vouched_by: row.vouched_by.clone(),
        statement: row.statement.as_ref().map(json).transpose()?,
        external_id: row.external_id.clone(),
        withdrawn_at: row.withdrawn_at,
        withdrawn_reason: row.withdrawn_reason.clone(),
        created_at: row.created_at,
    })
}

pub(super) fn learner(row: &learners::Learner) -> Result<Learner, OfficeError> {
    let identity = row.recipient.as_deref().map(serde_json::from_str).transpose();
    Ok(Learner {
        id: row.id.clone(),
        name: row.name.clone(),
        identity: identity.map_err(OfficeError::corrupt)?,
    })
}

impl Desk {
    /// The enrolment without its completions.
    pub(super) fn shown_enrolment(
        &self,
        row: &store::Enrolment,
        learner: Learner,
        progress: EnrolmentProgress,
    ) -> Enrolment {
        let addresses = &self.addresses;
        Enrolment {
            id: row.id.clone(),
            issuer_id: row.issuer_id.clone(),
            achievement_id: row.achievement_id.clone(),
            achievement_version: row.achievement_version,
            learner,
            cohort: row.cohort.clone(),
            external_id: row.external_id.clone(),
            status: row.status.into(),
            status_reason: row.status_reason.clone(),
            begins_at: row.begins_at,
            ends_at: row.ends_at,
            completed_at: row.completed_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            award_id: row.credential_id.clone(),
            progress,
            completions: Vec::new(),
            links: EnrolmentLinks {
                achievement: addresses.achievement_version(&row.achievement_id, row.achievement_version),
                credential: row.credential_id.as_deref().map(|id| addresses.credential(id)),
            },
        }
    }
}
