//! What a third party vouches for, in 2.0.

use serde::Serialize;

use super::{Context, Verification, constant};
use crate::endorsement::EndorsementCredential;
use crate::{Timestamp, Uri};

constant! {
    /// `Endorsement`.
    EndorsementType, "Endorsement"
}

/// A claim of a third party, in 2.0
/// ([OB 2.0, Endorsement](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Endorsement)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Endorsement {
    #[serde(rename = "@context")]
    context: Context,
    /// Its URL.
    pub id: Uri,
    #[serde(rename = "type")]
    type_: EndorsementType,
    /// What is endorsed, and in what words.
    pub claim: Claim,
    /// URL of the endorser.
    pub issuer: Uri,
    /// When it was given.
    pub issued_on: Timestamp,
    /// How to verify it.
    pub verification: Verification,
}

/// What is endorsed, and in what words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// What is endorsed.
    pub id: Uri,
    /// The endorser's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endorsement_comment: Option<String>,
}

impl Endorsement {
    /// The endorsement as a hosted 2.0 one: its own URL, that of what is endorsed and that of the endorser in 2.0.
    pub fn hosted(endorsement: &EndorsementCredential, id: Uri, endorsed: Uri, issuer: Uri) -> Self {
        Self {
            context: Context,
            id,
            type_: EndorsementType,
            claim: Claim {
                id: endorsed,
                endorsement_comment: endorsement.credential_subject.endorsement_comment.clone(),
            },
            issuer,
            issued_on: endorsement.awarded_date.unwrap_or(endorsement.valid_from),
            verification: Verification { type_: "HostedBadge", creator: None },
        }
    }

    /// The document as JSON text, members in declared order.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
