//! Amend an issuer's Profile.

use accolade_store::issuers as store;
use serde_json::{Value, json};

use super::{Issuer, Named, profile, without_identity};
use crate::ids::possible;
use crate::ledger::Act;
use crate::orders::patched;
use crate::{Caller, Office, OfficeError, Scope};

impl Office {
    /// Changes Profile members: a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396.html)), `null` takes a
    /// member away. Credentials already awarded keep what they say.
    pub fn amend_issuer(&self, caller: &Caller, id: &str, patch: &Value) -> Result<Issuer, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::IssuersWrite)?;
        possible(id)?;
        caller.sees(id)?;
        if patch.get("idMethod").is_some() {
            let detail = "an issuer keeps its name for ever, because credentials hold it";
            return Err(OfficeError::rejected("/idMethod", "fixed", detail));
        }
        let now = desk.now();
        let act = Act::new(desk, caller, "issuer.amend", id, now, &json!({ "issuerId": id }));
        desk.store.write("issuer.amend", |tx| {
            let mut row = store::get(tx, id)?.ok_or(OfficeError::NotFound)?;
            let named = Named::of(&row)?;
            let members = patched(without_identity(named.profile), patch)?;
            let members = profile::read(&Value::Object(members))?;
            row.document = profile::whole(members, &named.profile_id)?.to_string();
            row.updated_at = now;
            store::update(tx, id, &row.document, now)?;
            act.write(tx)?;
            desk.shown_issuer(&row)
        })
    }
}
