//! The page of an achievement: what can be earned, and how. It names nobody.

use askama::Template;
use serde_json::Value;

use super::credential::{IssuerLine, Picture};
use super::facts::{Fact, Facts, Skill, language_name, outcomes, skills};
use super::frame::Frame;
use super::record::{Outcome, Record};
use super::results::{Columns, ResultRow, demanded};
use super::said::{Tongue, prose};
use super::tree::Tree;
use crate::html::{Html, plain_name};
use crate::markdown;
use crate::metadata::{Head, Preview, about_achievement, data_block, shortened};
use crate::page::{DOCUMENT_SECONDS, PageAlternate};
use crate::reading::{list, text, texts};
use crate::words::Words;
use crate::{Language, Page, Press, PublishingError};
use accolade_issuing::views::AchievementSheet;

#[derive(Template)]
#[template(path = "achievement.html")]
struct AchievementPage<'a> {
    frame: Frame<'a>,
    tongue: Tongue,
    picture: Picture,
    kind: String,
    name: &'a str,
    issuer: IssuerLine<'a>,
    description: Option<Html>,
    criteria: Option<Html>,
    criteria_link: Option<String>,
    results: Vec<ResultRow>,
    columns: Columns,
    /// How long, how much, which level: of a micro-credential.
    glance: Vec<Fact>,
    outcomes: Vec<Outcome>,
    /// The tree of requirements.
    earned: Option<Html>,
    /// What one needs to begin.
    before: Vec<String>,
    skills: Vec<Skill>,
    facts: Vec<Fact>,
    editions: Vec<Edition>,
    data: Vec<DataLink>,
}

/// Another edition of the same achievement.
#[derive(Debug, Clone)]
struct Edition {
    link: String,
    tag: Option<String>,
    label: Html,
}

/// A document for machines.
#[derive(Debug, Clone)]
pub(super) struct DataLink {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) media_type: &'static str,
}

impl Press {
    /// The page of an achievement.
    pub fn achievement_page(
        &self,
        sheet: &AchievementSheet,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let words = self.words(language);
        let achievement = &sheet.document;
        let name = text(achievement, "name").unwrap_or_default();
        let head = self.achievement_head(sheet, name, words);
        let title = words.credential.title.plain(&[("badge", name), ("issuer", &sheet.issuer.name)]);
        let mut frame = self.frame(language, title, head, "");
        frame.masthead = self.masthead(&sheet.issuer);
        let tongue = Tongue::of(achievement);
        let record = Record::of(&sheet.achievement.members, self, language);
        let outcomes = record.as_ref().map_or_else(|| in_words(achievement), Record::outcomes);
        let mut skills = skills(self, achievement);
        skills.retain(|skill| {
            !outcomes.iter().any(|outcome| outcome.link.is_some() && outcome.link == skill.link)
        });
        let results = demanded(achievement, words);
        let criteria = achievement.get("criteria").unwrap_or(&Value::Null);
        let page = AchievementPage {
            frame,
            picture: self.badge_picture(&sheet.image, achievement, name),
            kind: text(achievement, "achievementType")
                .map_or_else(|| words.achievement.label.clone(), |term| words.kind(term)),
            name,
            issuer: self.issuer_line(&sheet.issuer),
            description: text(achievement, "description").map(prose),
            criteria: text(criteria, "narrative").map(markdown::html),
            criteria_link: text(criteria, "id").and_then(|address| self.link(address)),
            columns: Columns::of(&results),
            results,
            glance: self.glance(record.as_ref(), language),
            earned: self.earned(sheet, record.as_ref(), &tongue, language),
            before: record.as_ref().map(|it| it.record.prerequisites.clone()).unwrap_or_default(),
            outcomes,
            skills,
            facts: self.achievement_facts(achievement, record.as_ref(), language),
            tongue,
            editions: list(achievement, "related").iter().filter_map(|it| self.edition(it, words)).collect(),
            data: self.achievement_data(sheet),
        };
        Ok(Page::html(page.render()?, language, DOCUMENT_SECONDS))
    }

