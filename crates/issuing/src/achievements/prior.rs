//! What one must hold before: achievements that need each other could never be earned.

use std::collections::HashMap;

use accolade_core::requirement::cycle;
use accolade_store::{Tx, achievements as store};
use serde_json::Value;

use super::record;
use crate::ids::is_id;
use crate::office::Desk;
use crate::{Fault, OfficeError};

/// Achievements that are looked at before a tree counts as too large.
const MOST: usize = 1_000;

impl Desk {
    /// Refuses a document whose needs lead back to it, or to achievements of ours that do not exist. What is read stays as it
    /// is until the transaction ends, so that two amendments at once cannot close a circle together.
    pub(super) fn refuse_circles(
        &self,
        tx: &mut Tx<'_>,
        id: &str,
        document: &Value,
    ) -> Result<(), OfficeError> {
        let needs = needs(document)?;
        if needs.is_empty() {
            return Ok(());
        }
        let start = self.addresses.achievement(id);
        let mut known = HashMap::from([(start.clone(), needs)]);
        let mut of = |achievement: &str| -> Result<Vec<String>, OfficeError> {
            if let Some(needs) = known.get(achievement) {
                return Ok(needs.clone());
            }
            if known.len() >= MOST {
                let detail = format!("it needs more than {MOST} other achievements");
                return Err(OfficeError::rejected("/requirements", "too_many", detail));
            }
            let found = match self.addresses.achievement_id(achievement).filter(|id| is_id(id)) {
                // Somebody else's: of what it needs nothing is known.
                None => Vec::new(),
                Some(id) => {
                    let row = store::share(tx, id)?.ok_or_else(|| unknown(achievement))?;
                    needs_of(&row)?
                }
            };
            known.insert(achievement.to_owned(), found.clone());
            Ok(found)
        };
        match cycle(&start, &mut of)? {
            None => Ok(()),
            Some(way) => Err(OfficeError::rejected("/requirements", "circle", way.to_string())),
        }
    }
}

fn unknown(achievement: &str) -> OfficeError {
    let detail = format!("there is no achievement {achievement}");
    OfficeError::Rejected(vec![Fault::new("/requirements", "unknown_achievement", detail)])
}

fn needs_of(row: &store::Achievement) -> Result<Vec<String>, OfficeError> {
    needs(&serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?)
}

/// The addresses of the achievements that a stored document needs.
fn needs(document: &Value) -> Result<Vec<String>, OfficeError> {
    let requirements = record::requirements(document)?;
    let prior = requirements.iter().flat_map(|tree| tree.prior()).map(ToString::to_string);
    let stackability = record::micro_credential(document)?.and_then(|record| record.stackability);
    let requires = stackability.into_iter().flat_map(|stackability| stackability.requires);
    Ok(prior.chain(requires.map(String::from)).collect())
}

/// The activities that learning systems report about, each with the id of its requirement.
pub(super) fn activities(document: &Value) -> Result<Vec<(String, String)>, OfficeError> {
    let requirements = record::requirements(document)?;
    let leaves = requirements.iter().flat_map(|tree| tree.leaves());
    Ok(leaves.filter_map(|leaf| Some((leaf.iri.as_ref()?.to_string(), leaf.id.clone()))).collect())
}
