//! What pages say to machines: previews, search engines, embeds, sharing.

mod oembed;
mod schema_org;
mod share;

pub(crate) use oembed::{EMBED_HEIGHT, EMBED_WIDTH, Subject};
pub use oembed::{OEmbed, OEmbedAnswer, OEmbedRequest};
pub(crate) use schema_org::{about_achievement, about_credential, about_issuer, data_block};
pub(crate) use share::{Sharing, Snippets};

use crate::html::Html;
use crate::page::PageAlternate;

/// What stands in a page's `head` beside the title.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    /// At most 200 characters.
    pub(crate) description: String,
    /// The one absolute address of the page, in whichever language.
    pub(crate) canonical: Option<String>,
    pub(crate) noindex: bool,
    pub(crate) preview: Option<Preview>,
    pub(crate) alternates: Vec<PageAlternate>,
    /// The absolute address of the oEmbed answer.
    pub(crate) oembed: Option<String>,
    /// schema.org, ready to stand in a `script` element.
    pub(crate) json_ld: Option<Html>,
}

/// OpenGraph and Twitter card.
#[derive(Debug, Clone)]
pub(crate) struct Preview {
    pub(crate) title: String,
    pub(crate) site_name: String,
    /// Absolute; 1200 × 627.
    pub(crate) image: Option<String>,
    pub(crate) image_alt: String,
}

/// A text cut to `most` characters, at a word where there is one.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = cut.rfind(' ').filter(|end| *end > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or_default().trim_end_matches([',', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_ends_at_a_word() {
        assert_eq!(shortened("one two,  three four", 13), "one two…");
        assert_eq!(shortened("one\n two", 13), "one two");
        assert_eq!(shortened(&"字".repeat(30), 10), format!("{}…", "字".repeat(9)));
    }
}
