//! Published issuers: Profile and controller document, DID document, keys, and their 2.0 forms.

use accolade_core::class::Class;
use accolade_core::profile::Profile;
use accolade_core::v2::{CryptographicKey, Issuer as IssuerV2, IssuerLinks, RevocationList, RevokedEntry};
use accolade_linked_data::contexts;
use accolade_signing::did::{self, DocumentKey, KeyForm};
use accolade_signing::{KeyPurpose, PublicKey};
use accolade_store::signing_keys::{self, KeyState, SigningKey as KeyRow};
use accolade_store::{credentials, issuers as store};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{DOCUMENT_SECONDS, JSON_LD, Publication, STATUS_SECONDS, uri};
use crate::issuers::Named;
use crate::office::Desk;
use crate::{IdMethod, OfficeError};

/// One JWK ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517.html#section-8.5)).
const JWK: &str = "application/jwk+json";
/// A set of JWKs.
const JWK_SET: &str = "application/jwk-set+json";
/// A DID document ([DID Core](https://www.w3.org/TR/did-core/#iana-considerations)).
const DID_LD_JSON: &str = "application/did+ld+json";

/// The Profile with its keys: the controller document of an issuer that is named by this URL.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ControllerProfile {
    #[serde(rename = "@context")]
    context: [&'static str; 5],
    #[serde(flatten)]
    profile: Profile,
    #[serde(flatten)]
    methods: Map<String, Value>,
}

impl Desk {
    /// The 3.0 Profile and controller document.
    pub(super) fn published_issuer(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some((named, keys)) = self.issuer_and_keys(id)? else { return Ok(None) };
        let mut methods = Map::new();
        did::add_methods(&mut methods, &named.profile_id, &self.document_keys(&named, &keys)?);
        let document = ControllerProfile {
            context: [
                accolade_core::CREDENTIALS_V2,
                accolade_core::OPEN_BADGES_V3,
                contexts::DID_V1,
                contexts::MULTIKEY_V1,
                contexts::JWK_V1,
            ],
            profile: typed(&named)?,
            methods,
        };
        let body = serde_json::to_vec(&document).map_err(OfficeError::corrupt)?;
        Ok(Some(
            Publication::new(body, JSON_LD, STATUS_SECONDS)
                .also(DID_LD_JSON, self.addresses.did_document(id))
                .also(JSON_LD, self.addresses.issuer_v2(id)),
        ))
    }

    /// The DID document; an issuer that is not named by a DID has none that anybody would look for, but it does no harm.
    pub(super) fn published_did_document(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some((named, keys)) = self.issuer_and_keys(id)? else { return Ok(None) };
        let document = did::did_document(&named.profile_id, &self.document_keys(&named, &keys)?);
        Ok(Some(Publication::new(document.to_string(), DID_LD_JSON, STATUS_SECONDS)))
    }

    /// The set of keys: those in use and those retired. Compromised ones are not in it.
    pub(super) fn published_jwks(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some((named, keys)) = self.issuer_and_keys(id)? else { return Ok(None) };
        let mut set = Vec::new();
        for key in keys.iter().filter(|key| key.state != KeyState::Compromised) {
            let mut jwk = public_key(key)?.to_jwk_with_kid(&self.addresses.key(&key.id));
            // Tells whose key it is where several issuers share a host (OB 3.0 implementation guide, key provenance).
            if let Some(members) = jwk.as_object_mut() {
                members.insert("iss".to_owned(), json!(named.profile_id));
            }
            set.push(jwk);
        }
        let body = json!({ "keys": set }).to_string();
        Ok(Some(Publication::new(body, JWK_SET, STATUS_SECONDS)))
    }

    /// One bare JWK, what the `kid` of a VC-JWT points to. A compromised one is gone.
    pub(super) fn published_key(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some(key) = self.key(id)? else { return Ok(None) };
        let url = self.addresses.key(id);
        if key.state == KeyState::Compromised {
            return Ok(Some(compromised(&url)));
        }
        let body = public_key(&key)?.to_jwk_with_kid(&url).to_string();
        Ok(Some(Publication::new(body, JWK, DOCUMENT_SECONDS)))
    }

    /// The 2.0 CryptographicKey. A compromised one is gone.
    pub(super) fn published_key_v2(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some(key) = self.key(id)? else { return Ok(None) };
        let url = self.addresses.key_v2(id);
        if key.state == KeyState::Compromised {
            return Ok(Some(compromised(&url)));
        }
        let owner = uri(self.addresses.issuer_v2(&key.issuer_id))?;
        let pem = public_key(&key)?.to_pem();
        let body = CryptographicKey::new(uri(url)?, owner, pem).to_json();
        Ok(Some(Publication::new(body, JSON_LD, DOCUMENT_SECONDS)))
    }

