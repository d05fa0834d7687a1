//! Text that may stand in a page as it is.

use std::fmt;

use askama::filters::HtmlSafe;

/// HTML that this crate made itself: askama puts it into a page unescaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Html(String);

impl Html {
    /// Vouches for `markup`: everything in it that strangers wrote is escaped.
    pub(crate) fn trusted(markup: String) -> Html {
        Html(markup)
    }

    /// A text of others, escaped.
    pub(crate) fn text(text: &str) -> Html {
        let mut out = String::with_capacity(text.len());
        push_escaped(&mut out, text);
        Html(out)
    }

    /// A name that others chose: escaped, and shut off so that its writing direction cannot reach what stands beside it.
    pub(crate) fn isolated(name: &str) -> Html {
        let mut out = String::from("<bdi>");
        push_escaped(&mut out, name);
        out.push_str("</bdi>");
        Html(out)
    }

    /// What it says, without markup.
    pub(crate) fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for c in self.0.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => words.push(c),
                _ => {}
            }
        }
        let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        plain.into_iter().fold(words, |words, (escaped, plain)| words.replace(escaped, plain))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl HtmlSafe for Html {}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Appends a text, escaped for an element's content and for a quoted attribute.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// A name as it may stand where nothing can isolate it, such as a title: without control characters and without marks that
/// turn the writing direction.
pub(crate) fn plain_name(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_place() {
        assert_eq!(
            Html::isolated("</bdi><img src=x onerror=\"alert('1')\">&").as_str(),
            "<bdi>&lt;/bdi&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</bdi>"
        );
    }

    #[test]
    fn its_words_are_what_was_put_in() {
        assert_eq!(Html::isolated("a <b> & \"c\" &lt;").words(), "a <b> & \"c\" &lt;");
    }

    #[test]
    fn a_title_has_nothing_that_turns_or_hides() {
        assert_eq!(plain_name("Ada\u{202e}ecaL\u{200b}\u{feff}\nLovelace"), "AdaecaL Lovelace");
        assert_eq!(plain_name("علي\u{200c}رضا"), "علي\u{200c}رضا");
    }
}
