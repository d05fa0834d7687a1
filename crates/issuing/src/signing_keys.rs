//! The signing keys of an issuer and their life: active, retired, compromised.

use accolade_core::Timestamp;
use accolade_signing::KeyPurpose;
use accolade_store::signing_keys::{self, KeyState, SigningKey as KeyRow};
use accolade_store::{Db, issuers};
use serde::Serialize;
use serde_json::{Value, json};

use crate::ids::possible;
use crate::issuers::{Named, purposes};
use crate::ledger::Act;
use crate::office::Desk;
use crate::signers::did_key;
use crate::{Caller, ConflictKind, IdMethod, Office, OfficeError, Scope, status_list};

/// Where a key stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SigningKeyState {
    /// Signs.
    Active,
    /// Signs no more, but what it signed stays valid.
    Retired,
    /// Stolen or lost: what it signed is no longer to be trusted.
    Compromised,
}

/// A signing key, as it may be shown: never its private half.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningKey {
    /// Its id, the `kid` in its public URL.
    pub id: String,
    /// The issuer it belongs to.
    pub issuer_id: String,
    /// What it signs: `assertion-proof`, `p256-proof`, `p384-proof`, `jwt` or `badge-v2`.
    pub purpose: String,
    /// `ed25519`, `p256`, `p384` or `rsa2048`.
    pub key_type: String,
    /// Where it stands in its life.
    pub state: SigningKeyState,
    /// How verifiers find it: the verification method of proofs, the `kid` of JWTs, the `creator` of 2.0 assertions.
    pub verification_method: String,
    /// Its own name, under which it signs as well; RSA keys have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_key: Option<String>,
    /// Its public JWK.
    pub public_jwk: Value,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
    /// When it was found to be compromised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compromised_at: Option<Timestamp>,
}

impl Office {
    /// The keys of an issuer, newest first.
    pub fn signing_keys(&self, caller: &Caller, issuer: &str) -> Result<Vec<SigningKey>, OfficeError> {
        caller.needs(Scope::Admin)?;
        caller.sees(issuer)?;
        let (named, keys) = self.desk.store.read("signing_keys", |db| issuer_and_keys(db, issuer))?;
        keys.iter().map(|key| self.desk.shown_key(&named, key)).collect()
    }

    /// Makes a new key for `purpose` (`assertion-proof`, `p256-proof`, `p384-proof`, `jwt`, `badge-v2`; all that are in use
    /// where `None`) and retires the one in use: what it signed stays valid. Gives the new ones.
    pub fn rotate_signing_keys(
        &self,
        caller: &Caller,
        issuer: &str,
        purpose: Option<&str>,
    ) -> Result<Vec<SigningKey>, OfficeError> {
        caller.needs(Scope::Admin)?;
        caller.sees(issuer)?;
        let desk = &*self.desk;
        let wished = purpose.map(read_purpose).transpose()?;
        let (named, keys) = desk.store.read("signing_keys", |db| issuer_and_keys(db, issuer))?;
        let in_use = |purpose: KeyPurpose| {
            purposes(named.id_method).contains(&purpose)
                || keys.iter().any(|key| key.purpose == purpose.as_str() && key.state == KeyState::Active)
        };
        let purposes: Vec<KeyPurpose> = KeyPurpose::ALL
            .into_iter()
            .filter(|purpose| match wished {
                None => in_use(*purpose) && !named.is_named_by(*purpose),
                Some(wished) => wished == *purpose && (in_use(*purpose) || is_made_when_asked_for(*purpose)),
            })
            .collect();
        if purposes.is_empty() || purposes.iter().any(|purpose| named.is_named_by(*purpose)) {
            return Err(OfficeError::conflict(ConflictKind::NamedByKey, None));
        }
        let now = desk.now();
        let new = desk.new_keys(issuer, &purposes, now)?;
        let retiring: Vec<&KeyRow> = keys
            .iter()
            .filter(|key| key.state == KeyState::Active && new.iter().any(|new| new.purpose == key.purpose))
            .collect();
        let act = desk.act_on_keys(caller, "signing_key.rotate", issuer, &new, now);
        desk.store.write("signing_key.rotate", |tx| {
            for old in &retiring {
                signing_keys::set_state(tx, &old.id, KeyState::Retired, now)?;
            }
            for key in &new {
                signing_keys::insert(tx, key)?;
            }
            Ok::<_, OfficeError>(act.write(tx)?)
        })?;
        retiring.iter().for_each(|old| desk.signers.forget(&old.id));
        new.iter().map(|key| desk.shown_key(&named, key)).collect()
    }

