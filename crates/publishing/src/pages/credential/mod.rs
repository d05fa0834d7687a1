//! The page of a credential.

mod forms;
mod head;

use accolade_core::Timestamp;
use accolade_issuing::views::{CredentialSheet, CredentialView, ImageLinks, IssuerCard};
use accolade_issuing::{AwardStatus, Visibility};
use askama::Template;
use serde_json::Value;

use self::forms::{Download, Links};
pub(super) use self::head::earned;

use super::facts::{Fact, Facts, Skill, outcomes, skills};
use super::frame::Frame;
use super::results::{Columns, ResultRow, reached};
use super::said::{Tongue, prose};
use super::verdict::Verdict;
use crate::html::Html;
use crate::markdown;
use crate::metadata::{Sharing, Snippets};
use crate::page::STATUS_SECONDS;
use crate::reading::{host, identity_host, list, text};
use crate::words::Words;
use crate::{Language, Page, Press, PublishingError};

#[derive(Template)]
#[template(path = "credential.html")]
struct CredentialPage<'a> {
    frame: Frame<'a>,
    verdict: Verdict,
    tongue: Tongue,
    picture: Picture,
    kind: Option<String>,
    name: String,
    holder: Option<&'a str>,
    issuer: IssuerLine<'a>,
    issued: Html,
    until: Option<Html>,
    note: Option<&'a str>,
    description: Option<Html>,
    check: String,
    linkedin: Option<&'a str>,
    downloads: Vec<Download>,
    sharing: Option<Sharing>,
    snippets: Option<Snippets>,
    qr: Option<Html>,
    criteria: Option<Html>,
    criteria_link: Option<String>,
    narrative: Option<Html>,
    results: Vec<ResultRow>,
    columns: Columns,
    outcomes: Vec<&'a str>,
    skills: Vec<Skill>,
    evidence: Vec<Piece>,
    facts: Vec<Fact>,
    achievement_page: String,
    checking: Html,
    proof: Vec<Fact>,
    raw: Option<String>,
}

/// A badge's picture in its sizes.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) medium: String,
    pub(super) set: String,
    pub(super) alt: String,
}

/// Who stands behind it.
#[derive(Debug, Clone)]
pub(super) struct IssuerLine<'a> {
    pub(super) name: &'a str,
    pub(super) link: String,
    pub(super) host: Option<String>,
}

/// A piece of evidence.
#[derive(Debug, Clone)]
struct Piece {
    name: String,
    link: Option<String>,
    host: Option<String>,
    description: Option<String>,
    narrative: Option<Html>,
}

impl Press {
    /// The page of a credential, whichever state it is in. `key` is that of the sharing link it was opened with, if it was.
    pub fn credential_page(
        &self,
        view: &CredentialView,
        key: Option<&str>,
        language: Language,
    ) -> Result<Page, PublishingError> {
        match view {
            CredentialView::Open(sheet) => self.open_credential(sheet, key, language),
            CredentialView::Locked { .. } => self.locked_page(language),
            CredentialView::Erased { .. } => self.erased_page(language),
        }
    }

