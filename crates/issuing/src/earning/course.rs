//! What a version of an achievement asks for, read once: versions never change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use accolade_core::Requirements;
use accolade_core::requirement::Leaf;
use accolade_store::{Db, achievement_versions};
use serde_json::Value;

use crate::achievements::record;
use crate::office::Desk;
use crate::{ConflictKind, Fault, OfficeError};

/// Courses that are remembered; all are forgotten when there are more.
const MOST: usize = 512;

/// What a version of an achievement asks for.
pub(crate) struct Course {
    /// The achievement's id in this house.
    pub(crate) achievement_id: String,
    /// Which version.
    pub(crate) version: u32,
    /// What is to be done.
    pub(crate) tree: Requirements,
    /// The codes of the levels of competency, from low to high.
    pub(crate) competency: Vec<String>,
    /// Whether a coordinator approves each award.
    pub(crate) needs_approval: bool,
    /// The tree as achievements have it.
    pub(crate) requirements: Value,
}

impl Course {
    /// The leaf of that id, or the one that statements about that activity are about.
    ///
    /// # Errors
    /// A fault at `/requirement` that names what there is.
    pub(crate) fn leaf(&self, name: &str) -> Result<&Leaf, Fault> {
        self.tree.leaf(name).or_else(|| self.tree.leaf_of_iri(name)).ok_or_else(|| {
            let known: Vec<&str> = self.tree.leaves().iter().take(20).map(|leaf| leaf.id.as_str()).collect();
            let detail = format!(
                "there is no such requirement in version {} of the achievement; there are {}",
                self.version,
                known.join(", ")
            );
            Fault::new("/requirement", "unknown_requirement", detail)
        })
    }
}

/// The courses that were read already.
#[derive(Default)]
pub(crate) struct Courses(Mutex<HashMap<(String, u32), Arc<Course>>>);

impl Courses {
    /// What that version asks for; a conflict where it asks for nothing.
    pub(crate) fn of(
        &self,
        db: &mut Db<'_>,
        achievement_id: &str,
        version: u32,
    ) -> Result<Arc<Course>, OfficeError> {
        let key = (achievement_id.to_owned(), version);
        if let Some(course) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(course));
        }
        let row = achievement_versions::get(db, achievement_id, version)?.ok_or(OfficeError::NotFound)?;
        let course = Arc::new(read(&row)?);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, Arc::clone(&course));
        Ok(course)
    }
}

fn read(row: &achievement_versions::AchievementVersion) -> Result<Course, OfficeError> {
    let document: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
    let tree = record::requirements(&document)?
        .ok_or_else(|| OfficeError::conflict(ConflictKind::NoRequirements, row.achievement_id.clone()))?;
    let competency = record::micro_credential(&document)?.map(|record| record.competency_codes());
    Ok(Course {
        achievement_id: row.achievement_id.clone(),
        version: row.version,
        requirements: tree.to_value(),
        tree,
        competency: competency.unwrap_or_default(),
        needs_approval: record::needs_approval(&document),
    })
}

impl Desk {
    /// What that version of an achievement asks for.
    pub(crate) fn course(&self, achievement_id: &str, version: u32) -> Result<Arc<Course>, OfficeError> {
        self.store.read("course", |db| self.courses.of(db, achievement_id, version))
    }
}
