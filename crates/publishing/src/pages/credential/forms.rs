//! The other forms of a credential: what can be taken away, and what machines are told of.

use accolade_issuing::views::CredentialSheet;

use crate::Press;
use crate::page::PageAlternate;
use crate::words::Words;

/// A file to be taken away.
#[derive(Debug, Clone)]
pub(super) struct Download {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) media_type: &'static str,
}

/// The addresses of a credential's forms, as the office gives them: with the key, where the visitor came with one.
pub(super) struct Links {
    /// The page as it was opened.
    pub(super) page: String,
    /// The page as it may be passed on.
    pub(super) bare: String,
    json: String,
    jwt: String,
    png: String,
    svg: String,
    pdf: String,
    assertion: String,
}

impl Links {
    pub(super) fn new(sheet: &CredentialSheet) -> Links {
        let bare = sheet.award.credential_id.clone();
        let links = sheet.award.links.as_ref();
        let of =
            |pick: fn(&accolade_issuing::AwardLinks) -> &String| links.map(pick).cloned().unwrap_or_default();
        Links {
            page: links
                .and_then(|links| links.share.clone())
                .filter(|_| sheet.shared)
                .unwrap_or_else(|| bare.clone()),
            json: of(|links| &links.credential),
            jwt: of(|links| &links.jwt),
            png: of(|links| &links.png),
            svg: of(|links| &links.svg),
            pdf: of(|links| &links.pdf),
            assertion: of(|links| &links.assertion),
            bare,
        }
    }

    /// The other representations, for machines.
    pub(super) fn alternates(&self) -> Vec<PageAlternate> {
        [
            ("application/vc", &self.json),
            ("application/vc+jwt", &self.jwt),
            ("image/png", &self.png),
            ("image/svg+xml", &self.svg),
            ("application/pdf", &self.pdf),
            ("application/ld+json", &self.assertion),
        ]
        .into_iter()
        .map(|(content_type, url)| PageAlternate { content_type, url: url.clone() })
        .filter(|alternate| !alternate.url.is_empty())
        .collect()
    }
}

impl Press {
    /// What can be taken away, the most wanted first.
    pub(super) fn downloads(&self, links: &Links, words: &Words) -> Vec<Download> {
        let words = &words.download;
        [
            (&words.pdf, &links.pdf, "application/pdf"),
            (&words.png, &links.png, "image/png"),
            (&words.svg, &links.svg, "image/svg+xml"),
            (&words.json, &links.json, "application/vc"),
            (&words.jwt, &links.jwt, "application/vc+jwt"),
            (&words.v2, &links.assertion, "application/ld+json"),
        ]
        .into_iter()
        .filter_map(|(label, address, media_type)| {
            let href = self.link(address)?;
            Some(Download { label: label.clone(), href, media_type })
        })
        .collect()
    }
}
