//! How the world opens an award: every public form of it goes through here.

use accolade_store::credentials::{self as store, Credential, CredentialStatus};
use serde_json::Value;

use super::Visibility;
use crate::OfficeError;
use crate::office::Desk;

/// What somebody finds who asks for an award from outside.
pub(crate) enum Opened {
    /// The award.
    Open(Box<OpenAward>),
    /// It was erased: nothing but its id is left.
    Erased,
}

/// An award that may be shown.
pub(crate) struct OpenAward {
    pub(crate) row: Credential,
    /// Whether the share key was brought.
    pub(crate) shared: bool,
}

impl Desk {
    /// Opens an award's documents for whoever brings `key`, or for everybody. `None` where there is no such award.
    ///
    /// # Errors
    /// [`OfficeError::Private`] where it is private and the key is not its share key.
    pub(crate) fn open_award(&self, id: &str, key: Option<&str>) -> Result<Option<Opened>, OfficeError> {
        let Some(row) = self.store.read("credential.open", |db| store::get(db, id))? else {
            return Ok(None);
        };
        if row.record.status == CredentialStatus::Erased {
            return Ok(Some(Opened::Erased));
        }
        let shared = key.is_some_and(|key| self.share_keys.opens(key, id, row.record.share_version));
        if Visibility::from(row.record.visibility) == Visibility::Private && !shared {
            return Err(OfficeError::Private);
        }
        Ok(Some(Opened::Open(Box::new(OpenAward { row, shared }))))
    }
}

impl OpenAward {
    /// The recipient's name, where it may be shown: on a public award, and to whoever brought the share key.
    pub(crate) fn recipient_name(&self, document: &Value) -> Option<String> {
        let shown = self.shared || Visibility::from(self.row.record.visibility) == Visibility::Public;
        let name = || self.row.record.recipient_name.clone().or_else(|| signed_name(document));
        if shown { name() } else { None }
    }
}

/// The name in plain text in the signed credential: awards from before names were kept apart have it only there.
pub(crate) fn signed_name(document: &Value) -> Option<String> {
    let identifiers = document.pointer("/credentialSubject/identifier")?.as_array()?;
    let name = identifiers.iter().find(|identity| {
        identity.get("identityType").and_then(Value::as_str) == Some("name")
            && identity.get("hashed").and_then(Value::as_bool) == Some(false)
    })?;
    name.get("identityHash").and_then(Value::as_str).map(str::to_owned)
}
