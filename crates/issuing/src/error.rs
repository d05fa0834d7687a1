//! Why the office could not do what was asked. No HTTP here: the HTTP layer has one table that maps these.

use std::fmt;

use accolade_store::StoreError;
use serde::{Deserialize, Serialize};

use crate::Scope;

/// One thing wrong with a request: where (a JSON pointer into *the request*), which rule, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// RFC 6901 pointer into the request body, `""` for the body itself.
    pub pointer: String,
    /// The stable name of the broken rule, such as `unknown_member` or `ob3.achievement.name`.
    pub rule: String,
    /// One sentence for a person.
    pub detail: String,
}

impl Fault {
    /// A fault at `pointer` against `rule`.
    pub fn new(pointer: impl Into<String>, rule: impl Into<String>, detail: impl Into<String>) -> Self {
        Fault { pointer: pointer.into(), rule: rule.into(), detail: detail.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.pointer, self.detail, self.rule)
    }
}

/// What stands in the way of a request that was well formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictKind {
    /// The `Idempotency-Key` was used before for another request.
    IdempotencyKeyReused,
    /// The recipient holds this achievement already, and `onDuplicate` is `reject`.
    DuplicateAward,
    /// The `externalId` belongs to another award of this issuer, made from another order.
    ExternalIdTaken,
    /// The award is revoked, and a revocation is final.
    Revoked,
    /// The award is erased: nothing is left of it that could change.
    Erased,
    /// The signing key is not in the state that the act needs.
    KeyState,
    /// The key signs status lists and cannot be retired without a successor: rotate it instead.
    KeyInUse,
    /// The issuer is named by this key (`idMethod: key`): another key would be another issuer.
    NamedByKey,
    /// The achievement has no requirements, or none in the version that the learner enrolled for.
    NoRequirements,
    /// The learner has left, or was erased.
    EnrolmentWithdrawn,
    /// The award was made: what led to it stays. Revoke the award instead.
    AlreadyAwarded,
    /// There is nothing to approve: the requirements are not satisfied.
    NotSatisfied,
}

impl ConflictKind {
    /// The stable name, such as `duplicate_award`.
    pub fn as_str(self) -> &'static str {
        match self {
            ConflictKind::IdempotencyKeyReused => "idempotency_key_reused",
            ConflictKind::DuplicateAward => "duplicate_award",
            ConflictKind::ExternalIdTaken => "external_id_taken",
            ConflictKind::Revoked => "revoked",
            ConflictKind::Erased => "erased",
            ConflictKind::KeyState => "key_state",
            ConflictKind::KeyInUse => "key_in_use",
            ConflictKind::NamedByKey => "named_by_key",
            ConflictKind::NoRequirements => "no_requirements",
            ConflictKind::EnrolmentWithdrawn => "enrolment_withdrawn",
            ConflictKind::AlreadyAwarded => "already_awarded",
            ConflictKind::NotSatisfied => "not_satisfied",
        }
    }
}

/// Why the office could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The secret is unknown, revoked or expired. The caller must bring another.
    #[error("the API key or access token is not known here, was revoked or has expired")]
    Unauthenticated,
    /// The caller is known but may not do this.
    #[error("this needs the scope {needs}")]
    Forbidden {
        /// The scope that would have been enough.
        needs: Scope,
    },
    /// There is no such thing, or not for this caller: both look the same on purpose.
    #[error("there is no such thing here")]
    NotFound,
    /// The award is private, and its share key was not brought.
    #[error("this award is private: its holder can share it with a link that has its key")]
    Private,
    /// The request can be read but breaks rules; every broken rule is listed, and nothing was stored.
    #[error("the request breaks {} rule(s): {}", .0.len(), Faults(.0))]
    Rejected(Vec<Fault>),
    /// The request is fine but something already there stands in its way.
    #[error("{}", conflict_in_words(*.kind))]
    Conflict {
        /// What stands in the way.
        kind: ConflictKind,
        /// The id of the thing that stands in the way, where there is one.
        existing: Option<String>,
    },
    /// The cursor of a page is not one of ours.
    #[error("the cursor is not one that a page of this list gave out")]
    BadCursor,
    /// The master key does not open the keys in this database. The operator must bring the right one.
    #[error("the master key does not open the signing keys in this database")]
    WrongMasterKey,
    /// The issuer has no active key for this. The operator must rotate its keys.
    #[error("the issuer has no active {purpose} key: rotate its keys")]
    NoActiveKey {
        /// The purpose that lacks a key, as in the key list.
        purpose: &'static str,
    },
    /// A signature could not be made, or what was signed did not verify. Nothing was stored.
    #[error("signing failed: {0}")]
    Signing(String),
    /// The request names a picture that is elsewhere: fetch it and ask again, through [`Office::with_image`](crate::Office::with_image).
    #[error("the image at {0} must be fetched first")]
    ImageElsewhere(String),
    /// A picture that was taken in could not be drawn: a defect of ours.
    #[error("a picture could not be drawn: {0}")]
    Drawing(String),
    /// The database could not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the database holds cannot be read: a defect of ours, or of the disk.
    #[error("stored data is not readable: {0}")]
    Corrupt(String),
}

impl OfficeError {
    /// A rejection with a single fault.
    pub fn rejected(pointer: impl Into<String>, rule: impl Into<String>, detail: impl Into<String>) -> Self {
        OfficeError::Rejected(vec![Fault::new(pointer, rule, detail)])
    }

    pub(crate) fn conflict(kind: ConflictKind, existing: impl Into<Option<String>>) -> Self {
        OfficeError::Conflict { kind, existing: existing.into() }
    }

    pub(crate) fn corrupt(what: impl fmt::Display) -> Self {
        OfficeError::Corrupt(what.to_string())
    }

    pub(crate) fn signing(why: impl fmt::Display) -> Self {
        OfficeError::Signing(why.to_string())
    }
}

fn conflict_in_words(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::IdempotencyKeyReused => "this idempotency key was used for another request",
        ConflictKind::DuplicateAward => "the recipient holds this achievement already",
        ConflictKind::ExternalIdTaken => "this externalId belongs to an award made from another order",
        ConflictKind::Revoked => "the award is revoked, and a revocation is final",
        ConflictKind::Erased => "the award is erased: nothing is left of it that could change",
        ConflictKind::KeyState => "the signing key is not in a state that allows this",
        ConflictKind::KeyInUse => {
            "the key signs the status lists: rotate it, which retires it and puts a new one in its place"
        }
        ConflictKind::NamedByKey => {
            "the issuer is named by this key, and another key would be another issuer"
        }
        ConflictKind::NoRequirements => {
            "the achievement has no requirements that could be completed: write them into it, or transfer the enrolment"
        }
        ConflictKind::EnrolmentWithdrawn => "the learner has left: enrol the learner again",
        ConflictKind::AlreadyAwarded => {
            "the award was made, and what led to it stays: revoke the award instead"
        }
        ConflictKind::NotSatisfied => {
            "the requirements are not satisfied yet, so there is nothing to approve"
        }
    }
}

struct Faults<'a>(&'a [Fault]);

impl fmt::Display for Faults<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}
