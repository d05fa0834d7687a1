//! Reading enrolments: one, and page by page. A page asks for the facts of all its rows at once.

use std::collections::HashMap;

use accolade_store::completions::{self, Fact};
use accolade_store::enrolments::{self as store, Enrolled};
use serde_json::Value;

use super::{Enrolment, EnrolmentFilter, shown};
use crate::achievements::found;
use crate::ids::possible;
use crate::office::Desk;
use crate::{Caller, Office, OfficeError, Page, PageRequest, Scope};

impl Office {
    /// One enrolment with its completions.
    pub fn enrolment(&self, caller: &Caller, id: &str) -> Result<Enrolment, OfficeError> {
        caller.needs(Scope::EnrolmentsRead)?;
        self.desk.whole_enrolment(caller, id)
    }

    /// The requirements in the version that counts for an enrolment, as achievements have them.
    pub fn enrolment_requirements(&self, caller: &Caller, id: &str) -> Result<Value, OfficeError> {
        caller.needs(Scope::EnrolmentsRead)?;
        let enrolled = self.desk.enrolled(caller, id)?.enrolment;
        let course = self.desk.course(&enrolled.achievement_id, enrolled.achievement_version)?;
        Ok(course.requirements.clone())
    }

    /// The enrolments for an achievement, newest first, without their completions.
    pub fn enrolments(
        &self,
        caller: &Caller,
        achievement: &str,
        filter: &EnrolmentFilter,
        page: &PageRequest,
    ) -> Result<Page<Enrolment>, OfficeError> {
        caller.needs(Scope::EnrolmentsRead)?;
        let desk = &*self.desk;
        let cursor = page.position()?;
        let narrowed = store::EnrolmentFilter {
            cohort: filter.cohort.as_deref(),
            status: filter.status.map(Into::into),
        };
        let (rows, facts) = desk.store.read("enrolments", |db| {
            found(db, caller, achievement)?;
            let rows = store::page(db, achievement, &narrowed, cursor.as_ref(), page.limit())?;
            let ids: Vec<&str> = rows.items.iter().map(|row| row.enrolment.id.as_str()).collect();
            let facts = completions::facts(db, &ids)?;
            Ok::<_, OfficeError>((rows, facts))
        })?;
        let mut of: HashMap<&str, Vec<&Fact>> = HashMap::new();
        for fact in &facts {
            of.entry(&fact.enrolment_id).or_default().push(fact);
        }
        Page::of(rows, |row| {
            let facts = of.get(row.enrolment.id.as_str()).map_or(&[][..], Vec::as_slice);
            desk.enrolment_with(row, facts.iter().copied())
        })
    }
}

impl Desk {
    /// The enrolment, where there is one for this caller.
    pub(super) fn enrolled(&self, caller: &Caller, id: &str) -> Result<Enrolled, OfficeError> {
        possible(id)?;
        let enrolled = self.store.read("enrolment", |db| store::get(db, id))?.ok_or(OfficeError::NotFound)?;
        caller.sees(&enrolled.enrolment.issuer_id)?;
        Ok(enrolled)
    }

    /// The enrolment with its completions.
    pub(super) fn whole_enrolment(&self, caller: &Caller, id: &str) -> Result<Enrolment, OfficeError> {
        let enrolled = self.enrolled(caller, id)?;
        let rows = self.store.read("completions", |db| completions::of_enrolment(db, id))?;
        let facts: Vec<Fact> = rows.iter().map(shown::light).collect();
        let completions = rows.iter().map(shown::completion).collect::<Result<_, _>>()?;
        Ok(Enrolment { completions, ..self.enrolment_with(&enrolled, &facts)? })
    }

    fn enrolment_with<'f>(
        &self,
        row: &Enrolled,
        facts: impl IntoIterator<Item = &'f Fact>,
    ) -> Result<Enrolment, OfficeError> {
        let course = self.course(&row.enrolment.achievement_id, row.enrolment.achievement_version)?;
        let progress = shown::progress(&course, &shown::facts(facts)?);
        Ok(self.shown_enrolment(&row.enrolment, shown::learner(&row.learner)?, progress))
    }
}
