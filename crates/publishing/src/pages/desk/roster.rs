//! Learners by requirements: one table, one form, one button.

use std::collections::BTreeSet;

use accolade_issuing::views::AchievementSheet;
use accolade_issuing::{EarningReport, Enrolment, EnrolmentStatus, RequirementProgress};
use askama::Template;
use serde_json::Value;
use url::form_urlencoded::Serializer;

use super::super::catalogue::Choice;
use super::super::frame::Frame;
use super::super::progress::{own, percent};
use super::super::said::Tongue;
use super::super::tree::leaves;
use super::chart::{FunnelRow, funnel, row};
use super::{Bar, Coordinator, DeskNotes, Notes, learner_name};
use crate::html::{Html, plain_name};
use crate::icons::Icon;
use crate::reading::text;
use crate::words::{Words, said};
use crate::{Language, Page, PageStatus, Press, PublishingError};

/// What the roster of an achievement is made of.
#[derive(Debug, Clone)]
pub struct RosterDesk {
    /// The achievement as it is now.
    pub achievement: AchievementSheet,
    /// How far everybody is, and which cohorts there are.
    pub report: EarningReport,
    /// The only cohort that is shown.
    pub cohort: Option<String>,
    /// The only status that is shown.
    pub status: Option<EnrolmentStatus>,
    /// The enrolments of this page.
    pub enrolments: Vec<Enrolment>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// What stands above it.
    pub notes: DeskNotes,
}

#[derive(Template)]
#[template(path = "roster.html")]
struct RosterPage<'a> {
    frame: Frame<'a>,
    bar: Bar,
    notes: Notes,
    tongue: Tongue,
    name: &'a str,
    achievement_page: String,
    chart: Html,
    columns: Vec<(String, String)>,
    numbers: Vec<FunnelRow>,
    path: String,
    action: String,
    cohorts: Vec<Choice>,
    statuses: Vec<Choice>,
    requirements: Vec<Column>,
    rows: Vec<Row>,
    may_tick: bool,
    hidden_cohort: String,
    hidden_status: &'a str,
    next: Option<String>,
}

/// A requirement.
#[derive(Debug, Clone)]
struct Column {
    id: String,
    title: String,
    kind: String,
    /// A tick says all there is to say.
    is_simple: bool,
}

#[derive(Debug, Clone)]
struct Row {
    link: String,
    name: String,
    cohort: Option<String>,
    status: String,
    state: &'static str,
    percent: u8,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone)]
enum Cell {
    /// It is done.
    Done { icon: Html, word: String },
    /// It can be ticked.
    Tick { value: String, label: String },
    /// Something else is known, or has to be told, on the learner's page.
    Other { link: String, word: String, label: String },
    /// It is not among the requirements of this learner.
    NotAsked,
}

impl Press {
    /// The roster of an achievement.
    pub fn roster_page(
        &self,
        coordinator: &Coordinator,
        desk: &RosterDesk,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let words = self.words(language);
        let name = text(&desk.achievement.document, "name").unwrap_or_default();
        let title = format!("{} · {}", plain_name(name), words.desk.title);
        let id = &desk.achievement.achievement.id;
        let shown = desk.cohort.as_ref().and_then(|wanted| {
            desk.report.cohorts.iter().find(|report| report.cohort.as_ref() == Some(wanted))
        });
        let requirements = columns(desk, words);
        let rows: Vec<Row> = desk
            .enrolments
            .iter()
            .map(|enrolment| self.roster_row(enrolment, &requirements, coordinator, words))
            .collect();
        let numbers = numbers(&desk.report, words, language);
        let query = query(desk, None);
        let notes = self.notes(&desk.notes, language);
        let is_fault = notes.is_fault();
        let page = RosterPage {
            frame: self.desk_frame(language, title, &query),
            bar: self.bar(coordinator, language),
            notes,
            tongue: Tongue::of(&desk.achievement.document),
            name,
            achievement_page: self.link(&desk.achievement.achievement.links.public).unwrap_or_default(),
            chart: funnel(shown.unwrap_or(&desk.report.total), words, language),
            columns: numbers.first().map(|row| row.numbers.clone()).unwrap_or_default(),
            numbers,
            path: self.path(&format!("/coordinate/achievements/{id}")),
            action: self.path(&format!("/coordinate/achievements/{id}/tick")),
            cohorts: cohorts(desk),
            statuses: statuses(desk, words),
            may_tick: rows.iter().any(|row| row.cells.iter().any(|cell| matches!(cell, Cell::Tick { .. }))),
            requirements,
            rows,
            hidden_cohort: desk.cohort.clone().unwrap_or_default(),
            hidden_status: desk.status.map_or("", EnrolmentStatus::as_str),
            next: desk.next.as_ref().map(|cursor| format!("?{}", self::query(desk, Some(cursor)))),
        };
        let page = own(Page::html(page.render()?, language, 0));
        Ok(if is_fault { page.with_status(PageStatus::Problem(422)) } else { page })
    }

