//! Who achieved it, and with what results.

use serde::{Deserialize, Serialize};

use crate::achievement::Achievement;
use crate::alignment::Alignment;
use crate::class::{Class, Extensions, Types, one_or_many};
pub use crate::identifier::IdentityObject;
use crate::image::Image;
use crate::number::Credits;
use crate::profile::Profile;
use crate::vocabulary::ResultStatusType;
use crate::{Timestamp, Uri};

/// The recipient and what the recipient achieved
/// ([OB 3.0, AchievementSubject](https://www.imsglobal.org/spec/ob/v3p0/#achievementsubject)).
///
/// Always names the recipient: by `id`, by at least one `identifier`, or both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "ReadSubject")]
pub struct AchievementSubject {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uri>,
    /// Holds `AchievementSubject`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// When the activity ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_end_date: Option<Timestamp>,
    /// When the activity started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_start_date: Option<Timestamp>,
    /// Credits earned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_earned: Option<Credits>,
    /// What was achieved.
    pub achievement: Achievement,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifier: Vec<IdentityObject>,
    /// This award's own, baked image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// Number of the licence that came with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license_number: Option<String>,
    /// What connects several pieces of evidence; Markdown is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Grades, levels, status.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub result: Vec<Result>,
    /// The recipient's role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who assessed on the issuer's behalf.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Box<Profile>>,
    /// Academic term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for AchievementSubject {
    const NAME: &'static str = "AchievementSubject";
    const MEMBERS: &'static [&'static str] = &[
        "id",
        "type",
        "activityEndDate",
        "activityStartDate",
        "creditsEarned",
        "achievement",
        "identifier",
        "image",
        "licenseNumber",
        "narrative",
        "result",
        "role",
        "source",
        "term",
    ];
    const TYPES: &'static [&'static [&'static str]] = &[&["AchievementSubject"]];
}

impl AchievementSubject {
    /// A recipient known by a URI, such as a DID or a `urn:uuid:`.
    pub fn with_id(id: Uri, achievement: Achievement) -> Self {
        Self { id: Some(id), ..Self::nobody(achievement) }
    }

    /// A recipient known by an identifier, such as a hashed e-mail address.
    pub fn with_identifier(identifier: IdentityObject, achievement: Achievement) -> Self {
        Self { identifier: vec![identifier], ..Self::nobody(achievement) }
    }

    /// The same recipient with one more identifier.
    #[must_use]
    pub fn also_known_by(mut self, identifier: IdentityObject) -> Self {
        self.identifier.push(identifier);
        self
    }

    /// The recipient's URI, if there is one.
    pub fn id(&self) -> Option<&Uri> {
        self.id.as_ref()
    }

    /// The recipient's identifiers.
    pub fn identifier(&self) -> &[IdentityObject] {
        &self.identifier
    }

    /// Not complete without `id` or `identifier`, which is why nobody outside sees it.
    fn nobody(achievement: Achievement) -> Self {
        Self {
            id: None,
            type_: Types::default(),
            activity_end_date: None,
            activity_start_date: None,
            credits_earned: None,
            achievement,
            identifier: Vec::new(),
            image: None,
            license_number: None,
            narrative: None,
            result: Vec::new(),
            role: None,
            source: None,
            term: None,
            extra: Extensions::default(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReadSubject {
    id: Option<Uri>,
    #[serde(rename = "type")]
    type_: Types<AchievementSubject>,
    activity_end_date: Option<Timestamp>,
    activity_start_date: Option<Timestamp>,
    credits_earned: Option<Credits>,
    achievement: Achievement,
    #[serde(default, deserialize_with = "one_or_many")]
    identifier: Vec<IdentityObject>,
    image: Option<Image>,
    license_number: Option<String>,
    narrative: Option<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    result: Vec<Result>,
    role: Option<String>,
    source: Option<Box<Profile>>,
    term: Option<String>,
    #[serde(flatten)]
    extra: Extensions<AchievementSubject>,
}

impl TryFrom<ReadSubject> for AchievementSubject {
    type Error = &'static str;

    fn try_from(read: ReadSubject) -> std::result::Result<Self, Self::Error> {
        if read.id.is_none() && read.identifier.is_empty() {
            return Err("the credential subject needs an `id` or at least one `identifier`");
        }
        Ok(Self {
            id: read.id,
            type_: read.type_,
            activity_end_date: read.activity_end_date,
            activity_start_date: read.activity_start_date,
            credits_earned: read.credits_earned,
            achievement: read.achievement,
            identifier: read.identifier,
            image: read.image,
            license_number: read.license_number,
            narrative: read.narrative,
            result: read.result,
            role: read.role,
            source: read.source,
            term: read.term,
            extra: read.extra,
        })
    }
}

/// A result of this award ([OB 3.0, Result](https://www.imsglobal.org/spec/ob/v3p0/#result)).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Result {
    /// Holds `Result`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// URI of the rubric level reached; one of the linked description's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achieved_level: Option<Uri>,
    /// Frameworks and standards this result answers to.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<Alignment>,
    /// URI of the achievement's description of this result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_description: Option<Uri>,
    /// How far the learner came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ResultStatusType>,
    /// The value, as a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Result {
    const NAME: &'static str = "Result";
    const MEMBERS: &'static [&'static str] =
        &["type", "achievedLevel", "alignment", "resultDescription", "status", "value"];
    const TYPES: &'static [&'static [&'static str]] = &[&["Result"]];
}

impl Result {
    /// A value for a description.
    pub fn value(description: Uri, value: &str) -> Self {
        Self { value: Some(value.to_owned()), ..Self::of(description) }
    }

    /// A level of a description's rubric.
    pub fn level(description: Uri, level: Uri) -> Self {
        Self { achieved_level: Some(level), ..Self::of(description) }
    }

    /// A status for a description.
    pub fn status(description: Uri, status: ResultStatusType) -> Self {
        Self { status: Some(status), ..Self::of(description) }
    }

    fn of(description: Uri) -> Self {
        Self { result_description: Some(description), ..Self::default() }
    }
}
