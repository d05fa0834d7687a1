//! `did:key`: the identifier is the key itself ([did:key](https://w3c-ccg.github.io/did-key-spec/)).

use serde_json::{Value, json};

use super::{AUTHENTICATION, DidError, DocumentKey, KeyForm, did_document};
use crate::multikey::{self, Flaw};
use crate::{KeyError, PublicKey};

const PREFIX: &str = "did:key:";

/// The `did:key` of an Ed25519, P-256 or P-384 key; RSA keys have none.
pub fn did_key(key: &PublicKey) -> Option<String> {
    key.to_multibase().map(|multibase| format!("{PREFIX}{multibase}"))
}

/// The one verification method of a `did:key`: the identifier, `#`, and the key again.
pub fn did_key_method(key: &PublicKey) -> Option<String> {
    key.to_multibase().map(|multibase| format!("{PREFIX}{multibase}#{multibase}"))
}

/// Why a text is not a `did:key`, by the errors the method publishes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DidKeyError {
    /// Not `did:key:` and a multibase text of base58btc. A version before the key, which nobody writes, is not taken: one
    /// key is to have one identifier.
    #[error("not a did:key: {0}")]
    InvalidDid(&'static str),
    /// The key's length is not that of its kind.
    #[error("the key in the did:key has not the length of its kind")]
    InvalidPublicKeyLength,
    /// No proper key of its kind: a point off the curve, or a weak one.
    #[error("the key in the did:key is not usable: {0}")]
    InvalidPublicKey(KeyError),
    /// A kind of key that badges are not signed with here.
    #[error("the did:key is of a kind of key that is not supported")]
    UnsupportedPublicKeyType,
}

impl DidKeyError {
    /// The published name: `invalidDid`, `invalidPublicKeyLength`, `invalidPublicKey` or `unsupportedPublicKeyType`.
    pub fn published(&self) -> &'static str {
        match self {
            Self::InvalidDid(_) => "invalidDid",
            Self::InvalidPublicKeyLength => "invalidPublicKeyLength",
            Self::InvalidPublicKey(_) => "invalidPublicKey",
            Self::UnsupportedPublicKeyType => "unsupportedPublicKeyType",
        }
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::InvalidDid(_) => "bad_identifier",
            Self::InvalidPublicKeyLength => "bad_multikey",
            Self::InvalidPublicKey(error) => error.code(),
            Self::UnsupportedPublicKeyType => "unsupported_key",
        }
    }
}

/// The key a `did:key` (without fragment) is.
pub fn parse_did_key(did: &str) -> Result<PublicKey, DidKeyError> {
    let text = did.strip_prefix(PREFIX).ok_or(DidKeyError::InvalidDid("it does not start with did:key:"))?;
    multikey::read(text).map_err(|flaw| match flaw {
        Flaw::Text(reason) => DidKeyError::InvalidDid(reason),
        Flaw::Codec => DidKeyError::UnsupportedPublicKeyType,
        Flaw::Length => DidKeyError::InvalidPublicKeyLength,
        Flaw::Key(error) => DidKeyError::InvalidPublicKey(error),
    })
}

/// The document a `did:key` stands for: its one key as a Multikey, for everything a signing key may do. A key for
/// encryption is not derived from it.
pub fn did_key_document(did: &str) -> Result<Value, DidKeyError> {
    let key = parse_did_key(did)?;
    let id = format!("{did}#{}", did.strip_prefix(PREFIX).unwrap_or_default());
    let mut document = did_document(did, &[DocumentKey { id: id.clone(), key, form: KeyForm::Multikey }]);
    if let Some(members) = document.as_object_mut() {
        for relationship in [AUTHENTICATION, "capabilityInvocation", "capabilityDelegation"] {
            members.insert(relationship.into(), json!([id]));
        }
    }
    Ok(document)
}

/// The key of a `did:key` verification method; what follows `#` must be the same key, letter for letter.
pub fn parse_did_key_method(method: &str) -> Result<PublicKey, DidError> {
    let (did, fragment) = method
        .split_once('#')
        .ok_or(DidError::BadIdentifier("a did:key verification method has a fragment"))?;
    if did.strip_prefix(PREFIX) != Some(fragment) {
        return Err(DidError::BadIdentifier("the fragment is not the key of the did:key before it"));
    }
    Ok(parse_did_key(did)?)
}
