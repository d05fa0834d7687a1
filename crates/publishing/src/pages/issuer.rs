//! The page of an issuer: who it is, what it awards, what it signs with.

use accolade_issuing::{SigningKey, SigningKeyState};
use askama::Template;
use serde_json::Value;

use super::achievement::DataLink;
use super::facts::{Fact, Facts};
use super::frame::Frame;
use super::said::{Tongue, prose};
use crate::html::{Html, plain_name, push_escaped};
use crate::metadata::{Head, Preview, about_issuer, data_block, shortened};
use crate::page::{DOCUMENT_SECONDS, PageAlternate};
use crate::reading::{identity_host, text};
use crate::words::Words;
use crate::{Language, Page, Press, PublishingError};
use accolade_issuing::views::{AchievementCard, IssuerSheet};

#[derive(Template)]
#[template(path = "issuer.html")]
struct IssuerPage<'a> {
    frame: Frame<'a>,
    logo: Option<String>,
    name: &'a str,
    host: Option<String>,
    description: Option<Html>,
    facts: Vec<Fact>,
    badges: Vec<BadgeCard<'a>>,
    more: bool,
    count: String,
    identity_text: Html,
    identity: Vec<Fact>,
    keys: Vec<KeyRow>,
    data: Vec<DataLink>,
}

/// A badge in the list.
#[derive(Debug, Clone)]
struct BadgeCard<'a> {
    link: String,
    picture: String,
    tongue: Tongue,
    name: &'a str,
    description: String,
}

/// A key in the table.
#[derive(Debug, Clone)]
struct KeyRow {
    name: String,
    kind: String,
    purpose: String,
    state: String,
    since: Html,
}

impl Press {
    /// The page of an issuer.
    pub fn issuer_page(&self, sheet: &IssuerSheet, language: Language) -> Result<Page, PublishingError> {
        let words = self.words(language);
        let profile = &sheet.document;
        let card = &sheet.card;
        let head = self.issuer_head(sheet, words);
        let mut frame = self.frame(language, plain_name(&card.name), head, "");
        frame.masthead = self.masthead(card);
        let count = u64::try_from(sheet.achievements.len()).unwrap_or(u64::MAX);
        let page = IssuerPage {
            frame,
            logo: sheet.image.as_deref().and_then(|address| self.picture(address)),
            name: &card.name,
            host: identity_host(&card.profile_id),
            description: text(profile, "description").map(prose),
            facts: self.contact(profile, words, language),
            badges: sheet.achievements.iter().filter_map(|badge| self.badge_card(badge)).collect(),
            more: sheet.more,
            count: words.issuer.badges_count.of(language, count),
            identity_text: words.issuer.identity_text.html(&[("issuer", &Html::isolated(&card.name))]),
            identity: vec![Fact { name: words.issuer.identifier.clone(), value: code(&card.profile_id) }],
            keys: sheet.keys.iter().map(|key| key_row(key, words, language)).collect(),
            data: self.issuer_data(sheet),
        };
        Ok(Page::html(page.render()?, language, DOCUMENT_SECONDS))
    }

    fn issuer_head(&self, sheet: &IssuerSheet, words: &Words) -> Head {
        let card = &sheet.card;
        let name = plain_name(&card.name);
        let described = card
            .description
            .clone()
            .unwrap_or_else(|| words.issuer.description.plain(&[("issuer", &card.name)]));
        let links = &sheet.issuer.links;
        let also = |content_type, url: String| PageAlternate { content_type, url };
        Head {
            description: shortened(&described, 200),
            canonical: Some(links.public.clone()),
            noindex: false,
            preview: Some(Preview {
                title: name.clone(),
                site_name: name.clone(),
                image: sheet
                    .achievements
                    .first()
                    .map(|badge| badge.image.card.clone())
                    .filter(|card| !card.is_empty()),
                image_alt: name,
            }),
            alternates: vec![
                also("application/ld+json", format!("{}.json", links.public)),
                also("application/did+json", links.did_document.clone()),
                also("application/jwk-set+json", links.jwks.clone()),
            ],
            oembed: None,
            json_ld: Some(data_block(&about_issuer(card))),
        }
    }

