//! A learner's own progress, by a link that says nothing about the learner.

use std::collections::BTreeMap;

use accolade_issuing::views::AchievementSheet;
use accolade_issuing::{EnrolmentProgress, EnrolmentStatus, LinkedEnrolment, RequirementProgress};
use askama::Template;

use super::credential::{IssuerLine, Picture};
use super::facts::{Fact, Facts};
use super::frame::Frame;
use super::record::Record;
use super::said::Tongue;
use super::tree::{Standing, Tree};
use crate::html::Html;
use crate::icons::Icon;
use crate::metadata::Head;
use crate::reading::text;
use crate::words::{Words, said};
use crate::{Language, Page, PageStatus, Press, PublishingError};

#[derive(Template)]
#[template(path = "progress.html")]
struct ProgressPage<'a> {
    frame: Frame<'a>,
    tongue: Tongue,
    picture: Picture,
    name: &'a str,
    issuer: IssuerLine<'a>,
    state: &'static str,
    icon: Html,
    word: &'a str,
    sentence: &'a str,
    percent: u8,
    share: Html,
    facts: Vec<Fact>,
    award: Option<String>,
    tree: Option<Html>,
    achievement_page: String,
    link: Html,
}

impl Press {
    /// The page that a progress link opens. For its holder alone: never kept, never listed.
    pub fn progress_page(
        &self,
        linked: &LinkedEnrolment,
        sheet: &AchievementSheet,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let words = self.words(language);
        let enrolment = &linked.enrolment;
        let name = text(&sheet.document, "name").unwrap_or_default();
        let title = words.progress.title.plain(&[("badge", name)]);
        let head = Head { description: words.progress.label.clone(), noindex: true, ..Head::default() };
        let mut frame = self.frame(language, title, head, "");
        frame.masthead = self.masthead(&sheet.issuer);
        let tongue = Tongue::of(&sheet.document);
        let record = Record::of(&sheet.achievement.members, self, language);
        let levels = record.as_ref().map(Record::competency).unwrap_or_default();
        let standing = standing(&enrolment.progress, words, enrolment.status);
        let tree = Tree {
            press: self,
            words,
            language,
            tongue: &tongue,
            levels: &levels,
            standing: Some(&standing),
        };
        let (state, icon, word, sentence) = state(enrolment.status, words);
        let percent = percent(enrolment.progress.share);
        let page = ProgressPage {
            frame,
            picture: self.badge_picture(&sheet.image, &sheet.document, name),
            name,
            issuer: self.issuer_line(&sheet.issuer),
            state,
            icon: icon.html(),
            word,
            sentence,
            percent,
            share: words.progress.share.html(&[("share", &Html::text(&percent.to_string()))]),
            facts: self.progress_facts(linked, language),
            award: enrolment.links.credential.as_deref().and_then(|address| self.link(address)),
            tree: linked.requirements.as_ref().and_then(|requirements| tree.html(requirements)),
            achievement_page: self.link(&sheet.achievement.links.public).unwrap_or_default(),
            link: words.progress.link.html(&[("date", &language.day_html(linked.expires_at))]),
            tongue,
        };
        Ok(own(Page::html(page.render()?, language, 0)))
    }

    fn progress_facts(&self, linked: &LinkedEnrolment, language: Language) -> Vec<Fact> {
        let words = &self.words(language).progress;
        let enrolment = &linked.enrolment;
        let mut facts = Facts::new(self.words(language), language);
        facts.say(&words.learner, enrolment.learner.name.as_deref());
        facts.say(&words.cohort, enrolment.cohort.as_deref());
        let began = enrolment.begins_at.unwrap_or(enrolment.created_at);
        facts.add(&words.began, Some(language.day_html(began)));
        facts.add(&words.ends, enrolment.ends_at.map(|end| language.day_html(end)));
        facts.done()
    }

    /// The page of a progress link that opens nothing: unknown, expired, or revoked; which of them is nobody's business.
    pub fn progress_closed_page(&self, language: Language) -> Result<Page, PublishingError> {
        let words = &self.words(language).progress;
        let page = self.notice_page(language, "private", &words.closed, &words.closed_text)?;
        Ok(own(page).with_status(PageStatus::Problem(404)))
    }
}

/// A page for the one who opened it.
pub(super) fn own(page: Page) -> Page {
    Page { private: true, ..page.unlisted() }
}

/// What stands in the bar above the page: state, pictogram, word, sentence.
fn state(status: EnrolmentStatus, words: &Words) -> (&'static str, Icon, &str, &str) {
    let words = &words.progress;
    match status {
        EnrolmentStatus::Active => ("active", Icon::Clock, &words.active, &words.active_text),
        EnrolmentStatus::AwaitingApproval => ("awaiting", Icon::Pause, &words.awaiting, &words.awaiting_text),
        EnrolmentStatus::Awarded => ("valid", Icon::Check, &words.awarded, &words.awarded_text),
        EnrolmentStatus::Withdrawn => ("private", Icon::Dash, &words.withdrawn, &words.withdrawn_text),
    }
}

/// How far each requirement is, in words.
fn standing(
    progress: &EnrolmentProgress,
    words: &Words,
    status: EnrolmentStatus,
) -> BTreeMap<String, Standing> {
    let next = |it: &RequirementProgress| {
        status == EnrolmentStatus::Active && it.state == "open" && progress.next_steps.contains(&it.id)
    };
    let standing = |it: &RequirementProgress| {
        let (state, icon) = match it.state.as_str() {
            "done" => ("done", Icon::Check),
            "open" => ("open", Icon::Empty),
            _ => ("pending", Icon::Clock),
        };
        let mut said_of = said(&words.progress.states, &it.state).to_owned();
        if it.state == "not-enough" && it.share > 0.0 {
            said_of.push_str(&format!(" · {} %", percent(it.share)));
        }
        let mut sentence = vec![Html::text(&said_of)];
        if it.late {
            sentence.push(Html::text(&words.progress.late));
        }
        if next(it) {
            sentence.push(Html::text(&words.progress.next));
        }
        let sentence: Vec<String> = sentence.iter().map(Html::to_string).collect();
        Standing { state, icon: icon.html(), words: vec![Html::trusted(sentence.join(" · "))] }
    };
    progress.requirements.iter().map(|it| (it.id.clone(), standing(it))).collect()
}

/// A share as whole per cent; 100 only for all of it.
pub(super) fn percent(share: f64) -> u8 {
    if share >= 1.0 {
        return 100;
    }
    let text = format!("{:.0}", (share * 100.0).floor().clamp(0.0, 99.0));
    text.parse().unwrap_or_default()
}