    /// The 2.0 Issuer. 2.0 demands a home page and an e-mail address, and its verifiers refuse every badge of an issuer
    /// without: where the Profile names none, they are its 3.0 address and `noreply@` the public host.
    pub(super) fn published_issuer_v2(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some((named, keys)) = self.issuer_and_keys(id)? else { return Ok(None) };
        let public_key = keys
            .iter()
            .filter(|key| key.purpose == KeyPurpose::BadgeV2.as_str() && key.state != KeyState::Compromised)
            .map(|key| uri(self.addresses.key_v2(&key.id)))
            .collect::<Result<_, _>>()?;
        let links = IssuerLinks {
            id: uri(self.addresses.issuer_v2(id))?,
            url: uri(self.addresses.issuer(id))?,
            public_key,
            revocation_list: Some(uri(self.addresses.revocations(id))?),
        };
        let mut issuer = IssuerV2::from_profile(&typed(&named)?, links);
        if issuer.email.is_none() {
            issuer.email = self.addresses.noreply();
        }
        let body = issuer.to_json();
        Ok(Some(Publication::new(body, JSON_LD, STATUS_SECONDS).also(JSON_LD, self.addresses.issuer(id))))
    }

    /// The 2.0 RevocationList: every signed assertion that is not in force.
    pub(super) fn published_revocations(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let (issuer, records) = self.store.read("publication.revocations", |db| {
            Ok::<_, OfficeError>((store::get(db, id)?, credentials::revoked_of_issuer(db, id)?))
        })?;
        if issuer.is_none() {
            return Ok(None);
        }
        let revoked = records
            .into_iter()
            .map(|record| {
                // Everybody reads this list, so it says why of public awards only. The others say it themselves to whoever
                // may see them; their ids must stand here, because verifiers of signed assertions look nowhere else.
                let is_public = record.visibility == credentials::Visibility::Public;
                Ok(RevokedEntry {
                    id: uri(format!("urn:uuid:{}", record.id))?,
                    revocation_reason: record.status_reason.filter(|_| is_public),
                })
            })
            .collect::<Result<_, OfficeError>>()?;
        let url = uri(self.addresses.revocations(id))?;
        let body = RevocationList::new(url, uri(self.addresses.issuer_v2(id))?, revoked).to_json();
        Ok(Some(Publication::new(body, JSON_LD, STATUS_SECONDS)))
    }

    /// The keys that verify what the issuer signed: retired ones stay for ever, compromised ones are left out.
    fn document_keys(&self, named: &Named, keys: &[KeyRow]) -> Result<Vec<DocumentKey>, OfficeError> {
        let mut listed = Vec::new();
        for row in keys.iter().filter(|key| key.state != KeyState::Compromised) {
            let key = public_key(row)?;
            let form = match KeyPurpose::parse(&row.purpose) {
                Some(purpose) if purpose.is_proof() => KeyForm::Multikey,
                Some(KeyPurpose::Jwt) => KeyForm::JsonWebKey,
                // Keys of 2.0 assertions sign no credentials; the 2.0 Issuer lists them.
                _ => continue,
            };
            let id = self.method(named, row);
            // The document of an issuer named by its key has that key; others have names, and so documents, of their own.
            if named.id_method == IdMethod::Key && !id.starts_with(&format!("{}#", named.profile_id)) {
                continue;
            }
            listed.push(DocumentKey { id, key, form });
        }
        Ok(listed)
    }

    fn issuer_and_keys(&self, id: &str) -> Result<Option<(Named, Vec<KeyRow>)>, OfficeError> {
        let found = self.store.read("publication.issuer", |db| {
            let Some(issuer) = store::get(db, id)? else { return Ok::<_, OfficeError>(None) };
            Ok(Some((issuer, signing_keys::of_issuer(db, id)?)))
        })?;
        found.map(|(issuer, keys)| Ok((Named::of(&issuer)?, keys))).transpose()
    }

    fn key(&self, id: &str) -> Result<Option<KeyRow>, OfficeError> {
        Ok(self.store.read("publication.key", |db| signing_keys::get(db, id))?)
    }
}

fn compromised(url: &str) -> Publication {
    let body = json!({ "id": url, "revoked": true }).to_string();
    Publication::new(body, "application/json", STATUS_SECONDS).gone()
}

fn typed(named: &Named) -> Result<Profile, OfficeError> {
    Profile::from_value(named.profile.clone()).map_err(OfficeError::corrupt)
}

fn public_key(row: &KeyRow) -> Result<PublicKey, OfficeError> {
    let jwk = serde_json::from_str(&row.public_jwk).map_err(OfficeError::corrupt)?;
    PublicKey::from_jwk(&jwk).map_err(OfficeError::corrupt)
}
