//! Which activities of learning systems are about which requirements of achievements, as the achievements stand now.

use diesel::prelude::*;

use crate::schema::{achievements, requirement_activities as activities};
use crate::{Db, StoreError, Tx};

/// What an activity is about.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = activities)]
pub struct RequirementActivity {
    /// The activity's IRI.
    pub activity: String,
    /// The achievement.
    pub achievement_id: String,
    /// The id of its requirement.
    pub requirement: String,
}

/// Replaces what is known of an achievement's activities, each an IRI with the id of its requirement.
pub fn replace(db: &mut Tx<'_>, achievement_id: &str, known: &[(String, String)]) -> Result<(), StoreError> {
    let old = activities::table.filter(activities::achievement_id.eq(achievement_id));
    db.run(|connection| diesel::delete(old).execute(connection))?;
    for (activity, requirement) in known {
        let values = (
            activities::activity.eq(activity),
            activities::achievement_id.eq(achievement_id),
            activities::requirement.eq(requirement),
        );
        db.run(|connection| diesel::insert_into(activities::table).values(values).execute(connection))?;
    }
    Ok(())
}

/// What an activity is about, at one issuer or at all, in the order of the achievements' ids.
pub fn find(
    db: &mut Db<'_>,
    activity: &str,
    issuer_id: Option<&str>,
) -> Result<Vec<RequirementActivity>, StoreError> {
    let query = activities::table
        .inner_join(achievements::table)
        .filter(activities::activity.eq(activity))
        .order(activities::achievement_id)
        .select(RequirementActivity::as_select());
    match issuer_id {
        None => db.run(|connection| query.load(connection)),
        Some(issuer_id) => {
            db.run(|connection| query.filter(achievements::issuer_id.eq(issuer_id)).load(connection))
        }
    }
}
