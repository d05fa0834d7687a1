//! Web pages about badges: somewhere in them the badge itself stands, or a link to it.

use accolade_linked_data::json;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};
use serde_json::Value;
use url::Url;

use crate::submission::Submission;
use crate::{v1, v2, v3};

/// The most links and scripts of one page looked at.
const MOST_CANDIDATES: usize = 32;

/// What links to a badge say it is, the likeliest first.
const TYPES: [&str; 8] = [
    "application/vc",
    "application/vc+ld+json",
    "application/vc+jwt",
    "application/jwt",
    "application/ld+json",
    "application/json",
    "image/png",
    "image/svg+xml",
];

/// Whether an answer is a page for people, by its word or its beginning. (An SVG begins like one, but says what it is.)
pub(crate) fn is_page(content_type: &str, body: &[u8]) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    if ["text/html", "application/xhtml+xml"].iter().any(|page| kind.eq_ignore_ascii_case(page)) {
        return beginning(body).starts_with(b"<");
    }
    let start: Vec<u8> = beginning(body).iter().take(14).map(u8::to_ascii_lowercase).collect();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}

/// The body after a byte order mark, white space and comments.
fn beginning(body: &[u8]) -> &[u8] {
    let mut rest = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    while let Some(comment) = rest.strip_prefix(b"<!--") {
        let Some(end) = comment.windows(3).position(|three| three == b"-->") else { break };
        rest = comment.get(end + 3..).unwrap_or_default().trim_ascii_start();
    }
    rest
}

/// The badge in a page, in JSON-LD of the page's own; else the likeliest of its `<link rel="alternate">`.
///
/// Most pages have other JSON-LD as well, for search engines, and other links, such as of feeds.
pub(crate) fn badge_in(page: &[u8], address: &str) -> Option<Submission> {
    let mut links: Vec<(usize, Url)> = Vec::new();
    let mut candidates = 0;
    let mut in_script = false;
    let mut emitter = DefaultEmitter::default();
    // The content of a script is text, whatever it looks like.
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Token::StartTag(tag) => {
                in_script = *tag.name == b"script"[..] && is(&tag, b"type", "application/ld+json");
                if let Some(link) = link_of(&tag, address) {
                    candidates += 1;
                    links.push(link);
                }
            }
            Token::String(text) if in_script => {
                candidates += 1;
                if is_badge(&text) {
                    return Some(Submission::Json(text.value.0.into()));
                }
            }
            Token::EndTag(_) => in_script = false,
            _ => {}
        }
        if candidates >= MOST_CANDIDATES {
            break;
        }
    }
    links.sort_by_key(|(rank, _)| *rank);
    links.into_iter().next().map(|(_, url)| Submission::Url(url.into()))
}

fn is_badge(text: &[u8]) -> bool {
    json::parse(text).is_ok_and(|document: Value| {
        v3::is_meant(&document) || v2::is_meant(&document) || v1::is_meant(&document)
    })
}

/// The address of `<link rel="alternate" type="…" href="…">`, with how likely it is a badge (0 is best).
fn link_of(tag: &StartTag<()>, address: &str) -> Option<(usize, Url)> {
    let is_alternate = *tag.name == b"link"[..]
        && text(tag, b"rel")?.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("alternate"));
    let kind = text(tag, b"type").filter(|_| is_alternate)?;
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let rank = TYPES.iter().position(|known| kind.eq_ignore_ascii_case(known))?;
    Some((rank, Url::parse(address).ok()?.join(text(tag, b"href")?).ok()?))
}

fn is(tag: &StartTag<()>, name: &[u8], wanted: &str) -> bool {
    text(tag, name).is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted))
}

fn text<'t>(tag: &'t StartTag<()>, name: &[u8]) -> Option<&'t str> {
    let value = tag.attributes.get(&HtmlString(name.to_vec()))?;
    std::str::from_utf8(&value.value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://school.example/badges/1";

    fn found(page: &str) -> Option<String> {
        match badge_in(page.as_bytes(), ADDRESS)? {
            Submission::Url(url) => Some(url),
            Submission::Json(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_likeliest_alternate_of_a_page_is_taken() {
        let page = r#"<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed">
            <link rel=alternate type="application/json" href="1.json"><link rel="stylesheet" type="application/vc" href="no">
            <LINK REL="nofollow Alternate" TYPE="application/vc; charset=utf-8" HREF="/badges/1?as=vc&amp;x=1">"#;
        assert_eq!(found(page).as_deref(), Some("https://school.example/badges/1?as=vc&x=1"));
    }

    #[test]
    fn a_badge_in_the_page_comes_before_links_and_json_of_other_kinds_is_passed_over() {
        let badge = r#"{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"</b>"}"#;
        let page = format!(
            r#"<html><link rel="alternate" type="application/vc" href="x"><script>"<link rel=alternate type=application/vc href=no>"</script>
            <script type="application/ld+json">{{"@type":"EducationalOccupationalCredential"}}</script>
            <script type="application/ld+json">{badge}</script>"#
        );
        assert_eq!(found(&page).as_deref(), Some(badge));
    }

    #[test]
    fn a_page_is_known_by_its_type_or_its_beginning() {
        for (kind, body, expected) in [
            ("text/html; charset=utf-8", "<p>Hello", true),
            ("", "\u{FEFF}\n<!-- a --><!-- b -->\n<!DOCTYPE HTML>", true),
            ("text/plain", "<html>", true),
            ("text/html", r#"{"type":[]}"#, false),
            ("image/svg+xml", "<!-- a --><svg/>", false),
            ("", "<!-- <html>", false),
        ] {
            assert_eq!(is_page(kind, body.as_bytes()), expected, "{kind} {body}");
        }
    }

    #[test]
    fn a_page_without_a_badge_has_none() {
        for page in [
            "<!doctype html><p>Hello",
            "<html><script type='application/ld+json'>{",
            "<html><!-- <link rel='alternate' type='application/vc' href='x'> -->",
            "<html><link rel='alternate' type='application/vc'>",
            "<html><link rel='alternate' type='application/vc' href='http://[::1'>",
        ] {
            assert_eq!(found(page), None, "{page}");
        }
    }
}
