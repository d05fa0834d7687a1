//! API keys: who may come in. Only the hash of a secret is kept.

use accolade_core::Timestamp;
use accolade_store::{api_keys as store, issuers};
use serde::Serialize;
use serde_json::json;

use crate::ids::{is_id, possible};
use crate::ledger::Act;
use crate::office::Desk;
use crate::{Caller, Fault, Office, OfficeError, Page, PageRequest, Scope, Scopes, access_tokens, secrets};

/// How long an admin key of the configuration may be, in characters.
pub const ADMIN_KEY_LENGTH: std::ops::RangeInclusive<usize> = 16..=128;

/// Every secret begins so.
const PREFIX: &str = "acc_";

/// An API key, as it may be shown: never its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    /// Its id.
    pub id: String,
    /// The name it was given.
    pub name: String,
    /// What it allows.
    pub scopes: Scopes,
    /// The only issuer it can see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

/// The wish for an API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiKey {
    /// A name for people, 1 to 200 characters.
    pub name: String,
    /// At least one scope.
    pub scopes: Scopes,
    /// The only issuer the key shall see.
    pub issuer: Option<String>,
}

impl Office {
    /// The caller behind a secret: the admin key of the configuration, an API key, or an access token given for one.
    pub fn authenticate(&self, secret: &str) -> Result<Caller, OfficeError> {
        let hash = secrets::hash(secret);
        if self.desk.admin_key.get().is_some_and(|admin_key| *admin_key == hash) {
            return Ok(Caller::admin());
        }
        if access_tokens::has_form(secret) {
            return self.desk.bearer_of(secret);
        }
        let key = self.desk.key_of(secret)?.ok_or(OfficeError::Unauthenticated)?;
        let scopes = Scopes::from_text(&key.scopes);
        Ok(Caller { key_id: key.id, name: key.name, scopes, issuer: key.issuer_id })
    }

    /// Makes an API key; the second value is its secret, shown this once.
    pub fn create_api_key(&self, caller: &Caller, new: NewApiKey) -> Result<(ApiKey, String), OfficeError> {
        caller.needs_house(Scope::Admin)?;
        refuse_faulty(&new)?;
        if let Some(issuer) = &new.issuer {
            let known =
                is_id(issuer) && self.desk.store.read("issuer", |db| issuers::get(db, issuer))?.is_some();
            if !known {
                return Err(OfficeError::rejected("/issuer", "issuer", "there is no issuer with this id"));
            }
        }
        let secret = secrets::fresh(&self.desk, PREFIX);
        let row = self.new_row(&secret, &new.name, &new.scopes, new.issuer);
        self.store_key(caller, &row)?;
        Ok((shown(row), secret))
    }

    /// The API keys, newest first, revoked ones included.
    pub fn api_keys(&self, caller: &Caller, page: &PageRequest) -> Result<Page<ApiKey>, OfficeError> {
        caller.needs_house(Scope::Admin)?;
        let cursor = page.position()?;
        let rows = self.desk.store.read("api_keys", |db| store::page(db, cursor.as_ref(), page.limit()))?;
        Page::of(rows, |row| Ok(shown(row.clone())))
    }

    /// Revokes an API key for good; again is the same.
    pub fn revoke_api_key(&self, caller: &Caller, id: &str) -> Result<ApiKey, OfficeError> {
        caller.needs_house(Scope::Admin)?;
        possible(id)?;
        let now = self.desk.now();
        let act = Act::new(&self.desk, caller, "api_key.revoke", id, now, &json!({ "apiKeyId": id }));
        self.desk.store.write("api_key.revoke", |tx| {
            if store::revoke(tx, id, now)? {
                act.write(tx)?;
            }
            store::get(tx, id)?.map(shown).ok_or(OfficeError::NotFound)
        })
    }

    /// Takes over an admin key given from outside (`ACCOLADE_ADMIN_KEY`): 16 to 128 visible ASCII characters. It is not
    /// stored, so that it ends with the configuration that holds it; only the first call of a run counts.
    pub fn provision_admin_key(&self, secret: &str) -> Result<(), OfficeError> {
        if !ADMIN_KEY_LENGTH.contains(&secret.len()) || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            let detail = "an admin key is 16 to 128 visible ASCII characters, without spaces";
            return Err(OfficeError::rejected("", "api_key", detail));
        }
        self.desk.admin_key.get_or_init(|| secrets::hash(secret));
        Ok(())
    }

    fn new_row(&self, secret: &str, name: &str, scopes: &Scopes, issuer: Option<String>) -> store::ApiKey {
        store::ApiKey {
            id: self.desk.new_id(),
            name: name.trim().to_owned(),
            secret_hash: secrets::hash(secret),
            scopes: scopes.to_text(),
            issuer_id: issuer,
            created_at: self.desk.now(),
            revoked_at: None,
        }
    }

    fn store_key(&self, caller: &Caller, row: &store::ApiKey) -> Result<(), OfficeError> {
        let detail = json!({ "apiKeyId": row.id, "scopes": row.scopes, "issuerId": row.issuer_id });
        let act = Act::new(&self.desk, caller, "api_key.create", &row.id, row.created_at, &detail);
        self.desk.store.write("api_key.create", |tx| {
            store::insert(tx, row)?;
            Ok(act.write(tx)?)
        })
    }
}

impl Desk {
    /// The API key with this secret, unless it is revoked.
    pub(crate) fn key_of(&self, secret: &str) -> Result<Option<store::ApiKey>, OfficeError> {
        if !secrets::has_form(secret, PREFIX) {
            return Ok(None);
        }
        let hash = secrets::hash(secret);
        let key = self.store.read("api_key.authenticate", |db| store::by_secret_hash(db, &hash))?;
        Ok(key.filter(|key| key.revoked_at.is_none()))
    }
}

fn refuse_faulty(new: &NewApiKey) -> Result<(), OfficeError> {
    let mut faults = Vec::new();
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        let detail = "a key has a name of 1 to 200 characters, none of them a control character";
        faults.push(Fault::new("/name", "name", detail));
    }
    if new.scopes.is_empty() {
        faults.push(Fault::new("/scopes", "required", "a key needs at least one scope"));
    }
    if faults.is_empty() { Ok(()) } else { Err(OfficeError::Rejected(faults)) }
}

fn shown(row: store::ApiKey) -> ApiKey {
    ApiKey {
        id: row.id,
        name: row.name,
        scopes: Scopes::from_text(&row.scopes),
        issuer: row.issuer_id,
        created_at: row.created_at,
        revoked_at: row.revoked_at,
    }
}
