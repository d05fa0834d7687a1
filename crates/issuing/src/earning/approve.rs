//! Approve: a coordinator says that what is satisfied is earned.

use super::Approved;
use super::change::Change;
use super::turn::{Turn, Turned};
use crate::idempotency::Once;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Approves an enrolment whose requirements are satisfied, and makes the award; again gives the award that was made.
    pub fn approve(
        &self,
        caller: &Caller,
        enrolment: &str,
        key: Option<IdempotencyKey>,
    ) -> Result<Approved, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        caller.needs(Scope::CredentialsAward)?;
        let once = Once::new(desk, caller, key.as_ref(), &["enrolment.approve", enrolment]);
        if let Some(told) = once.replay(desk)? {
            return Ok(told);
        }
        Turn { desk, caller, enrolment, change: Change::Approve, now: desk.now() }.take(&once, approved)
    }
}

fn approved(turned: Turned) -> Result<Approved, OfficeError> {
    let award = turned.award.ok_or_else(|| OfficeError::corrupt("an approval without an award"))?;
    Ok(Approved { enrolment: turned.enrolment, award })
}
