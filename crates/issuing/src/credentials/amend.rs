//! Amend an award: who may see it, and with which share key.

use accolade_linked_data::jcs;
use accolade_store::Tx;
use accolade_store::credentials::{self as store, CredentialStatus};
use serde_json::{Value, json};

use super::{Award, Visibility, names_in, signed_name};
use crate::idempotency::{GivenUp, Once, save};
use crate::ids::possible;
use crate::ledger::Act;
use crate::orders::Form;
use crate::{Caller, ConflictKind, IdempotencyKey, Office, OfficeError, Scope};

/// What is to change about an award. Nothing that is signed changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardAmendment {
    /// Who may see it from now on.
    pub visibility: Option<Visibility>,
    /// Whether the share key is renewed: the one given out before opens nothing any more.
    pub renew_share_key: bool,
    canonical: String,
}

impl AwardAmendment {
    /// Reads `{visibility?, shareKey?: "renew"}`. All faults are found at once, with pointers into `body`.
    pub fn parse(body: &Value) -> Result<AwardAmendment, OfficeError> {
        let mut faults = Vec::new();
        let form = Form::open(body, "", &["visibility", "shareKey"], &mut faults);
        let amendment = form.map(|form| AwardAmendment {
            visibility: form.choice("visibility", Visibility::NAMED, &mut faults),
            renew_share_key: form.choice("shareKey", &[("renew", true)], &mut faults).unwrap_or(false),
            canonical: jcs::canonicalize(body),
        });
        match amendment {
            Some(amendment) if faults.is_empty() => Ok(amendment),
            _ => Err(OfficeError::Rejected(faults)),
        }
    }
}

impl Office {
    /// Changes who may see an award, and renews its share key. Its `updatedAt` stays: that is of its status.
    pub fn amend_award(
        &self,
        caller: &Caller,
        id: &str,
        amendment: &AwardAmendment,
        key: Option<IdempotencyKey>,
    ) -> Result<Award, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::CredentialsAward)?;
        possible(id)?;
        let once = Once::new(desk, caller, key.as_ref(), &["amend award", id, &amendment.canonical]);
        if let Some(award) = once.replay(desk)? {
            return Ok(award);
        }
        let now = desk.now();
        let detail = json!({
            "credentialId": id,
            "visibility": amendment.visibility.map(Visibility::as_str),
            "shareKeyRenewed": amendment.renew_share_key,
        });
        let act = Act::new(desk, caller, "credential.amend", id, now, &detail);
        let ended = desk.store.write("credential.amend", |tx| {
            let mut record = store::lock(tx, id)?.ok_or(OfficeError::NotFound)?;
            caller.sees(&record.issuer_id)?;
            if record.status == CredentialStatus::Erased {
                return Err(OfficeError::conflict(ConflictKind::Erased, None).into());
            }
            let before = (record.visibility, record.share_version);
            if let Some(visibility) = amendment.visibility {
                if visibility == Visibility::Unlisted && Visibility::from(record.visibility) != visibility {
                    is_nameless(tx, id)?;
                }
                record.visibility = visibility.into();
            }
            if amendment.renew_share_key {
                record.share_version = record.share_version.saturating_add(1);
            }
            let award = desk.shown_award(&record, &names_in(tx, &record)?);
            save(tx, once.row(id, &award, now)?.as_ref())?;
            if before != (record.visibility, record.share_version) {
                store::set_visibility(tx, id, record.visibility, record.share_version)?;
                act.write(tx)?;
            }
            Ok::<_, GivenUp>(award)
        });
        once.conclude(desk, ended)
    }
}

/// Refuses to unlist an award whose signed documents name the recipient: everybody with the link would read the name.
fn is_nameless(tx: &mut Tx<'_>, id: &str) -> Result<(), OfficeError> {
    let row = store::get(tx, id)?.ok_or(OfficeError::NotFound)?;
    let document = serde_json::from_slice(&row.documents.document).map_err(OfficeError::corrupt)?;
    if signed_name(&document).is_none() {
        return Ok(());
    }
    let detail = "the signed badge holds the recipient's name in plain text, so an unlisted page could not keep it from anybody: \
                  make it private, or award it anew";
    Err(OfficeError::rejected("/visibility", "name_is_signed", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amendment_is_read_strictly() {
        let read = AwardAmendment::parse(&json!({ "visibility": "private", "shareKey": "renew" })).unwrap();
        assert_eq!((read.visibility, read.renew_share_key), (Some(Visibility::Private), true));
        for (body, pointer, rule) in [
            (json!([]), "", "wrong_type"),
            (json!({ "visibility": "secret" }), "/visibility", "choice"),
            (json!({ "visibility": null }), "/visibility", "null"),
            (json!({ "shareKey": "abc" }), "/shareKey", "choice"),
            (json!({ "visiblity": "public" }), "/visiblity", "unknown_member"),
        ] {
            let Err(OfficeError::Rejected(faults)) = AwardAmendment::parse(&body) else { panic!("{body}") };
            assert_eq!((faults[0].pointer.as_str(), faults[0].rule.as_str()), (pointer, rule), "{body}");
        }
    }
}