    fn contact(&self, profile: &Value, words: &Words, language: Language) -> Vec<Fact> {
        let mut facts = Facts::new(words, language);
        let names = &words.issuer;
        facts.add(&names.website, text(profile, "url").and_then(|address| self.web(address)));
        facts.add(
            &names.email,
            text(profile, "email").and_then(|address| {
                self.link(&format!("mailto:{address}")).map(|link| anchor(&link, address))
            }),
        );
        facts.say(&names.phone, text(profile, "phone"));
        facts.say(&names.address, profile.get("address").and_then(address).as_deref());
        facts.done()
    }

    /// A website, shown by its host.
    fn web(&self, address: &str) -> Option<Html> {
        let link = self.link(address)?;
        let shown = crate::reading::host(address).unwrap_or_else(|| link.clone());
        Some(anchor(&link, &shown))
    }

    fn badge_card<'a>(&self, badge: &'a AchievementCard) -> Option<BadgeCard<'a>> {
        Some(BadgeCard {
            link: self.link(&badge.page)?,
            picture: self.picture(&badge.image.side_200).unwrap_or_default(),
            tongue: Tongue::tagged(badge.language.as_deref()),
            name: &badge.name,
            description: shortened(badge.description.as_deref().unwrap_or_default(), 140),
        })
    }

    fn issuer_data(&self, sheet: &IssuerSheet) -> Vec<DataLink> {
        let links = &sheet.issuer.links;
        [
            ("Open Badges 3.0, Profile", format!("{}.json", links.public), "application/ld+json"),
            ("DID document", links.did_document.clone(), "application/did+json"),
            ("JWKS", links.jwks.clone(), "application/jwk-set+json"),
            ("Open Badges 2.0, Issuer", links.v2.clone(), "application/ld+json"),
            ("Open Badges 2.0, RevocationList", links.revocations.clone(), "application/ld+json"),
        ]
        .into_iter()
        .filter_map(|(label, address, media_type)| {
            Some(DataLink { label: label.to_owned(), href: self.link(&address)?, media_type })
        })
        .collect()
    }
}

/// A postal address in one line.
fn address(of: &Value) -> Option<String> {
    let town = [text(of, "postalCode"), text(of, "addressLocality")];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = text(of, "addressCountry").or(text(of, "addressCountryCode"));
    let parts: Vec<&str> = [
        text(of, "streetAddress"),
        Some(town.as_str()).filter(|town| !town.is_empty()),
        text(of, "addressRegion"),
        country,
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn key_row(key: &SigningKey, words: &Words, language: Language) -> KeyRow {
    let words = &words.issuer;
    let method = key.verification_method.as_str();
    let fragment = method.split_once('#').map_or(key.id.as_str(), |(_, fragment)| fragment);
    let (state, since) = match key.state {
        SigningKeyState::Active => (&words.active, Some(key.created_at)),
        SigningKeyState::Retired => (&words.retired, key.retired_at),
        SigningKeyState::Compromised => (&words.compromised, key.compromised_at),
    };
    let purpose = match key.purpose.as_str() {
        "jwt" => &words.purpose_jwt,
        "badge-v2" => &words.purpose_v2,
        _ => &words.purpose_v3,
    };
    KeyRow {
        name: middle_out(fragment),
        kind: match key.key_type.as_str() {
            "ed25519" => "Ed25519".to_owned(),
            "p256" => "P-256".to_owned(),
            "p384" => "P-384".to_owned(),
            "rsa2048" => "RSA 2048".to_owned(),
            other => other.to_owned(),
        },
        purpose: purpose.clone(),
        state: state.clone(),
        since: language.day_html(since.unwrap_or(key.created_at)),
    }
}

/// A long name by its beginning and end.
fn middle_out(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= 20 {
        return name.to_owned();
    }
    let (start, end) = (letters.iter().take(10), letters.iter().skip(letters.len() - 6));
    start.chain(std::iter::once(&'…')).chain(end).collect()
}

fn anchor(link: &str, shown: &str) -> Html {
    let mut out = String::from("<a rel=\"noopener nofollow ugc\" dir=\"ltr\" href=\"");
    push_escaped(&mut out, link);
    out.push_str("\">");
    push_escaped(&mut out, shown);
    out.push_str("</a>");
    Html::trusted(out)
}

fn code(text: &str) -> Html {
    let mut out = String::from("<code dir=\"ltr\">");
    push_escaped(&mut out, text);
    out.push_str("</code>");
    Html::trusted(out)
}