    fn open_credential(
        &self,
        sheet: &CredentialSheet,
        key: Option<&str>,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let key = key.filter(|_| sheet.shared);
        let words = self.words(language);
        let subject = sheet.document.get("credentialSubject").unwrap_or(&Value::Null);
        let achievement = subject.get("achievement").unwrap_or(&Value::Null);
        let name = text(achievement, "name").unwrap_or_default().to_owned();
        let links = Links::new(sheet);
        let head = self.credential_head(sheet, &links, &name, language);
        let title = head::title(sheet, &name, words);
        let mut frame = self.frame(language, title, head, &key.map(key_query).unwrap_or_default());
        frame.masthead = self.masthead(&sheet.issuer);
        let is_public = sheet.visibility != Visibility::Private;
        let results = reached(subject, words);
        let page = CredentialPage {
            verdict: Verdict::of(self, sheet, language),
            tongue: Tongue::of(achievement),
            picture: self.badge_picture(&sheet.image, achievement, &name),
            kind: text(achievement, "achievementType").map(|term| words.kind(term)),
            holder: sheet.recipient_name.as_deref(),
            issuer: self.issuer_line(&sheet.issuer),
            issued: language.day_html(issued(sheet)),
            until: sheet.award.valid_until.map(|until| language.day_html(until)),
            note: note(sheet, words),
            description: text(achievement, "description").map(prose),
            check: self.check_of(&links.page),
            linkedin: linkedin(sheet),
            downloads: self.downloads(&links, words),
            sharing: is_public.then(|| Sharing::new(&earned(sheet, &name, words), &links.bare)),
            snippets: is_public.then(|| self.snippets(sheet, &name, &links)),
            qr: accolade_imaging::qr_svg(&links.page).ok().map(Html::trusted),
            criteria: achievement.get("criteria").and_then(|it| text(it, "narrative")).map(markdown::html),
            criteria_link: achievement
                .get("criteria")
                .and_then(|criteria| text(criteria, "id"))
                .and_then(|address| self.link(address)),
            narrative: text(subject, "narrative").map(markdown::html),
            columns: Columns::of(&results),
            results,
            outcomes: outcomes(achievement),
            skills: skills(self, achievement),
            evidence: list(&sheet.document, "evidence")
                .iter()
                .filter_map(|piece| self.piece(piece))
                .collect(),
            facts: facts(sheet, subject, achievement, words, language)
                .into_iter()
                .chain(edition(sheet, achievement, words))
                .collect(),
            achievement_page: self.link(&sheet.achievement_page).unwrap_or_default(),
            checking: words.credential.checking_text.html(&[("issuer", &Html::isolated(&sheet.issuer.name))]),
            proof: proof(sheet, words),
            raw: raw(sheet),
            name,
            frame,
        };
        let mut ready = Page::html(page.render()?, language, STATUS_SECONDS);
        ready.noindex = !sheet.indexable;
        ready.private = sheet.shared;
        Ok(ready)
    }

    pub(super) fn badge_picture(&self, image: &ImageLinks, achievement: &Value, name: &str) -> Picture {
        let sized = |address: &str| self.picture(address).filter(|path| path.starts_with('/'));
        let set: Vec<String> = [(&image.side_200, 200), (&image.side_400, 400), (&image.side_600, 600)]
            .into_iter()
            .filter_map(|(address, width)| Some(format!("{} {width}w", sized(address)?)))
            .collect();
        Picture {
            medium: self.picture(&image.side_400).unwrap_or_default(),
            set: if set.len() == 3 { set.join(", ") } else { String::new() },
            alt: achievement.get("image").and_then(|it| text(it, "caption")).unwrap_or(name).to_owned(),
        }
    }

    pub(super) fn issuer_line<'a>(&self, issuer: &'a IssuerCard) -> IssuerLine<'a> {
        IssuerLine {
            name: &issuer.name,
            link: self.link(&issuer.page).unwrap_or_default(),
            host: identity_host(&issuer.profile_id),
        }
    }

    fn snippets(&self, sheet: &CredentialSheet, name: &str, links: &Links) -> Snippets {
        let embed = self.url(&format!("/embed/{}", sheet.award.id));
        Snippets::new(name, &links.bare, &embed, &sheet.image.side_400)
    }

    fn piece(&self, evidence: &Value) -> Option<Piece> {
        let address = text(evidence, "id").and_then(|address| self.link(address));
        let words = text(evidence, "narrative");
        let host = text(evidence, "id").filter(|_| address.is_some()).and_then(host);
        let name = text(evidence, "name").or(text(evidence, "genre")).map(str::to_owned);
        if address.is_none() && words.is_none() && name.is_none() {
            return None;
        }
        Some(Piece {
            name: name.or_else(|| host.clone()).unwrap_or_default(),
            link: address,
            host,
            description: text(evidence, "description").map(str::to_owned),
            narrative: words.map(markdown::html),
        })
    }
}

/// The key of a sharing link, as it stands in an address.
fn key_query(key: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair("key", key).finish()
}

/// When it was awarded: what the document says, or from when it is valid.
pub(crate) fn issued(sheet: &CredentialSheet) -> Timestamp {
    text(&sheet.document, "awardedDate")
        .and_then(|date| Timestamp::parse(date).ok())
        .unwrap_or(sheet.award.valid_from)
}

fn note<'a>(sheet: &CredentialSheet, words: &'a Words) -> Option<&'a str> {
    let words = &words.credential;
    match (sheet.visibility, sheet.shared, &sheet.recipient_name) {
        (Visibility::Private, _, _) => Some(&words.private_by_link),
        (Visibility::Unlisted, true, Some(_)) => Some(&words.name_by_link),
        (_, _, None) => Some(&words.name_hidden_text),
        _ => None,
    }
}

