//! What hangs on a credential: evidence, proofs, schemas, status, refresh service, terms.

use serde::{Deserialize, Serialize};

use crate::class::{Class, Extensions, Types};
use crate::vocabulary::StatusPurpose;
use crate::{Timestamp, Uri};

/// A piece of the recipient's work
/// ([OB 3.0, Evidence](https://www.imsglobal.org/spec/ob/v3p0/#evidence)).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Where the work is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// Holds `Evidence`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// How the work came about; Markdown is allowed.
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
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Evidence {
    const NAME: &'static str = "Evidence";
    const MEMBERS: &'static [&'static str] =
        &["id", "type", "narrative", "name", "description", "genre", "audience"];
    const TYPES: &'static [&'static [&'static str]] = &[&["Evidence"]];
}

impl Evidence {
    /// A named work that can be looked at.
    pub fn linked(name: &str, id: Uri) -> Self {
        Self { id: Some(id), name: Some(name.to_owned()), ..Self::default() }
    }

    /// A named work told in words.
    pub fn told(name: &str, narrative: &str) -> Self {
        Self { name: Some(name.to_owned()), narrative: Some(narrative.to_owned()), ..Self::default() }
    }
}

/// An embedded proof ([OB 3.0, Proof](https://www.imsglobal.org/spec/ob/v3p0/#proof)). Crate `accolade-signing` makes
/// and checks them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// `DataIntegrityProof`, or an older suite's name.
    #[serde(rename = "type")]
    pub type_: String,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Timestamp>,
    /// The suite, such as `eddsa-rdfc-2022`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cryptosuite: Option<String>,
    /// What an interactive verifier asked to be repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge: Option<String>,
    /// For whom it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// A value that differs each time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// `assertionMethod` for credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof_purpose: Option<String>,
    /// The signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof_value: Option<String>,
    /// URI of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_method: Option<Uri>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Proof {
    const NAME: &'static str = "Proof";
    const MEMBERS: &'static [&'static str] = &[
        "type",
        "created",
        "cryptosuite",
        "challenge",
        "domain",
        "nonce",
        "proofPurpose",
        "proofValue",
        "verificationMethod",
    ];
    const TYPES: &'static [&'static [&'static str]] = &[];
}

/// A schema that the credential claims to follow
/// ([OB 3.0, CredentialSchema](https://www.imsglobal.org/spec/ob/v3p0/#credentialschema)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialSchema {
    /// Where the schema is.
    pub id: Uri,
    /// How to apply it.
    #[serde(rename = "type")]
    pub type_: String,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for CredentialSchema {
    const NAME: &'static str = "CredentialSchema";
    const MEMBERS: &'static [&'static str] = &["id", "type"];
    const TYPES: &'static [&'static [&'static str]] = &[];
}

impl CredentialSchema {
    /// A JSON Schema (draft 2019-09), of type `1EdTechJsonSchemaValidator2019`.
    pub fn json_schema(id: Uri) -> Self {
        Self { id, type_: "1EdTechJsonSchemaValidator2019".to_owned(), extra: Extensions::default() }
    }
}

/// Where to see whether the credential still counts
/// ([OB 3.0, CredentialStatus](https://www.imsglobal.org/spec/ob/v3p0/#credentialstatus)).
///
/// The last three members are those of a
/// [`BitstringStatusListEntry`](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialStatus {
    /// The entry's URI; optional since OB 3.0 document version 1.4, and never that of the list itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// `BitstringStatusListEntry`, or the older `1EdTechRevocationList`.
    #[serde(rename = "type")]
    pub type_: String,
    /// What the entry's bit says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_purpose: Option<StatusPurpose>,
    /// Which bit, a decimal number written as a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_list_index: Option<String>,
    /// Where the list is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_list_credential: Option<Uri>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for CredentialStatus {
    const NAME: &'static str = "CredentialStatus";
    const MEMBERS: &'static [&'static str] =
        &["id", "type", "statusPurpose", "statusListIndex", "statusListCredential"];
    const TYPES: &'static [&'static [&'static str]] = &[];
}

impl CredentialStatus {
    /// A bit of a status list. Its `id` is the list's URL with the index as fragment, so that readers from before
    /// document version 1.4, which want an `id`, find one.
    pub fn bitstring(list: Uri, index: u64, purpose: StatusPurpose) -> Self {
        Self {
            id: Uri::parse(format!("{list}#{index}")).ok(),
            type_: "BitstringStatusListEntry".to_owned(),
            status_purpose: Some(purpose),
            status_list_index: Some(index.to_string()),
            status_list_credential: Some(list),
            extra: Extensions::default(),
        }
    }
}

/// Where to get the current version of the credential
/// ([OB 3.0, RefreshService](https://www.imsglobal.org/spec/ob/v3p0/#refreshservice)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefreshService {
    /// The service's URI.
    pub id: Uri,
    /// `1EdTechCredentialRefresh`.
    #[serde(rename = "type")]
    pub type_: String,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for RefreshService {
    const NAME: &'static str = "RefreshService";
    const MEMBERS: &'static [&'static str] = &["id", "type"];
    const TYPES: &'static [&'static [&'static str]] = &[];
}

impl RefreshService {
    /// A plain GET, of type `1EdTechCredentialRefresh`.
    pub fn get(id: Uri) -> Self {
        Self { id, type_: "1EdTechCredentialRefresh".to_owned(), extra: Extensions::default() }
    }
}

/// Terms under which a credential was issued
/// ([OB 3.0, TermsOfUse](https://www.imsglobal.org/spec/ob/v3p0/#termsofuse)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TermsOfUse {
    /// Where the terms are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// What kind of terms they are.
    #[serde(rename = "type")]
    pub type_: String,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for TermsOfUse {
    const NAME: &'static str = "TermsOfUse";
    const MEMBERS: &'static [&'static str] = &["id", "type"];
    const TYPES: &'static [&'static [&'static str]] = &[];
}

/// Gives a credential class the attachments whose types decide about its contexts.
macro_rules! attachments {
    ($class:ident) => {
        impl $class {
            /// The contexts, in order.
            pub fn contexts(&self) -> &$crate::context::Contexts {
                &self.context
            }

            /// The contexts, to add those of extensions.
            pub fn contexts_mut(&mut self) -> &mut $crate::context::Contexts {
                &mut self.context
            }

            /// The schemas it claims to follow.
            pub fn credential_schema(&self) -> &[$crate::attachment::CredentialSchema] {
                &self.credential_schema
            }

            /// Where its status is to be seen.
            pub fn credential_status(&self) -> Option<&$crate::attachment::CredentialStatus> {
                self.credential_status.as_ref()
            }

            /// Where its current version is to be had.
            pub fn refresh_service(&self) -> Option<&$crate::attachment::RefreshService> {
                self.refresh_service.as_ref()
            }

            /// The same with one more schema.
            #[must_use]
            pub fn with_schema(mut self, schema: $crate::attachment::CredentialSchema) -> Self {
                self.context.cover(&schema.type_);
                self.credential_schema.push(schema);
                self
            }

            /// The same with a status.
            #[must_use]
            pub fn with_status(mut self, status: $crate::attachment::CredentialStatus) -> Self {
                self.context.cover(&status.type_);
                self.credential_status = Some(status);
                self
            }

            /// The same with a refresh service.
            #[must_use]
            pub fn with_refresh_service(mut self, service: $crate::attachment::RefreshService) -> Self {
                self.context.cover(&service.type_);
                self.refresh_service = Some(service);
                self
            }
        }
    };
}

pub(crate) use attachments;
