//! The certificate of a credential: what its page says, on paper.

use std::time::Duration;

use accolade_certificate::{Attachment, Certificate, Fact, Labels};
use accolade_core::Timestamp;
use accolade_imaging::{Design, Picture, fonts};
use accolade_issuing::views::{CredentialSheet, CredentialView};
use accolade_issuing::{CredentialForm, OfficeError, Publicly};
use bytes::Bytes;
use chrono::DateTime;
use moka::sync::Cache;
use serde_json::Value;

use crate::markdown;
use crate::page::{Page, STATUS_SECONDS};
use crate::pages::credential::{facts, issued};
use crate::pages::results::reached;
use crate::pages::verdict::Verdict;
use crate::reading::text;
use crate::words::Words;
use crate::{Language, Paper, Press, Publishing, PublishingError};

/// The media type of certificates.
pub(crate) const PDF: &str = "application/pdf";
/// What the attached credential is called.
const FILE_NAME: &str = "credential.json";
/// Its media type: 3.0 credentials are JSON-LD, and readers know that type best.
const MEDIA_TYPE: &str = "application/ld+json";
/// How many facts a certificate has room for.
const MOST_FACTS: usize = 6;

/// For how long a certificate is kept: one of an award that was erased or locked is gone from memory after that.
const LIFETIME: Duration = Duration::from_secs(60);
/// Bytes of certificates that are kept: 32 MiB, some hundreds of them.
const CAPACITY: u64 = 32 << 20;

/// Drawn certificates. Drawing one takes some ten milliseconds, a hundred times what finding out takes that it is still the same.
pub(crate) type Certificates = Cache<Drawn, Page>;

/// An empty cache.
pub(crate) fn cache() -> Certificates {
    let weigh = |_: &Drawn, page: &Page| u32::try_from(page.body.len()).unwrap_or(u32::MAX);
    Cache::builder().weigher(weigh).max_capacity(CAPACITY).time_to_live(LIFETIME).build()
}

/// Everything that may change about the certificate of an award: what was signed never does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Drawn {
    id: String,
    paper: Paper,
    language: Language,
    /// Where the code leads to: with a key, where the reader came with one.
    page: String,
    recipient: Option<String>,
    verdict: &'static str,
    updated_at: i64,
}

impl Publishing {
    /// The certificate of an award, `None` where there is no such award.
    pub(crate) fn certificate(
        &self,
        id: &str,
        key: Option<&str>,
        paper: Paper,
        language: Language,
    ) -> Result<Option<Page>, PublishingError> {
        let sheet = match self.office().view_credential(id, key)? {
            None => return Ok(None),
            Some(CredentialView::Open(sheet)) => sheet,
            Some(CredentialView::Locked { .. }) => return Err(OfficeError::Private.into()),
            Some(view) => return self.press().credential_page(&view, key, language).map(Some),
        };
        let share = sheet.award.links.as_ref().and_then(|links| links.share.clone()).filter(|_| sheet.shared);
        let drawn = Drawn {
            id: id.to_owned(),
            paper,
            language,
            page: share.unwrap_or_else(|| sheet.award.credential_id.clone()),
            recipient: sheet.recipient_name.clone(),
            verdict: Verdict::of(self.press(), &sheet, language).state,
            updated_at: sheet.award.updated_at.unix_seconds(),
        };
        if let Some(page) = self.certificates.get(&drawn) {
            return Ok(Some(page));
        }
        let form = Publicly::Credential(id.to_owned(), CredentialForm::Json);
        let Some(credential) = self.office().publication_for(&form, key)? else { return Ok(None) };
        let picture = self.picture_of(&sheet)?;
        let source = Source {
            sheet: &sheet,
            page: &drawn.page,
            credential: &credential.body,
            picture: picture.as_deref(),
        };
        let page = self.press().certificate(&source, paper, language)?;
        self.certificates.insert(drawn, page.clone());
        Ok(Some(page))
    }

    /// The bytes of the badge's picture, if it is one of ours: the drawing where there is one, which prints sharp at any size.
    fn picture_of(&self, sheet: &CredentialSheet) -> Result<Option<Bytes>, PublishingError> {
        let path = sheet.image.original.strip_prefix(self.office().public_url().trim_end_matches('/'));
        let Some(path) = path else { return Ok(None) };
        let drawn = path.strip_suffix(".png").map(|stem| format!("{stem}.svg"));
        for path in drawn.as_deref().into_iter().chain([path]) {
            let Some(address) = Publicly::from_path(path) else { continue };
            if let Some(picture) = self.office().publication(&address)? {
                return Ok(Some(picture.body));
            }
        }
        Ok(None)
    }
}

/// What a certificate is made of, besides the words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The award as its reader may see it.
    pub(crate) sheet: &'a CredentialSheet,
    /// The page that the code leads to, with the key where the reader came with one.
    pub(crate) page: &'a str,
    /// The signed credential, byte for byte.
    pub(crate) credential: &'a [u8],
    /// The badge's picture, as stored.
    pub(crate) picture: Option<&'a [u8]>,
}

