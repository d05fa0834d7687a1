//! Foresee: what completions would lead to. Nothing is stored.

use std::collections::HashMap;
use std::sync::Arc;

use accolade_core::requirement::Fact;
use accolade_store::completions::{self, Completion as Row};
use accolade_store::enrolments::{self, Enrolled, EnrolmentStatus};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::course::Course;
use super::{CompletionOrder, EnrolmentProgress, LearnerOrder, shown};
use crate::achievements::found;
use crate::office::Desk;
use crate::{Caller, Fault, Office, OfficeError, Scope};

/// Learners that are shown.
const SAMPLE: usize = 20;
/// Learners that are asked for at once.
const BATCH: usize = 200;

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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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

/// One learner, and what would be known of him.
struct Prospect<'o> {
    order: &'o LearnerOrder,
    enrolled: Option<Enrolled>,
    /// What is known already.
    known: Vec<Fact>,
    /// The places of the completions that are about him.
    new: Vec<usize>,
}

impl Office {
    /// Says what these completions would lead to if [`complete_for`](Office::complete_for) took them, and what stands in the way
    /// of which of them.
    pub fn foresee(
        &self,
        caller: &Caller,
        achievement: &str,
        orders: &[(LearnerOrder, CompletionOrder)],
    ) -> Result<Foreseen, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        let achievement = desk.store.read("foresee", |db| found(db, caller, achievement))?;
        let current = desk.course(&achievement.id, achievement.version)?;
        let mut foreseen = Foreseen { completions: orders.len(), ..Foreseen::default() };
        for prospect in desk.prospects(&achievement.id, &achievement.issuer_id, orders)? {
            foreseen.learners += 1;
            desk.foresee_one(&current, &prospect, orders, &mut foreseen)?;
        }
        foreseen.sample.sort_by_key(|learner| !learner.awarded);
        foreseen.sample.truncate(SAMPLE);
        foreseen.faults.sort_by_key(|(place, _)| *place);
        Ok(foreseen)
    }
}

impl Desk {
    /// The learners that the orders are about, in the order in which they are met, with what is known of them.
    fn prospects<'o>(
        &self,
        achievement: &str,
        issuer: &str,
        orders: &'o [(LearnerOrder, CompletionOrder)],
    ) -> Result<Vec<Prospect<'o>>, OfficeError> {
        let mut digests: Vec<String> = Vec::new();
        let mut prospects: Vec<Prospect<'o>> = Vec::new();
        let mut place_of: HashMap<String, usize> = HashMap::new();
        for (place, (order, _)) in orders.iter().enumerate() {
            let digest = self.recipient_digest(&order.recipient.identity);
            let at = *place_of.entry(digest).or_insert_with_key(|digest| {
                digests.push(digest.clone());
                prospects.push(Prospect { order, enrolled: None, known: Vec::new(), new: Vec::new() });
                prospects.len() - 1
            });
            if let Some(prospect) = prospects.get_mut(at) {
                prospect.new.push(place);
            }
        }
        for batch in digests.chunks(BATCH) {
            let batch: Vec<&str> = batch.iter().map(String::as_str).collect();
            let (enrolled, facts) = self.store.read("foresee.learners", |db| {
                let enrolled = enrolments::open_of_digests(db, achievement, &batch)?;
                let ids: Vec<&str> = enrolled.iter().map(|row| row.enrolment.id.as_str()).collect();
                let facts = completions::facts(db, &ids)?;
                Ok::<_, OfficeError>((enrolled, facts))
            })?;
            for row in enrolled.into_iter().filter(|row| row.enrolment.issuer_id == issuer) {
                let at = place_of.get(&row.learner.digest).copied();
                let Some(prospect) = at.and_then(|at| prospects.get_mut(at)) else { continue };
                let own = facts.iter().filter(|fact| fact.enrolment_id == row.enrolment.id);
                prospect.known = shown::facts(own)?;
                prospect.enrolled = Some(row);
            }
        }
        Ok(prospects)
    }

    fn foresee_one(
        &self,
        current: &Arc<Course>,
        prospect: &Prospect<'_>,
        orders: &[(LearnerOrder, CompletionOrder)],
        foreseen: &mut Foreseen,
    ) -> Result<(), OfficeError> {
        let row = prospect.enrolled.as_ref().map(|enrolled| &enrolled.enrolment);
        let course = match row {
            Some(row) => self.course(&row.achievement_id, row.achievement_version)?,
            None => Arc::clone(current),
        };
        let mut facts = prospect.known.clone();
        let mut told: HashMap<&str, String> = HashMap::new();
        for place in &prospect.new {
            let Some((_, order)) = orders.get(*place) else { continue };
            let enrolment = row.map_or("", |row| row.id.as_str());
            match self.admitted(&course, enrolment, order, self.now()) {
                Err(OfficeError::Rejected(faults)) => foreseen.faults.push((*place, faults)),
                Err(other) => return Err(other),
                Ok(new) => match self.known_already(&new, &mut told, order)? {
                    Told::New => facts.push(shown::fact(&shown::light(&new))?),
                    Told::Before => {}
                    Told::Otherwise => {
                        let detail = "this externalId belongs to another completion of the same learner";
                        let fault = Fault::new("/externalId", "external_id_taken", detail);
                        foreseen.faults.push((*place, vec![fault]));
                    }
                },
            }
        }
        let progress = shown::progress(&course, &facts);
        let status = row.map(|row| row.status);
        let held = status == Some(EnrolmentStatus::Awarded);
        let awarded = progress.satisfied && !course.needs_approval && !held;
        foreseen.would_enrol += usize::from(row.is_none());
        foreseen.already_awarded += usize::from(held);
        foreseen.would_award += usize::from(awarded);
        foreseen.would_await += usize::from(progress.satisfied && course.needs_approval && !held);
        if foreseen.sample.len() < SAMPLE || awarded && foreseen.sample.len() < 2 * SAMPLE {
            foreseen.sample.push(ForeseenLearner {
                learner: prospect.order.identity.clone(),
                enrolment_id: row.map(|row| row.id.clone()),
                awarded,
                progress,
            });
        }
        Ok(())
    }

    fn known_already<'o>(
        &self,
        new: &Row,
        told: &mut HashMap<&'o str, String>,
        order: &'o CompletionOrder,
    ) -> Result<Told, OfficeError> {
        let Some(external_id) = order.external_id.as_deref() else { return Ok(Told::New) };
        let before = match told.insert(external_id, new.order_digest.clone()) {
            Some(digest) => Some(digest),
            None if new.enrolment_id.is_empty() => None,
            None => self
                .store
                .read("foresee.completion", |db| {
                    completions::of_external_id(db, &new.enrolment_id, external_id)
                })?
                .map(|row| row.order_digest),
        };
        Ok(match before {
            None => Told::New,
            Some(digest) if digest == new.order_digest => Told::Before,
            Some(_) => Told::Otherwise,
        })
    }
}

/// Whether a completion was told before under its external id.
enum Told {
    New,
    Before,
    /// As another.
    Otherwise,
}
