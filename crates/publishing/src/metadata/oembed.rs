//! oEmbed ([specification](https://oembed.com/)): how a site that was given a page's address shows it as a card.

use serde::Serialize;

use super::Snippets;

/// The width of the card for other sites' pages, in CSS pixels.
pub(crate) const EMBED_WIDTH: u32 = 480;
/// Its height.
pub(crate) const EMBED_HEIGHT: u32 = 200;
/// What the card needs at least.
const NARROWEST: u32 = 280;

/// What a consumer asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OEmbedRequest<'a> {
    /// The address of a credential's page.
    pub url: &'a str,
    /// The widest card it takes, in pixels.
    pub max_width: Option<u32>,
    /// The highest card it takes, in pixels.
    pub max_height: Option<u32>,
}

/// What a consumer gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OEmbedAnswer {
    /// The card.
    Card(Box<OEmbed>),
    /// The credential is private: 403 (the specification has 401 for it).
    Private,
    /// It was erased: 404.
    Gone,
}

/// A card of type `rich`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OEmbed {
    /// `rich`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `1.0`.
    pub version: &'static str,
    /// What is shown.
    pub title: String,
    /// The issuer.
    pub author_name: String,
    /// The issuer's page.
    pub author_url: String,
    /// The host that serves the card.
    pub provider_name: String,
    /// The public URL.
    pub provider_url: String,
    /// For how many seconds the answer may be kept.
    pub cache_age: u32,
    /// The badge's picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail_url: Option<String>,
    /// Its width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail_width: Option<u32>,
    /// Its height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail_height: Option<u32>,
    /// The frame, ready to be put into a page.
    pub html: String,
    /// The frame's width in pixels.
    pub width: u32,
    /// The frame's height in pixels.
    pub height: u32,
}

/// Who and what a card is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) title: &'a str,
    pub(crate) issuer: &'a str,
    pub(crate) issuer_page: &'a str,
    pub(crate) provider_name: &'a str,
    pub(crate) provider_url: &'a str,
    pub(crate) page: &'a str,
    pub(crate) embed: &'a str,
    pub(crate) picture: &'a str,
}

impl OEmbed {
    /// The card within the sizes asked for. A picture is named only where it fits into them too.
    pub(crate) fn new(of: &Subject<'_>, request: &OEmbedRequest<'_>) -> OEmbed {
        const PICTURE: u32 = 400;
        let width = request.max_width.map_or(EMBED_WIDTH, |most| most.clamp(NARROWEST, EMBED_WIDTH));
        let height = request.max_height.map_or(EMBED_HEIGHT, |most| most.min(EMBED_HEIGHT));
        let fits = |most: Option<u32>| most.is_none_or(|most| most >= PICTURE);
        let has_picture = fits(request.max_width) && fits(request.max_height) && !of.picture.is_empty();
        let snippets = Snippets::sized(of.title, of.page, of.embed, of.picture, (width, height));
        OEmbed {
            kind: "rich",
            version: "1.0",
            title: of.title.to_owned(),
            author_name: of.issuer.to_owned(),
            author_url: of.issuer_page.to_owned(),
            provider_name: of.provider_name.to_owned(),
            provider_url: of.provider_url.to_owned(),
            cache_age: 60,
            thumbnail_url: has_picture.then(|| of.picture.to_owned()),
            thumbnail_width: has_picture.then_some(PICTURE),
            thumbnail_height: has_picture.then_some(PICTURE),
            html: snippets.frame,
            width,
            height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(max_width: Option<u32>, max_height: Option<u32>) -> OEmbed {
        let subject = Subject {
            title: "Data <Skills>",
            issuer: "Riverside",
            issuer_page: "https://e/i",
            provider_name: "e",
            provider_url: "https://e",
            page: "https://e/p",
            embed: "https://e/embed/p",
            picture: "https://e/p.png",
        };
        OEmbed::new(&subject, &OEmbedRequest { url: "https://e/p", max_width, max_height })
    }

    #[test]
    fn a_card_keeps_within_what_is_asked_for() {
        assert_eq!((card(None, None).width, card(None, None).height), (EMBED_WIDTH, EMBED_HEIGHT));
        let small = card(Some(320), Some(120));
        assert_eq!((small.width, small.height, small.thumbnail_url), (320, 120, None));
        assert!(small.html.contains("width=\"320\" height=\"120\""), "{}", small.html);
        assert_eq!(card(Some(5000), None).width, EMBED_WIDTH);
    }

    #[test]
    fn a_card_is_named_as_the_specification_names_it() {
        let json = serde_json::to_value(card(None, None)).unwrap();
        for member in ["type", "version", "title", "html", "width", "height", "thumbnail_width", "cache_age"]
        {
            assert!(json.get(member).is_some(), "{member}");
        }
        assert_eq!(json.get("title").unwrap(), "Data <Skills>");
        assert!(json.get("html").unwrap().as_str().unwrap().contains("Data &lt;Skills&gt;"));
    }
}
