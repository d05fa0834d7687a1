//! The page of a credential.

use accolade_issuing::AwardStatus;
use askama::Template;
use serde_json::Value;

use super::facts::{Fact, Facts, Skill, skills};
use super::frame::Frame;
use super::results::{Columns, ResultRow, reached};
use super::said::{Tongue, prose};
use super::verdict::Verdict;
use crate::html::Html;
use crate::markdown;
use crate::metadata::{Head, Preview, Sharing, Snippets, about_credential, data_block, shortened};
use crate::page::{PageAlternate, STATUS_SECONDS};
use crate::reading::{host, identity_host, list, text};
use crate::sheets::{CredentialSheet, CredentialView, ImageLinks, Visibility};
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
    skills: Vec<Skill>,
    evidence: Vec<Piece>,
    facts: Vec<Fact>,
    achievement_page: String,
    checking: Html,
    proof: Vec<Fact>,
    raw: String,
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

/// A file to be taken away.
#[derive(Debug, Clone)]
struct Download {
    label: String,
    href: String,
    media_type: &'static str,
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
            CredentialView::Open(sheet) => {
                self.open_credential(sheet, key.filter(|_| sheet.shared), language)
            }
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
        let words = self.words(language);
        let subject = sheet.document.get("credentialSubject").unwrap_or(&Value::Null);
        let achievement = subject.get("achievement").unwrap_or(&Value::Null);
        let name = text(achievement, "name").unwrap_or_default().to_owned();
        let links = Links::new(sheet, key);
        let head = self.credential_head(sheet, &links, &name, language);
        let alternates = head.alternates.clone();
        let title = title(sheet, &name, words);
        let mut frame = self.frame(language, title, head, links.query());
        frame.masthead = self.masthead(&sheet.issuer);
        let is_public = sheet.visibility != Visibility::Private;
        let results = reached(subject, words);
        let page = CredentialPage {
            verdict: Verdict::of(self, sheet, language),
            tongue: Tongue::of(achievement),
            picture: self.badge_picture(&sheet.image, &name),
            kind: text(achievement, "achievementType").map(|term| words.kind(term)),
            holder: sheet.recipient_name.as_deref(),
            issuer: self.issuer_line(&sheet.issuer),
            issued: language.day_html(issued(sheet)),
            until: sheet.award.valid_until.map(|until| language.day_html(until)),
            note: note(sheet, words),
            description: text(achievement, "description").map(prose),
            check: self.check_of(&links.page),
            linkedin: linkedin(sheet),
            downloads: self.downloads(sheet, &links, words),
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
            skills: skills(self, achievement),
            evidence: list(&sheet.document, "evidence")
                .iter()
                .filter_map(|piece| self.piece(piece))
                .collect(),
            facts: facts(sheet, subject, achievement, words, language),
            achievement_page: self.link(&sheet.achievement_page).unwrap_or_default(),
            checking: words.credential.checking_text.html(&[("issuer", &Html::isolated(&sheet.issuer.name))]),
            proof: proof(sheet, words),
            raw: serde_json::to_string_pretty(&sheet.document).unwrap_or_default(),
            name,
            frame,
        };
        let mut ready = Page::html(page.render()?, language, STATUS_SECONDS);
        ready.noindex = !sheet.indexable;
        ready.private = key.is_some();
        ready.alternates = alternates;
        Ok(ready)
    }

    fn credential_head(
        &self,
        sheet: &CredentialSheet,
        links: &Links,
        name: &str,
        language: Language,
    ) -> Head {
        let words = self.words(language);
        let is_private = sheet.visibility == Visibility::Private;
        let page = &links.bare;
        Head {
            description: shortened(&described(sheet, name, words, language), 200),
            canonical: Some(page.clone()),
            noindex: !sheet.indexable,
            preview: Some(Preview {
                title: earned(sheet, name, words),
                site_name: crate::html::plain_name(&sheet.issuer.name),
                image: Some(sheet.image.card.clone()).filter(|card| !card.is_empty()),
                image_alt: crate::html::plain_name(name),
            }),
            alternates: links.alternates(),
            oembed: (!is_private).then(|| self.oembed_of(page)),
            json_ld: Some(data_block(&about_credential(sheet, page))),
        }
    }

    /// The address of the oEmbed answer for a page.
    pub(crate) fn oembed_of(&self, page: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("url", page).append_pair("format", "json");
        format!("{}?{}", self.url("/oembed"), query.finish())
    }

    pub(super) fn badge_picture(&self, image: &ImageLinks, name: &str) -> Picture {
        let sized = |address: &str| self.picture(address).filter(|path| path.starts_with('/'));
        let set: Vec<String> = [(&image.small, 200), (&image.medium, 400), (&image.large, 600)]
            .into_iter()
            .filter_map(|(address, width)| Some(format!("{} {width}w", sized(address)?)))
            .collect();
        Picture {
            medium: self.picture(&image.medium).unwrap_or_default(),
            set: if set.len() == 3 { set.join(", ") } else { String::new() },
            alt: image.caption.clone().unwrap_or_else(|| name.to_owned()),
        }
    }

    pub(super) fn issuer_line<'a>(&self, issuer: &'a crate::sheets::IssuerCard) -> IssuerLine<'a> {
        IssuerLine {
            name: &issuer.name,
            link: self.link(&issuer.page).unwrap_or_default(),
            host: identity_host(&issuer.profile_id),
        }
    }

    fn downloads(&self, sheet: &CredentialSheet, links: &Links, words: &Words) -> Vec<Download> {
        let own = |address: String| self.link(&address);
        let words = &words.download;
        let svg = sheet.image.svg.is_some();
        [
            (&words.pdf, own(links.form("pdf")), "application/pdf"),
            (&words.png, own(links.form("png")), "image/png"),
            (&words.svg, own(links.form("svg")).filter(|_| svg), "image/svg+xml"),
            (&words.json, own(links.form("json")), "application/vc"),
            (&words.jwt, own(links.form("jwt")), "application/vc+jwt"),
            (&words.v2, own(links.assertion.clone()), "application/ld+json"),
        ]
        .into_iter()
        .filter_map(|(label, href, media_type)| {
            Some(Download { label: label.clone(), href: href?, media_type })
        })
        .collect()
    }

    fn snippets(&self, sheet: &CredentialSheet, name: &str, links: &Links) -> Snippets {
        let embed = self.url(&format!("/embed/{}", sheet.award.id));
        Snippets::new(name, &links.bare, &embed, &sheet.image.medium)
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

/// The addresses of a credential's forms; with the key where it was opened with one.
struct Links {
    /// The page as it was opened.
    page: String,
    /// The page as it may be passed on.
    bare: String,
    key: String,
    assertion: String,
    has_svg: bool,
}

impl Links {
    fn new(sheet: &CredentialSheet, key: Option<&str>) -> Links {
        let key = key.map_or_else(String::new, |key| {
            url::form_urlencoded::Serializer::new(String::new()).append_pair("key", key).finish()
        });
        let with_key = |address: String| if key.is_empty() { address } else { format!("{address}?{key}") };
        let bare = sheet.award.credential_id.clone();
        let assertion = sheet.award.links.as_ref().map(|links| links.assertion.clone());
        Links {
            page: with_key(bare.clone()),
            assertion: with_key(assertion.unwrap_or_default()),
            has_svg: sheet.image.svg.is_some(),
            bare,
            key,
        }
    }

    fn query(&self) -> &str {
        &self.key
    }

    /// The page's other representation of that suffix.
    fn form(&self, suffix: &str) -> String {
        let question = if self.key.is_empty() { "" } else { "?" };
        format!("{}.{suffix}{question}{}", self.bare, self.key)
    }

    fn alternates(&self) -> Vec<PageAlternate> {
        let also = |content_type, url| PageAlternate { content_type, url };
        let mut all = vec![
            also("application/vc", self.form("json")),
            also("application/vc+jwt", self.form("jwt")),
            also("image/png", self.form("png")),
            also("application/pdf", self.form("pdf")),
            also("application/ld+json", self.assertion.clone()),
        ];
        if self.has_svg {
            all.push(also("image/svg+xml", self.form("svg")));
        }
        all
    }
}

/// When it was awarded: what the document says, or from when it is valid.
pub(super) fn issued(sheet: &CredentialSheet) -> accolade_core::Timestamp {
    text(&sheet.document, "awardedDate")
        .and_then(|date| accolade_core::Timestamp::parse(date).ok())
        .unwrap_or(sheet.award.valid_from)
}

fn title(sheet: &CredentialSheet, name: &str, words: &Words) -> String {
    let issuer = sheet.issuer.name.as_str();
    match &sheet.recipient_name {
        Some(holder) => {
            words.credential.title_named.plain(&[("name", holder), ("badge", name), ("issuer", issuer)])
        }
        None => words.credential.title.plain(&[("badge", name), ("issuer", issuer)]),
    }
}

/// What a preview says. The holder is named only where everybody may see the name.
pub(super) fn earned(sheet: &CredentialSheet, name: &str, words: &Words) -> String {
    match sheet.recipient_name.as_deref().filter(|_| sheet.visibility == Visibility::Public) {
        Some(holder) => words.credential.earned.plain(&[("name", holder), ("badge", name)]),
        None => words.credential.earned_nameless.plain(&[("badge", name), ("issuer", &sheet.issuer.name)]),
    }
}

fn described(sheet: &CredentialSheet, name: &str, words: &Words, language: Language) -> String {
    let date = language.day(issued(sheet));
    let issuer = sheet.issuer.name.as_str();
    match sheet.recipient_name.as_deref().filter(|_| sheet.visibility == Visibility::Public) {
        Some(holder) => words.credential.description_named.plain(&[
            ("name", holder),
            ("badge", name),
            ("issuer", issuer),
            ("date", &date),
        ]),
        None => words.credential.description.plain(&[("badge", name), ("issuer", issuer), ("date", &date)]),
    }
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

fn facts(
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
    let day = |member| text(subject, member).and_then(|date| accolade_core::Timestamp::parse(date).ok());
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

/// What a check goes by.
fn proof(sheet: &CredentialSheet, words: &Words) -> Vec<Fact> {
    let code = |text: &str| {
        let mut out = String::from("<code dir=\"ltr\">");
        crate::html::push_escaped(&mut out, text);
        out.push_str("</code>");
        Html::trusted(out)
    };
    let (names, empty) = (&words.credential, Value::Null);
    let status = sheet.document.get("credentialStatus").map_or(&empty, |it| list_first(it));
    let register = text(status, "statusListCredential");
    [
        (&names.signature, sheet.proof_suite.as_deref()),
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
