//! What the world fetches: ready bytes for each public address. Nothing is signed here.

mod awards;
mod badges;
mod baked;
mod images;
mod inventory;
mod issuers;

use accolade_core::Uri;
use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::ids::{is_id, is_image_id};
use crate::images::{IMAGE_SIDES, ImageForm};
use crate::{Office, OfficeError};

/// JSON-LD, the usual form of public documents.
const JSON_LD: &str = "application/ld+json";
/// A credential with its proof inside ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/#media-types)).
const VC: &str = "application/vc";
/// A VC-JWT.
const VC_JWT: &str = "application/vc+jwt";
/// A JWS that is no VC-JWT.
const JOSE: &str = "application/jose";

/// How long others may keep what tells of a status: with the cache of the server itself, a revocation is seen everywhere
/// within five seconds.
const STATUS_SECONDS: u32 = 1;
/// How long others may keep what an issuer may amend.
const DOCUMENT_SECONDS: u32 = 60;
/// How long others may keep an award: its bytes never change, but its holder may lock it or have it erased.
const AWARD_SECONDS: u32 = 60;
/// How long others may keep what stands under the hash of its own bytes: a year, the longest that HTTP's readers count to.
const HASHED_SECONDS: u32 = 31_536_000;
/// PNG.
const PNG: &str = "image/png";
/// SVG.
const SVG: &str = "image/svg+xml";

