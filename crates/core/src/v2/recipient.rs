//! The recipient of a 2.0 assertion.

use serde::Serialize;

use crate::identifier;
use crate::subject::AchievementSubject;
use crate::vocabulary::IdentifierType;

/// Who a 2.0 assertion is for, plain or hashed
/// ([OB 2.0, IdentityObject](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#IdentityObject)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdentityObject {
    /// `email`, `url`, `telephone` or `id`.
    #[serde(rename = "type")]
    pub type_: &'static str,
    /// Whether `identity` is a hash.
    pub hashed: bool,
    /// The salt of the hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The identifier or its hash.
    pub identity: String,
}

/// The subject has no identifier that 2.0 knows: neither e-mail address, URL, telephone number nor URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the recipient has no e-mail address, URL, telephone number or URI, which is all that Open Badges 2.0 knows"
)]
pub struct NoRecipient;

impl IdentityObject {
    /// The subject's first identifier of a kind that 2.0 knows, else its URI.
    pub fn from_subject(subject: &AchievementSubject) -> Result<Self, NoRecipient> {
        subject
            .identifier()
            .iter()
            .find_map(Self::from_identifier)
            .or_else(|| {
                let id = subject.id()?.to_string();
                Some(Self { type_: "id", hashed: false, salt: None, identity: id })
            })
            .ok_or(NoRecipient)
    }

    fn from_identifier(identifier: &identifier::IdentityObject) -> Option<Self> {
        Some(Self {
            type_: v2_type(identifier.identity_type())?,
            hashed: identifier.is_hashed(),
            salt: identifier.salt().map(str::to_owned),
            identity: identifier.identity_hash().to_owned(),
        })
    }
}

/// The word of 2.0 for a kind of identifier. Of `ext:` terms, which 3.0 leaves to the issuer, the obvious ones.
fn v2_type(identifier_type: &IdentifierType) -> Option<&'static str> {
    match identifier_type.as_str() {
        "emailAddress" => Some("email"),
        "ext:url" => Some("url"),
        "ext:telephone" | "ext:phone" => Some("telephone"),
        _ => None,
    }
}
