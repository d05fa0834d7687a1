//! What the world fetches: ready bytes for each public address. Nothing is signed here.

mod badge_image;
mod issuers;
mod v2;

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// A representation of a 3.0 credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialForm {
    /// JSON with the embedded proof.
    Json,
    /// VC-JWT, compact.
    Jwt,
}

/// A representation of a 2.0 assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssertionForm {
    /// The hosted Assertion.
    Json,
    /// The signed Assertion, a compact JWS.
    Jws,
}

/// A public document, by the path it is served at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Publicly {
    /// `/public/credentials/{id}`, `.json`, `.jwt`.
    Credential(String, CredentialForm),
    /// `/public/assertions/{id}`, `.json`, `.jws`.
    Assertion(String, AssertionForm),
    /// `/public/achievements/{id}`.
    Achievement(String),
    /// `/public/badges/{id}`: the 2.0 BadgeClass.
    Badge(String),
    /// `/public/badges/{id}/image`.
    BadgeImage(String),
    /// `/public/issuers/{id}`: the 3.0 Profile and controller document.
    Issuer(String),
    /// `/public/issuers/{id}/v2`: the 2.0 Issuer.
    IssuerV2(String),
    /// `/public/issuers/{id}/did.json`.
    DidDocument(String),
    /// `/public/issuers/{id}/jwks.json`.
    Jwks(String),
    /// `/public/issuers/{id}/revocations`: the 2.0 RevocationList.
    Revocations(String),
    /// `/public/keys/{kid}`: one bare JWK.
    Key(String),
    /// `/public/keys/{kid}/v2`: the 2.0 CryptographicKey.
    KeyV2(String),
    /// `/public/status/{id}`: the signed BitstringStatusListCredential.
    StatusList(String),
}

impl Publicly {
    /// The document at a URL path such as `/public/credentials/{id}.json`: no query, no public URL in front.
    /// `None` for every path that is not one of ours, whether or not the id exists.
    pub fn from_path(path: &str) -> Option<Publicly> {
        let rest = path.strip_prefix("/public/")?;
        let (shelf, rest) = rest.split_once('/')?;
        let (item, part) = match rest.split_once('/') {
            Some((item, part)) => (item, Some(part)),
            None => (rest, None),
        };
        match part {
            None => Self::whole(shelf, item),
            Some(part) => Self::part_of(shelf, id(item)?, part),
        }
    }

    fn whole(shelf: &str, item: &str) -> Option<Publicly> {
        let (name, suffix) = match item.split_once('.') {
            Some((name, suffix)) => (name, Some(suffix)),
            None => (item, None),
        };
        let id = id(name)?;
        match (shelf, suffix) {
            ("credentials", None | Some("json")) => Some(Publicly::Credential(id, CredentialForm::Json)),
            ("credentials", Some("jwt")) => Some(Publicly::Credential(id, CredentialForm::Jwt)),
            ("assertions", None | Some("json")) => Some(Publicly::Assertion(id, AssertionForm::Json)),
            ("assertions", Some("jws")) => Some(Publicly::Assertion(id, AssertionForm::Jws)),
            ("achievements", None | Some("json")) => Some(Publicly::Achievement(id)),
            ("badges", None | Some("json")) => Some(Publicly::Badge(id)),
            ("issuers", None | Some("json")) => Some(Publicly::Issuer(id)),
            ("keys", None | Some("json")) => Some(Publicly::Key(id)),
            ("status", None | Some("json")) => Some(Publicly::StatusList(id)),
            _ => None,
        }
    }

    fn part_of(shelf: &str, id: String, part: &str) -> Option<Publicly> {
        match (shelf, part) {
            ("badges", "image") => Some(Publicly::BadgeImage(id)),
            ("issuers", "v2") => Some(Publicly::IssuerV2(id)),
            ("issuers", "did.json") => Some(Publicly::DidDocument(id)),
            ("issuers", "jwks.json") => Some(Publicly::Jwks(id)),
            ("issuers", "revocations") => Some(Publicly::Revocations(id)),
            ("keys", "v2") => Some(Publicly::KeyV2(id)),
            _ => None,
        }
    }
}

/// Ids are lower-case UUID text; anything else cannot exist and never reaches the database.
fn id(text: &str) -> Option<String> {
    let fits = text.len() == 36 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-'));
    fits.then(|| text.to_owned())
}

/// Whether the document is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationStatus {
    /// Serve it as it is (200).
    Ok,
    /// It was revoked; the body says so (410).
    Gone,
}

/// Another representation of the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// Its media type.
    pub content_type: &'static str,
    /// Its URL.
    pub url: String,
}

/// A public document, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The exact bytes.
    pub body: Bytes,
    /// The media type of the body.
    pub content_type: &'static str,
    /// A strong entity tag, quotes included.
    pub etag: String,
    /// In force or gone.
    pub status: PublicationStatus,
    /// For how many seconds others may keep it.
    pub cache_seconds: u32,
    /// Other representations of the same thing.
    pub alternates: Vec<Alternate>,
    /// The body may hold active content that a stranger wrote (SVG): serve it with `Content-Security-Policy: sandbox; default-src 'none'`.
    pub sandbox: bool,
}

impl Publication {
    pub(crate) fn new(body: Vec<u8>, content_type: &'static str) -> Publication {
        let etag = entity_tag(&body);
        Publication {
            body: Bytes::from(body),
            content_type,
            etag,
            status: PublicationStatus::Ok,
            cache_seconds: 300,
            alternates: Vec::new(),
            sandbox: false,
        }
    }
}

/// The first 128 bits of the body's SHA-256, quoted.
fn entity_tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}
