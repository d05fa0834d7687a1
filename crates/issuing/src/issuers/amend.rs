//! Amend an issuer's Profile.

use accolade_linked_data::jcs;
use accolade_store::issuers as store;
use serde_json::{Map, Value, json};

use super::profile::LINKEDIN_ORGANIZATION_ID;
use super::{Issuer, profile, read_organization_id, written};
use crate::idempotency::{GivenUp, Once, save};
use crate::ids::possible;
use crate::ledger::Act;
use crate::orders::{patched, shape};
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
        let mut members = patch.clone();
        let organization = members.as_object_mut().and_then(|all| all.remove(LINKEDIN_ORGANIZATION_ID));
        // Said to be null: taken away. Not said: left as it is.
        let organization = match &organization {
            None => None,
            Some(Value::Null) => Some(None),
            Some(value) => Some(Some(read_organization_id(value)?)),
        };
        let request = ["amend issuer", id, &jcs::canonicalize(patch)];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(issuer) = once.replay(desk)? {
            return Ok(issuer);
        }
        // A picture is looked at before the transaction, which others wait for.
        let mut image = Map::new();
        if let Some(asked) = patch.get("image").filter(|asked| !asked.is_null()) {
            image = profile::read_some(&json!({ "image": asked }))?;
        }
        let logo = desk.logo(&mut image, self.brought.as_deref())?;
        let now = desk.now();
        let act = Act::new(desk, caller, "issuer.amend", id, now, &json!({ "issuerId": id }));
        let ended = desk.store.write("issuer.amend", |tx| {
            let mut row = store::lock(tx, id)?.ok_or(OfficeError::NotFound)?;
            let mut members = patched(written(&row)?, &members, |name| shape::PROFILE.knows(name))?;
            members.extend(image.get("image").map(|image| ("image".to_owned(), image.clone())));
            let members = profile::read(&Value::Object(members))?;
            if let Some(organization) = &organization {
                row.linkedin_organization_id.clone_from(organization);
            }
            row.document = profile::whole(members, &row.profile_id)?.to_string();
            row.updated_at = now;
            let issuer = desk.shown_issuer(&row)?;
            save(tx, once.row(id, &issuer, now)?.as_ref())?;
            logo.iter().try_for_each(|logo| logo.write(tx))?;
            store::update(tx, id, &row.document, row.linkedin_organization_id.as_deref(), now)?;
            act.write(tx)?;
            Ok::<_, GivenUp>(issuer)
        });
        once.conclude(desk, ended)
    }
}
