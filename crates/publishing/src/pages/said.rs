//! What issuers wrote: in their own language and writing direction, whatever the page around it speaks.

use serde_json::Value;

use crate::html::{Html, push_escaped};
use crate::language::direction;
use crate::reading::text;

/// The language of a document's texts, as attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tongue(Html);

impl Tongue {
    /// The tongue of an achievement; where it does not say, the browser goes by the letters.
    pub(crate) fn of(achievement: &Value) -> Tongue {
        Tongue::tagged(text(achievement, "inLanguage"))
    }

    pub(crate) fn tagged(tag: Option<&str>) -> Tongue {
        let Some(tag) = tag else { return Tongue(Html::trusted(r#"dir="auto""#.to_owned())) };
        let mut attributes = String::from("lang=\"");
        push_escaped(&mut attributes, tag);
        attributes.push_str("\" dir=\"");
        attributes.push_str(direction(tag));
        attributes.push('"');
        Tongue(Html::trusted(attributes))
    }

    /// ` lang="…" dir="…"`, for the element that holds the texts.
    pub(crate) fn attributes(&self) -> &Html {
        &self.0
    }
}

/// A text shown as it was written, with its line breaks.
pub(crate) fn prose(words: &str) -> Html {
    let mut out = String::new();
    for paragraph in words.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        out.push_str("<p>");
        push_escaped(&mut out, paragraph);
        out.push_str("</p>");
    }
    Html::trusted(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_keeps_its_language_and_direction() {
        let of = |value| Tongue::of(&value).attributes().to_string();
        assert_eq!(of(json!({"inLanguage": "ar-EG"})), r#"lang="ar-EG" dir="rtl""#);
        assert_eq!(of(json!({"inLanguage": "fr"})), r#"lang="fr" dir="ltr""#);
        assert_eq!(of(json!({})), r#"dir="auto""#);
        assert_eq!(of(json!({"inLanguage": "\" onclick=\"x"})), r#"lang="&quot; onclick=&quot;x" dir="ltr""#);
    }

    #[test]
    fn paragraphs_stay_apart() {
        assert_eq!(prose("a <b>\n\n\n c").as_str(), "<p>a &lt;b&gt;</p><p>c</p>");
    }
}
