//! The catalogue: every micro-credential of the house, kept in memory, found by what learners ask for.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use accolade_core::Timestamp;
use accolade_core::micro_credential::{Level, MicroCredential, Span};
use accolade_store::{Cursor, achievements, issuers};
use serde_json::Value;

use super::{AchievementCard, IssuerCard};
use crate::achievements::record;
use crate::office::Desk;
use crate::{Office, OfficeError};

/// The micro-credentials that are kept: the newest. A house with more has a catalogue of its own elsewhere.
const MOST: usize = 10_000;
/// Rows that are read at once.
const AT_ONCE: u32 = 500;
/// Seconds that are read again each time: what was written by then may have been committed later.
const OVERLAP: i64 = 60;

/// A micro-credential in the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueEntry {
    /// Its name, its picture, its page.
    pub card: AchievementCard,
    /// What it says of itself as a micro-credential.
    pub record: Option<MicroCredential>,
    /// Who awards it.
    pub issuer: Arc<IssuerCard>,
    /// When it was defined.
    pub created_at: Timestamp,
    /// Whether requirements earn it, so that learners can enrol.
    pub has_requirements: bool,
    /// What is looked for in it: lower-case words of its name, description, outcomes, skills, field and keywords.
    words: String,
}

/// What is looked for; what is `None` does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogueFilter {
    /// A level by its framework and code, such as `EQF:6`.
    pub level: Option<String>,
    /// It takes at most so long.
    pub duration: Option<Span>,
    /// Words that must all occur in it.
    pub skill: Option<String>,
    /// The language it is given in, such as `de`; `de-CH` is found by it, too.
    pub language: Option<String>,
}

/// The catalogue as it was at one moment.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// By when they were defined, and id.
    entries: BTreeMap<(Timestamp, String), Arc<CatalogueEntry>>,
    issuers: HashMap<String, Arc<IssuerCard>>,
    /// Until when amendments were read.
    read_until: Option<Timestamp>,
}

impl Catalogue {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What fits the filter, the newest first.
    pub fn find(&self, filter: &CatalogueFilter) -> Vec<&Arc<CatalogueEntry>> {
        let wanted: Vec<String> =
            filter.skill.iter().flat_map(|words| words.split_whitespace()).map(str::to_lowercase).collect();
        self.entries.values().rev().filter(|entry| entry.fits(filter, &wanted)).collect()
    }

    /// Every level that occurs, by the name that [`CatalogueFilter::level`] has for it.
    pub fn levels(&self) -> BTreeMap<String, Level> {
        let levels = self.entries.values().filter_map(|entry| entry.record.as_ref());
        levels.flat_map(|record| &record.levels).map(|level| (level_name(level), level.clone())).collect()
    }

    /// Every language that occurs, without its region.
    pub fn languages(&self) -> BTreeSet<String> {
        self.entries.values().filter_map(|entry| entry.language()).collect()
    }
}

impl FromIterator<CatalogueEntry> for Catalogue {
    fn from_iter<I: IntoIterator<Item = CatalogueEntry>>(entries: I) -> Self {
        let place = |entry: CatalogueEntry| ((entry.created_at, entry.card.id.clone()), Arc::new(entry));
        Catalogue { entries: entries.into_iter().map(place).collect(), ..Catalogue::default() }
    }
}

impl CatalogueEntry {
    /// An entry; `document` is the achievement, in whose words it is found.
    pub fn new(
        card: AchievementCard,
        document: &Value,
        record: Option<MicroCredential>,
        issuer: Arc<IssuerCard>,
        created_at: Timestamp,
    ) -> CatalogueEntry {
        let words = words_of(&card, document, record.as_ref());
        let has_requirements = document.get(record::REQUIREMENTS).is_some();
        CatalogueEntry { card, record, issuer, created_at, has_requirements, words }
    }

    fn fits(&self, filter: &CatalogueFilter, words: &[String]) -> bool {
        let record = self.record.as_ref();
        let has_level = |wanted: &String| {
            record.is_some_and(|it| it.levels.iter().any(|level| level_name(level) == *wanted))
        };
        let is_short = |longest: &Span| {
            let duration = record.and_then(|record| record.duration);
            duration.is_some_and(|it| it.maximum.days_at_least() <= longest.days_at_least())
        };
        filter.level.as_ref().is_none_or(has_level)
            && filter.duration.as_ref().is_none_or(is_short)
            && filter.language.as_ref().is_none_or(|wanted| self.language() == primary(wanted))
            && words.iter().all(|word| self.words.contains(word))
    }

    fn language(&self) -> Option<String> {
        primary(self.card.language.as_ref()?)
    }
}

/// A language without its region.
fn primary(tag: &str) -> Option<String> {
    tag.split(['-', '_']).next().filter(|language| !language.is_empty()).map(str::to_lowercase)
}

