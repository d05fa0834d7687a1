//! Erase a learner: what a person may ask for. Nothing is left that tells who it was or what was done; that somebody was
//! enrolled is, so that reports go on adding up.

use accolade_store::enrolments::EnrolmentStatus;
use accolade_store::{completions, enrolments, idempotency, learners};
use serde_json::json;

use crate::erase::names_nobody;
use crate::ids::possible;
use crate::ledger::Act;
use crate::status::read_reason;
use crate::{Caller, Office, OfficeError, Scope};

impl Office {
    /// Erases a learner of an issuer: identity and name, every completion with its evidence, the caller's own numbers, the
    /// replies that were kept of all that; and the awards that were earned. Again is the same and changes nothing.
    ///
    /// `reason` goes into the audit log, which outlives the learner: it must not name anybody.
    pub fn erase_learner(
        &self,
        caller: &Caller,
        learner: &str,
        reason: Option<&str>,
    ) -> Result<(), OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        caller.needs(Scope::CredentialsRevoke)?;
        possible(learner)?;
        let reason = read_reason(reason)?;
        let row =
            desk.store.read("learner", |db| learners::get(db, learner))?.ok_or(OfficeError::NotFound)?;
        caller.sees(&row.issuer_id)?;
        if let Some(reason) = &reason {
            names_nobody(reason, row.name.as_deref(), None)?;
        }
        // First nobody can complete anything any more, then the awards go, each by itself, then the rest.
        for award in self.close(learner)? {
            self.erase(caller, &award, reason.as_deref(), None)?;
        }
        let now = desk.now();
        let detail = json!({ "learnerId": learner, "issuerId": row.issuer_id, "reason": reason });
        let act = Act::new(desk, caller, "learner.erase", learner, now, &detail);
        desk.store.write("learner.erase", |tx| {
            for enrolment in enrolments::of_learner(tx, learner)? {
                idempotency::forget_subject(tx, &enrolment.id)?;
            }
            completions::delete_of_learner(tx, learner)?;
            learners::erase(tx, learner)?;
            Ok::<_, OfficeError>(act.write(tx)?)
        })
    }

    /// Ends every enrolment of a learner and every link to one; their awards.
    fn close(&self, learner: &str) -> Result<Vec<String>, OfficeError> {
        let desk = &*self.desk;
        let now = desk.now();
        desk.store.write("learner.close", |tx| {
            let mut awards = Vec::new();
            for enrolment in enrolments::of_learner(tx, learner)? {
                let Some(mut row) = enrolments::lock(tx, &enrolment.id)? else { continue };
                awards.extend(row.credential_id.clone());
                if row.status != EnrolmentStatus::Awarded {
                    row.status = EnrolmentStatus::Withdrawn;
                }
                row.status_reason = None;
                row.external_id = None;
                row.link_version = row.link_version.saturating_add(1);
                row.revision = row.revision.saturating_add(1);
                row.updated_at = now;
                enrolments::update(tx, &row)?;
            }
            Ok(awards)
        })
    }
}
