//! Erase: what a person may ask for. Everything that tells of the recipient is emptied in one transaction, and the award
//! is revoked in it; its id stays taken for ever, and its addresses say that it was erased.

use accolade_store::credentials::{self as store, CredentialRecord, CredentialStatus};
use accolade_store::idempotency;
use serde_json::json;

use crate::credentials::{Names, signed_name};
use crate::idempotency::{GivenUp, Once, save};
use crate::ids::possible;
use crate::ledger::Act;
use crate::status::read_reason;
use crate::{Award, Caller, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Erases an award: its documents, the recipient's name, the caller's own number for it, every digest that finds it,
    /// and the replies that were kept of it. Again is the same and changes nothing.
    ///
    /// `reason` goes into the audit log, which outlives the award: it must not name the recipient.
    pub fn erase(
        &self,
        caller: &Caller,
        id: &str,
        reason: Option<&str>,
        key: Option<IdempotencyKey>,
    ) -> Result<Award, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::CredentialsRevoke)?;
        possible(id)?;
        let reason = read_reason(reason)?;
        let request = ["credential.erase", id, reason.as_deref().unwrap_or_default()];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(award) = once.replay(desk)? {
            return Ok(award);
        }
        let now = desk.now();
        let detail = json!({ "credentialId": id, "reason": reason });
        let act = Act::new(desk, caller, "credential.erase", id, now, &detail);
        let ended = desk.store.write("credential.erase", |tx| {
            let record = store::lock(tx, id)?.ok_or(OfficeError::NotFound)?;
            caller.sees(&record.issuer_id)?;
            let erased = CredentialRecord {
                status: CredentialStatus::Erased,
                status_reason: None,
                external_id: None,
                updated_at: now,
                ..record.clone()
            };
            if record.status == CredentialStatus::Erased {
                let award = desk.shown_award(&record, &Names::default());
                save(tx, once.row(id, &award, now)?.as_ref())?;
                return Ok::<_, GivenUp>(award);
            }
            if let Some(reason) = &reason {
                // Awards from before names were kept apart have theirs in the signed document only.
                let row = store::get(tx, id)?.ok_or(OfficeError::NotFound)?;
                let document =
                    serde_json::from_slice(&row.documents.document).map_err(OfficeError::corrupt)?;
                let name = record.recipient_name.clone().or_else(|| signed_name(&document));
                names_nobody(reason, name.as_deref(), record.external_id.as_deref())?;
            }
            let award = desk.shown_award(&erased, &Names::default());
            // The replies first: then a repetition of this very request finds the new one.
            idempotency::forget_subject(tx, id)?;
            save(tx, once.row(id, &award, now)?.as_ref())?;
            store::erase(tx, id, now)?;
            if let Some(claim) = &record.duplicate_key {
                // Before the list is locked, as when revoking.
                store::hand_on_duplicate_key(tx, &record, claim, now)?;
            }
            desk.publish_status(tx, &erased, CredentialStatus::Erased, now)?;
            act.write(tx)?;
            Ok(award)
        });
        once.conclude(desk, ended)
    }
}

/// Refuses a reason that would keep in the audit log whom the award was erased for.
pub(crate) fn names_nobody(
    reason: &str,
    name: Option<&str>,
    external_id: Option<&str>,
) -> Result<(), OfficeError> {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
        words.map(str::to_lowercase).collect()
    };
    let said = words(reason);
    let is_named =
        name.is_some_and(|name| words(name).iter().any(|word| said.contains(word)) || reason.contains(name));
    let is_numbered = external_id.is_some_and(|external_id| reason.contains(external_id));
    if is_named || is_numbered || reason.contains('@') {
        let detail = "the reason stays in the audit log: it must hold neither the recipient's name nor an e-mail \
                      address nor your own number for the award";
        return Err(OfficeError::rejected("/reason", "personal_data", detail));
    }
    Ok(())
}
