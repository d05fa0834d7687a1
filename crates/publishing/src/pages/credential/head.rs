//! What the page of a credential says in its head. The holder is named there only where everybody may see the name.

use accolade_issuing::Visibility;
use accolade_issuing::views::CredentialSheet;

use super::forms::Links;
use super::issued;
use crate::html::plain_name;
use crate::metadata::{Head, Preview, about_credential, data_block, shortened};
use crate::words::Words;
use crate::{Language, Press};

impl Press {
    pub(super) fn credential_head(
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
                site_name: plain_name(&sheet.issuer.name),
                image: Some(sheet.image.card.clone()).filter(|card| !card.is_empty()),
                image_alt: plain_name(name),
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
}

pub(super) fn title(sheet: &CredentialSheet, name: &str, words: &Words) -> String {
    let issuer = sheet.issuer.name.as_str();
    match &sheet.recipient_name {
        Some(holder) => {
            words.credential.title_named.plain(&[("name", holder), ("badge", name), ("issuer", issuer)])
        }
        None => words.credential.title.plain(&[("badge", name), ("issuer", issuer)]),
    }
}

/// What a preview says. The holder is named only where everybody may see the name.
pub(in crate::pages) fn earned(sheet: &CredentialSheet, name: &str, words: &Words) -> String {
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
