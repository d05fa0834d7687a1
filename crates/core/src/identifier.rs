//! Identifiers: of things and organisations in the open, of recipients plain or hashed.

use serde::{Deserialize, Serialize};

use crate::class::{Class, Only};
use crate::entropy::{Entropy, random_hex};
use crate::identity;
use crate::vocabulary::IdentifierType;

/// One more identifier of an achievement or an organisation
/// ([OB 3.0, IdentifierEntry](https://www.imsglobal.org/spec/ob/v3p0/#identifierentry)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentifierEntry {
    /// `IdentifierEntry`.
    #[serde(rename = "type", default)]
    pub type_: Only<Self>,
    /// The identifier's text.
    pub identifier: String,
    /// What kind of identifier it is.
    pub identifier_type: IdentifierType,
}

impl Class for IdentifierEntry {
    const NAME: &'static str = "IdentifierEntry";
    const MEMBERS: &'static [&'static str] = &["type", "identifier", "identifierType"];
    const TYPES: &'static [&'static [&'static str]] = &[&["IdentifierEntry"]];
}

impl IdentifierEntry {
    /// An identifier of a kind.
    pub fn new(identifier: &str, identifier_type: IdentifierType) -> Self {
        Self { type_: Only::default(), identifier: identifier.to_owned(), identifier_type }
    }
}

/// An identifier of a recipient, plain or hashed
/// ([OB 3.0, IdentityObject](https://www.imsglobal.org/spec/ob/v3p0/#identityobject)).
///
/// Its members hang together, so they are read through methods and set by the constructors only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityObject {
    #[serde(rename = "type", default)]
    type_: Only<Self>,
    hashed: bool,
    identity_hash: String,
    identity_type: IdentifierType,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
}

impl Class for IdentityObject {
    const NAME: &'static str = "IdentityObject";
    const MEMBERS: &'static [&'static str] = &["type", "hashed", "identityHash", "identityType", "salt"];
    const TYPES: &'static [&'static [&'static str]] = &[&["IdentityObject"]];
}

impl IdentityObject {
    /// An identifier that everybody who sees the badge can read.
    pub fn plain(identity: &str, identity_type: IdentifierType) -> Self {
        Self {
            type_: Only::default(),
            hashed: false,
            identity_hash: identity.to_owned(),
            identity_type,
            salt: None,
        }
    }

    /// An identifier that can be checked but not read: SHA-256 over the text and a random salt of 16 bytes.
    pub fn hashed(identity: &str, identity_type: IdentifierType, entropy: &dyn Entropy) -> Self {
        Self::salted(identity, identity_type, &random_hex(entropy, 16))
    }

    /// The same with a given salt. An empty salt is left out.
    pub fn salted(identity: &str, identity_type: IdentifierType, salt: &str) -> Self {
        Self {
            type_: Only::default(),
            hashed: true,
            identity_hash: identity::hash(identity, salt),
            identity_type,
            salt: (!salt.is_empty()).then(|| salt.to_owned()),
        }
    }

    /// Whether [`Self::identity_hash`] is a hash rather than the identifier itself.
    pub fn is_hashed(&self) -> bool {
        self.hashed
    }

    /// The hash, or the identifier itself where it is plain.
    pub fn identity_hash(&self) -> &str {
        &self.identity_hash
    }

    /// What kind of identifier it is.
    pub fn identity_type(&self) -> &IdentifierType {
        &self.identity_type
    }

    /// The salt, if there is one.
    pub fn salt(&self) -> Option<&str> {
        self.salt.as_deref()
    }

    /// Whether this is the given identifier of the given kind. False also for a hash other than SHA-256.
    pub fn is(&self, identity: &str, identity_type: &IdentifierType) -> bool {
        self.identity_type == *identity_type
            && if self.hashed {
                identity::matches(&self.identity_hash, identity, self.salt().unwrap_or_default())
                    == Some(true)
            } else {
                self.identity_hash == identity
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_recipient_is_recognised_by_the_right_address_only() {
        let recipient = IdentityObject::salted("a@example.com", IdentifierType::EmailAddress, "Kosher");
        assert!(recipient.is("a@example.com", &IdentifierType::EmailAddress));
        assert!(!recipient.is("b@example.com", &IdentifierType::EmailAddress));
        assert!(!recipient.is("a@example.com", &IdentifierType::UserName));
        assert!(!recipient.to_json().contains("a@example.com"));
    }
}