fn level_name(level: &Level) -> String {
    format!("{}:{}", level.framework.as_str(), level.code)
}

impl Office {
    /// The catalogue as it is now, made of the one `before` and what was amended since: that costs as much as there is new.
    pub fn catalogue(&self, before: Option<&Catalogue>) -> Result<Catalogue, OfficeError> {
        let desk = &*self.desk;
        let mut catalogue = before.cloned().unwrap_or_default();
        let read_at = desk.now();
        let since = catalogue.read_until.map_or(i64::MIN, |until| until.unix_seconds() - OVERLAP);
        desk.refresh_issuers(&mut catalogue, since)?;
        let mut place = None;
        loop {
            let page = desk
                .store
                .read("catalogue", |db| achievements::amended(db, since, place.as_ref(), AT_ONCE))?;
            for row in &page.items {
                desk.enter(&mut catalogue, row)?;
            }
            place = page.next;
            if place.is_none() {
                break;
            }
        }
        while catalogue.entries.len() > MOST {
            catalogue.entries.pop_first();
        }
        catalogue.read_until = Some(read_at);
        Ok(catalogue)
    }
}

impl Desk {
    /// Reads issuers amended since, and puts their new cards on what they award.
    fn refresh_issuers(&self, catalogue: &mut Catalogue, since: i64) -> Result<(), OfficeError> {
        let mut place: Option<Cursor> = None;
        let mut changed = BTreeSet::new();
        loop {
            let page = self
                .store
                .read("catalogue.issuers", |db| issuers::amended(db, since, place.as_ref(), AT_ONCE))?;
            for row in &page.items {
                let profile = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
                let card = Arc::new(self.issuer_card(&row.id, &profile));
                if catalogue.issuers.get(&row.id) != Some(&card) {
                    changed.insert(row.id.clone());
                    catalogue.issuers.insert(row.id.clone(), card);
                }
            }
            place = page.next;
            if place.is_none() {
                break;
            }
        }
        for entry in catalogue.entries.values_mut().filter(|entry| changed.contains(&entry.issuer.id)) {
            if let Some(card) = catalogue.issuers.get(&entry.issuer.id) {
                *entry = Arc::new(CatalogueEntry { issuer: card.clone(), ..CatalogueEntry::clone(entry) });
            }
        }
        Ok(())
    }

    /// Enters an achievement, or takes it out: it may have been a micro-credential before.
    fn enter(&self, catalogue: &mut Catalogue, row: &achievements::Achievement) -> Result<(), OfficeError> {
        let key = (row.created_at, row.id.clone());
        let stored: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        let record = record::micro_credential(&stored)?;
        let is_one = stored.get("achievementType").and_then(Value::as_str) == Some("MicroCredential")
            || record.is_some()
            || stored.get(record::REQUIREMENTS).is_some();
        let issuer = match catalogue.issuers.get(&row.issuer_id) {
            Some(card) => Some(card.clone()),
            // Registered after the issuers were read.
            None => self.one_issuer(&row.issuer_id)?,
        };
        match issuer.filter(|_| is_one) {
            Some(issuer) => {
                let card = self.achievement_card(row)?;
                let entry = CatalogueEntry::new(card, &stored, record, issuer, row.created_at);
                catalogue.entries.insert(key, Arc::new(entry));
            }
            None => drop(catalogue.entries.remove(&key)),
        }
        Ok(())
    }

    fn one_issuer(&self, id: &str) -> Result<Option<Arc<IssuerCard>>, OfficeError> {
        let Some(row) = self.store.read("catalogue.issuer", |db| issuers::get(db, id))? else {
            return Ok(None);
        };
        let profile = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        Ok(Some(Arc::new(self.issuer_card(id, &profile))))
    }
}

/// What is looked for in an entry.
fn words_of(card: &AchievementCard, stored: &Value, record: Option<&MicroCredential>) -> String {
    let texts = |member: &str, inside: &str| -> Vec<String> {
        let items = stored.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let text = |item: &Value| item.as_str().or_else(|| item.get(inside)?.as_str()).map(str::to_owned);
        items.iter().filter_map(text).collect()
    };
    let field = stored.get("fieldOfStudy").and_then(Value::as_str).map(str::to_owned);
    let mut words: Vec<String> = vec![card.name.clone()];
    words.extend(card.description.clone());
    words.extend(field);
    words.extend(texts("tag", ""));
    words.extend(texts("alignment", "targetName"));
    if let Some(record) = record {
        words.extend(record.learning_outcomes.iter().map(|outcome| outcome.text.clone()));
        words.extend(record.field.iter().map(|field| field.name.clone()));
    }
    words.join("\n").to_lowercase()
}