    fn glance(&self, record: Option<&Record<'_>>, language: Language) -> Vec<Fact> {
        let mut facts = Facts::new(self.words(language), language);
        if let Some(record) = record {
            record.glance(&mut facts);
        }
        facts.done()
    }

    fn earned(
        &self,
        sheet: &AchievementSheet,
        record: Option<&Record<'_>>,
        tongue: &Tongue,
        language: Language,
    ) -> Option<Html> {
        let levels = record.map(Record::competency).unwrap_or_default();
        let words = self.words(language);
        let tree = Tree { press: self, words, language, tongue, levels: &levels, standing: None };
        tree.html(sheet.achievement.members.get("requirements")?)
    }

    fn achievement_facts(
        &self,
        achievement: &Value,
        record: Option<&Record<'_>>,
        language: Language,
    ) -> Vec<Fact> {
        let mut facts = Facts::new(self.words(language), language);
        match record {
            Some(record) => {
                record.details(&mut facts);
                facts.of_subject_matter(achievement);
            }
            None => facts.of_achievement(achievement),
        }
        facts.done()
    }

    fn achievement_head(&self, sheet: &AchievementSheet, name: &str, words: &Words) -> Head {
        let page = &sheet.achievement.links.public;
        let about = words.achievement.description.plain(&[("badge", name), ("issuer", &sheet.issuer.name)]);
        let described = text(&sheet.document, "description").map_or(about, str::to_owned);
        let also = |url: &str| PageAlternate { content_type: "application/ld+json", url: url.to_owned() };
        Head {
            description: shortened(&described, 200),
            canonical: Some(page.clone()),
            noindex: false,
            preview: Some(Preview {
                title: plain_name(name),
                site_name: plain_name(&sheet.issuer.name),
                image: Some(sheet.image.card.clone()).filter(|card| !card.is_empty()),
                image_alt: plain_name(name),
            }),
            alternates: vec![also(&format!("{page}.json")), also(&sheet.achievement.links.badge)],
            oembed: None,
            json_ld: Some(data_block(&about_achievement(sheet, page))),
        }
    }

    fn achievement_data(&self, sheet: &AchievementSheet) -> Vec<DataLink> {
        let links = &sheet.achievement.links;
        [
            ("Open Badges 3.0, Achievement", format!("{}.json", links.public)),
            ("Open Badges 2.0, BadgeClass", links.badge.clone() + ".json"),
        ]
        .into_iter()
        .filter_map(|(label, address)| {
            Some(DataLink {
                label: label.to_owned(),
                href: self.link(&address)?,
                media_type: "application/ld+json",
            })
        })
        .collect()
    }

    /// Another edition that people can read; the 2.0 view of the same achievement is none, and an achievement that this one is
    /// put together from is another achievement.
    fn edition(&self, related: &Value, words: &Words) -> Option<Edition> {
        let is_part = texts(related, "type").contains(&accolade_core::requirement::PART);
        if is_part || text(related, "version") == Some("Open Badges v2p0") {
            return None;
        }
        let tag = text(related, "inLanguage");
        let version = text(related, "version").map(Html::isolated);
        let language = tag.map(|tag| language_name(tag, words));
        let label = match (language, version) {
            (Some(language), Some(version)) => Html::trusted(format!("{language} · {version}")),
            (Some(language), None) => language,
            (None, Some(version)) => {
                Html::trusted(format!("{} {version}", Html::text(&words.achievement.edition)))
            }
            (None, None) => Html::text(&words.achievement.edition),
        };
        Some(Edition {
            link: text(related, "id").and_then(|it| self.link(it))?,
            tag: tag.map(str::to_owned),
            label,
        })
    }
}

/// The outcomes that the published achievement has in words.
fn in_words(achievement: &Value) -> Vec<Outcome> {
    let outcome = |text: &str| Outcome { text: text.to_owned(), framework: None, link: None };
    outcomes(achievement).into_iter().map(outcome).collect()
}