impl Press {
    /// Draws the certificate. Where no font has the characters of `language`, the words around are English.
    pub(crate) fn certificate(
        &self,
        source: &Source<'_>,
        paper: Paper,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let language = self.drawable(language);
        let words = self.words(language);
        let told = Told::of(self, source.sheet, language, words);
        let badge = badge(source.picture, &told.title)?;
        let facts: Vec<Fact<'_>> = told.facts.iter().map(|(label, value)| Fact { label, value }).collect();
        let results: Vec<Fact<'_>> =
            told.results.iter().map(|(label, value)| Fact { label, value }).collect();
        let rendered = accolade_certificate::render(&Certificate {
            paper: match paper {
                Paper::A4 => accolade_certificate::Paper::A4,
                Paper::Letter => accolade_certificate::Paper::Letter,
            },
            language: language.tag(),
            content_language: told.language.as_deref(),
            labels: told.labels(words),
            notice: told.notice.as_deref(),
            issuer: &source.sheet.issuer.name,
            issuer_url: source.sheet.issuer.url.as_deref(),
            recipient: source.sheet.recipient_name.as_deref(),
            title: &told.title,
            badge: &badge,
            description: told.description.as_deref(),
            facts: &facts,
            results: &results,
            criteria: told.criteria.as_deref(),
            page: source.page,
            credential_id: &source.sheet.award.credential_id,
            credential: Attachment {
                name: FILE_NAME,
                media_type: MEDIA_TYPE,
                bytes: source.credential,
                description: &words.certificate.attachment,
            },
            made: DateTime::from_timestamp(issued(source.sheet).unix_seconds(), 0).unwrap_or_default(),
        })?;
        if !rendered.missing.is_empty() {
            tracing::warn!(
                credential = source.sheet.award.id,
                characters = rendered.missing.len(),
                "no font has some characters of a certificate: boxes stand for them; add fonts with fonts_dir"
            );
        }
        let mut page = Page::file(Bytes::from(rendered.bytes), PDF, language, STATUS_SECONDS);
        page.noindex = true;
        page.private = source.sheet.shared;
        Ok(page)
    }

    /// `language`, or English where no font can write it: Chinese needs a font that is not built in.
    fn drawable(&self, language: Language) -> Language {
        let words = &self.words(language).certificate;
        let missing = [&words.heading, &words.awarded_to, &words.scan]
            .into_iter()
            .any(|text| !fonts::missing(text).is_empty());
        if missing { Language::default() } else { language }
    }
}

/// What the credential says, in words.
struct Told {
    title: String,
    language: Option<String>,
    description: Option<String>,
    criteria: Option<String>,
    facts: Vec<(String, String)>,
    results: Vec<(String, String)>,
    notice: Option<String>,
    badge_alt: String,
    signed: String,
}

impl Told {
    fn of(press: &Press, sheet: &CredentialSheet, language: Language, words: &Words) -> Told {
        let subject = sheet.document.get("credentialSubject").unwrap_or(&Value::Null);
        let achievement = subject.get("achievement").unwrap_or(&Value::Null);
        let title = text(achievement, "name").unwrap_or_default().to_owned();
        let results = reached(subject, words).into_iter().map(|row| (row.name, row.result)).collect();
        Told {
            language: text(achievement, "inLanguage").map(str::to_owned),
            description: text(achievement, "description").map(str::to_owned),
            criteria: achievement.get("criteria").and_then(|it| text(it, "narrative")).map(markdown::plain),
            facts: chosen_facts(sheet, subject, achievement, words, language),
            results,
            notice: notice(&Verdict::of(press, sheet, language)),
            badge_alt: words.certificate.badge_alt.plain(&[("name", &title)]),
            signed: words.certificate.signed.plain(&[("date", &language.day(issued(sheet)))]),
            title,
        }
    }

    fn labels<'a>(&'a self, words: &'a Words) -> Labels<'a> {
        let certificate = &words.certificate;
        Labels {
            heading: &certificate.heading,
            awarded_to: &certificate.awarded_to,
            awarded_to_holder: &certificate.awarded_to_holder,
            awarded_for: &certificate.awarded_for,
            results: &words.results.heading,
            criteria: &words.credential.criteria,
            scan: &certificate.scan,
            credential_id: &words.credential.credential_id,
            signed: &self.signed,
            attached: &certificate.attached,
            badge_alt: &self.badge_alt,
            code_alt: &certificate.code_alt,
        }
    }
}

/// When, until when, and then what weighs most: level, credits, workload, field, period.
fn chosen_facts(
    sheet: &CredentialSheet,
    subject: &Value,
    achievement: &Value,
    words: &Words,
    language: Language,
) -> Vec<(String, String)> {
    let names = &words.facts;
    let day = |moment: Timestamp| language.day(moment);
    let mut chosen = vec![(names.issued.clone(), day(issued(sheet)))];
    chosen.extend(sheet.award.valid_until.map(|until| (names.valid_until.clone(), day(until))));
    let found = facts(sheet, subject, achievement, words, language);
    let wanted = [
        &names.level,
        &names.credits_earned,
        &names.credits,
        &names.workload,
        &names.field,
        &names.activity,
        &names.kind,
    ];
    for name in wanted {
        // Credits that were earned say more than those one can earn.
        let is_told =
            *name == names.credits && chosen.iter().any(|(known, _)| *known == names.credits_earned);
        if let Some(fact) = found.iter().find(|fact| fact.name == *name).filter(|_| !is_told) {
            chosen.push((fact.name.clone(), fact.value.words()));
        }
    }
    chosen.truncate(MOST_FACTS);
    chosen
}

/// What must be known before anything else, for a credential that does not count (any more).
fn notice(verdict: &Verdict) -> Option<String> {
    if verdict.state == "valid" {
        return None;
    }
    let reason = verdict.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    Some(format!("{}. {}{reason}", verdict.word, verdict.sentence.words()))
}

/// The badge's picture, or one made from the achievement's name where there is none that can be drawn.
fn badge(stored: Option<&[u8]>, title: &str) -> Result<Picture, PublishingError> {
    match stored.and_then(|bytes| Picture::read(bytes).ok()) {
        Some(picture) => Ok(picture),
        None => Ok(Picture::of_design(&Design::of_name(title))?),
    }
}
