//! Makes pages out of what it is given. Knows the public URL and the messages, and neither office nor network.

use accolade_verifying::report::Report;
use url::Url;

use crate::assets::{Asset, Assets};
use crate::markdown::safe_link;
use crate::words::{Dictionary, Words};
use crate::{Language, PageAddress, PublishingError};

/// Makes pages. Made once; cheap to share behind an `Arc`.
#[derive(Debug, Clone)]
pub struct Press {
    dictionary: Dictionary,
    assets: Assets,
    /// The public URL without a slash at its end.
    base: String,
    /// The path of the public URL, such as `/badges`; mostly empty.
    prefix: String,
}

impl Press {
    /// A press for pages under `public_url`. Fails where a file of messages is not as the others are, or the URL is none.
    pub fn new(public_url: &str) -> Result<Press, PublishingError> {
        let url = Url::parse(public_url)?;
        Ok(Press {
            dictionary: Dictionary::read()?,
            assets: Assets::new(),
            base: url.as_str().trim_end_matches('/').to_owned(),
            prefix: url.path().trim_end_matches('/').to_owned(),
        })
    }

    /// Stylesheet and favicon, to be served at `{path of the public URL}{asset.path}` and kept for ever.
    pub fn assets(&self) -> &[Asset] {
        self.assets.all()
    }

    pub(crate) fn words(&self, language: Language) -> &Words {
        self.dictionary.words(language)
    }

    /// A path of ours as pages refer to it.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// A path of ours for those elsewhere.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub(crate) fn stylesheet(&self) -> String {
        self.path(self.assets.stylesheet())
    }

    pub(crate) fn favicon(&self) -> String {
        self.path(self.assets.favicon())
    }

    /// An address as a page leads to it: by its path where it is ours, so that a page works under whichever name it was reached.
    /// `None` for what a page does not lead to.
    pub(crate) fn link(&self, address: &str) -> Option<String> {
        self.own_path(address).or_else(|| safe_link(address))
    }

    /// A picture that a page may show: ours, or one that stands in the document itself. Nothing is fetched from elsewhere.
    pub(crate) fn picture(&self, address: &str) -> Option<String> {
        let is_inline =
            |text: &&str| text.starts_with("data:image/png;") || text.starts_with("data:image/svg+xml");
        self.own_path(address).or_else(|| Some(address).filter(is_inline).map(str::to_owned))
    }

    /// The form of the check, filled in for `address`.
    pub(crate) fn check_of(&self, address: &str) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("url", address).finish();
        self.path(&format!("/verify?{query}"))
    }

    /// The id of the credential whose page is at an absolute address of ours, whatever its query.
    pub(crate) fn credential_at(&self, address: &str) -> Option<String> {
        let path = address.split(['?', '#']).next()?.strip_prefix(&self.base)?;
        match PageAddress::from_path(path)? {
            PageAddress::Credential { id, .. } | PageAddress::Embed(id) => Some(id),
            _ => None,
        }
    }

    fn own_path(&self, address: &str) -> Option<String> {
        let rest = address.strip_prefix(&self.base)?;
        (rest.is_empty() || rest.starts_with(['/', '?'])).then(|| self.path(rest))
    }
}

/// What the form of the check is filled in with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyForm {
    /// The address.
    pub url: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// Whom the badge is expected to be awarded to.
    pub recipient: Option<String>,
    /// What was wrong with what was handed over, one sentence; `Some("")` where nothing was.
    pub fault: Option<String>,
}

/// What a report is shown for.
#[derive(Debug, Clone, Copy)]
pub struct Verified<'a> {
    /// The examiner's report.
    pub report: &'a Report,
    /// The address that was looked at, where it was one: the page then has an address of its own.
    pub url: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ours_is_led_to_by_path_and_what_is_not_by_address() {
        let press = Press::new("https://example.edu/b/").unwrap();
        for (address, expected) in [
            ("https://example.edu/b/public/issuers/1", Some("/b/public/issuers/1")),
            ("https://example.edu/bb/x", Some("https://example.edu/bb/x")),
            ("https://example.edu/b", Some("/b")),
            ("https://other.example/x", Some("https://other.example/x")),
            ("javascript:alert(1)", None),
            ("did:key:z6Mk", None),
            ("urn:uuid:1", None),
        ] {
            assert_eq!(press.link(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn no_picture_is_fetched_from_elsewhere() {
        let press = Press::new("https://example.edu").unwrap();
        assert_eq!(
            press.picture("https://example.edu/public/images/a.png").as_deref(),
            Some("/public/images/a.png")
        );
        assert!(press.picture("data:image/png;base64,AAAA").is_some());
        for address in ["https://tracker.example/x.png", "data:text/html,x", "javascript:1", "//evil/x.png"] {
            assert_eq!(press.picture(address), None, "{address}");
        }
    }
}
