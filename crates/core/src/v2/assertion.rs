//! One award in 2.0.

use serde::Serialize;

use super::{Context, IdentityObject, NoRecipient, constant};
use crate::credential::{self, AchievementCredential};
use crate::uri::is_web;
use crate::{Timestamp, Uri};

constant! {
    /// `Assertion`.
    AssertionType, "Assertion"
}

/// One award in 2.0
/// ([OB 2.0, Assertion](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Assertion)).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Assertion {
    #[serde(rename = "@context")]
    context: Context,
    /// URL of a hosted assertion, `urn:uuid:` of a signed one.
    pub id: Uri,
    #[serde(rename = "type")]
    type_: AssertionType,
    /// Who it is for.
    pub recipient: IdentityObject,
    /// URL of the badge class.
    pub badge: Uri,
    /// How to verify it.
    pub verification: Verification,
    /// When it was awarded.
    pub issued_on: Timestamp,
    /// URL of the baked image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Uri>,
    /// The recipient's work.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What connects the evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Until when it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

/// What a 2.0 assertion points to and the 3.0 credential does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssertionLinks {
    /// The assertion's own id: its URL if hosted, a `urn:uuid:` if signed.
    pub id: Uri,
    /// URL of the badge class.
    pub badge: Uri,
    /// URL of the baked image, if there is one; the validator refuses data URIs here.
    pub image: Option<Uri>,
}

impl Assertion {
    /// The award as an assertion that is true because it is found at its URL.
    pub fn hosted(credential: &AchievementCredential, links: AssertionLinks) -> Result<Self, NoRecipient> {
        Self::build(credential, links, Verification { type_: "HostedBadge", creator: None })
    }

    /// The award as an assertion to be signed with the key of URL `creator`.
    pub fn signed(
        credential: &AchievementCredential,
        links: AssertionLinks,
        creator: Uri,
    ) -> Result<Self, NoRecipient> {
        Self::build(credential, links, Verification { type_: "SignedBadge", creator: Some(creator) })
    }

    fn build(
        credential: &AchievementCredential,
        links: AssertionLinks,
        verification: Verification,
    ) -> Result<Self, NoRecipient> {
        let subject = &credential.credential_subject;
        Ok(Self {
            context: Context,
            id: links.id,
            type_: AssertionType,
            recipient: IdentityObject::from_subject(subject)?,
            badge: links.badge,
            verification,
            issued_on: credential.awarded_date.unwrap_or(credential.valid_from),
            image: links.image.filter(|image| is_web(image)),
            evidence: credential.evidence.iter().map(Evidence::from).collect(),
            narrative: subject.narrative.clone(),
            expires: credential.valid_until,
        })
    }

    /// The document as a JSON value.
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The document as JSON text, members in declared order.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// How to verify an assertion
/// ([OB 2.0, VerificationObject](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#VerificationObject)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// `HostedBadge` or `SignedBadge`.
    #[serde(rename = "type")]
    pub type_: &'static str,
    /// URL of the key, if signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Uri>,
}

/// A piece of the recipient's work
/// ([OB 2.0, Evidence](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Evidence)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    #[serde(rename = "type")]
    type_: EvidenceType,
    /// Where the work is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// How it came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A longer description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What kind of work it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// Whom it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
}

constant! {
    /// `Evidence`.
    EvidenceType, "Evidence"
}

impl From<&credential::Evidence> for Evidence {
    fn from(evidence: &credential::Evidence) -> Self {
        Self {
            type_: EvidenceType,
            id: evidence.id.clone(),
            narrative: evidence.narrative.clone(),
            name: evidence.name.clone(),
            description: evidence.description.clone(),
            genre: evidence.genre.clone(),
            audience: evidence.audience.clone(),
        }
    }
}

/// What stands at the URL of a hosted assertion after it was revoked, with status 410
/// ([OB 2.0, hosted verification](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#hosted-verification)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedAssertion {
    #[serde(rename = "@context")]
    context: Context,
    /// URL of the assertion.
    pub id: Uri,
    #[serde(rename = "type")]
    type_: AssertionType,
    revoked: bool,
    /// Why, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_reason: Option<String>,
}

impl RevokedAssertion {
    /// The tombstone of an assertion.
    pub fn new(id: Uri, reason: Option<&str>) -> Self {
        Self {
            context: Context,
            id,
            type_: AssertionType,
            revoked: true,
            revocation_reason: reason.map(str::to_owned),
        }
    }

    /// The document as JSON text, members in declared order.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
