//! Complete: something was done, by somebody's word. What that earns is awarded in the same transaction.

use std::sync::Arc;

use accolade_core::Timestamp;
use accolade_core::requirement::{Leaf, Wanted};
use accolade_store::completions::Completion as Row;
use accolade_store::{enrolments, learners};
use serde_json::Value;

use super::change::Change;
use super::course::Course;
use super::turn::{Turn, Turned};
use super::{Completed, CompletionOrder, EnrolmentOrder, LearnerOrder, shown};
use crate::achievements::found;
use crate::idempotency::Once;
use crate::office::Desk;
use crate::{Caller, ConflictKind, Fault, IdempotencyKey, Office, OfficeError, Scope};

/// Clocks differ by so many seconds.
const LENIENCY: i64 = 300;

impl Office {
    /// Records a completion. If the requirements are satisfied then, the award is made in the same transaction, unless a
    /// coordinator's approval is wanted. An enrolment is awarded once, however its completions arrive. What is completed after
    /// that is kept, too.
    pub fn complete(
        &self,
        caller: &Caller,
        enrolment: &str,
        order: &CompletionOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Completed, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        let request = ["complete", enrolment, &order.canonical];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(completed) = once.replay(desk)? {
            return Ok(completed);
        }
        let row = desk.enrolled(caller, enrolment)?.enrolment;
        let course = desk.course(&row.achievement_id, row.achievement_version)?;
        let now = desk.now();
        let new = desk.admitted(&course, enrolment, order, now)?;
        let turn = Turn { desk, caller, enrolment, change: Change::Complete(Box::new(new)), now };
        turn.take(&once, completed)
    }

    /// Records a completion of whoever it is about, who is enrolled for the achievement where that was not done. A learner
    /// who has left stays away.
    pub fn complete_for(
        &self,
        caller: &Caller,
        achievement: &str,
        learner: &LearnerOrder,
        order: &CompletionOrder,
    ) -> Result<Completed, OfficeError> {
        caller.needs(Scope::EnrolmentsWrite)?;
        if let Some(enrolment) = self.enrolment_of(caller, achievement, learner, order)? {
            return self.complete(caller, &enrolment, order, None);
        }
        let enrolled = self.enrol(caller, achievement, &EnrolmentOrder::of(learner.clone()), None)?;
        self.complete(caller, &enrolled.enrolment.id, order, None)
    }

    /// The learner's enrolment; `None` where there is none and the order would be good for a new one.
    fn enrolment_of(
        &self,
        caller: &Caller,
        achievement: &str,
        learner: &LearnerOrder,
        order: &CompletionOrder,
    ) -> Result<Option<String>, OfficeError> {
        let desk = &*self.desk;
        let digest = desk.recipient_digest(&learner.recipient.identity);
        let (achievement, known) = desk.store.read("enrolment.of", |db| {
            let achievement = found(db, caller, achievement)?;
            let known = match learners::of_digest(db, &achievement.issuer_id, &digest)? {
                Some(learner) => enrolments::of_learner(db, &learner.id)?,
                None => Vec::new(),
            };
            Ok::<_, OfficeError>((achievement, known))
        })?;
        let known: Vec<_> = known.into_iter().filter(|row| row.achievement_id == achievement.id).collect();
        if let Some(row) = known.iter().find(|row| row.status != enrolments::EnrolmentStatus::Withdrawn) {
            return Ok(Some(row.id.clone()));
        }
        if let Some(left) = known.first() {
            return Err(OfficeError::conflict(ConflictKind::EnrolmentWithdrawn, left.id.clone()));
        }
        // Before anybody is enrolled for nothing.
        let course = desk.course(&achievement.id, achievement.version)?;
        desk.admitted(&course, "", order, desk.now())?;
        Ok(None)
    }
}

fn completed(turned: Turned) -> Result<Completed, OfficeError> {
    Ok(Completed {
        completion: turned.completion.ok_or_else(|| OfficeError::corrupt("a completion without itself"))?,
        enrolment: turned.enrolment,
        award: turned.award,
        created: turned.changed,
        awarded: turned.awarded,
    })
}

impl Desk {
    /// The row of a completion that makes sense in this course.
    pub(super) fn admitted(
        &self,
        course: &Arc<Course>,
        enrolment: &str,
        order: &CompletionOrder,
        now: Timestamp,
    ) -> Result<Row, OfficeError> {
        let mut faults = Vec::new();
        let leaf = course.leaf(&order.requirement).map_err(|fault| faults.push(fault)).ok();
        if let Some(leaf) = leaf {
            fits(leaf, order, &mut faults);
        }
        if order.at.is_some_and(|at| at > now.plus_seconds(LENIENCY)) {
            faults.push(Fault::new("/at", "future", "what was completed was not completed in the future"));
        }
        if let Some(level) = &order.outcome.level
            && !course.competency.contains(level)
        {
            let detail = match course.competency.as_slice() {
                [] => "the achievement has no levels of competency (`microCredential.competency`)".to_owned(),
                known => format!("this is one of {}", known.join(", ")),
            };
            faults.push(Fault::new("/level", "choice", detail));
        }
        let Some(leaf) = leaf.filter(|_| faults.is_empty()) else {
            return Err(OfficeError::Rejected(faults));
        };
        let evidence = (!order.evidence.is_empty()).then(|| Value::Array(order.evidence.clone()).to_string());
        Ok(Row {
            id: self.new_id(),
            enrolment_id: enrolment.to_owned(),
            requirement: leaf.id.clone(),
            at: order.at.unwrap_or(now),
            source: order.source.as_str().to_owned(),
            success: order.outcome.success,
            score: order.outcome.score.and_then(shown::stored_score),
            level: order.outcome.level.clone(),
            minutes: order.hours.map(accolade_core::Hours::minutes),
            evidence,
            statement: order.statement.as_ref().map(Value::to_string),
            vouched_by: order.vouched_by.clone(),
            external_id: order.external_id.clone(),
            order_digest: self.keyed_digest(&["completion", enrolment, &order.canonical]),
            withdrawn_at: None,
            withdrawn_reason: None,
            created_at: now,
        })
    }
}

/// What makes no sense for the requirement.
fn fits(leaf: &Leaf, order: &CompletionOrder, faults: &mut Vec<Fault>) {
    if matches!(leaf.wanted, Wanted::Hours(_)) && order.hours.is_none() {
        let detail = format!("`{}` collects hours: say how many these were", leaf.id);
        faults.push(Fault::new("/hours", "required", detail));
    }
}
