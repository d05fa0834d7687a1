//! Rules about names and descriptions, which may say their language
//! ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction)).

use serde_json::{Map, Value};

use super::vcdm;
use crate::check::findings::Findings;
use crate::check::place::Place;
use crate::check::rule::rules;
use crate::check::texts::excerpt;
use crate::check::walk::kind_of;

rules! {
    TEXT_FORM: Specification Error/Error "vc-text-form", vcdm!("names-and-descriptions"),
        "A name or description is a text, or a text with its language, or a list of these.";
    LANGUAGE_VALUE: Specification Error/Error "vc-language-value", vcdm!("language-and-base-direction"),
        "A text with its language has `@value`, `@language`, `@direction` and nothing else.";
    LANGUAGE_TAG: Specification Error/Error "vc-language-tag", "https://www.rfc-editor.org/rfc/rfc5646#section-2.1",
        "A language is named by its tag, such as en or de-CH.";
    DIRECTION: Specification Error/Error "vc-direction", vcdm!("language-and-base-direction"),
        "A direction is ltr or rtl.";
}

/// `name` and `description` of an object that may have them.
pub(super) fn names(object: &Value, place: &Place<'_>, findings: &mut Findings) {
    for name in ["name", "description"] {
        let Some(value) = object.get(name) else { continue };
        let at = place.member(name);
        match value {
            Value::Array(several) if several.is_empty() => {
                findings.add(&TEXT_FORM, &at, format!("`{name}` is empty; leave it out."));
            }
            Value::Array(several) => {
                for (index, one) in several.iter().enumerate() {
                    text(one, &at.item(index), findings);
                }
            }
            one => text(one, &at, findings),
        }
    }
}

fn text(value: &Value, place: &Place<'_>, findings: &mut Findings) {
    match value {
        Value::String(_) => {}
        Value::Object(members) => language_value(members, place, findings),
        other => {
            let detail = format!(
                "`{}` must be a text, or an object with `@value` and `@language`, not {}.",
                place.name(),
                kind_of(other)
            );
            findings.add(&TEXT_FORM, place, detail);
        }
    }
}

fn language_value(members: &Map<String, Value>, place: &Place<'_>, findings: &mut Findings) {
    if !members.get("@value").is_some_and(Value::is_string) {
        findings.add(
            &LANGUAGE_VALUE,
            &place.member("@value"),
            "A text with a language needs `@value`, a text.",
        );
    }
    for name in members.keys().filter(|name| !matches!(name.as_str(), "@value" | "@language" | "@direction"))
    {
        let detail = format!(
            "Beside `@value`, `@language` and `@direction` nothing may stand, not `{}`.",
            excerpt(name)
        );
        findings.add(&LANGUAGE_VALUE, &place.member(name), detail);
    }
    if let Some(tag) = members.get("@language")
        && !tag.as_str().is_some_and(is_language_tag)
    {
        let detail = "`@language` must be a language tag, such as en, de-CH or zh-Hant-TW.";
        findings.add(&LANGUAGE_TAG, &place.member("@language"), detail);
    }
    if let Some(direction) = members.get("@direction")
        && !direction.as_str().is_some_and(|text| matches!(text, "ltr" | "rtl"))
    {
        findings.add(&DIRECTION, &place.member("@direction"), "`@direction` must be \"ltr\" or \"rtl\".");
    }
}

/// Whether a text is well formed as a language tag of BCP 47: parts of up to eight letters and digits, the first of them
/// letters, at least two unless it is `x` or `i` and something follows.
fn is_language_tag(text: &str) -> bool {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let (first, rest) = text.split_once('-').map_or((text, None), |(first, rest)| (first, Some(rest)));
    let is_special = matches!(first, "x" | "X" | "i" | "I") && rest.is_some();
    let is_first = (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    (is_first || is_special) && rest.is_none_or(|rest| rest.split('-').all(is_part))
}

#[cfg(test)]
mod tests {
    use super::is_language_tag;

    #[test]
    fn a_language_tag_is_parts_of_letters_and_digits() {
        for text in ["en", "EN", "de-CH-1996", "zh-Hant-TW", "i-klingon", "x-own", "sl-rozaj-biske", "gsw"] {
            assert!(is_language_tag(text), "{text}");
        }
        for text in
            ["", "e", "x", "en_US", "en-", "-en", "12", "en--US", "abcdefghi", "en-abcdefghi", "en US"]
        {
            assert!(!is_language_tag(text), "{text}");
        }
    }
}
