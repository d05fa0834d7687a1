//! The coordinator's tab: who is how far, and what may be done about it. Plain forms; every one of them carries a token against
//! forgery, and what it changes is seen on the page it leads back to.

mod chart;
mod learner;
mod roster;

pub use learner::LearnerDesk;
pub use roster::RosterDesk;

use accolade_issuing::views::{Catalogue, CatalogueEntry};
use askama::Template;

use super::frame::Frame;
use super::progress::own;
use super::said::Tongue;
use crate::html::Html;
use crate::icons::Icon;
use crate::metadata::Head;
use crate::{Language, Page, PageStatus, Press, PublishingError};

/// Why somebody is asked to sign in once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInFault {
    /// No such key.
    WrongKey,
    /// The key may not see enrolments.
    NoScope,
    /// The admin key of the configuration has no sessions.
    AdminKey,
    /// The session has ended.
    Expired,
    /// The form came from elsewhere, or was kept too long.
    Stale,
}

/// Who sits at the desk, and what the session's forms carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coordinator {
    /// The name of the key.
    pub name: String,
    /// The token that forms of this session carry.
    pub csrf: String,
    /// Whether it may record and approve; else forms are left out.
    pub may_write: bool,
}

/// What a form did, told on the page it leads back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskNews {
    /// So many requirements were recorded.
    Recorded(u64),
    /// An award was approved.
    Approved,
    /// A completion was taken back.
    TakenBack,
    /// An enrolment was ended.
    Left,
}

impl DeskNews {
    /// As it stands in addresses.
    pub fn to_query(self) -> String {
        match self {
            DeskNews::Recorded(count) => format!("said=recorded-{count}"),
            DeskNews::Approved => "said=approved".to_owned(),
            DeskNews::TakenBack => "said=taken-back".to_owned(),
            DeskNews::Left => "said=left".to_owned(),
        }
    }

    /// Reads what [`DeskNews::to_query`] wrote; `None` for anything else.
    pub fn parse(said: &str) -> Option<DeskNews> {
        Some(match said {
            "approved" => DeskNews::Approved,
            "taken-back" => DeskNews::TakenBack,
            "left" => DeskNews::Left,
            _ => DeskNews::Recorded(said.strip_prefix("recorded-")?.parse().ok()?),
        })
    }
}

/// What stands above a page of the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskNotes {
    /// What went well.
    pub news: Option<DeskNews>,
    /// What did not: English sentences of the office; an empty one stands for "nothing was ticked".
    pub faults: Vec<String>,
    /// The form was older than the page.
    pub is_stale: bool,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: Frame<'a>,
    action: String,
    fault: Option<&'a str>,
    cross: Html,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage<'a> {
    frame: Frame<'a>,
    bar: Bar,
    cards: Vec<DeskCard>,
}

#[derive(Debug, Clone)]
struct DeskCard {
    link: String,
    picture: String,
    tongue: Tongue,
    name: String,
    issuer: String,
}

/// Who is signed in, and the way out.
#[derive(Debug, Clone)]
struct Bar {
    who: Html,
    sign_out: String,
    csrf: String,
    desk: String,
}

/// News and faults, ready to be shown.
#[derive(Debug, Clone)]
struct Notes {
    news: Option<String>,
    /// A sentence of ours.
    own: Option<String>,
    faults: Vec<String>,
    check: Html,
    cross: Html,
}

impl Notes {
    fn is_fault(&self) -> bool {
        self.own.is_some() || !self.faults.is_empty()
    }
}

