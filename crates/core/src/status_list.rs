//! The credential that publishes a list of statuses.

use serde::{Deserialize, Serialize};

use crate::class::{Class, Only, Types, one_or_many};
use crate::context::CREDENTIALS_V2;
use crate::credential::Proof;
use crate::vocabulary::StatusPurpose;
use crate::{Timestamp, Uri};

/// A signed list of bits, one for each credential that names it
/// ([Bitstring Status List](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BitstringStatusListCredential {
    #[serde(rename = "@context")]
    context: Vec<String>,
    /// The list's URL.
    pub id: Uri,
    /// `VerifiableCredential` and `BitstringStatusListCredential`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// Who publishes it.
    pub issuer: Uri,
    /// From when this state of it counts.
    pub valid_from: Timestamp,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// The list.
    pub credential_subject: BitstringStatusList,
    /// Embedded proofs.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Proof>,
}

impl Class for BitstringStatusListCredential {
    const NAME: &'static str = "BitstringStatusListCredential";
    const MEMBERS: &'static [&'static str] =
        &["@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "proof"];
    const TYPES: &'static [&'static [&'static str]] =
        &[&["VerifiableCredential"], &["BitstringStatusListCredential"]];
}

impl BitstringStatusListCredential {
    /// A list of an issuer. `encoded` is the multibase text of the compressed bits; the list itself gets the fragment
    /// `list` of the credential's URL.
    pub fn new(id: Uri, issuer: Uri, purpose: StatusPurpose, encoded: String, valid_from: Timestamp) -> Self {
        let subject_id = Uri::parse(format!("{id}#list")).unwrap_or_else(|_| id.clone());
        Self {
            context: vec![CREDENTIALS_V2.to_owned()],
            id,
            type_: Types::default(),
            issuer,
            valid_from,
            valid_until: None,
            credential_subject: BitstringStatusList {
                id: subject_id,
                type_: Only::default(),
                status_purpose: purpose,
                encoded_list: encoded,
                ttl: None,
            },
            proof: Vec::new(),
        }
    }
}

/// The bits ([Bitstring Status List](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslist)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BitstringStatusList {
    /// The list's URI.
    pub id: Uri,
    /// `BitstringStatusList`.
    #[serde(rename = "type")]
    pub type_: Only<Self>,
    /// What a set bit says.
    pub status_purpose: StatusPurpose,
    /// Multibase text (`u…`) of the compressed bits.
    pub encoded_list: String,
    /// For how many milliseconds a reader may keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<u64>,
}

impl Class for BitstringStatusList {
    const NAME: &'static str = "BitstringStatusList";
    const MEMBERS: &'static [&'static str] = &["id", "type", "statusPurpose", "encodedList", "ttl"];
    const TYPES: &'static [&'static [&'static str]] = &[&["BitstringStatusList"]];
}
