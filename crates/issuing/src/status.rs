//! Revoke, suspend, reinstate: one verb each, one act. The bit, the re-signed list and the award's row change in one
//! transaction that holds the list's lock, so that no revocation is ever lost.

use accolade_core::Timestamp;
use accolade_signing::KeyPurpose;
use accolade_signing::status_list::Bitstring;
use accolade_store::credentials::{self as store, CredentialRecord, CredentialStatus};
use accolade_store::{Tx, issuers, signing_keys, status_lists};
use serde_json::json;

use crate::credentials::names_in;
use crate::idempotency::{GivenUp, Once, save};
use crate::ids::possible;
use crate::issuers::Named;
use crate::ledger::Act;
use crate::office::Desk;
use crate::orders::text;
use crate::{Award, Caller, ConflictKind, IdempotencyKey, Office, OfficeError, Scope, status_list};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 1000;

impl Office {
    /// Revokes an award for good. Again is the same and changes nothing.
    pub fn revoke(
        &self,
        caller: &Caller,
        id: &str,
        reason: Option<&str>,
        key: Option<IdempotencyKey>,
    ) -> Result<Award, OfficeError> {
        self.change_status(caller, id, Why { reason, superseded_by: None }, key.as_ref(), Verb::Revoke)
    }

    /// Revokes an award for good and says which award of the same issuer took its place; also of one that is revoked
    /// already.
    pub fn supersede(
        &self,
        caller: &Caller,
        id: &str,
        reason: Option<&str>,
        by: &str,
        key: Option<IdempotencyKey>,
    ) -> Result<Award, OfficeError> {
        self.change_status(caller, id, Why { reason, superseded_by: Some(by) }, key.as_ref(), Verb::Revoke)
    }

    /// Puts an award out of force until it is reinstated. Again is the same and changes nothing.
    pub fn suspend(
        &self,
        caller: &Caller,
        id: &str,
        reason: Option<&str>,
        key: Option<IdempotencyKey>,
    ) -> Result<Award, OfficeError> {
        self.change_status(caller, id, Why { reason, superseded_by: None }, key.as_ref(), Verb::Suspend)
    }

    /// Puts a suspended award back in force. On one in force it changes nothing.
    pub fn reinstate(
        &self,
        caller: &Caller,
        id: &str,
        reason: Option<&str>,
        key: Option<IdempotencyKey>,
    ) -> Result<Award, OfficeError> {
        self.change_status(caller, id, Why { reason, superseded_by: None }, key.as_ref(), Verb::Reinstate)
    }

    fn change_status(
        &self,
        caller: &Caller,
        id: &str,
        why: Why<'_>,
        key: Option<&IdempotencyKey>,
        verb: Verb,
    ) -> Result<Award, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::CredentialsRevoke)?;
        possible(id)?;
        let reason = read_reason(why.reason)?;
        let mut request = vec![verb.name(), id, reason.as_deref().unwrap_or_default()];
        request.extend(why.superseded_by);
        let once = Once::new(desk, caller, key, &request);
        // A late repetition must not undo what was done since: it gets the reply of the first time.
        if let Some(award) = once.replay(desk)? {
            return Ok(desk.completed(award));
        }
        let now = desk.now();
        let mut detail = json!({ "credentialId": id });
        if let (Some(by), Some(members)) = (why.superseded_by, detail.as_object_mut()) {
            members.insert("supersededBy".to_owned(), json!(by));
        }
        let act = Act::new(desk, caller, verb.name(), id, now, &detail);
        let ended = desk.store.write(verb.name(), |tx| {
            let mut record = store::lock(tx, id)?.ok_or(OfficeError::NotFound)?;
            caller.sees(&record.issuer_id)?;
            let next = verb.from(record.status)?;
            let replaced = why.superseded_by.filter(|by| record.superseded_by.as_deref() != Some(*by));
            if let Some(by) = replaced {
                is_successor(tx, by, &record)?;
                record.superseded_by = Some(by.to_owned());
            }
            if let Some(next) = next {
                record.status = next;
                record.status_reason = reason.clone().filter(|_| next != CredentialStatus::Active);
                record.updated_at = now;
            }
            let award = desk.shown_award(&record, &names_in(tx, &record)?);
            save(tx, once.row(id, &award, now)?.as_ref())?;
            if replaced.is_some() {
                store::set_superseded_by(tx, id, record.superseded_by.as_deref())?;
            }
            if let Some(next) = next {
                store::set_status(tx, id, next, record.status_reason.as_deref(), now)?;
                if let (CredentialStatus::Revoked, Some(claim)) = (next, &record.duplicate_key) {
                    // Before the list is locked: whoever revokes the heir just now holds him and waits for the list.
                    store::hand_on_duplicate_key(tx, &record, claim, now)?;
                }
                desk.publish_status(tx, &record, next, now)?;
            }
            if next.is_some() || replaced.is_some() {
                act.write(tx)?;
            }
            Ok::<_, GivenUp>(award)
        });
        once.conclude(desk, ended)
    }
}

/// Why a status changes.
#[derive(Debug, Clone, Copy)]
struct Why<'a> {
    reason: Option<&'a str>,
    superseded_by: Option<&'a str>,
}

