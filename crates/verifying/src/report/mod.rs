//! The examiner's word: a verdict, who and what it is about, and every check with its reason.

mod notes;
pub(crate) mod steps;
pub mod text;

pub(crate) use notes::{Flaw, Trouble};

use accolade_core::Timestamp;
use serde::{Serialize, Serializer};

/// The result of one examination. Serialises to the JSON of `POST /v1/verify`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The verdict over all checks.
    pub outcome: Outcome,
    /// Which standard and which form the badge has; `None` where that could not be told.
    pub format: Option<Format>,
    /// The badge itself.
    pub credential: Option<CredentialView>,
    /// Who issued it, as the badge or the issuer's own document says.
    pub issuer: Option<IssuerView>,
    /// What it is awarded for.
    pub achievement: Option<AchievementView>,
    /// Whom it was awarded to.
    pub recipient: Option<RecipientView>,
    /// Whether the issuer still stands by it.
    pub status: StatusView,
    /// Every step that was taken, in order.
    pub checks: Vec<Check>,
    /// What a presentation or a learner's record holds, each credential examined by itself, in their order there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Self>,
    /// The whole id of the one subject; what is shown of it may be shortened.
    #[serde(skip)]
    pub(crate) subject: Option<String>,
}

/// The verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Every check passed.
    Valid,
    /// At least one check failed.
    Invalid,
    /// Nothing failed, but something that must be known could not be reached.
    Unknown,
}

/// Standard and form of a badge, or of what holds or endorses badges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Open Badges 3.0, JSON with an embedded Data Integrity proof.
    V3EmbeddedProof,
    /// Open Badges 3.0, VC-JWT.
    V3Jwt,
    /// An endorsement of Open Badges 3.0, in whichever form.
    V3Endorsement,
    /// A comprehensive learner record 2.0, in whichever form.
    V3Clr,
    /// A presentation, JSON, with or without a proof.
    V3Presentation,
    /// A presentation as a token.
    V3PresentationJwt,
    /// A verifiable credential that is no badge.
    Credential,
    /// Open Badges 2.0, hosted Assertion.
    V2Hosted,
    /// Open Badges 2.0, signed Assertion.
    V2Signed,
    /// Open Badges 2.1, hosted Assertion.
    V2p1Hosted,
    /// Open Badges 2.1, signed Assertion.
    V2p1Signed,
    /// Open Badges 1.0 or 1.1, hosted Assertion.
    V1Hosted,
    /// Open Badges 1.0 or 1.1, signed Assertion.
    V1Signed,
}

impl Format {
    /// The name, as the JSON report has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V3EmbeddedProof => "OpenBadges 3.0 embedded proof",
            Self::V3Jwt => "OpenBadges 3.0 VC-JWT",
            Self::V3Endorsement => "OpenBadges 3.0 endorsement",
            Self::V3Clr => "Comprehensive Learner Record 2.0",
            Self::V3Presentation => "Verifiable Presentation",
            Self::V3PresentationJwt => "Verifiable Presentation VP-JWT",
            Self::Credential => "Verifiable Credential",
            Self::V2Hosted => "OpenBadges 2.0 hosted",
            Self::V2Signed => "OpenBadges 2.0 signed",
            Self::V2p1Hosted => "OpenBadges 2.1 hosted",
            Self::V2p1Signed => "OpenBadges 2.1 signed",
            Self::V1Hosted => "OpenBadges 1.1 hosted",
            Self::V1Signed => "OpenBadges 1.1 signed",
        }
    }
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One step of the examination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Which step, a stable name such as `proof`, `key` or `status`; see [`crate::report`].
    pub id: &'static str,
    /// How it went.
    pub outcome: CheckOutcome,
    /// Stable name of the reason where a check did not pass, such as `expired` or `key_not_controlled_by_issuer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// What was found, in words for people who do not know the standard.
    pub detail: String,
    /// Link to the place in the standard that demands this step.
    pub spec: &'static str,
}

/// How one check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckOutcome {
    /// As the standard demands.
    Passed,
    /// Broken: the badge is not valid.
    Failed,
    /// Unusual, but no reason to doubt the badge.
    Warning,
    /// Not done, because it does not apply or an earlier step already failed.
    Skipped,
    /// Could not be decided, because something could not be reached.
    Unknown,
}

/// The badge in the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialView {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// When it was awarded, where that is said apart from `valid_from`.
    pub awarded_date: Option<Timestamp>,
    /// From when it is valid (2.0: `issuedOn`).
    pub valid_from: Option<Timestamp>,
    /// Until when it is valid (2.0: `expires`).
    pub valid_until: Option<Timestamp>,
}

/// The issuer in the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuerView {
    /// The issuer's id: the one thing here that the proof ties to a key.
    pub id: String,
    /// The name the issuer gives itself.
    pub name: Option<String>,
    /// The issuer's web page, by its own word.
    pub url: Option<String>,
}

/// The achievement in the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AchievementView {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// What it is, in words.
    pub description: Option<String>,
    /// `achievementType` of 3.0, such as `MicroCredential`.
    pub achievement_type: Option<String>,
}

/// The recipient in the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecipientView {
    /// `credentialSubject.id` of 3.0.
    pub id: Option<String>,
    /// Name, where the badge states one in plain text.
    pub name: Option<String>,
    /// Which kinds of identifier the badge names the recipient by, such as `emailAddress`.
    pub identified_by: Vec<String>,
    /// Whether the expected recipient is this one; `None` where the caller named nobody.
    pub matches: Option<bool>,
}

/// Whether the issuer still stands by the badge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// The state found.
    pub state: StatusState,
    /// The reason the issuer gives, where it gives one.
    pub reason: Option<String>,
}

/// State of a badge by the issuer's own word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusState {
    /// Looked up, and in force.
    Active,
    /// Revoked for good.
    Revoked,
    /// Suspended for now.
    Suspended,
    /// The badge names no place where a revocation would be told.
    None,
    /// Could not be looked up.
    #[default]
    Unknown,
}
