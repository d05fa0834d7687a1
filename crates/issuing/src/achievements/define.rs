//! Define an achievement.

use accolade_core::check::{self, Severity};
use accolade_linked_data::jcs;
use accolade_store::{achievements as store, issuers};
use serde_json::{Map, Value, json};

use super::Achievement;
use crate::idempotency::{GivenUp, Once, save};
use crate::ids::possible;
use crate::issuers::linked_data_faults;
use crate::ledger::Act;
use crate::office::Desk;
use crate::orders::{members_of, shape};
use crate::publication::uploaded_image;
use crate::{Caller, Fault, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Defines an achievement of an issuer from OB 3.0 Achievement members.
    pub fn define_achievement(
        &self,
        caller: &Caller,
        issuer: &str,
        members: Value,
        key: Option<IdempotencyKey>,
    ) -> Result<Achievement, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::AchievementsWrite)?;
        possible(issuer)?;
        caller.sees(issuer)?;
        desk.store.read("issuer", |db| issuers::get(db, issuer))?.ok_or(OfficeError::NotFound)?;
        let request = ["define achievement", issuer, &jcs::canonicalize(&members)];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(achievement) = once.replay(desk)? {
            return Ok(achievement);
        }
        let id = desk.new_id();
        let now = desk.now();
        let document = desk.whole_achievement(read(&members)?, &id)?;
        let row = store::Achievement {
            id: id.clone(),
            issuer_id: issuer.to_owned(),
            document: document.to_string(),
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let achievement = desk.shown_achievement(&row)?;
        let detail = json!({ "issuerId": issuer, "achievementId": id });
        let act = Act::new(desk, caller, "achievement.define", &id, now, &detail);
        let reply = once.row(&id, &achievement, now)?;
        let stored = desk.store.write("achievement.define", |tx| {
            save(tx, reply.as_ref())?;
            store::insert(tx, &row)?;
            Ok::<_, GivenUp>(act.write(tx)?)
        });
        once.conclude(desk, stored.map(|()| achievement))
    }
}

/// Reads the Achievement members of a request: known ones only, completed to full OB 3.0 objects.
pub(super) fn read(body: &Value) -> Result<Map<String, Value>, OfficeError> {
    if body.get("id").is_some() {
        let detail = "an achievement's `id` is given by Accolade; leave it out";
        return Err(OfficeError::rejected("/id", "given_here", detail));
    }
    members_of(body, &shape::ACHIEVEMENT)
}

impl Desk {
    /// The whole Achievement under its id, checked against every rule and against JSON-LD in safe mode.
    pub(super) fn whole_achievement(
        &self,
        mut members: Map<String, Value>,
        id: &str,
    ) -> Result<Value, OfficeError> {
        members.insert("id".to_owned(), json!(self.addresses.achievement(id)));
        let document = Value::Object(members);
        let mut faults: Vec<Fault> = check::achievement(&document)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| Fault::new(finding.pointer, finding.rule, finding.detail))
            .collect();
        let image = document.pointer("/image/id").and_then(Value::as_str);
        faults.extend(image.and_then(uploaded_image).and_then(Result::err));
        if faults.is_empty() {
            linked_data_faults(&document, &mut faults);
        }
        if faults.is_empty() { Ok(document) } else { Err(OfficeError::Rejected(faults)) }
    }
}
