//! What may change of an enrolment, and when it may not.

use accolade_core::Timestamp;
use accolade_store::Tx;
use accolade_store::completions::{self, Completion as Row};
use accolade_store::credentials::{self, CredentialStatus};
use accolade_store::enrolments::{Enrolment as EnrolmentRow, EnrolmentStatus};

use super::{Completion, shown};
use crate::{ConflictKind, OfficeError};

/// What is to change.
pub(super) enum Change {
    /// Something was done.
    Complete(Box<Row>),
    /// A completion is taken back.
    Withdraw { completion: String, reason: Option<String> },
    /// The award is approved.
    Approve,
    /// Another version's requirements count from now on.
    Transfer(u32),
    /// The learner leaves.
    Leave(Option<String>),
}

impl Change {
    /// Its name in the audit log.
    pub(super) fn verb(&self) -> &'static str {
        match self {
            Change::Complete(_) => "completion.record",
            Change::Withdraw { .. } => "completion.withdraw",
            Change::Approve => "enrolment.approve",
            Change::Transfer(_) => "enrolment.transfer",
            Change::Leave(_) => "enrolment.leave",
        }
    }

    /// Makes the change; says whether there was anything to change.
    pub(super) fn apply(
        &self,
        tx: &mut Tx<'_>,
        row: &mut EnrolmentRow,
        now: Timestamp,
    ) -> Result<(Option<Completion>, bool), OfficeError> {
        let left = row.status == EnrolmentStatus::Withdrawn;
        let awarded = row.status == EnrolmentStatus::Awarded;
        let gone = || Err(OfficeError::conflict(ConflictKind::EnrolmentWithdrawn, None));
        let too_late = || OfficeError::conflict(ConflictKind::AlreadyAwarded, row.credential_id.clone());
        match self {
            Change::Leave(_) if left => Ok((None, false)),
            _ if left => gone(),
            Change::Complete(new) => complete(tx, new),
            Change::Withdraw { completion, reason } => {
                let there = completions::get(tx, &row.id, completion)?.ok_or(OfficeError::NotFound)?;
                if there.withdrawn_at.is_some() {
                    return Ok((Some(shown::completion(&there)?), false));
                }
                if awarded {
                    return Err(too_late());
                }
                completions::withdraw(tx, completion, reason.as_deref(), now)?;
                Ok((Some(shown::completion(&there)?), true))
            }
            Change::Approve => Ok((None, !awarded)),
            Change::Transfer(_) if awarded => Err(too_late()),
            Change::Transfer(version) => {
                let changed = row.achievement_version != *version;
                row.achievement_version = *version;
                Ok((None, changed))
            }
            Change::Leave(reason) => {
                if awarded && !is_void(tx, row)? {
                    return Err(too_late());
                }
                row.status = EnrolmentStatus::Withdrawn;
                row.status_reason.clone_from(reason);
                // It may be given to the enrolment with which the learner comes back.
                row.external_id = None;
                Ok((None, true))
            }
        }
    }
}

/// Adds a completion, unless it is there under its external id.
fn complete(tx: &mut Tx<'_>, new: &Row) -> Result<(Option<Completion>, bool), OfficeError> {
    if let Some(external_id) = &new.external_id
        && let Some(there) = completions::of_external_id(tx, &new.enrolment_id, external_id)?
    {
        if there.order_digest != new.order_digest {
            return Err(OfficeError::conflict(ConflictKind::ExternalIdTaken, there.id));
        }
        return Ok((Some(shown::completion(&there)?), false));
    }
    completions::insert(tx, new)?;
    Ok((Some(shown::completion(new)?), true))
}

/// Whether the award of the enrolment is out of force for good.
fn is_void(tx: &mut Tx<'_>, row: &EnrolmentRow) -> Result<bool, OfficeError> {
    let Some(id) = &row.credential_id else { return Ok(true) };
    let status = credentials::lock(tx, id)?.map(|record| record.status);
    Ok(!matches!(status, Some(CredentialStatus::Active | CredentialStatus::Suspended)))
}
