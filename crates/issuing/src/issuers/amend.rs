//! Amend an issuer's Profile.

use accolade_linked_data::jcs;
use accolade_store::issuers as store;
use serde_json::{Value, json};

use super::{Issuer, Named, profile, without_identity};
use crate::idempotency::{GivenUp, Once, save};
use crate::ids::possible;
use crate::ledger::Act;
use crate::orders::patched;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Changes Profile members: a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396.html)), `null` takes a
    /// member away. Credentials already awarded keep what they say.
    pub fn amend_issuer(
        &self,
        caller: &Caller,
        id: &str,
        patch: &Value,
        key: Option<IdempotencyKey>,
    ) -> Result<Issuer, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::IssuersWrite)?;
        possible(id)?;
        caller.sees(id)?;
        if patch.get("idMethod").is_some() {
            let detail = "an issuer keeps its name for ever, because credentials hold it";
            return Err(OfficeError::rejected("/idMethod", "fixed", detail));
        }
        let request = ["amend issuer", id, &jcs::canonicalize(patch)];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(issuer) = once.replay(desk)? {
            return Ok(issuer);
        }
        let now = desk.now();
        let act = Act::new(desk, caller, "issuer.amend", id, now, &json!({ "issuerId": id }));
        let ended = desk.store.write("issuer.amend", |tx| {
            let mut row = store::lock(tx, id)?.ok_or(OfficeError::NotFound)?;
            let named = Named::of(&row)?;
            let members = patched(without_identity(named.profile), patch)?;
            let members = profile::read(&Value::Object(members))?;
            row.document = profile::whole(members, &named.profile_id)?.to_string();
            row.updated_at = now;
            let issuer = desk.shown_issuer(&row)?;
            save(tx, once.row(&issuer, now)?.as_ref())?;
            store::update(tx, id, &row.document, now)?;
            act.write(tx)?;
            Ok::<_, GivenUp>(issuer)
        });
        once.conclude(desk, ended)
    }
}