impl Press {
    /// The form to sign in, with what was wrong the last time.
    pub fn sign_in_page(
        &self,
        fault: Option<SignInFault>,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let words = &self.words(language).desk;
        let said = fault.map(|fault| match fault {
            SignInFault::WrongKey => words.wrong_key.as_str(),
            SignInFault::NoScope => &words.no_scope,
            SignInFault::AdminKey => &words.admin_key,
            SignInFault::Expired => &words.expired,
            SignInFault::Stale => &words.stale,
        });
        let page = SignInPage {
            frame: self.desk_frame(language, words.title.clone(), ""),
            action: self.path("/coordinate/sign-in"),
            fault: said,
            cross: Icon::Cross.html(),
        };
        let status = match fault {
            None => PageStatus::Ok,
            Some(SignInFault::NoScope | SignInFault::AdminKey | SignInFault::Stale) => {
                PageStatus::Problem(403)
            }
            Some(SignInFault::WrongKey | SignInFault::Expired) => PageStatus::Problem(401),
        };
        Ok(own(Page::html(page.render()?, language, 0)).with_status(status))
    }

    /// The micro-credentials whose learners a coordinator can look after; `issuer` is the only one whose.
    pub fn desk_page(
        &self,
        coordinator: &Coordinator,
        catalogue: &Catalogue,
        issuer: Option<&str>,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let words = &self.words(language).desk;
        let all = catalogue.find(&Default::default());
        let mine = all
            .into_iter()
            .filter(|entry| entry.has_requirements && issuer.is_none_or(|issuer| entry.issuer.id == issuer));
        let page = DeskPage {
            frame: self.desk_frame(language, words.choose.clone(), ""),
            bar: self.bar(coordinator, language),
            cards: mine.map(|entry| self.desk_card(entry)).collect(),
        };
        Ok(own(Page::html(page.render()?, language, 0)))
    }

    fn desk_card(&self, entry: &CatalogueEntry) -> DeskCard {
        DeskCard {
            link: self.path(&format!("/coordinate/achievements/{}", entry.card.id)),
            picture: self.picture(&entry.card.image.side_200).unwrap_or_default(),
            tongue: Tongue::tagged(entry.card.language.as_deref()),
            name: entry.card.name.clone(),
            issuer: entry.issuer.name.clone(),
        }
    }

    /// Forms of the desk say where they come from; every other page of ours says nothing of the kind to anybody.
    fn desk_frame(&self, language: Language, title: String, query: &str) -> Frame<'_> {
        let words = &self.words(language).desk;
        let head = Head { description: words.text.clone(), noindex: true, ..Head::default() };
        let mut frame = self.frame(language, title, head, query);
        frame.referrer = "same-origin";
        frame
    }

    fn bar(&self, coordinator: &Coordinator, language: Language) -> Bar {
        let words = &self.words(language).desk;
        Bar {
            who: words.who.html(&[("name", &Html::isolated(&coordinator.name))]),
            sign_out: self.path("/coordinate/sign-out"),
            csrf: coordinator.csrf.clone(),
            desk: self.path("/coordinate"),
        }
    }

    fn notes(&self, notes: &DeskNotes, language: Language) -> Notes {
        let words = &self.words(language).desk;
        let news = notes.news.map(|news| match news {
            DeskNews::Recorded(count) => words.said_recorded.of(language, count),
            DeskNews::Approved => words.said_approved.clone(),
            DeskNews::TakenBack => words.said_taken_back.clone(),
            DeskNews::Left => words.said_left.clone(),
        });
        let nothing = notes.faults.iter().any(String::is_empty);
        Notes {
            news,
            own: match (notes.is_stale, nothing) {
                (true, _) => Some(words.stale.clone()),
                (false, true) => Some(words.nothing.clone()),
                (false, false) => None,
            },
            faults: notes.faults.iter().filter(|fault| !fault.is_empty()).cloned().collect(),
            check: Icon::Check.html(),
            cross: Icon::Cross.html(),
        }
    }
}

/// Names of learners: what they are called, or what they are known by.
fn learner_name(learner: &accolade_issuing::Learner) -> String {
    let identity = || {
        let members = learner.identity.as_ref()?.as_object()?;
        members.values().find_map(|value| value.as_str()).map(str::to_owned)
    };
    learner.name.clone().or_else(identity).unwrap_or_else(|| learner.id.clone())
}
