//! Amend an achievement.

use accolade_linked_data::jcs;
use accolade_store::{achievements as store, requirement_activities};
use serde_json::{Value, json};

use super::define::{self, Picture};
use super::{Achievement, found, prior, record};
use crate::idempotency::{GivenUp, Once, save};
use crate::issuers::without_identity;
use crate::ledger::Act;
use crate::orders::patched;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Changes Achievement members: a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396.html)), `null` takes
    /// a member away. What it said before stays as a version of its own, and credentials already awarded keep what they say.
    pub fn amend_achievement(
        &self,
        caller: &Caller,
        id: &str,
        patch: &Value,
        key: Option<IdempotencyKey>,
    ) -> Result<Achievement, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::AchievementsWrite)?;
        let request = ["amend achievement", id, &jcs::canonicalize(patch)];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(achievement) = once.replay(desk)? {
            return Ok(achievement);
        }
        loop {
            let mut row = desk.store.read("achievement", |db| found(db, caller, id))?;
            let stored: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
            let mut members = patched(without_identity(stored), patch, record::is_known)?;
            let picture = match patch.get("image") {
                // A picture that was drawn from the name follows it.
                None if members.contains_key("image") || patch.get("name").is_none() => {
                    Picture::AsItWas(members.remove("image"), row.image_id.clone())
                }
                _ => Picture::Asked(self.brought.as_deref()),
            };
            let members = define::read(&Value::Object(members))?;
            let read_version = row.version;
            let (document, picture) = desk.whole_achievement(members, id, picture)?;
            row.document = document.to_string();
            row.image_id = picture.id().map(str::to_owned);
            row.version = read_version.saturating_add(1);
            row.updated_at = desk.now();
            let detail = json!({ "issuerId": row.issuer_id, "achievementId": id });
            let act = Act::new(desk, caller, "achievement.amend", id, row.updated_at, &detail);
            let achievement = desk.shown_achievement(&row)?;
            let activities = prior::activities(&document)?;
            let reply = once.row(id, &achievement, row.updated_at)?;
            let amended = desk.store.write("achievement.amend", |tx| {
                picture.write(tx)?;
                let amended = store::update(tx, &row, read_version)?;
                if amended {
                    desk.refuse_circles(tx, id, &document)?;
                    requirement_activities::replace(tx, id, &activities)?;
                    save(tx, reply.as_ref())?;
                    act.write(tx)?;
                }
                Ok::<_, GivenUp>(amended)
            });
            // Where somebody else was faster, the patch is laid over what he left.
            match amended {
                Ok(false) => {}
                ended => return once.conclude(desk, ended.map(|_| achievement)),
            }
        }
    }
}
