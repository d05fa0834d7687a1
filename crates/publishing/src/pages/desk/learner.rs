//! One learner: what is recorded, what is still to be recorded, and what a coordinator decides.

use accolade_core::Timestamp;
use accolade_issuing::views::AchievementSheet;
use accolade_issuing::{Completion, Enrolment, EnrolmentStatus, ProgressLink};
use askama::Template;
use serde_json::Value;

use super::super::facts::{Fact, Facts};
use super::super::frame::Frame;
use super::super::progress::{own, percent};
use super::super::record::Record;
use super::super::said::Tongue;
use super::super::tree::leaves;
use super::roster::takes_coordinators;
use super::{Bar, Coordinator, DeskNotes, Notes, learner_name};
use crate::html::{Html, plain_name};
use crate::icons::Icon;
use crate::language::decimal;
use crate::reading::text;
use crate::words::{Words, said};
use crate::{Language, Page, PageStatus, Press, PublishingError};

/// What the page of one learner is made of.
#[derive(Debug, Clone)]
pub struct LearnerDesk {
    /// The achievement as it is now.
    pub achievement: AchievementSheet,
    /// The enrolment with its completions.
    pub enrolment: Enrolment,
    /// The requirements in the version that counts.
    pub requirements: Option<Value>,
    /// A progress link that was just made.
    pub link: Option<ProgressLink>,
    /// What stands above it.
    pub notes: DeskNotes,
}

#[derive(Template)]
#[template(path = "learner.html")]
struct LearnerPage<'a> {
    frame: Frame<'a>,
    bar: Bar,
    notes: Notes,
    tongue: Tongue,
    learner: String,
    achievement: &'a str,
    back: String,
    percent: u8,
    share: Html,
    facts: Vec<Fact>,
    award: Option<String>,
    may_write: bool,
    may_approve: bool,
    may_leave: bool,
    action: String,
    stamp: String,
    levels: Vec<(String, String)>,
    requirements: Vec<Wanted>,
    completions: Vec<Recorded>,
    link: Option<(String, Html)>,
}

/// A requirement, and what a form to record it asks for.
#[derive(Debug, Clone)]
struct Wanted {
    id: String,
    title: String,
    kind: String,
    state: &'static str,
    icon: Html,
    word: String,
    /// Whether it may be recorded here.
    is_open: bool,
    asks_score: bool,
    asks_level: bool,
    asks_hours: bool,
    asks_evidence: bool,
}

/// A completion.
#[derive(Debug, Clone)]
struct Recorded {
    id: String,
    title: String,
    result: String,
    when: Html,
    by: String,
    evidence: Option<String>,
    taken_back: Option<String>,
    is_taken_back: bool,
}

impl Press {
    /// The page of one learner.
    pub fn learner_page(
        &self,
        coordinator: &Coordinator,
        desk: &LearnerDesk,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let words = self.words(language);
        let enrolment = &desk.enrolment;
        let learner = learner_name(&enrolment.learner);
        let title = format!("{} · {}", plain_name(&learner), words.desk.title);
        let record = Record::of(&desk.achievement.achievement.members, self, language);
        let percent = percent(enrolment.progress.share);
        let notes = self.notes(&desk.notes, language);
        let is_fault = notes.is_fault();
        let is_open = enrolment.status == EnrolmentStatus::Active;
        let page = LearnerPage {
            frame: self.desk_frame(language, title, ""),
            bar: self.bar(coordinator, language),
            notes,
            tongue: Tongue::of(&desk.achievement.document),
            learner,
            achievement: text(&desk.achievement.document, "name").unwrap_or_default(),
            back: self.path(&format!("/coordinate/achievements/{}", enrolment.achievement_id)),
            percent,
            share: words.progress.share.html(&[("share", &Html::text(&percent.to_string()))]),
            facts: self.learner_facts(enrolment, language),
            award: enrolment.links.credential.as_deref().and_then(|address| self.link(address)),
            may_write: coordinator.may_write,
            may_approve: coordinator.may_write && enrolment.status == EnrolmentStatus::AwaitingApproval,
            may_leave: coordinator.may_write
                && matches!(enrolment.status, EnrolmentStatus::Active | EnrolmentStatus::AwaitingApproval),
            action: self.path(&format!("/coordinate/enrolments/{}", enrolment.id)),
            stamp: enrolment.updated_at.unix_seconds().to_string(),
            levels: record.as_ref().map(Record::competency).unwrap_or_default(),
            requirements: wanted(desk, is_open && coordinator.may_write, words),
            completions: enrolment
                .completions
                .iter()
                .map(|completion| self.recorded(completion, desk, language))
                .collect(),
            link: desk.link.as_ref().map(|link| {
                let date = language.day_html(link.expires_at);
                (link.url.clone(), words.progress.link.html(&[("date", &date)]))
            }),
        };
        let page = own(Page::html(page.render()?, language, 0));
        Ok(if is_fault { page.with_status(PageStatus::Problem(422)) } else { page })
    }

