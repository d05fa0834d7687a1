//! The catalogue: what one can earn here, narrowed by what one looks for. A plain form; every state of it has an address.

use accolade_core::micro_credential::Span;
use accolade_issuing::views::{Catalogue, CatalogueEntry, CatalogueFilter};
use askama::Template;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use super::frame::Frame;
use super::record::Record;
use super::said::Tongue;
use crate::html::Html;
use crate::metadata::Head;
use crate::page::{DOCUMENT_SECONDS, PageAlternate};
use crate::{Language, Page, Press, PublishingError};

/// Micro-credentials on one page.
const PER_PAGE: usize = 24;
/// The longest durations that are offered to choose from.
const DURATIONS: [&str; 5] = ["P2D", "P1W", "P6W", "P6M", "P1Y"];

/// What a visitor of the catalogue asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogueSearch {
    /// What is looked for.
    pub filter: CatalogueFilter,
    /// Which page of what was found, from 1; 0 counts as 1.
    pub page: usize,
    /// The language of the page stands in its address, and is to stay there.
    pub keeps_language: bool,
}

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CataloguePage<'a> {
    frame: Frame<'a>,
    action: String,
    keeps_language: bool,
    skill: String,
    levels: Vec<Choice>,
    durations: Vec<Choice>,
    languages: Vec<Choice>,
    is_narrowed: bool,
    count: String,
    cards: Vec<Card>,
    place: Html,
    previous: Option<String>,
    next: Option<String>,
}

/// Something to choose in the form.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

#[derive(Debug, Clone)]
struct Card {
    link: String,
    picture: String,
    tongue: Tongue,
    name: String,
    issuer: String,
    /// How long, how much, which level.
    terms: Vec<Html>,
}

impl Press {
    /// The page of the catalogue that a search leads to.
    pub fn catalogue_page(
        &self,
        catalogue: &Catalogue,
        search: &CatalogueSearch,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let words = &self.words(language).catalogue;
        let found = catalogue.find(&search.filter);
        let pages = found.len().div_ceil(PER_PAGE).max(1);
        let page = search.page.clamp(1, pages);
        let shown = found.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        let is_narrowed = search.filter != CatalogueFilter::default();
        let query = query(&search.filter, page, None);
        let to = |page: usize| {
            let lang = search.keeps_language.then_some(language);
            format!("?{}", self::query(&search.filter, page, lang))
        };
        let place = words
            .place
            .html(&[("page", &Html::text(&page.to_string())), ("pages", &Html::text(&pages.to_string()))]);
        let sheet = CataloguePage {
            frame: self.frame(language, words.title.clone(), self.catalogue_head(words, &query), &query),
            action: self.path("/public/catalogue"),
            keeps_language: search.keeps_language,
            skill: search.filter.skill.clone().unwrap_or_default(),
            levels: self.levels(catalogue, search, language),
            durations: self.durations(search, language),
            languages: self.taught_in(catalogue, search, language),
            is_narrowed,
            count: words.count.of(language, u64::try_from(found.len()).unwrap_or(u64::MAX)),
            cards: shown.map(|entry| self.catalogue_card(entry, language)).collect(),
            place,
            previous: (page > 1).then(|| to(page - 1)),
            next: (page < pages).then(|| to(page + 1)),
        };
        let made = Page::html(sheet.render()?, language, DOCUMENT_SECONDS);
        Ok(if query.is_empty() { made } else { made.unlisted() })
    }

