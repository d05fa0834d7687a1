//! Rules about what texts say: nothing invisible, nothing left over from templates and programs.

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};
use crate::invisible::{is_invisible, is_joiner, needs_joiners, turns_direction};

rules! {
    TEXT_CONTROL: Specification Error/Error "text-control", "https://www.rfc-editor.org/rfc/rfc7493#section-2.1",
        "A text has no NUL and no other control characters but tab and line breaks.";
    TEXT_INVISIBLE: House Warning/Warning "text-invisible", "https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing",
        "A text has no marks that turn the writing direction.";
    TEXT_PLACEHOLDER: House Error/Warning "text-placeholder", ob!("data-models"),
        "A text is not a program's word for nothing.";
    TEXT_TEMPLATE: House Warning/Warning "text-template", ob!("data-models"),
        "Templates in a text are filled in.";
    NAME_BLANK: House Error/Warning "name-blank", ob!("data-models"),
        "A name says something.";
    NAME_CONTROL: Specification Error/Error "name-control", "https://www.rfc-editor.org/rfc/rfc7493#section-2.1",
        "A name is one line without control characters.";
    NAME_INVISIBLE: House Error/Warning "name-invisible", "https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing",
        "A name has no invisible characters.";
    NAME_PLACEHOLDER: House Error/Warning "name-placeholder", ob!("data-models"),
        "A name is not a program's word for nothing.";
    NAME_TEMPLATE: House Error/Warning "name-template", ob!("data-models"),
        "Templates in a name are filled in.";
}

/// Checks a text that people read as a name.
pub(crate) fn name(text: &str, place: &Place<'_>, findings: &mut Findings) {
    let member = place.name();
    if text.trim().is_empty() {
        findings.add(&NAME_BLANK, place, format!("`{member}` is blank."));
    }
    if is_harmless(text) {
        return;
    }
    if let Some(control) = text.chars().find(|c| c.is_control()) {
        let detail = format!("`{member}` holds the control character {}.", code(control));
        findings.add(&NAME_CONTROL, place, detail);
    }
    let joiners_are_fine = needs_joiners(text);
    if let Some(hidden) = text.chars().find(|c| is_invisible(*c) && !(joiners_are_fine && is_joiner(*c))) {
        let detail = format!("`{member}` holds the invisible character {}.", code(hidden));
        findings.add(&NAME_INVISIBLE, place, detail);
    }
    if is_placeholder(text) {
        let detail = format!("`{member}` is \"{}\": the real value was missing.", excerpt(text));
        findings.add(&NAME_PLACEHOLDER, place, detail);
    }
    if let Some(template) = template_in(text) {
        let detail = format!("`{member}` holds the template `{template}`, which was not filled in.");
        findings.add(&NAME_TEMPLATE, place, detail);
    }
}

/// Checks any other text; Markdown, several lines and code samples are fine.
pub(crate) fn text(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if is_harmless(text) {
        return;
    }
    let member = place.name();
    if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        let detail = format!("`{member}` holds the control character {}.", code(control));
        findings.add(&TEXT_CONTROL, place, detail);
    }
    if let Some(hidden) = text.chars().find(|c| turns_direction(*c)) {
        let detail = format!("`{member}` holds {}, which turns the writing direction.", code(hidden));
        findings.add(&TEXT_INVISIBLE, place, detail);
    }
    if is_placeholder(text) {
        let detail = format!("`{member}` is \"{}\": the real value was missing.", excerpt(text));
        findings.add(&TEXT_PLACEHOLDER, place, detail);
    }
    if let Some(template) = template_in(text) {
        let detail = format!("`{member}` holds the template `{template}`; was it to be filled in?");
        findings.add(&TEXT_TEMPLATE, place, detail);
    }
}

/// Whether one look is enough to know that nothing is wrong, as it is with most texts.
fn is_harmless(text: &str) -> bool {
    let is_letter = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'{' | b'$' | b'<' | b'%');
    text.bytes().all(is_letter) && !is_placeholder(text)
}

/// Whether a text is nothing but programs' words for nothing: "undefined", "undefined undefined", "null".
pub(crate) fn is_placeholder(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    text.trim() == "[object Object]" || (words.peek().is_some() && words.all(is_word_for_nothing))
}

/// Whether a word is what programs print for nothing. "None" and "Null" are names of people, so case counts.
pub(crate) fn is_word_for_nothing(word: &str) -> bool {
    matches!(word, "undefined" | "null" | "NaN" | "nil" | "(null)" | "<null>" | "[object")
}

/// A template that was not filled in: `{{…}}`, `${…}`, `{%…%}`, `<%…%>`, `%NAME%`.
pub(crate) fn template_in(text: &str) -> Option<String> {
    const FORMS: [(&str, &str); 4] = [("{{", "}}"), ("${", "}"), ("{%", "%}"), ("<%", "%>")];
    FORMS
        .iter()
        .find_map(|(open, close)| {
            let (_, rest) = text.split_once(open)?;
            let (inside, _) = rest.split_once(close)?;
            Some(format!("{open}{}{close}", excerpt(inside)))
        })
        .or_else(|| percent_template(text))
}

fn percent_template(text: &str) -> Option<String> {
    let is_name = |inside: &str| {
        inside.len() > 2 && inside.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    };
    let parts: Vec<&str> = text.split('%').collect();
    let inner = parts.get(1..parts.len().checked_sub(1)?)?;
    inner.iter().find(|inside| is_name(inside)).map(|inside| format!("%{inside}%"))
}

/// As much of a text as a message can bear, made visible.
pub(crate) fn excerpt(text: &str) -> String {
    const ENOUGH: usize = 60;
    let mut shown: String = text
        .chars()
        .take(ENOUGH)
        .map(|c| if c.is_control() || is_invisible(c) { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(ENOUGH).is_some() {
        shown.push('…');
    }
    shown
}

fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_print_for_nothing_is_no_name() {
        for text in ["undefined", "undefined undefined", "null", " null ", "NaN", "[object Object]"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["Null", "None", "Undefined Behaviour 101", "", "Ann Null", "nullable types", "N/A"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn templates_are_found_in_their_usual_forms() {
        for (text, template) in [
            ("Dear {{name}}", Some("{{name}}")),
            ("${user.name}", Some("${user.name}")),
            ("{% if x %}", Some("{% if x %}")),
            ("<%= name %>", Some("<%= name %>")),
            ("Hello %FIRST_NAME%!", Some("%FIRST_NAME%")),
            ("50% of A and 50% of B", None),
            ("100%", None),
            ("a {curly} word", None),
            ("costs $5", None),
        ] {
            assert_eq!(template_in(text).as_deref(), template, "{text}");
        }
    }
}
