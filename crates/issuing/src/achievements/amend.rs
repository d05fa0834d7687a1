//! Amend an achievement.

use accolade_store::achievements as store;
use serde_json::{Value, json};

use super::{Achievement, define, found};
use crate::issuers::without_identity;
use crate::ledger::Act;
use crate::orders::patched;
use crate::{Caller, Office, OfficeError, Scope};

impl Office {
    /// Changes Achievement members: a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396.html)), `null` takes
    /// a member away. Credentials already awarded keep what they say.
    pub fn amend_achievement(
        &self,
        caller: &Caller,
        id: &str,
        patch: &Value,
    ) -> Result<Achievement, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::AchievementsWrite)?;
        loop {
            let mut row = desk.store.read("achievement", |db| found(db, caller, id))?;
            let stored: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
            let members = patched(without_identity(stored), patch)?;
            let members = define::read(&Value::Object(members))?;
            let document = desk.whole_achievement(members, id)?.to_string();
            let now = desk.now();
            let detail = json!({ "issuerId": row.issuer_id, "achievementId": id });
            let act = Act::new(desk, caller, "achievement.amend", id, now, &detail);
            let amended = desk.store.write("achievement.amend", |tx| {
                let amended = store::update(tx, id, row.version, &document, now)?;
                if amended {
                    act.write(tx)?;
                }
                Ok::<_, OfficeError>(amended)
            })?;
            // Where somebody else was faster, the patch is laid over what he left.
            if amended {
                row.document = document;
                row.version = row.version.saturating_add(1);
                row.updated_at = now;
                return desk.shown_achievement(&row);
            }
        }
    }
}
