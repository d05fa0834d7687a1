//! Who awards, in 2.0, and with which key.

use serde::Serialize;

use super::{Context, constant, single_or_list};
use crate::profile::Profile;
use crate::uri::is_web;
use crate::{EmailAddress, Uri};

constant! {
    /// `Issuer`.
    IssuerType, "Issuer"
}

/// Who awards, in 2.0
/// ([OB 2.0, Profile](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Profile)).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Issuer {
    #[serde(rename = "@context")]
    context: Context,
    /// URL of this document.
    pub id: Uri,
    #[serde(rename = "type")]
    type_: IssuerType,
    /// Name of the organisation.
    pub name: String,
    /// Home page.
    pub url: Uri,
    /// E-mail address; validators refuse an issuer without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Telephone number in the form of E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// A short description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Uri>,
    /// URLs of the keys that may sign for it.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "keys")]
    pub public_key: Vec<Uri>,
    /// URL of the list of revoked signed assertions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_list: Option<Uri>,
}

/// What a 2.0 issuer points to and the 3.0 profile does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerLinks {
    /// URL of the 2.0 issuer document.
    pub id: Uri,
    /// Home page for a profile that names none: 2.0 demands one.
    pub url: Uri,
    /// URLs of the [`CryptographicKey`] documents.
    pub public_key: Vec<Uri>,
    /// URL of the [`super::RevocationList`].
    pub revocation_list: Option<Uri>,
}

impl Issuer {
    /// The profile as a 2.0 issuer.
    pub fn from_profile(profile: &Profile, links: IssuerLinks) -> Self {
        Self {
            context: Context,
            id: links.id,
            type_: IssuerType,
            name: profile.name.clone().unwrap_or_else(|| profile.id.to_string()),
            url: profile.url.clone().filter(|url| is_web(url)).unwrap_or(links.url),
            email: profile.email.clone(),
            telephone: profile.phone.clone().filter(|phone| is_e164(phone)),
            description: profile.description.clone(),
            image: profile.image.as_ref().map(|image| image.id.clone()),
            public_key: links.public_key,
            revocation_list: links.revocation_list,
        }
    }

    /// The document as a JSON value.
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The document as JSON text, members in declared order.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

constant! {
    /// `CryptographicKey`.
    CryptographicKeyType, "CryptographicKey"
}

/// A public key of an issuer; issuer and key name each other
/// ([OB 2.0, CryptographicKey](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#CryptographicKey)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CryptographicKey {
    #[serde(rename = "@context")]
    context: Context,
    /// URL of this document.
    pub id: Uri,
    #[serde(rename = "type")]
    type_: CryptographicKeyType,
    /// URL of the issuer.
    pub owner: Uri,
    /// The key as PEM.
    pub public_key_pem: String,
}

impl CryptographicKey {
    /// A key of an issuer.
    pub fn new(id: Uri, owner: Uri, public_key_pem: String) -> Self {
        Self { context: Context, id, type_: CryptographicKeyType, owner, public_key_pem }
    }

    /// The document as JSON text, members in declared order.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn keys<S: serde::Serializer>(keys: &[Uri], serializer: S) -> Result<S::Ok, S::Error> {
    single_or_list(keys, serializer)
}

/// Whether a telephone number is `+` and up to 15 digits, as 2.0 demands and 3.0 does not.
fn is_e164(phone: &str) -> bool {
    phone.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
