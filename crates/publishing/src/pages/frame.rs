//! What is around every page: head, masthead, languages, foot.

use crate::html::Html;
use crate::icons::Icon;
use crate::metadata::Head;
use crate::reading::identity_host;
use crate::words::Words;
use crate::{Language, Press};
use accolade_issuing::views::IssuerCard;

/// What the template `base.html` needs.
#[derive(Debug, Clone)]
pub(crate) struct Frame<'a> {
    /// Whom the browser tells where its reader came from: nobody, but where forms have to say so.
    pub(crate) referrer: &'static str,
    pub(crate) words: &'a Words,
    pub(crate) language: Language,
    pub(crate) title: String,
    pub(crate) head: Head,
    pub(crate) stylesheet: String,
    pub(crate) favicon: String,
    pub(crate) home: String,
    pub(crate) verify: String,
    pub(crate) masthead: Masthead,
    pub(crate) languages: Vec<LanguageLink>,
}

/// Whose page it is.
#[derive(Debug, Clone)]
pub(crate) struct Masthead {
    pub(crate) name: String,
    pub(crate) link: String,
    pub(crate) picture: Option<String>,
    /// The domain that the issuer's identity stands on.
    pub(crate) host: Option<String>,
}

/// The same page in a language.
#[derive(Debug, Clone)]
pub(crate) struct LanguageLink {
    pub(crate) tag: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) name: &'static str,
    pub(crate) href: String,
    pub(crate) is_current: bool,
}

impl Frame<'_> {
    /// The direction of the page.
    pub(crate) fn direction(&self) -> &'static str {
        self.language.direction()
    }

    pub(crate) fn medal(&self) -> Html {
        Icon::Medal.html()
    }

    /// The locales of the other languages, as OpenGraph names them.
    pub(crate) fn other_locales(&self) -> Vec<&'static str> {
        Language::ALL.into_iter().filter(|other| *other != self.language).map(Language::locale).collect()
    }

    pub(crate) fn locale(&self) -> &'static str {
        self.language.locale()
    }
}

impl Press {
    /// A frame. `query` is what stands in the page's address already, such as `key=…`, percent-encoded.
    pub(crate) fn frame(&self, language: Language, title: String, head: Head, query: &str) -> Frame<'_> {
        Frame {
            words: self.words(language),
            referrer: "no-referrer",
            language,
            title,
            head,
            stylesheet: self.stylesheet(),
            favicon: self.favicon(),
            home: self.path("/"),
            verify: self.path("/verify"),
            masthead: Masthead {
                name: "Accolade".to_owned(),
                link: self.path("/"),
                picture: None,
                host: None,
            },
            languages: Language::ALL.into_iter().map(|other| language_link(other, language, query)).collect(),
        }
    }

    /// The masthead of an issuer's pages.
    pub(crate) fn masthead(&self, issuer: &IssuerCard) -> Masthead {
        Masthead {
            name: issuer.name.clone(),
            link: self.link(&issuer.page).unwrap_or_default(),
            picture: issuer.image.as_deref().and_then(|address| self.picture(address)),
            host: identity_host(&issuer.profile_id),
        }
    }
}

fn language_link(of: Language, current: Language, query: &str) -> LanguageLink {
    let separator = if query.is_empty() { "" } else { "&" };
    LanguageLink {
        tag: of.tag(),
        direction: of.direction(),
        name: of.own_name(),
        href: format!("?{query}{separator}lang={}", of.tag()),
        is_current: of == current,
    }
}