    fn learner_facts(&self, enrolment: &Enrolment, language: Language) -> Vec<Fact> {
        let words = self.words(language);
        let mut facts = Facts::new(words, language);
        let status = said(&words.desk.statuses, enrolment.status.as_str());
        facts.add(&words.desk.status, Some(Html::text(status)));
        facts.say(&words.desk.reason, enrolment.status_reason.as_deref());
        facts.say(&words.desk.cohort, enrolment.cohort.as_deref());
        let began = enrolment.begins_at.unwrap_or(enrolment.created_at);
        facts.add(&words.progress.began, Some(language.day_html(began)));
        facts.add(&words.progress.ends, enrolment.ends_at.map(|end| language.day_html(end)));
        facts.add(&words.facts.version, Some(Html::text(&enrolment.achievement_version.to_string())));
        facts.done()
    }

    fn recorded(&self, completion: &Completion, desk: &LearnerDesk, language: Language) -> Recorded {
        let words = self.words(language);
        let title = desk.enrolment.progress.requirements.iter().find(|it| it.id == completion.requirement);
        let when = |at: Timestamp| language.day_html(at);
        let by = completion.vouched_by.as_deref();
        let source = said(&words.desk.sources, &completion.source);
        let link = |evidence: &Value| text(evidence, "id").and_then(|address| self.link(address));
        Recorded {
            id: completion.id.clone(),
            title: title.map_or(completion.requirement.as_str(), |it| it.title.as_str()).to_owned(),
            result: result(completion, words, language),
            when: when(completion.at),
            by: by.map_or_else(|| source.to_owned(), |name| format!("{name} ({source})")),
            evidence: completion.evidence.iter().find_map(link),
            taken_back: completion.withdrawn_reason.clone(),
            is_taken_back: completion.withdrawn_at.is_some(),
        }
    }
}

/// How it went, in short.
fn result(completion: &Completion, words: &Words, language: Language) -> String {
    let score = completion.score.map(|score| format!("{} %", decimal(language, score)));
    let hours = completion.hours.map(|hours| words.units.hours_of(language, hours));
    let passed = completion
        .success
        .map(|success| said(&words.outcomes, if success { "passed" } else { "failed" }).to_owned());
    [score, completion.level.clone(), hours, passed].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn wanted(desk: &LearnerDesk, may_record: bool, words: &Words) -> Vec<Wanted> {
    let leaves = desk.requirements.as_ref().map(leaves).unwrap_or_default();
    let one = |it: &accolade_issuing::RequirementProgress| {
        let leaf = leaves.iter().copied().find(|leaf| text(leaf, "id") == Some(it.id.as_str()));
        let asks = |member: &str| leaf.is_some_and(|leaf| leaf.get(member).is_some());
        let evidence = leaf.and_then(|leaf| leaf.get("evidenceNeeded")?.as_bool()).unwrap_or(false);
        let counts = leaf.is_some_and(takes_coordinators) && !asks("achievement");
        let (state, icon) = match it.state.as_str() {
            "done" => ("done", Icon::Check),
            "open" => ("open", Icon::Empty),
            _ => ("pending", Icon::Clock),
        };
        Wanted {
            id: it.id.clone(),
            title: it.title.clone(),
            kind: words.requirement_kind(&it.kind).to_owned(),
            icon: icon.html(),
            word: said(&words.progress.states, &it.state).to_owned(),
            is_open: may_record && counts && state != "done",
            state,
            asks_score: asks("passMark"),
            asks_level: asks("rubricLevel"),
            asks_hours: asks("hours"),
            asks_evidence: evidence,
        }
    };
    desk.enrolment.progress.requirements.iter().map(one).collect()
}
