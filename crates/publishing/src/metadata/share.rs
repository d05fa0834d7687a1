//! Links that pass a credential on, and snippets that show it elsewhere. Nothing here calls anybody before a person follows a link.

use url::form_urlencoded;

use super::{EMBED_HEIGHT, EMBED_WIDTH};
use crate::html::push_escaped;

/// Where a person can pass a credential on.
#[derive(Debug, Clone)]
pub(crate) struct Sharing {
    pub(crate) linkedin: String,
    pub(crate) bluesky: String,
    pub(crate) mastodon: String,
    pub(crate) email: String,
}

impl Sharing {
    /// Links that say `text` and lead to `page`.
    pub(crate) fn new(text: &str, page: &str) -> Sharing {
        let both = percent(&format!("{text} {page}"));
        Sharing {
            linkedin: format!("https://www.linkedin.com/sharing/share-offsite/?url={}", percent(page)),
            bluesky: format!("https://bsky.app/intent/compose?text={both}"),
            mastodon: format!("https://share.joinmastodon.org/#text={both}"),
            email: format!("mailto:?subject={}&body={}", percent(text), percent(page)),
        }
    }
}

/// What a person pastes into a page of their own.
#[derive(Debug, Clone)]
pub(crate) struct Snippets {
    pub(crate) frame: String,
    pub(crate) image: String,
    pub(crate) markdown: String,
}

impl Snippets {
    /// Snippets for a credential of that name, its page, its card for frames and its picture.
    pub(crate) fn new(name: &str, page: &str, embed: &str, picture: &str) -> Snippets {
        Self::sized(name, page, embed, picture, (EMBED_WIDTH, EMBED_HEIGHT))
    }

    /// The same with a frame of that width and height.
    pub(crate) fn sized(
        name: &str,
        page: &str,
        embed: &str,
        picture: &str,
        (width, height): (u32, u32),
    ) -> Snippets {
        let quoted = |text: &str| {
            let mut out = String::new();
            push_escaped(&mut out, text);
            out
        };
        let (title, page_html) = (quoted(name), quoted(page));
        Snippets {
            frame: format!(
                r#"<iframe src="{}" title="{title}" width="{width}" height="{height}" loading="lazy" style="border:0;max-width:100%"></iframe>"#,
                quoted(embed)
            ),
            image: format!(
                r#"<a href="{page_html}"><img src="{}" alt="{title}" width="150" height="150"></a>"#,
                quoted(picture)
            ),
            markdown: format!("[![{}]({picture})]({page})", in_brackets(name)),
        }
    }
}

/// Percent-encoded for any part of a URL; a blank is `%20`, because `mailto:` and fragments know no `+`.
fn percent(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A text that stays within the brackets of a Markdown link.
fn in_brackets(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '[' | ']' | '\\' | '`' | '<' | '!') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_others_hold_every_character() {
        let sharing = Sharing::new("Ada & Bob: 100 % + ü", "https://example.edu/p?a=1&b=2");
        let page = "https%3A%2F%2Fexample.edu%2Fp%3Fa%3D1%26b%3D2";
        assert!(sharing.linkedin.ends_with(&format!("?url={page}")));
        assert_eq!(
            sharing.email,
            format!("mailto:?subject=Ada%20%26%20Bob%3A%20100%20%25%20%2B%20%C3%BC&body={page}")
        );
        assert!(sharing.bluesky.ends_with(&format!("%C3%BC%20{page}")));
    }

    #[test]
    fn a_name_cannot_leave_its_snippet() {
        let snippets =
            Snippets::new("\"><script>](x)", "https://e/p", "https://e/embed/p", "https://e/p.png");
        assert!(!snippets.frame.contains("<script") && !snippets.image.contains("<script"));
        assert_eq!(snippets.markdown, "[![\">\\<script>\\](x)](https://e/p.png)](https://e/p)");
    }
}