/// Adds it to a LinkedIn profile: only what counts, and only where LinkedIn's visitors could open it.
fn linkedin(sheet: &CredentialSheet) -> Option<&str> {
    let counts = sheet.award.status == AwardStatus::Active && !sheet.expired;
    let links = sheet.award.links.as_ref().filter(|_| counts && sheet.visibility != Visibility::Private)?;
    Some(&links.linkedin)
}

pub(crate) fn facts(
    sheet: &CredentialSheet,
    subject: &Value,
    achievement: &Value,
    words: &Words,
    language: Language,
) -> Vec<Fact> {
    let mut facts = Facts::new(words, language);
    facts.of_achievement(achievement);
    let names = &words.facts;
    facts.number(&names.credits_earned, subject.get("creditsEarned"));
    if sheet.award.valid_from != issued(sheet) {
        facts.add(&names.valid_from, Some(language.day_html(sheet.award.valid_from)));
    }
    let day = |member| text(subject, member).and_then(|date| Timestamp::parse(date).ok());
    let period: Vec<String> = [day("activityStartDate"), day("activityEndDate")]
        .into_iter()
        .flatten()
        .map(|moment| language.day_html(moment).to_string())
        .collect();
    facts.add(&names.activity, (!period.is_empty()).then(|| Html::trusted(period.join(" – "))));
    facts.say(&names.term, text(subject, "term"));
    facts.say(&names.role, text(subject, "role"));
    facts.say(&names.license, text(subject, "licenseNumber"));
    facts.say(&names.assessor, subject.get("source").and_then(|source| text(source, "name")));
    facts.done()
}

/// Which version of the achievement was awarded, where its document leaves it unsaid: the first one's does.
fn edition(sheet: &CredentialSheet, achievement: &Value, words: &Words) -> Option<Fact> {
    let version = sheet.award.achievement_version.filter(|_| text(achievement, "version").is_none())?;
    Some(Fact { name: words.facts.version.clone(), value: Html::text(&version.to_string()) })
}

/// A suite by the name that its signatures are known by, and its own.
fn suite_name(suite: &str) -> String {
    let curve = match suite {
        "eddsa-rdfc-2022" | "eddsa-jcs-2022" => "Ed25519",
        "ecdsa-rdfc-2019" | "ecdsa-jcs-2019" | "ecdsa-sd-2023" => "ECDSA",
        other => return other.to_owned(),
    };
    format!("{curve} ({suite})")
}

/// The signed document, where it names nobody whom the page does not name: an award from before it was unlisted may hold the name
/// or an address in plain text.
fn raw(sheet: &CredentialSheet) -> Option<String> {
    let subject = sheet.document.get("credentialSubject")?;
    let is_told = |identifier: &Value| {
        let is_hashed = identifier.get("hashed").and_then(Value::as_bool) == Some(true);
        let shown = sheet.recipient_name.as_deref();
        is_hashed || shown.is_some() && text(identifier, "identityHash") == shown
    };
    let is_address = |id: &str| id.starts_with("mailto:") || id.starts_with("tel:");
    let tells_no_more =
        list(subject, "identifier").iter().all(is_told) && !text(subject, "id").is_some_and(is_address);
    tells_no_more.then(|| serde_json::to_string_pretty(&sheet.document).ok()).flatten()
}

/// What a check goes by.
fn proof(sheet: &CredentialSheet, words: &Words) -> Vec<Fact> {
    let code = |text: &str| {
        let mut out = String::from("<code dir=\"ltr\">");
        crate::html::push_escaped(&mut out, text);
        out.push_str("</code>");
        Html::trusted(out)
    };
    let (names, empty) = (&words.credential, Value::Null);
    let suite = sheet.proof_suite.as_deref().map(suite_name);
    let status = sheet.document.get("credentialStatus").map_or(&empty, |it| list_first(it));
    let register = text(status, "statusListCredential");
    [
        (&names.signature, suite.as_deref()),
        (&names.issuer_identity, Some(sheet.issuer.profile_id.as_str())),
        (&names.credential_id, Some(sheet.award.credential_id.as_str())),
        (&names.status_register, register),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(Fact { name: name.clone(), value: code(value?) }))
    .collect()
}

fn list_first(value: &Value) -> &Value {
    value.as_array().and_then(|values| values.first()).unwrap_or(value)
}
