//! The one place where Markdown of strangers becomes HTML: criteria, narratives, evidence.
//!
//! Raw HTML is shown as the text it is; links lead to the web or to a mailbox or nowhere; images become their alternative text;
//! headings are moved below those of the page, without gaps.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use url::Url;

use crate::html::{Html, push_escaped};

/// What is longer is cut: nobody reads it, and everybody would download it.
const LONGEST: usize = 100_000;

/// Markdown as HTML, to stand below a heading of level 2.
pub(crate) fn html(markdown: &str) -> Html {
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES);
    options.insert(Options::ENABLE_STRIKETHROUGH);
    let mut safe = Safe { headings: Vec::new(), links: Vec::new() };
    let events = Parser::new_ext(shortened(markdown), options).filter_map(|event| safe.event(event));
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut out, events);
    Html::trusted(out)
}

/// Markdown as the plain text it says, with a line for each block; items of lists begin with `• ` or their number.
pub(crate) fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    for event in Parser::new_ext(shortened(markdown), Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                out.push_str(&text)
            }
            Event::SoftBreak | Event::End(TagEnd::TableCell) => out.push(' '),
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => item(&mut out, &mut lists),
            Event::HardBreak
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock,
            ) => new_line(&mut out),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Begins an item of the innermost list.
fn item(out: &mut String, lists: &mut [Option<u64>]) {
    new_line(out);
    match lists.last_mut() {
        Some(Some(number)) => {
            out.push_str(&format!("{number}. "));
            *number = number.saturating_add(1);
        }
        _ => out.push_str("• "),
    }
}

fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// An address that a page may lead to: `http`, `https` or `mailto`. Normalised, so that a host in foreign letters shows as what it is;
/// none with a user's name in it, which would look like the host.
pub(crate) fn safe_link(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    match url.scheme() {
        "http" | "https" if url.host_str().is_some_and(|host| !host.is_empty()) => Some(url.into()),
        "mailto" => Some(url.into()),
        _ => None,
    }
}

fn shortened(text: &str) -> &str {
    if text.len() <= LONGEST {
        return text;
    }
    let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

/// Makes events harmless.
struct Safe {
    /// The levels of the headings that the present one stands under, as written.
    headings: Vec<HeadingLevel>,
    /// Whether each open link leads somewhere.
    links: Vec<bool>,
}

impl Safe {
    fn event<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            Event::Start(Tag::Link { dest_url, .. }) => self.open(&dest_url),
            Event::End(TagEnd::Link) => self.links.pop().unwrap_or(false).then(|| markup("</a>".to_owned())),
            Event::Start(Tag::Heading { level, .. }) => Some(markup(format!("<h{}>", self.level(level)))),
            Event::End(TagEnd::Heading(_)) => Some(markup(format!("</h{}>\n", self.depth()))),
            other => Some(other),
        }
    }

    fn open<'a>(&mut self, address: &str) -> Option<Event<'a>> {
        let target = safe_link(address);
        self.links.push(target.is_some());
        let mut link = String::from("<a href=\"");
        push_escaped(&mut link, &target?);
        link.push_str("\" rel=\"noopener nofollow ugc\">");
        Some(markup(link))
    }

    /// Where a heading goes: one level below the last higher one, from 3.
    fn level(&mut self, written: HeadingLevel) -> usize {
        while self.headings.last().is_some_and(|above| *above >= written) {
            self.headings.pop();
        }
        self.headings.push(written);
        self.depth()
    }

    fn depth(&self) -> usize {
        (2 + self.headings.len()).min(6)
    }
}

/// Markup of ours.
fn markup<'a>(text: String) -> Event<'a> {
    Event::InlineHtml(CowStr::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(markdown: &str) -> String {
        html(markdown).to_string()
    }

    #[test]
    fn markdown_is_markdown() {
        let text = rendered("## How\n\n1. **Do** it\n2. Show *it*\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        for part in ["<h3>How</h3>", "<strong>Do</strong>", "<em>it</em>", "<table>", "<td>2</td>"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn plain_text_keeps_lines_and_numbers() {
        assert_eq!(
            plain("## How\n\n1. **Do**\n   it\n2. Show *it*\n\n- a `b`\n- c\n\n<i>d</i>"),
            "How\n1. Do it\n2. Show it\n• a b\n• c\n<i>d</i>"
        );
    }

    #[test]
    fn headings_start_below_the_page_and_leave_no_gap() {
        let text = rendered("#### a\n\n###### b\n\n# c\n\n### d\n\n##### e\n\n###### f\n\n###### g");
        let levels: Vec<&str> =
            text.matches("<h").zip(text.split("<h").skip(1)).filter_map(|(_, rest)| rest.get(..1)).collect();
        assert_eq!(levels, ["3", "4", "3", "4", "5", "6", "6"]);
        for level in 3..=6 {
            assert_eq!(
                text.matches(&format!("<h{level}>")).count(),
                text.matches(&format!("</h{level}>")).count()
            );
        }
    }

    #[test]
    fn raw_html_is_shown_not_obeyed() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <b onmouseover=alert(1)>b</b>",
            "<svg><script>alert(1)</script></svg>",
            "<!-- <script> -->",
            "</main><iframe src=//evil>",
            "<details ontoggle=alert(1) open>",
            "```\n<script>alert(1)</script>\n```",
            "`<script>`",
            "<style>*{display:none}</style>",
        ] {
            let text = rendered(hostile);
            for tag in ["<script", "<img", "<b ", "<svg", "<!--", "<iframe", "<details", "<style", "</main"] {
                assert!(!text.contains(tag), "{hostile}: {text}");
            }
            assert!(text.contains("&lt;"), "{hostile}: {text}");
        }
    }

    #[test]
    fn a_link_leads_to_the_web_or_nowhere() {
        let link = |target: &str| rendered(&format!("[click]({target})"));
        assert_eq!(
            link("https://example.org/a?b&c"),
            "<p><a href=\"https://example.org/a?b&amp;c\" rel=\"noopener nofollow ugc\">click</a></p>\n"
        );
        assert!(link("mailto:ada@example.org").contains("href=\"mailto:ada@example.org\""));
        for target in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java&#x73;cript:alert(1)",
            "&#106;avascript:alert(1)",
            "<java\tscript:alert(1)>",
            "vbscript:x",
            "data:text/html,<script>",
            "file:///etc/passwd",
            "/relative",
            "//evil.example",
            "#fragment",
            "https://your-bank.example@evil.example/",
            "https://user:secret@example.org/",
            "https://",
        ] {
            assert!(!link(target).contains("<a "), "{target}: {}", link(target));
        }
        assert!(!rendered("<javascript:alert(1)>").contains("<a "));
        let quoted =
            rendered("[x](https://example.org/\"onclick=alert(1)) [y](https://example.org 'a\" onx=\"b')");
        assert!(!quoted.contains("\"onclick") && !quoted.contains("onx"), "{quoted}");
    }

    #[test]
    fn an_image_becomes_its_words() {
        assert_eq!(rendered("![A chart](https://tracker.example/x.png \"t\")"), "<p>A chart</p>\n");
        let nested = rendered("[![logo](http://a/b.png)](https://example.org)");
        assert!(nested.contains(">logo</a>") && !nested.contains("<img"), "{nested}");
    }

    #[test]
    fn a_host_in_foreign_letters_is_shown_as_it_is() {
        assert!(rendered("[x](https://аpple.example)").contains("https://xn--pple-43d.example/"));
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_character() {
        assert!(rendered(&"é".repeat(LONGEST)).len() <= LONGEST + 20);
        assert!(rendered(&">".repeat(3000)).len() < 200_000);
    }
}