    /// Retires a key without a successor: what it signed stays valid, and the issuer awards nothing more until that
    /// purpose is rotated. Not the `assertion-proof` key: it signs status lists, and without it nothing could be revoked.
    pub fn retire_signing_key(
        &self,
        caller: &Caller,
        issuer: &str,
        key: &str,
    ) -> Result<SigningKey, OfficeError> {
        caller.needs(Scope::Admin)?;
        caller.sees(issuer)?;
        let desk = &*self.desk;
        let (named, keys) = desk.store.read("signing_keys", |db| issuer_and_keys(db, issuer))?;
        let row = keys.iter().find(|row| row.id == key).ok_or(OfficeError::NotFound)?;
        match row.state {
            KeyState::Retired => return desk.shown_key(&named, row),
            KeyState::Compromised => {
                return Err(OfficeError::conflict(ConflictKind::KeyState, row.id.clone()));
            }
            KeyState::Active if row.purpose == KeyPurpose::AssertionProof.as_str() => {
                return Err(OfficeError::conflict(ConflictKind::KeyInUse, row.id.clone()));
            }
            KeyState::Active => {}
        }
        let now = desk.now();
        let act = desk.act_on_keys(caller, "signing_key.retire", issuer, std::slice::from_ref(row), now);
        let retired = desk.store.write("signing_key.retire", |tx| {
            if signing_keys::set_state(tx, key, KeyState::Retired, now)? {
                act.write(tx)?;
            }
            signing_keys::get(tx, key)?.ok_or(OfficeError::NotFound)
        })?;
        desk.signers.forget(key);
        desk.shown_key(&named, &retired)
    }

    /// Marks a key as compromised: it leaves every published document, so what it signed no longer verifies. One in use
    /// is replaced by a new one in the same act, and the status lists are signed anew. Again is the same.
    pub fn compromise_signing_key(
        &self,
        caller: &Caller,
        issuer: &str,
        key: &str,
    ) -> Result<SigningKey, OfficeError> {
        caller.needs(Scope::Admin)?;
        caller.sees(issuer)?;
        let desk = &*self.desk;
        let (named, keys) = desk.store.read("signing_keys", |db| issuer_and_keys(db, issuer))?;
        let row = keys.iter().find(|row| row.id == key).ok_or(OfficeError::NotFound)?;
        let purpose = read_purpose(&row.purpose)?;
        let now = desk.now();
        // An issuer named by its key is lost with it: there is no new key that could bear the name.
        let replaced = row.state == KeyState::Active && !named.is_named_by(purpose);
        let new = if replaced { desk.new_keys(issuer, &[purpose], now)? } else { Vec::new() };
        let act = desk.act_on_keys(caller, "signing_key.compromise", issuer, std::slice::from_ref(row), now);
        let row = desk.store.write("signing_key.compromise", |tx| {
            if signing_keys::set_state(tx, key, KeyState::Compromised, now)? {
                for new in &new {
                    signing_keys::insert(tx, new)?;
                }
                if purpose == KeyPurpose::AssertionProof && replaced {
                    let signer = desk.ready_key(&named, &new, purpose)?;
                    status_list::sign_all_anew(desk, tx, &named, &signer, now)?;
                }
                act.write(tx)?;
            }
            signing_keys::get(tx, key)?.ok_or(OfficeError::NotFound)
        })?;
        desk.signers.forget(key);
        desk.shown_key(&named, &row)
    }
}

impl Named {
    /// Whether the issuer's name is its key for that purpose, which therefore cannot be rotated.
    fn is_named_by(&self, purpose: KeyPurpose) -> bool {
        self.id_method == IdMethod::Key && purpose == KeyPurpose::AssertionProof
    }
}

impl Desk {
    /// A key as it may be shown.
    pub(crate) fn shown_key(&self, issuer: &Named, row: &KeyRow) -> Result<SigningKey, OfficeError> {
        Ok(SigningKey {
            id: row.id.clone(),
            issuer_id: row.issuer_id.clone(),
            purpose: row.purpose.clone(),
            key_type: row.key_type.clone(),
            state: match row.state {
                KeyState::Active => SigningKeyState::Active,
                KeyState::Retired => SigningKeyState::Retired,
                KeyState::Compromised => SigningKeyState::Compromised,
            },
            verification_method: self.method(issuer, row),
            did_key: row.multibase.as_deref().map(did_key),
            public_jwk: serde_json::from_str(&row.public_jwk).map_err(OfficeError::corrupt)?,
            created_at: row.created_at,
            retired_at: row.retired_at,
            compromised_at: row.compromised_at,
        })
    }

    pub(crate) fn act_on_keys(
        &self,
        caller: &Caller,
        verb: &str,
        issuer: &str,
        keys: &[KeyRow],
        now: Timestamp,
    ) -> Act {
        let ids: Vec<&str> = keys.iter().map(|key| key.id.as_str()).collect();
        Act::new(self, caller, verb, issuer, now, &json!({ "issuerId": issuer, "signingKeyIds": ids }))
    }
}

fn issuer_and_keys(db: &mut Db<'_>, issuer: &str) -> Result<(Named, Vec<KeyRow>), OfficeError> {
    possible(issuer)?;
    let row = issuers::get(db, issuer)?.ok_or(OfficeError::NotFound)?;
    Ok((Named::of(&row)?, signing_keys::of_issuer(db, issuer)?))
}

fn read_purpose(text: &str) -> Result<KeyPurpose, OfficeError> {
    KeyPurpose::parse(text).ok_or_else(|| {
        let known: Vec<&str> = KeyPurpose::ALL.into_iter().map(KeyPurpose::as_str).collect();
        OfficeError::rejected("/purpose", "choice", format!("a key's purpose is one of {}", known.join(", ")))
    })
}

/// Whether an issuer gets a key for that purpose when it is first asked for.
pub(crate) fn is_made_when_asked_for(purpose: KeyPurpose) -> bool {
    matches!(purpose, KeyPurpose::P256Proof | KeyPurpose::P384Proof)
}
