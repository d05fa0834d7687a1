//! The card that other sites show in a frame, and what oEmbed says of it.

use askama::Template;
use serde_json::Value;

use super::credential::issued;
use super::said::Tongue;
use super::verdict::Verdict;
use crate::html::{Html, plain_name};
use crate::icons::Icon;
use crate::metadata::{OEmbed, OEmbedAnswer, OEmbedRequest, Subject};
use crate::page::STATUS_SECONDS;
use crate::reading::{host, text};
use crate::{Language, Page, PageStatus, Press, PublishingError};
use accolade_issuing::Visibility;
use accolade_issuing::views::{CredentialSheet, CredentialView};

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbedPage<'a> {
    language: Language,
    stylesheet: String,
    favicon: String,
    title: String,
    canonical: Option<&'a str>,
    card: Option<Card<'a>>,
    open: &'a str,
    state: &'static str,
    icon: Html,
    text: &'a str,
}

/// What the card shows.
struct Card<'a> {
    picture: String,
    tongue: Tongue,
    name: &'a str,
    holder: Option<&'a str>,
    issuer: &'a str,
    issued: Html,
    verdict: Verdict,
    page: String,
}

impl Press {
    /// The card for other sites' pages. It never takes a key: what stands in others' pages is for everybody.
    pub fn embed_page(&self, view: &CredentialView, language: Language) -> Result<Page, PublishingError> {
        let words = self.words(language);
        let closed = |title: &str, text, state, icon: Icon| EmbedPage {
            language,
            stylesheet: self.stylesheet(),
            favicon: self.favicon(),
            title: title.to_owned(),
            canonical: None,
            card: None,
            open: &words.embed.open,
            state,
            icon: icon.html(),
            text,
        };
        let (page, status) = match view {
            CredentialView::Open(sheet) if sheet.visibility != Visibility::Private => {
                let card = self.card(sheet, language);
                let empty = closed(&plain_name(card.name), "", "", Icon::Dash);
                let canonical = Some(sheet.award.credential_id.as_str());
                (EmbedPage { canonical, card: Some(card), ..empty }, PageStatus::Ok)
            }
            CredentialView::Erased { .. } => {
                let words = &words.erased;
                (closed(&words.title, &words.text, "erased", Icon::Empty), PageStatus::Gone)
            }
            CredentialView::Open(_) | CredentialView::Locked { .. } => {
                let words = &words.locked;
                (closed(&words.title, &words.text, "private", Icon::Lock), PageStatus::Locked)
            }
        };
        let mut ready = Page::html(page.render()?, language, STATUS_SECONDS).unlisted().with_status(status);
        ready.frameable = true;
        Ok(ready)
    }

    fn card<'a>(&self, sheet: &'a CredentialSheet, language: Language) -> Card<'a> {
        let achievement = sheet.document.pointer("/credentialSubject/achievement").unwrap_or(&Value::Null);
        Card {
            picture: self.picture(&sheet.image.side_200).unwrap_or_default(),
            tongue: Tongue::of(achievement),
            name: text(achievement, "name").unwrap_or_default(),
            holder: sheet.recipient_name.as_deref().filter(|_| sheet.visibility == Visibility::Public),
            issuer: &sheet.issuer.name,
            issued: language.day_html(issued(sheet)),
            verdict: Verdict::of(self, sheet, language),
            page: self.link(&sheet.award.credential_id).unwrap_or_default(),
        }
    }

    /// What oEmbed says of a credential.
    pub fn oembed(
        &self,
        view: &CredentialView,
        request: &OEmbedRequest<'_>,
        language: Language,
    ) -> OEmbedAnswer {
        let sheet = match view {
            CredentialView::Open(sheet) if sheet.visibility != Visibility::Private => sheet,
            CredentialView::Erased { .. } => return OEmbedAnswer::Gone,
            CredentialView::Open(_) | CredentialView::Locked { .. } => return OEmbedAnswer::Private,
        };
        let name = sheet.document.pointer("/credentialSubject/achievement/name").and_then(Value::as_str);
        let provider_url = self.url("");
        let subject = Subject {
            title: &super::credential::earned(sheet, name.unwrap_or_default(), self.words(language)),
            issuer: &plain_name(&sheet.issuer.name),
            issuer_page: &sheet.issuer.page,
            provider_name: &host(&provider_url).unwrap_or_default(),
            provider_url: &provider_url,
            page: &sheet.award.credential_id,
            embed: &self.url(&format!("/embed/{}", sheet.award.id)),
            picture: &sheet.image.side_400,
        };
        OEmbedAnswer::Card(Box::new(OEmbed::new(&subject, request)))
    }
}