    /// The same for programs, JSON, and the address of the next page.
    pub fn catalogue_list(
        &self,
        catalogue: &Catalogue,
        search: &CatalogueSearch,
    ) -> Result<(Page, Option<String>), PublishingError> {
        let found = catalogue.find(&search.filter);
        let pages = found.len().div_ceil(PER_PAGE).max(1);
        let page = search.page.clamp(1, pages);
        let items: Vec<Value> =
            found.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).map(|entry| item(entry)).collect();
        let list = json!({ "items": items, "total": found.len(), "page": page, "pages": pages });
        let next = (page < pages)
            .then(|| format!("{}?{}", self.url("/public/catalogue"), query(&search.filter, page + 1, None)));
        let body = bytes::Bytes::from(list.to_string());
        Ok((Page::file(body, "application/json", Language::En, DOCUMENT_SECONDS), next))
    }

    /// Only the whole catalogue, from its beginning, is for search engines.
    fn catalogue_head(&self, words: &crate::words::CatalogueWords, query: &str) -> Head {
        let url = self.url("/public/catalogue");
        Head {
            description: words.text.clone(),
            canonical: query.is_empty().then(|| url.clone()),
            noindex: !query.is_empty(),
            alternates: vec![PageAlternate { content_type: "application/json", url }],
            ..Head::default()
        }
    }

    fn levels(&self, catalogue: &Catalogue, search: &CatalogueSearch, language: Language) -> Vec<Choice> {
        let words = self.words(language);
        let chosen = search.filter.level.as_deref();
        let choice = |(value, level): (String, _)| Choice {
            label: Record::level_name(&level, words).words(),
            is_chosen: chosen == Some(value.as_str()),
            value,
        };
        catalogue.levels().into_iter().map(choice).collect()
    }

    fn durations(&self, search: &CatalogueSearch, language: Language) -> Vec<Choice> {
        let units = &self.words(language).units;
        let chosen = search.filter.duration.map(|span| span.to_string());
        let offered = DURATIONS.into_iter().map(str::to_owned);
        // What stands in the address stays, also where the form does not offer it.
        let others = chosen.clone().into_iter().filter(|span| !DURATIONS.contains(&span.as_str()));
        offered
            .chain(others)
            .filter_map(|value| {
                let label = units.say(language, &value)?;
                Some(Choice { label, is_chosen: chosen.as_ref() == Some(&value), value })
            })
            .collect()
    }

    fn taught_in(&self, catalogue: &Catalogue, search: &CatalogueSearch, language: Language) -> Vec<Choice> {
        let words = self.words(language);
        let choice = |value: String| Choice {
            label: words.languages.get(&value).unwrap_or(&value).clone(),
            is_chosen: search.filter.language.as_deref() == Some(value.as_str()),
            value,
        };
        catalogue.languages().into_iter().map(choice).collect()
    }

    fn catalogue_card(&self, entry: &CatalogueEntry, language: Language) -> Card {
        let record = entry.record.clone().map(|record| Record::new(record, self, language));
        Card {
            link: self.link(&entry.card.page).unwrap_or_default(),
            picture: self.picture(&entry.card.image.side_200).unwrap_or_default(),
            tongue: Tongue::tagged(entry.card.language.as_deref()),
            name: entry.card.name.clone(),
            issuer: entry.issuer.name.clone(),
            terms: record.map(|record| record.terms()).unwrap_or_default(),
        }
    }
}

/// A micro-credential in a list for programs.
fn item(entry: &CatalogueEntry) -> Value {
    let card = &entry.card;
    let mut item = json!({
        "id": card.id,
        "name": card.name,
        "issuer": {"id": entry.issuer.id, "profileId": entry.issuer.profile_id, "name": entry.issuer.name},
        "createdAt": entry.created_at,
        "links": {"public": card.page, "image": card.image.side_600, "issuer": entry.issuer.page},
    });
    let more = [
        ("description", card.description.clone().map(Value::from)),
        ("inLanguage", card.language.clone().map(Value::from)),
        ("microCredential", entry.record.as_ref().map(|record| record.to_value())),
    ];
    if let Some(members) = item.as_object_mut() {
        members.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    item
}

/// The query of a search; `lang` where the page's language stands in its address.
fn query(filter: &CatalogueFilter, page: usize, lang: Option<Language>) -> String {
    let duration = filter.duration.as_ref().map(Span::to_string);
    let page = (page > 1).then(|| page.to_string());
    let pairs = [
        ("skill", filter.skill.as_deref()),
        ("level", filter.level.as_deref()),
        ("duration", duration.as_deref()),
        ("language", filter.language.as_deref()),
        ("page", page.as_deref()),
        ("lang", lang.map(Language::tag)),
    ];
    let mut query = Serializer::new(String::new());
    pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).for_each(|(name, value)| {
        query.append_pair(name, value);
    });
    query.finish()
}
