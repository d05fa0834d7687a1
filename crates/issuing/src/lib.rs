#![doc = include_str!("../README.md")]

mod achievements;
mod addresses;
mod api_keys;
mod award;
mod caller;
mod credentials;
mod error;
mod idempotency;
mod ids;
mod issue;
mod issuers;
mod ledger;
mod office;
mod orders;
mod paging;
mod publication;
mod signers;
mod signing_keys;
mod status;
mod status_list;

pub use achievements::{Achievement, AchievementLinks};
pub use addresses::PublicUrlError;
pub use api_keys::{ADMIN_KEY_LENGTH, ApiKey, NewApiKey};
pub use award::Awarded;
pub use caller::{Caller, Scope, Scopes};
pub use credentials::{Award, AwardLinks, AwardStatus, CredentialFilter};
pub use error::{ConflictKind, Fault, OfficeError};
pub use idempotency::IdempotencyKey;
pub use issue::{IssueOrder, IssueSuite, Issued, IssuerSuites, SuiteOffer};
pub use issuers::{IdMethod, Issuer, IssuerLinks, NewIssuer};
pub use office::{Office, OfficeParts, OpenError};
pub use orders::{AwardOrder, DuplicatePolicy, Identity, IdentityKind, Recipient};
pub use paging::{Page, PageRequest};
pub use publication::{Alternate, AssertionForm, CredentialForm, Publication, PublicationStatus, Publicly};
pub use signing_keys::{SigningKey, SigningKeyState};
