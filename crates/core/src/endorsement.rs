//! What a third party vouches for.

use serde::{Deserialize, Serialize};

use crate::attachment::{CredentialSchema, CredentialStatus, Proof, RefreshService, TermsOfUse};
use crate::class::{Class, Extensions, Types, one_or_many};
use crate::context::Contexts;
use crate::profile::{Profile, profile_or_uri};
use crate::{Timestamp, Uri};

/// A claim of a third party about a profile, an achievement or a credential
/// ([OB 3.0, EndorsementCredential](https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndorsementCredential {
    #[serde(rename = "@context")]
    context: Contexts,
    /// The endorsement's URI.
    pub id: Uri,
    /// Holds `VerifiableCredential` and `EndorsementCredential`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// Its name.
    pub name: String,
    /// A short description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What is endorsed, and how.
    pub credential_subject: EndorsementSubject,
    /// When it was first given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_date: Option<Timestamp>,
    /// Who endorses; always written as an object.
    #[serde(deserialize_with = "profile_or_uri")]
    pub issuer: Box<Profile>,
    /// From when it counts.
    pub valid_from: Timestamp,
    /// Until when it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// Embedded proofs.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Proof>,
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    credential_schema: Vec<CredentialSchema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_status: Option<CredentialStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_service: Option<RefreshService>,
    /// Terms under which it was given.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub terms_of_use: Vec<TermsOfUse>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for EndorsementCredential {
    const NAME: &'static str = "EndorsementCredential";
    const MEMBERS: &'static [&'static str] = &[
        "@context",
        "id",
        "type",
        "name",
        "description",
        "credentialSubject",
        "awardedDate",
        "issuer",
        "validFrom",
        "validUntil",
        "proof",
        "credentialSchema",
        "credentialStatus",
        "refreshService",
        "termsOfUse",
    ];
    const TYPES: &'static [&'static [&'static str]] =
        &[&["VerifiableCredential"], &["EndorsementCredential"]];
}

impl EndorsementCredential {
    /// An endorsement with what the standard demands; proofs come later.
    pub fn new(
        id: Uri,
        name: &str,
        issuer: Profile,
        subject: EndorsementSubject,
        valid_from: Timestamp,
    ) -> Self {
        Self {
            context: Contexts::default(),
            id,
            type_: Types::default(),
            name: name.to_owned(),
            description: None,
            credential_subject: subject,
            awarded_date: None,
            issuer: Box::new(issuer),
            valid_from,
            valid_until: None,
            proof: Vec::new(),
            credential_schema: Vec::new(),
            credential_status: None,
            refresh_service: None,
            terms_of_use: Vec::new(),
            extra: Extensions::default(),
        }
    }
}

crate::attachment::attachments!(EndorsementCredential);

/// What is endorsed, and in what words
/// ([OB 3.0, EndorsementSubject](https://www.imsglobal.org/spec/ob/v3p0/#endorsementsubject)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndorsementSubject {
    /// URI of the profile, achievement or credential that is endorsed.
    pub id: Uri,
    /// Holds `EndorsementSubject`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// The endorser's words; Markdown is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endorsement_comment: Option<String>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for EndorsementSubject {
    const NAME: &'static str = "EndorsementSubject";
    const MEMBERS: &'static [&'static str] = &["id", "type", "endorsementComment"];
    const TYPES: &'static [&'static [&'static str]] = &[&["EndorsementSubject"]];
}

impl EndorsementSubject {
    /// What is endorsed, with a comment.
    pub fn new(id: Uri, comment: &str) -> Self {
        Self {
            id,
            type_: Types::default(),
            endorsement_comment: Some(comment.to_owned()),
            extra: Extensions::default(),
        }
    }
}
