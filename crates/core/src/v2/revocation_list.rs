//! Which signed assertions no longer count.

use serde::Serialize;

use super::{Context, constant};
use crate::Uri;

constant! {
    /// `RevocationList`.
    RevocationListType, "RevocationList"
}

/// An issuer's list of signed assertions that no longer count
/// ([OB 2.0, RevocationList](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#RevocationList)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RevocationList {
    #[serde(rename = "@context")]
    context: Context,
    /// URL of this document.
    pub id: Uri,
    #[serde(rename = "type")]
    type_: RevocationListType,
    /// URL of the issuer.
    pub issuer: Uri,
    revoked_assertions: Vec<RevokedEntry>,
}

/// One assertion that no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedEntry {
    /// The assertion's id.
    pub id: Uri,
    /// Why, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_reason: Option<String>,
}

/// A random UUID whose random bits are all zero: no assertion ever has it. The nil UUID would not do, the same validator
/// takes only UUIDs that carry a version.
const NOBODY: &str = "urn:uuid:00000000-0000-4000-8000-000000000000";

impl RevocationList {
    /// The list of an issuer. A list of exactly one entry gets a second one that matches no assertion, because the most
    /// used validator misreads a single entry and then accepts what was revoked.
    pub fn new(id: Uri, issuer: Uri, mut revoked: Vec<RevokedEntry>) -> Self {
        if revoked.len() == 1 {
            revoked.push(RevokedEntry { id: Uri::trusted(NOBODY), revocation_reason: None });
        }
        Self { context: Context, id, type_: RevocationListType, issuer, revoked_assertions: revoked }
    }

    /// The entries as they are published.
    pub fn revoked_assertions(&self) -> &[RevokedEntry] {
        &self.revoked_assertions
    }

    /// The document as JSON text, members in declared order.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
