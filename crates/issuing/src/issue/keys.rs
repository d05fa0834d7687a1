//! The key that signs, made where the issuer never had one for the suite, and the names it may sign under.

use accolade_signing::KeyPurpose;
use accolade_store::signing_keys::{self, KeyState, SigningKey as KeyRow};
use accolade_store::{StoreError, Tx};
use serde_json::Value;

use super::rules::rejected;
use crate::issuers::Named;
use crate::office::Desk;
use crate::signers::{ReadyKey, did_key, own_method};
use crate::signing_keys::is_made_when_asked_for;
use crate::{Caller, Fault, IdMethod, OfficeError};

/// The active key for `purpose`, and whether it was made just now.
///
/// An issuer begins with the keys that badges need; one for another curve is made when it is first asked for. One that was
/// retired without a successor is not made again: somebody did not want it to sign.
pub(super) fn active(
    desk: &Desk,
    caller: &Caller,
    issuer: &Named,
    keys: &[KeyRow],
    purpose: KeyPurpose,
) -> Result<(KeyRow, bool), OfficeError> {
    let purpose = stored_purpose(issuer, purpose);
    if let Some(key) = active_among(keys, purpose) {
        return Ok((key.clone(), false));
    }
    if !may_be_made(keys, purpose) {
        return Err(OfficeError::NoActiveKey { purpose: purpose.as_str() });
    }
    let now = desk.now();
    let new = desk.new_keys(&issuer.id, &[purpose], now)?;
    let act = desk.act_on_keys(caller, "signing_key.make", &issuer.id, &new, now);
    let made = desk.store.write("signing_key.make", |tx| {
        // Of two that find none, one is first: the other finds it here, or fails at the unique index.
        let there = signing_keys::of_issuer(tx, &issuer.id)?;
        if there.iter().any(|key| key.purpose == purpose.as_str()) {
            return Ok(false);
        }
        insert_all(tx, &new)?;
        act.write(tx)?;
        Ok(true)
    });
    match made {
        Ok(true) => new.into_iter().next().map(|key| (key, true)).ok_or(none(purpose)),
        Ok(false) | Err(StoreError::Conflict) => {
            let keys = desk.store.read("signing_keys", |db| signing_keys::of_issuer(db, &issuer.id))?;
            // Made by another request, which may have failed to say so to those who keep documents.
            active_among(&keys, purpose).map(|key| (key.clone(), true)).ok_or(none(purpose))
        }
        Err(error) => Err(error.into()),
    }
}

/// The key made ready to sign for the `issuer` that a credential names, or the fault that says which names would do.
pub(super) fn ready(
    desk: &Desk,
    issuer: &Named,
    row: &KeyRow,
    document: &Value,
) -> Result<ReadyKey, OfficeError> {
    let own = row.multibase.as_deref().filter(|multibase| did_key(multibase) == issuer_of(document));
    let method = match own {
        Some(multibase) => own_method(multibase),
        None if names(issuer, row).any(|name| name == issuer_of(document)) => desk.method(issuer, row),
        None => return Err(other_issuer(&names(issuer, row).collect::<Vec<_>>())),
    };
    Ok(ReadyKey { id: row.id.clone(), method, signer: desk.open_key(row)? })
}

/// Refuses a credential that could not be signed under the name it gives even with a new key.
pub(super) fn refuse_foreign(
    issuer: &Named,
    keys: &[KeyRow],
    purpose: KeyPurpose,
    document: &Value,
) -> Result<(), OfficeError> {
    let purpose = stored_purpose(issuer, purpose);
    let known = match active_among(keys, purpose) {
        Some(row) => names(issuer, row).collect(),
        None => vec![issuer.profile_id.clone()],
    };
    if known.iter().any(|name| name == issuer_of(document)) { Ok(()) } else { Err(other_issuer(&known)) }
}

/// What `issuer` may be in a credential that this key signs: the issuer's own name, where its document lists the key, and
/// the key's.
pub(super) fn names<'a>(issuer: &'a Named, row: &'a KeyRow) -> impl Iterator<Item = String> + 'a {
    let listed = issuer.id_method != IdMethod::Key || row.purpose == KeyPurpose::AssertionProof.as_str();
    let own = row.multibase.as_deref().map(did_key).filter(|own| *own != issuer.profile_id || !listed);
    listed.then(|| issuer.profile_id.clone()).into_iter().chain(own)
}

/// The same before there is a key: a name that no document lists it under comes with the key.
pub(super) fn names_before(issuer: &Named) -> Vec<String> {
    if issuer.id_method == IdMethod::Key { Vec::new() } else { vec![issuer.profile_id.clone()] }
}

/// An issuer named by its key signs its tokens with that key.
pub(super) fn stored_purpose(issuer: &Named, purpose: KeyPurpose) -> KeyPurpose {
    match (issuer.id_method, purpose) {
        (IdMethod::Key, KeyPurpose::Jwt) => KeyPurpose::AssertionProof,
        _ => purpose,
    }
}

pub(super) fn active_among(keys: &[KeyRow], purpose: KeyPurpose) -> Option<&KeyRow> {
    keys.iter().find(|key| key.purpose == purpose.as_str() && key.state == KeyState::Active)
}

/// Whether a first key for that purpose would be made.
pub(super) fn may_be_made(keys: &[KeyRow], purpose: KeyPurpose) -> bool {
    is_made_when_asked_for(purpose) && !keys.iter().any(|key| key.purpose == purpose.as_str())
}

fn insert_all(tx: &mut Tx<'_>, keys: &[KeyRow]) -> Result<(), StoreError> {
    keys.iter().try_for_each(|key| signing_keys::insert(tx, key))
}

fn none(purpose: KeyPurpose) -> OfficeError {
    OfficeError::NoActiveKey { purpose: purpose.as_str() }
}

/// The text of `issuer`, or of its `id`; empty where there is none.
fn issuer_of(document: &Value) -> &str {
    let issuer = document.get("issuer");
    issuer.and_then(|issuer| issuer.as_str().or_else(|| issuer.get("id")?.as_str())).unwrap_or_default()
}

fn other_issuer(known: &[String]) -> OfficeError {
    let known: Vec<String> = known.iter().map(|name| format!("{name:?}")).collect();
    let detail = format!(
        "this issuer signs with this suite as {}, as text or as the `id` of an object",
        known.join(" or ")
    );
    rejected(vec![Fault::new("/issuer", "issuer", detail)])
}
