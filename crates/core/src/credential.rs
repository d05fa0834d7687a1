//! The badge itself: one achievement awarded to one recipient.

use serde::{Deserialize, Serialize};

pub use crate::attachment::{
    CredentialSchema, CredentialStatus, Evidence, Proof, RefreshService, TermsOfUse,
};
use crate::class::{Class, Extensions, Types, one_or_many};
use crate::context::Contexts;
use crate::endorsement::EndorsementCredential;
use crate::image::Image;
use crate::profile::{Profile, profile_or_uri};
use crate::subject::AchievementSubject;
use crate::{CompactJws, Timestamp, Uri};

/// An achievement awarded to a recipient, in the form of a verifiable credential
/// ([OB 3.0, AchievementCredential](https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential)).
///
/// The contexts follow what is in the credential: adding a schema, status or refresh service of a `1EdTech…` type adds
/// the context that defines it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AchievementCredential {
    #[serde(rename = "@context")]
    context: Contexts,
    /// The credential's URI.
    pub id: Uri,
    /// Holds `VerifiableCredential` and `OpenBadgeCredential` (or its other name, `AchievementCredential`).
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// Name to show in wallets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Short description to show in wallets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Picture to show in wallets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// When it was first awarded; stays when a later version has a later `validFrom`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_date: Option<Timestamp>,
    /// Who achieved what.
    pub credential_subject: AchievementSubject,
    /// What others vouch for, as credentials with embedded proofs.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub endorsement: Vec<EndorsementCredential>,
    /// What others vouch for, as VC-JWTs.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub endorsement_jwt: Vec<CompactJws>,
    /// The recipient's work.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Who awards it; always written as an object.
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
    /// Terms under which it was issued.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub terms_of_use: Vec<TermsOfUse>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for AchievementCredential {
    const NAME: &'static str = "AchievementCredential";
    const MEMBERS: &'static [&'static str] = &[
        "@context",
        "id",
        "type",
        "name",
        "description",
        "image",
        "awardedDate",
        "credentialSubject",
        "endorsement",
        "endorsementJwt",
        "evidence",
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
        &[&["VerifiableCredential"], &["OpenBadgeCredential", "AchievementCredential"]];
}

impl AchievementCredential {
    /// A credential with what the standard demands; proofs come later.
    pub fn new(id: Uri, issuer: Profile, subject: AchievementSubject, valid_from: Timestamp) -> Self {
        Self {
            context: Contexts::default(),
            id,
            type_: Types::default(),
            name: None,
            description: None,
            image: None,
            awarded_date: None,
            credential_subject: subject,
            endorsement: Vec::new(),
            endorsement_jwt: Vec::new(),
            evidence: Vec::new(),
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

crate::attachment::attachments!(AchievementCredential);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::achievement::{Achievement, Criteria};
    use crate::vocabulary::StatusPurpose;
    use crate::{OB_CONTEXTS, OPEN_BADGES_EXTENSIONS};

    fn uri(text: &str) -> Uri {
        Uri::parse(text).unwrap()
    }

    fn badge() -> AchievementCredential {
        let achievement = Achievement::new(uri("urn:uuid:1"), "Data", "Data.", Criteria::in_words("Do it."));
        let subject = AchievementSubject::with_id(uri("did:example:ada"), achievement);
        let issuer = Profile::new(uri("urn:uuid:2"), "University");
        AchievementCredential::new(
            uri("urn:uuid:3"),
            issuer,
            subject,
            Timestamp::parse("2026-11-23T10:00:00Z").unwrap(),
        )
    }

    #[test]
    fn the_extensions_context_is_listed_if_and_only_if_a_type_needs_it() {
        let bits =
            CredentialStatus::bitstring(uri("https://example.edu/status/1"), 7, StatusPurpose::Revocation);
        let badge = badge().with_status(bits);
        assert_eq!(badge.to_value()["@context"], json!(OB_CONTEXTS));
        let schema = CredentialSchema::json_schema(uri("https://example.edu/schema.json"));
        let badge = badge.with_schema(schema.clone()).with_schema(schema);
        let [first, second] = OB_CONTEXTS;
        assert_eq!(badge.to_value()["@context"], json!([first, second, OPEN_BADGES_EXTENSIONS]));
    }

    #[test]
    fn a_status_entry_has_its_index_as_a_text_and_an_id_that_is_not_the_lists() {
        let bits =
            CredentialStatus::bitstring(uri("https://example.edu/status/1"), 7, StatusPurpose::Revocation);
        assert_eq!(
            bits.to_value(),
            json!({
                "id": "https://example.edu/status/1#7",
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "7",
                "statusListCredential": "https://example.edu/status/1",
            })
        );
    }

    #[test]
    fn an_issuer_read_as_a_bare_uri_is_written_as_an_object() {
        let mut document = badge().to_value();
        document["issuer"] = json!("urn:uuid:2");
        let read = AchievementCredential::from_value(document).unwrap();
        assert_eq!(read.to_value()["issuer"], json!({"id": "urn:uuid:2", "type": ["Profile"]}));
    }

    #[test]
    fn a_subject_that_names_nobody_cannot_be_read() {
        let mut document = badge().to_value();
        document["credentialSubject"] = json!({
            "type": ["AchievementSubject"],
            "identifier": [],
            "achievement": document["credentialSubject"]["achievement"].clone(),
        });
        let why = AchievementCredential::from_value(document).unwrap_err().to_string();
        assert!(why.contains("needs an `id` or at least one `identifier`"), "{why}");
    }
}
