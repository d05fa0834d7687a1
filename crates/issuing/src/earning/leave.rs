//! Leave: a learner gives up, or is taken off the list.

use super::Enrolment;
use super::change::Change;
use super::turn::Turn;
use crate::idempotency::Once;
use crate::status::read_reason;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Ends an enrolment; again is the same and changes nothing. The learner may be enrolled anew, and begins at the beginning.
    /// An enrolment with an award that is in force stays.
    pub fn leave(
        &self,
        caller: &Caller,
        enrolment: &str,
        reason: Option<&str>,
        key: Option<IdempotencyKey>,
    ) -> Result<Enrolment, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        let reason = read_reason(reason)?;
        let request = ["enrolment.leave", enrolment, reason.as_deref().unwrap_or_default()];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(told) = once.replay(desk)? {
            return Ok(told);
        }
        let turn = Turn { desk, caller, enrolment, change: Change::Leave(reason), now: desk.now() };
        turn.take(&once, |turned| Ok(turned.enrolment))
    }
}
