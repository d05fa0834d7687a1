//! Withdraw: a completion is taken back, and counts for nothing from then on.

use super::Enrolment;
use super::change::Change;
use super::turn::Turn;
use crate::idempotency::Once;
use crate::ids::is_id;
use crate::status::read_reason;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Takes a completion back; again is the same and changes nothing. What led to an award stays: revoke the award instead.
    pub fn withdraw_completion(
        &self,
        caller: &Caller,
        enrolment: &str,
        completion: &str,
        reason: Option<&str>,
        key: Option<IdempotencyKey>,
    ) -> Result<Enrolment, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        if !is_id(completion) {
            return Err(OfficeError::NotFound);
        }
        let reason = read_reason(reason)?;
        let request = ["completion.withdraw", enrolment, completion, reason.as_deref().unwrap_or_default()];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(told) = once.replay(desk)? {
            return Ok(told);
        }
        let change = Change::Withdraw { completion: completion.to_owned(), reason };
        Turn { desk, caller, enrolment, change, now: desk.now() }.take(&once, |turned| Ok(turned.enrolment))
    }
}
