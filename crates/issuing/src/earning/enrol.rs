//! Enrol: a learner sets out for an achievement, by the requirements of its current version.

use accolade_store::{Tx, completions, enrolments, learners};
use serde_json::json;

use super::course::Course;
use super::{Enrolled, EnrolmentOrder, shown};
use crate::achievements::found;
use crate::idempotency::{GivenUp, Once, save};
use crate::ledger::Act;
use crate::office::Desk;
use crate::{Caller, ConflictKind, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Enrols a learner for an achievement. Again for the same learner is the enrolment that is there, unchanged, until the
    /// learner leaves.
    pub fn enrol(
        &self,
        caller: &Caller,
        achievement: &str,
        order: &EnrolmentOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Enrolled, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        let achievement = desk.store.read("enrol", |db| found(db, caller, achievement))?;
        let request = ["enrol", &achievement.id, &order.canonical];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(enrolled) = once.replay(desk)? {
            return Ok(enrolled);
        }
        let course = desk.course(&achievement.id, achievement.version)?;
        let wish = Wish::new(desk, caller, &achievement.issuer_id, &course, order)?;
        let ended = desk.store.write("enrol", |tx| {
            let enrolled = wish.fulfil(desk, tx)?;
            save(tx, once.row(&enrolled.enrolment.id, &enrolled, wish.enrolment.created_at)?.as_ref())?;
            Ok::<_, GivenUp>(enrolled)
        });
        once.conclude(desk, ended)
    }
}

/// The rows of an enrolment that is to be.
struct Wish<'a> {
    learner: learners::Learner,
    enrolment: enrolments::Enrolment,
    course: &'a Course,
    act: Act,
}

impl<'a> Wish<'a> {
    fn new(
        desk: &Desk,
        caller: &Caller,
        issuer: &str,
        course: &'a Course,
        order: &EnrolmentOrder,
    ) -> Result<Self, OfficeError> {
        let (id, now) = (desk.new_id(), desk.now());
        let learner = learners::Learner {
            id: desk.new_id(),
            issuer_id: issuer.to_owned(),
            digest: desk.recipient_digest(&order.learner.recipient.identity),
            recipient: Some(order.learner.identity.to_string()),
            name: order.learner.recipient.name.clone(),
            created_at: now,
        };
        let detail = json!({ "enrolmentId": id, "issuerId": issuer, "achievementId": course.achievement_id });
        let enrolment = enrolments::Enrolment {
            id: id.clone(),
            issuer_id: issuer.to_owned(),
            achievement_id: course.achievement_id.clone(),
            achievement_version: course.version,
            learner_id: learner.id.clone(),
            cohort: order.cohort.clone(),
            external_id: order.external_id.clone(),
            status: enrolments::EnrolmentStatus::Active,
            status_reason: None,
            revision: 1,
            link_version: 1,
            credential_id: None,
            begins_at: order.begins_at,
            ends_at: order.ends_at,
            completed_at: None,
            created_at: now,
            updated_at: now,
        };
        Ok(Wish {
            learner,
            enrolment,
            course,
            act: Act::new(desk, caller, "enrolment.create", &id, now, &detail),
        })
    }

    fn fulfil(&self, desk: &Desk, tx: &mut Tx<'_>) -> Result<Enrolled, OfficeError> {
        let learner = learners::enter(tx, &self.learner)?;
        let row = enrolments::Enrolment { learner_id: learner.id.clone(), ..self.enrolment.clone() };
        if enrolments::insert(tx, &row)? {
            self.act.write(tx)?;
            let progress = shown::progress(self.course, &[]);
            let enrolment = desk.shown_enrolment(&row, shown::learner(&learner)?, progress);
            return Ok(Enrolled { enrolment, created: true });
        }
        let Some(there) = enrolments::open_for(tx, &row.achievement_id, &learner.id)? else {
            let taken = row.external_id.as_deref();
            let holder =
                taken.map(|taken| enrolments::of_external_id(tx, &row.issuer_id, taken)).transpose()?;
            let holder = holder.flatten().map(|holder| holder.enrolment.id);
            return Err(OfficeError::conflict(ConflictKind::ExternalIdTaken, holder));
        };
        let there = there.enrolment;
        let course = desk.courses.of(tx, &there.achievement_id, there.achievement_version)?;
        let facts = shown::facts(&completions::facts(tx, &[&there.id])?)?;
        let progress = shown::progress(&course, &facts);
        let enrolment = desk.shown_enrolment(&there, shown::learner(&learner)?, progress);
        Ok(Enrolled { enrolment, created: false })
    }
}
