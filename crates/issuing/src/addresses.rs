//! Every URL under the public URL, written in one place. What is signed contains these, so they never change.

use accolade_core::EmailAddress;
use accolade_signing::did::{self, DidError};
use url::Url;

use crate::IdMethod;
use crate::ids::is_image_id;

/// Makes the URLs of public documents from the configured public URL, never from a request's `Host`.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    base: String,
    https: bool,
}

/// The public URL cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the public URL must be http(s)://host[:port][/path], without user, query or fragment; it is {0:?}")]
pub struct PublicUrlError(String);

impl Addresses {
    pub(crate) fn new(public_url: &str) -> Result<Addresses, PublicUrlError> {
        let refuse = || PublicUrlError(public_url.to_owned());
        let url = Url::parse(public_url).map_err(|_| refuse())?;
        let https = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(refuse()),
        };
        let plain = url.username().is_empty() && url.password().is_none();
        if url.host_str().is_none_or(str::is_empty)
            || !plain
            || url.query().is_some()
            || url.fragment().is_some()
        {
            return Err(refuse());
        }
        Ok(Addresses { base: url.as_str().trim_end_matches('/').to_owned(), https })
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The default `idMethod`: did:web wants https.
    pub(crate) fn default_id_method(&self) -> IdMethod {
        if self.https { IdMethod::Web } else { IdMethod::Url }
    }

    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    /// `did:web:…:public:issuers:{id}`, whose document is at [`Addresses::did_document`].
    pub(crate) fn did_web(&self, issuer: &str) -> Result<String, DidError> {
        did::did_web(&self.base, &["public", "issuers", issuer])
    }

    pub(crate) fn issuer(&self, id: &str) -> String {
        self.public("issuers", id)
    }

    pub(crate) fn issuer_v2(&self, id: &str) -> String {
        self.public("issuers", id) + "/v2"
    }

    pub(crate) fn did_document(&self, issuer: &str) -> String {
        self.public("issuers", issuer) + "/did.json"
    }

    pub(crate) fn jwks(&self, issuer: &str) -> String {
        self.public("issuers", issuer) + "/jwks.json"
    }

    pub(crate) fn revocations(&self, issuer: &str) -> String {
        self.public("issuers", issuer) + "/revocations"
    }

    /// The 3.0 Achievement as one of its versions had it.
    pub(crate) fn achievement_version(&self, id: &str, version: u32) -> String {
        format!("{}/versions/{version}", self.achievement(id))
    }

    /// The id in the address of an achievement of ours.
    pub(crate) fn achievement_id<'a>(&self, address: &'a str) -> Option<&'a str> {
        address.strip_prefix(&self.base)?.strip_prefix("/public/achievements/")
    }

    pub(crate) fn achievement(&self, id: &str) -> String {
        self.public("achievements", id)
    }

    pub(crate) fn badge(&self, id: &str) -> String {
        self.public("badges", id)
    }

    pub(crate) fn badge_image(&self, id: &str) -> String {
        self.public("badges", id) + "/image"
    }

    /// The picture as PNG: what signed documents name.
    pub(crate) fn image_png(&self, id: &str) -> String {
        self.public("images", id) + ".png"
    }

    pub(crate) fn image_svg(&self, id: &str) -> String {
        self.public("images", id) + ".svg"
    }

    /// The id of the picture that one of our URLs names, in whatever form.
    pub(crate) fn image_named(&self, url: &str) -> Option<String> {
        let rest = url.strip_prefix(&self.base)?.strip_prefix("/public/images/")?;
        let id = rest.split(['.', '/']).next()?;
        is_image_id(id).then(|| id.to_owned())
    }

    pub(crate) fn credential_png(&self, id: &str) -> String {
        self.credential(id) + ".png"
    }

    pub(crate) fn assertion_image(&self, id: &str) -> String {
        self.assertion(id) + "/image"
    }

    pub(crate) fn credential(&self, id: &str) -> String {
        self.public("credentials", id)
    }

    pub(crate) fn assertion(&self, id: &str) -> String {
        self.public("assertions", id)
    }

    pub(crate) fn key(&self, id: &str) -> String {
        self.public("keys", id)
    }

    pub(crate) fn key_v2(&self, id: &str) -> String {
        self.public("keys", id) + "/v2"
    }

    pub(crate) fn status_list(&self, id: &str) -> String {
        self.public("status", id)
    }

    /// `noreply@` the public host: an address that nobody reads, for documents that must have one.
    pub(crate) fn noreply(&self) -> Option<EmailAddress> {
        let url = Url::parse(&self.base).ok()?;
        // A bare IPv6 address cannot stand in an e-mail address.
        [url.host_str()?, "localhost"]
            .iter()
            .find_map(|host| EmailAddress::parse(format!("noreply@{host}")).ok())
    }

    /// The wide picture of an achievement.
    pub(crate) fn card(&self, achievement: &str) -> String {
        self.public("achievements", achievement) + "/card.png"
    }

    /// The small page of an award for an `<iframe>`.
    pub(crate) fn embed(&self, award: &str) -> String {
        format!("{}/embed/{award}", self.base)
    }

    /// A learner's own progress.
    pub(crate) fn progress(&self, token: &str) -> String {
        format!("{}/progress/{token}", self.base)
    }

    /// The page where a person checks `url`.
    pub(crate) fn verify(&self, url: &str) -> String {
        let query: String =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("url", url).finish();
        format!("{}/verify?{query}", self.base)
    }

    fn public(&self, shelf: &str, id: &str) -> String {
        format!("{}/public/{shelf}/{id}", self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_url_gives_urls_and_dids() {
        for (public_url, base, did, method) in [
            (
                "https://badges.example.edu",
                "https://badges.example.edu",
                "did:web:badges.example.edu",
                IdMethod::Web,
            ),
            ("https://example.edu/b/", "https://example.edu/b", "did:web:example.edu:b", IdMethod::Web),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "did:web:127.0.0.1%3A8080", IdMethod::Url),
        ] {
            let addresses = Addresses::new(public_url).unwrap();
            assert_eq!(addresses.base(), base);
            assert_eq!(addresses.did_web("i").unwrap(), format!("{did}:public:issuers:i"));
            assert_eq!(addresses.default_id_method(), method);
            assert_eq!(addresses.credential("c"), format!("{base}/public/credentials/c"));
        }
    }

    #[test]
    fn nobody_reads_at_the_public_host() {
        for (public_url, address) in [
            ("https://badges.example.edu/x", "noreply@badges.example.edu"),
            ("http://127.0.0.1:8080", "noreply@127.0.0.1"),
            ("http://[::1]:8080", "noreply@localhost"),
        ] {
            assert_eq!(Addresses::new(public_url).unwrap().noreply().unwrap().as_str(), address);
        }
    }

    #[test]
    fn a_public_url_that_could_not_be_signed_is_refused() {
        for bad in ["", "badges", "ftp://x", "https://u:p@x", "https://x?y", "https://x#y", "https://"] {
            assert!(Addresses::new(bad).is_err(), "{bad}");
        }
    }
}