/// Refuses an award that cannot take the place of `record`.
fn is_successor(tx: &mut Tx<'_>, by: &str, record: &CredentialRecord) -> Result<(), OfficeError> {
    let successor = match possible(by) {
        Ok(()) => store::get(tx, by)?,
        Err(_) => None,
    };
    let stands = successor.is_some_and(|award| {
        let other = award.record;
        other.id != record.id
            && other.issuer_id == record.issuer_id
            && other.status != CredentialStatus::Erased
    });
    if stands {
        return Ok(());
    }
    let detail = "`supersededBy` is the id of another award of the same issuer";
    Err(OfficeError::rejected("/supersededBy", "superseded_by", detail))
}

/// What is done to an award.
#[derive(Debug, Clone, Copy)]
enum Verb {
    Revoke,
    Suspend,
    Reinstate,
}

impl Verb {
    fn name(self) -> &'static str {
        match self {
            Verb::Revoke => "credential.revoke",
            Verb::Suspend => "credential.suspend",
            Verb::Reinstate => "credential.reinstate",
        }
    }

    /// Where an award in that status goes; `None` where it is there already. From revoked no way leads back.
    fn from(self, status: CredentialStatus) -> Result<Option<CredentialStatus>, OfficeError> {
        use CredentialStatus::{Active, Erased, Revoked, Suspended};
        match (self, status) {
            (_, Erased) => Err(OfficeError::conflict(ConflictKind::Erased, None)),
            (Verb::Revoke, Revoked) | (Verb::Suspend, Suspended) | (Verb::Reinstate, Active) => Ok(None),
            (Verb::Revoke, Active | Suspended) => Ok(Some(Revoked)),
            (Verb::Suspend, Active) => Ok(Some(Suspended)),
            (Verb::Reinstate, Suspended) => Ok(Some(Active)),
            (Verb::Suspend | Verb::Reinstate, Revoked) => {
                Err(OfficeError::conflict(ConflictKind::Revoked, None))
            }
        }
    }
}

impl Desk {
    /// Sets the award's bit and signs the list anew, under the list's lock. `validFrom` never goes back.
    pub(crate) fn publish_status(
        &self,
        tx: &mut Tx<'_>,
        record: &CredentialRecord,
        next: CredentialStatus,
        now: Timestamp,
    ) -> Result<(), OfficeError> {
        let missing = || OfficeError::corrupt(format!("the award {} has no status list", record.id));
        let list = status_lists::lock(tx, &record.status_list_id)?.ok_or_else(missing)?;
        let mut bits = Bitstring::from_bytes(list.bits);
        let index = usize::try_from(record.status_list_index).map_err(OfficeError::corrupt)?;
        // A suspended award sets the same bit: verifiers of the field look at no other purpose than revocation.
        bits.set(index, next != CredentialStatus::Active).map_err(OfficeError::corrupt)?;
        let issuer = issuers::get(tx, &record.issuer_id)?.ok_or_else(missing)?;
        let issuer = Named::of(&issuer)?;
        let keys = signing_keys::of_issuer(tx, &record.issuer_id)?;
        let key = self.ready_key(&issuer, &keys, KeyPurpose::AssertionProof)?;
        let valid_from = now.max(list.valid_from);
        let document = status_list::signed(self, &issuer, &key, &list.id, &bits, valid_from)?;
        status_lists::save_bits(tx, &list.id, bits.as_bytes(), &document, valid_from)?;
        Ok(())
    }
}

/// A reason is shown to everybody who looks at the award: bounded, and no placeholder.
pub(crate) fn read_reason(reason: Option<&str>) -> Result<Option<String>, OfficeError> {
    let Some(reason) = reason else { return Ok(None) };
    if reason.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        let detail =
            "a reason has no control characters but line breaks and tabs: it is shown on terminals too";
        return Err(OfficeError::rejected("/reason", "control_character", detail));
    }
    if reason.chars().count() > LONGEST_REASON {
        let detail = format!("`reason` is longer than {LONGEST_REASON} characters");
        return Err(OfficeError::rejected("/reason", "too_long", detail));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Ok(None);
    }
    match text::placeholder(reason) {
        Some(detail) => Err(OfficeError::rejected("/reason", "placeholder", detail)),
        None => Ok(Some(reason.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CredentialStatus::{Active, Erased, Revoked, Suspended};

    #[test]
    fn every_verb_leads_from_every_status_where_it_should() {
        for (verb, status, expected) in [
            (Verb::Revoke, Active, Ok(Some(Revoked))),
            (Verb::Revoke, Suspended, Ok(Some(Revoked))),
            (Verb::Revoke, Revoked, Ok(None)),
            (Verb::Suspend, Active, Ok(Some(Suspended))),
            (Verb::Suspend, Suspended, Ok(None)),
            (Verb::Suspend, Revoked, Err(())),
            (Verb::Reinstate, Active, Ok(None)),
            (Verb::Reinstate, Suspended, Ok(Some(Active))),
            (Verb::Reinstate, Revoked, Err(())),
            (Verb::Revoke, Erased, Err(())),
            (Verb::Suspend, Erased, Err(())),
            (Verb::Reinstate, Erased, Err(())),
        ] {
            assert_eq!(verb.from(status).map_err(|_| ()), expected, "{verb:?} from {status:?}");
        }
    }

    #[test]
    fn a_reason_is_short_and_filled_in() {
        assert_eq!(read_reason(Some("  ")).unwrap(), None);
        assert_eq!(read_reason(Some(" Plagiarism ")).unwrap().as_deref(), Some("Plagiarism"));
        for bad in ["{{reason}}", "a\0b", &"x".repeat(1001)] {
            assert!(read_reason(Some(bad)).is_err(), "{bad:?}");
        }
    }
}
