//! Transfer: from now on the requirements of the achievement's current version count.

use accolade_store::achievements;

use super::Enrolment;
use super::change::Change;
use super::turn::Turn;
use crate::idempotency::Once;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Takes an enrolment to the achievement's current version. Completions of requirements that are there by the same id count
    /// on; if they satisfy the requirements as they are now, the award is made.
    pub fn transfer(
        &self,
        caller: &Caller,
        enrolment: &str,
        key: Option<IdempotencyKey>,
    ) -> Result<Enrolment, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        let once = Once::new(desk, caller, key.as_ref(), &["enrolment.transfer", enrolment]);
        if let Some(told) = once.replay(desk)? {
            return Ok(told);
        }
        let row = desk.enrolled(caller, enrolment)?.enrolment;
        let current = desk.store.read("transfer", |db| achievements::get(db, &row.achievement_id))?;
        let version = current.ok_or(OfficeError::NotFound)?.version;
        let turn = Turn { desk, caller, enrolment, change: Change::Transfer(version), now: desk.now() };
        turn.take(&once, |turned| Ok(turned.enrolment))
    }
}
