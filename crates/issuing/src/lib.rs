#![doc = include_str!("../README.md")]

mod access_tokens;
mod achievements;
mod addresses;
mod api_keys;
mod award;
mod caller;
mod credentials;
mod earning;
mod erase;
mod error;
mod idempotency;
mod ids;
mod images;
mod issue;
mod issuers;
mod ledger;
mod office;
mod orders;
mod paging;
mod publication;
mod secrets;
mod signers;
mod signing_keys;
mod status;
mod status_list;
pub mod views;

pub use access_tokens::{AccessToken, FormToken, TokenRefusal};
pub use achievements::{Achievement, AchievementLinks, AchievementVersion, VersionLinks};
pub use addresses::PublicUrlError;
pub use api_keys::{ADMIN_KEY_LENGTH, ApiKey, NewApiKey};
pub use award::Awarded;
pub use caller::{Caller, Scope, Scopes};
pub use credentials::{Award, AwardAmendment, AwardLinks, AwardStatus, CredentialFilter, Visibility};
pub use earning::{
    Approved, CohortReport, Completed, Completion, CompletionOrder, Days, EarningReport, Enrolled, Enrolment,
    EnrolmentFilter, EnrolmentLinks, EnrolmentOrder, EnrolmentProgress, EnrolmentStatus, FollowedUp,
    Foreseen, ForeseenLearner, Learner, LearnerOrder, LinkedEnrolment, ProgressLink, RequirementProgress,
    TakenStatement,
};
pub use error::{ConflictKind, Fault, OfficeError};
pub use idempotency::IdempotencyKey;
pub use images::{DesignPicture, DesignWords, IMAGE_SIDES, ImageForm, ImageWarning, KeptImage, design_words};
pub use issue::{IssueOrder, IssueSuite, Issued, IssuerSuites, SuiteOffer};
pub use issuers::{IdMethod, Issuer, IssuerLinks, NewIssuer};
pub use office::{Office, OfficeParts, OpenError};
pub use orders::{AwardOrder, DuplicatePolicy, Identity, IdentityKind, Recipient};
pub use paging::{Page, PageRequest};
pub use publication::{Alternate, AssertionForm, CredentialForm, Publication, PublicationStatus, Publicly};
pub use signing_keys::{SigningKey, SigningKeyState};
