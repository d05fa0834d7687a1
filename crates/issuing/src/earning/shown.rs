//! Verb signatures; bodies follow.
use super::*;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Page, PageRequest};
use accolade_core::Timestamp;

#[allow(missing_docs, unused_variables, clippy::missing_errors_doc)]
impl Office {
    /// Enrols a learner; again for the same learner gives the enrolment that is there.
    pub fn enrol(
        &self,
        caller: &Caller,
        achievement: &str,
        order: EnrolmentOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Enrolled, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn enrolment(&self, caller: &Caller, id: &str) -> Result<Enrolment, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn enrolments(
        &self,
        caller: &Caller,
        achievement: &str,
        filter: &EnrolmentFilter,
        page: &PageRequest,
    ) -> Result<Page<Enrolment>, OfficeError> {
        Err(OfficeError::NotFound)
    }
    /// The requirements of an enrolment's version, as achievements have them.
    pub fn enrolment_requirements(&self, caller: &Caller, id: &str) -> Result<Option<Value>, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn complete(
        &self,
        caller: &Caller,
        enrolment: &str,
        order: &CompletionOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Completed, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn complete_for(
        &self,
        caller: &Caller,
        achievement: &str,
        learner: &LearnerOrder,
        order: &CompletionOrder,
    ) -> Result<Completed, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn foresee(
        &self,
        caller: &Caller,
        achievement: &str,
        completions: &[(LearnerOrder, CompletionOrder)],
    ) -> Result<Foreseen, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn withdraw_completion(
        &self,
        caller: &Caller,
        enrolment: &str,
        completion: &str,
        reason: Option<&str>,
        key: Option<IdempotencyKey>,
    ) -> Result<Enrolment, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn approve(
        &self,
        caller: &Caller,
        enrolment: &str,
        key: Option<IdempotencyKey>,
    ) -> Result<Approved, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn leave(
        &self,
        caller: &Caller,
        enrolment: &str,
        reason: Option<&str>,
        key: Option<IdempotencyKey>,
    ) -> Result<Enrolment, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn transfer(
        &self,
        caller: &Caller,
        enrolment: &str,
        key: Option<IdempotencyKey>,
    ) -> Result<Enrolment, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn progress_link(
        &self,
        caller: &Caller,
        enrolment: &str,
        until: Option<Timestamp>,
    ) -> Result<ProgressLink, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn revoke_progress_links(&self, caller: &Caller, enrolment: &str) -> Result<(), OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn progress_by_link(&self, token: &str) -> Result<Option<LinkedEnrolment>, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn earning_report(
        &self,
        caller: &Caller,
        achievement: &str,
        cohort: Option<&str>,
    ) -> Result<EarningReport, OfficeError> {
        Err(OfficeError::NotFound)
    }
    pub fn erase_learner(
        &self,
        caller: &Caller,
        learner: &str,
        reason: Option<&str>,
    ) -> Result<(), OfficeError> {
        Err(OfficeError::NotFound)
    }
}