/// A representation of a 3.0 credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialForm {
    /// JSON with the embedded proof.
    Json,
    /// VC-JWT, compact.
    Jwt,
    /// The picture as PNG with the credential, and the same award as 2.0 Assertion, baked in.
    Png,
    /// The picture as SVG with both baked in; where the picture is a PNG, a drawing that holds nothing else.
    Svg,
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
    /// `/public/assertions/{id}/image`: the picture as PNG with the hosted Assertion baked in.
    AssertionImage(String),
    /// `/public/achievements/{id}`.
    Achievement(String),
    /// `/public/achievements/{id}/versions/{number}`: what it said when it was that version.
    AchievementVersion(String, u32),
    /// `/public/achievements/{id}/card.png`: the wide picture that is shown where a link is shared.
    Card(String),
    /// `/public/badges/{id}`: the 2.0 BadgeClass.
    Badge(String),
    /// `/public/badges/{id}/image`.
    BadgeImage(String),
    /// `/public/images/{id}.png`, `.svg`, `/public/images/{id}/{side}.png`; the id is the hash of the picture's bytes.
    Image(String, ImageForm),
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
    /// Every address of an award: what is no longer true where its status, visibility or key changes.
    pub fn of_award(id: &str) -> Vec<Publicly> {
        let credential = |form| Publicly::Credential(id.to_owned(), form);
        let assertion = |form| Publicly::Assertion(id.to_owned(), form);
        vec![
            credential(CredentialForm::Json),
            credential(CredentialForm::Jwt),
            assertion(AssertionForm::Json),
            assertion(AssertionForm::Jws),
            credential(CredentialForm::Png),
            credential(CredentialForm::Svg),
            Publicly::AssertionImage(id.to_owned()),
        ]
    }

    /// Whether it is a picture: drawing one takes a processor and memory.
    pub fn is_picture(&self) -> bool {
        matches!(
            self,
            Publicly::Image(..)
                | Publicly::Card(_)
                | Publicly::BadgeImage(_)
                | Publicly::AssertionImage(_)
                | Publicly::Credential(_, CredentialForm::Png | CredentialForm::Svg)
        )
    }

    /// The document at a URL path such as `/public/credentials/{id}.json`: no query, no public URL in front.
    /// `None` for every path that is not one of ours, whether or not the id exists.
    pub fn from_path(path: &str) -> Option<Publicly> {
        let rest = path.strip_prefix("/public/")?;
        let (shelf, rest) = rest.split_once('/')?;
        if shelf == "images" {
            return Self::image(rest);
        }
        let (item, part) = match rest.split_once('/') {
            Some((item, part)) => (item, Some(part)),
            None => (rest, None),
        };
        match part {
            None => Self::whole(shelf, item),
            Some(part) => Self::part_of(shelf, id(item)?, part),
        }
    }

    fn image(rest: &str) -> Option<Publicly> {
        let (id, form) = if let Some((id, side)) = rest.split_once('/') {
            let side = side.strip_suffix(".png")?;
            // Compared as text: `090` is no side.
            (id, ImageForm::Side(IMAGE_SIDES.into_iter().find(|known| known.to_string() == side)?))
        } else {
            match rest.split_once('.')? {
                (id, "png") => (id, ImageForm::Png),
                (id, "svg") => (id, ImageForm::Svg),
                _ => return None,
            }
        };
        is_image_id(id).then(|| Publicly::Image(id.to_owned(), form))
    }

    fn whole(shelf: &str, item: &str) -> Option<Publicly> {
        let (name, suffix) = match item.split_once('.') {
            Some((name, suffix)) => (name, Some(suffix)),
            None => (item, None),
        };
        let id = id(name)?;
        match (shelf, suffix) {
            ("credentials", None | Some("json")) => Some(Publicly::Credential(id, CredentialForm::Json)),
            ("credentials", Some("png")) => Some(Publicly::Credential(id, CredentialForm::Png)),
            ("credentials", Some("svg")) => Some(Publicly::Credential(id, CredentialForm::Svg)),
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
            ("achievements", part) if part.starts_with("versions/") => {
                let number: u32 = part.strip_prefix("versions/")?.parse().ok()?;
                // One address for each: no sign, no zeros in front.
                (part == format!("versions/{number}")).then_some(Publicly::AchievementVersion(id, number))
            }
            ("achievements", "card.png") => Some(Publicly::Card(id)),
            ("assertions", "image") => Some(Publicly::AssertionImage(id)),
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

fn id(text: &str) -> Option<String> {
    is_id(text).then(|| text.to_owned())
}

/// Whether the document is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationStatus {
    /// Serve it as it is (200).
    Ok,
    /// It was revoked or erased; the body says so (410).
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
    /// The media type of the body. An SVG may hold what a stranger drew, if nothing that runs: its reader is told to run nothing.
    pub content_type: &'static str,
    /// A strong entity tag, quotes included.
    pub etag: String,
    /// In force or gone.
    pub status: PublicationStatus,
    /// For how many seconds others may keep it.
    pub cache_seconds: u32,
    /// Other representations of the same thing.
    pub alternates: Vec<Alternate>,
}

impl Publication {
    fn new(body: impl Into<Bytes>, content_type: &'static str, cache_seconds: u32) -> Publication {
        let body = body.into();
        Publication {
            etag: entity_tag(&body),
            body,
            content_type,
            status: PublicationStatus::Ok,
            cache_seconds,
            alternates: Vec::new(),
        }
    }

    fn gone(mut self) -> Publication {
        self.status = PublicationStatus::Gone;
        self.cache_seconds = STATUS_SECONDS;
        self
    }

    fn also(mut self, content_type: &'static str, url: String) -> Publication {
        self.alternates.push(Alternate { content_type, url });
        self
    }
}

impl Office {
    /// The public document at an address, `None` where there is none. Reads what is stored; signs nothing.
    ///
    /// # Errors
    /// [`OfficeError::Private`] for every form of a private award.
    pub fn publication(&self, what: &Publicly) -> Result<Option<Publication>, OfficeError> {
        self.publication_for(what, None)
    }

    /// The public document at an address for whoever brings a share key: the right one opens every form of its award,
    /// anything else is as no key at all. What was opened with a key is for nobody else: keep it in no shared cache.
    ///
    /// # Errors
    /// [`OfficeError::Private`] for every form of a private award whose key this is not.
    pub fn publication_for(
        &self,
        what: &Publicly,
        key: Option<&str>,
    ) -> Result<Option<Publication>, OfficeError> {
        let desk = &*self.desk;
        match what {
            Publicly::AssertionImage(id) => desk.baked_assertion(id, key),
            Publicly::Image(id, form) => desk.published_image(id, *form),
            Publicly::Card(id) => desk.published_card(id),
            Publicly::Credential(id, form) => desk.published_credential(id, *form, key),
            Publicly::Assertion(id, form) => desk.published_assertion(id, *form, key),
            Publicly::StatusList(id) => desk.published_status_list(id),
            Publicly::Achievement(id) => desk.published_achievement_document(id),
            Publicly::AchievementVersion(id, version) => desk.published_version(id, *version),
            Publicly::Badge(id) => desk.published_badge(id),
            Publicly::BadgeImage(id) => desk.published_badge_image(id),
            Publicly::Issuer(id) => desk.published_issuer(id),
            Publicly::IssuerV2(id) => desk.published_issuer_v2(id),
            Publicly::DidDocument(id) => desk.published_did_document(id),
            Publicly::Jwks(id) => desk.published_jwks(id),
            Publicly::Revocations(id) => desk.published_revocations(id),
            Publicly::Key(id) => desk.published_key(id),
            Publicly::KeyV2(id) => desk.published_key_v2(id),
        }
    }
}

fn uri(text: String) -> Result<Uri, OfficeError> {
    Uri::parse(text).map_err(OfficeError::corrupt)
}

/// The first 128 bits of the body's SHA-256, quoted.
fn entity_tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_public_path_names_one_document() {
        let id = "0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10";
        let of = |path: &str| Publicly::from_path(&path.replace("{id}", id));
        let named = id.to_owned();
        for (path, what) in [
            ("/public/credentials/{id}", Publicly::Credential(named.clone(), CredentialForm::Json)),
            ("/public/credentials/{id}.json", Publicly::Credential(named.clone(), CredentialForm::Json)),
            ("/public/credentials/{id}.jwt", Publicly::Credential(named.clone(), CredentialForm::Jwt)),
            ("/public/assertions/{id}", Publicly::Assertion(named.clone(), AssertionForm::Json)),
            ("/public/assertions/{id}.jws", Publicly::Assertion(named.clone(), AssertionForm::Jws)),
            ("/public/achievements/{id}", Publicly::Achievement(named.clone())),
            ("/public/achievements/{id}/versions/12", Publicly::AchievementVersion(named.clone(), 12)),
            ("/public/badges/{id}", Publicly::Badge(named.clone())),
            ("/public/badges/{id}/image", Publicly::BadgeImage(named.clone())),
            ("/public/issuers/{id}", Publicly::Issuer(named.clone())),
            ("/public/issuers/{id}/v2", Publicly::IssuerV2(named.clone())),
            ("/public/issuers/{id}/did.json", Publicly::DidDocument(named.clone())),
            ("/public/issuers/{id}/jwks.json", Publicly::Jwks(named.clone())),
            ("/public/issuers/{id}/revocations", Publicly::Revocations(named.clone())),
            ("/public/keys/{id}", Publicly::Key(named.clone())),
            ("/public/keys/{id}/v2", Publicly::KeyV2(named.clone())),
            ("/public/status/{id}", Publicly::StatusList(named.clone())),
        ] {
            assert_eq!(of(path), Some(what), "{path}");
        }
        for path in [
            "/",
            "/public/credentials/",
            "/public/credentials/{id}.exe",
            "/public/{id}",
            "/public/keys/{id}/v2/x",
            "/public/credentials/{id}/image",
            "/public/credentials/..%2f{id}",
            "public/credentials/{id}",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
