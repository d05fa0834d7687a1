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
    /// Only where the picture is a drawing.
    svg: Option<String>,
    pdf: String,
    assertion: String,
}

impl Links {
    pub(super) fn new(sheet: &CredentialSheet) -> Links {
        let bare = sheet.award.credential_id.clone();
        let is_drawn = sheet.image.original.ends_with(".svg");
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
            svg: Some(of(|links| &links.svg)).filter(|_| is_drawn),
            pdf: of(|links| &links.pdf),
            assertion: of(|links| &links.assertion),
            bare,
        }
    }

    /// The other representations, for machines.
    pub(super) fn alternates(&self) -> Vec<PageAlternate> {
        [
            ("application/vc", Some(&self.json)),
            ("application/vc+jwt", Some(&self.jwt)),
            ("image/png", Some(&self.png)),
            ("image/svg+xml", self.svg.as_ref()),
            ("application/pdf", Some(&self.pdf)),
            ("application/ld+json", Some(&self.assertion)),
        ]
        .into_iter()
        .filter_map(|(content_type, url)| Some(PageAlternate { content_type, url: url?.clone() }))
        .filter(|alternate| !alternate.url.is_empty())
        .collect()
    }
}

impl Press {
    /// What can be taken away, the most wanted first.
    pub(super) fn downloads(&self, links: &Links, words: &Words) -> Vec<Download> {
        let words = &words.download;
        [
            (&words.pdf, Some(&links.pdf), "application/pdf"),
            (&words.png, Some(&links.png), "image/png"),
            (&words.svg, links.svg.as_ref(), "image/svg+xml"),
            (&words.json, Some(&links.json), "application/vc"),
            (&words.jwt, Some(&links.jwt), "application/vc+jwt"),
            (&words.v2, Some(&links.assertion), "application/ld+json"),
        ]
        .into_iter()
        .filter_map(|(label, address, media_type)| {
            let href = self.link(address?)?;
            Some(Download { label: label.clone(), href, media_type })
        })
        .collect()
    }
}