    fn roster_row(
        &self,
        enrolment: &Enrolment,
        columns: &[Column],
        coordinator: &Coordinator,
        words: &Words,
    ) -> Row {
        let link = self.path(&format!("/coordinate/enrolments/{}", enrolment.id));
        let name = learner_name(&enrolment.learner);
        let open = matches!(enrolment.status, EnrolmentStatus::Active | EnrolmentStatus::AwaitingApproval);
        let cell = |column: &Column| {
            let known = enrolment.progress.requirements.iter().find(|it| it.id == column.id);
            let Some(known) = known else { return Cell::NotAsked };
            let label = words.desk.tick.plain(&[("requirement", &known.title), ("learner", &name)]);
            cell(enrolment, column, known, &link, label, open && coordinator.may_write, words)
        };
        Row {
            cells: columns.iter().map(cell).collect(),
            cohort: enrolment.cohort.clone(),
            status: said(&words.desk.statuses, enrolment.status.as_str()).to_owned(),
            state: enrolment.status.as_str(),
            percent: percent(enrolment.progress.share),
            link,
            name,
        }
    }
}

fn cell(
    enrolment: &Enrolment,
    column: &Column,
    known: &RequirementProgress,
    link: &str,
    label: String,
    may_tick: bool,
    words: &Words,
) -> Cell {
    let word = said(&words.progress.states, &known.state).to_owned();
    match known.state.as_str() {
        "done" => Cell::Done { icon: Icon::Check.html(), word },
        "open" if may_tick && column.is_simple => Cell::Tick {
            value: format!("{}:{}:{}", enrolment.id, known.id, enrolment.updated_at.unix_seconds()),
            label,
        },
        _ => Cell::Other { link: format!("{link}#{}", known.id), word, label },
    }
}

/// The requirements as they are now, then those that only learners of earlier versions have.
fn columns(desk: &RosterDesk, words: &Words) -> Vec<Column> {
    let tree = desk.achievement.achievement.members.get("requirements");
    let leaves = tree.map(leaves).unwrap_or_default();
    let column = |leaf: &Value| Column {
        id: text(leaf, "id").unwrap_or_default().to_owned(),
        title: text(leaf, "title").unwrap_or_default().to_owned(),
        kind: words.requirement_kind(text(leaf, "kind").unwrap_or_default()).to_owned(),
        is_simple: is_simple(leaf),
    };
    let mut columns: Vec<Column> = leaves.into_iter().map(column).collect();
    let mut known: BTreeSet<String> = columns.iter().map(|column| column.id.clone()).collect();
    let others = desk.enrolments.iter().flat_map(|enrolment| &enrolment.progress.requirements);
    for other in others {
        if known.insert(other.id.clone()) {
            columns.push(Column {
                id: other.id.clone(),
                title: other.title.clone(),
                kind: words.requirement_kind(&other.kind).to_owned(),
                is_simple: false,
            });
        }
    }
    columns
}

/// Whether a tick by a coordinator says all that is asked.
fn is_simple(leaf: &Value) -> bool {
    let asks =
        ["passMark", "rubricLevel", "hours", "achievement"].into_iter().any(|it| leaf.get(it).is_some());
    let evidence = leaf.get("evidenceNeeded").and_then(Value::as_bool).unwrap_or(false);
    !asks && !evidence && takes_coordinators(leaf)
}

/// Whether the word of a coordinator counts; it does where nothing is said.
pub(super) fn takes_coordinators(leaf: &Value) -> bool {
    let Some(sources) = leaf.get("confirmedBy").and_then(Value::as_array) else { return true };
    sources.iter().any(|source| source.as_str() == Some("coordinator"))
}

fn numbers(report: &EarningReport, words: &Words, language: Language) -> Vec<FunnelRow> {
    let total = row(Html::text(&words.funnel.total), &report.total, words, language);
    let name = |cohort: &Option<String>| match cohort {
        Some(cohort) => Html::isolated(cohort),
        None => Html::text(&words.funnel.no_cohort),
    };
    let is_told = report.cohorts.iter().any(|cohort| cohort.cohort.is_some());
    let cohorts = report.cohorts.iter().filter(|_| is_told);
    let cohorts = cohorts.map(|cohort| row(name(&cohort.cohort), cohort, words, language));
    std::iter::once(total).chain(cohorts).collect()
}

fn cohorts(desk: &RosterDesk) -> Vec<Choice> {
    let names: BTreeSet<&String> =
        desk.report.cohorts.iter().filter_map(|cohort| cohort.cohort.as_ref()).chain(&desk.cohort).collect();
    let choice = |name: &String| Choice {
        value: name.clone(),
        label: plain_name(name),
        is_chosen: desk.cohort.as_ref() == Some(name),
    };
    names.into_iter().map(choice).collect()
}

fn statuses(desk: &RosterDesk, words: &Words) -> Vec<Choice> {
    let choice = |(name, status): &(&'static str, EnrolmentStatus)| Choice {
        value: (*name).to_owned(),
        label: said(&words.desk.statuses, name).to_owned(),
        is_chosen: desk.status == Some(*status),
    };
    EnrolmentStatus::NAMED.iter().map(choice).collect()
}

fn query(desk: &RosterDesk, cursor: Option<&String>) -> String {
    let pairs = [
        ("cohort", desk.cohort.as_deref()),
        ("status", desk.status.map(EnrolmentStatus::as_str)),
        ("cursor", cursor.map(String::as_str)),
    ];
    let mut query = Serializer::new(String::new());
    pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).for_each(|(name, value)| {
        query.append_pair(name, value);
    });
    query.finish()
}
