//! The languages that pages speak, and which of them a visitor gets.

mod dates;
mod numbers;
mod spans;

pub(crate) use numbers::{Plural, decimal};
pub(crate) use spans::Units;

use serde::Serialize;

/// A language that pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// German.
    De,
    /// Chinese, in simplified characters.
    Zh,
    /// Arabic, written from right to left.
    Ar,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Language; 6] =
        [Language::En, Language::Es, Language::Fr, Language::De, Language::Zh, Language::Ar];

    /// The tag, as in `lang` and `?lang=`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Es => "es",
            Language::Fr => "fr",
            Language::De => "de",
            Language::Zh => "zh",
            Language::Ar => "ar",
        }
    }

    /// `ltr` or `rtl`, as in `dir`.
    pub fn direction(self) -> &'static str {
        direction(self.tag())
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Es => "Español",
            Language::Fr => "Français",
            Language::De => "Deutsch",
            Language::Zh => "中文",
            Language::Ar => "العربية",
        }
    }

    /// Language and territory as OpenGraph writes them; the territory is the customary one.
    pub(crate) fn locale(self) -> &'static str {
        match self {
            Language::En => "en_GB",
            Language::Es => "es_ES",
            Language::Fr => "fr_FR",
            Language::De => "de_DE",
            Language::Zh => "zh_CN",
            Language::Ar => "ar_AR",
        }
    }

    /// The language of a tag such as `fr`, `fr-CA` or `zh-Hant`; `None` where pages do not speak it.
    pub fn parse(tag: &str) -> Option<Language> {
        let primary = primary(tag);
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The language a visitor gets: the one asked for by `?lang=`, else the best of `Accept-Language`
    /// ([RFC 9110, 12.5.4](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4)), else `fallback` (the language of what is
    /// shown), else English. What pages do not speak is passed over.
    pub fn negotiate(asked: Option<&str>, accept_language: Option<&str>, fallback: Option<&str>) -> Language {
        Self::preferred(asked, accept_language).or_else(|| fallback.and_then(Self::parse)).unwrap_or_default()
    }

    /// The language a visitor prefers among those that pages speak; `None` where the visitor named none of them, or said `*`:
    /// then any will do, best the one of what is shown ([`crate::Publishing::own_language`]).
    pub fn preferred(asked: Option<&str>, accept_language: Option<&str>) -> Option<Language> {
        asked.and_then(Self::parse).or_else(|| accept_language.and_then(best))
    }
}

/// The writing direction of a language tag, by the scripts that are written from right to left.
pub(crate) fn direction(tag: &str) -> &'static str {
    const FROM_THE_RIGHT: [&str; 11] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
    let is_latin = tag.to_ascii_lowercase().contains("-latn");
    if FROM_THE_RIGHT.contains(&primary(tag).to_ascii_lowercase().as_str()) && !is_latin {
        "rtl"
    } else {
        "ltr"
    }
}

pub(crate) fn primary(tag: &str) -> &str {
    tag.trim().split(['-', '_']).next().unwrap_or_default()
}

/// The longest header that is looked at: longer ones are not from browsers.
const LONGEST_HEADER: usize = 1000;

/// The language with the highest weight; the first of several.
fn best(header: &str) -> Option<Language> {
    let header = header.get(..header.len().min(LONGEST_HEADER))?;
    let mut found: Option<(u32, Language)> = None;
    for range in header.split(',') {
        let mut parts = range.split(';');
        let Some(language) = parts.next().and_then(Language::parse) else { continue };
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, thousandths);
        if weight > 0 && found.is_none_or(|(best, _)| weight > best) {
            found = Some((weight, language));
        }
    }
    found.map(|(_, language)| language)
}

/// `0.8` as 800; what is no weight counts as none.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), digits.parse::<u32>()) {
        (Ok(whole @ 0..=1), Ok(fraction)) => (whole * 1000 + fraction).min(1000),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_gets_the_language_asked_for() {
        for (asked, header, fallback, expected) in [
            (None, None, None, Language::En),
            (Some("de"), Some("fr"), Some("es"), Language::De),
            (Some("tlh"), Some("fr"), Some("es"), Language::Fr),
            (None, Some("pt-BR, pt;q=0.9"), Some("es-MX"), Language::Es),
            (None, Some("en;q=0.5, zh-Hant-TW;q=0.9"), None, Language::Zh),
            (None, Some("ar-EG,ar;q=0.9,en;q=0.8"), None, Language::Ar),
            (None, Some("de;q=0, fr;q=0.1"), None, Language::Fr),
            (None, Some("de;q=banana, fr;q=0.001"), None, Language::Fr),
            (None, Some("*"), Some("zh"), Language::Zh),
            (None, Some("fr;q=0.5, *"), Some("zh"), Language::Fr),
            (Some("<script>"), Some(";;;q=,,"), Some(""), Language::En),
        ] {
            let got = Language::negotiate(asked, header, fallback);
            assert_eq!(got, expected, "{asked:?} {header:?} {fallback:?}");
        }
    }

    #[test]
    fn a_header_without_end_is_cut_even_inside_a_character() {
        assert_eq!(Language::negotiate(None, Some(&"é".repeat(5000)), None), Language::En);
    }

    #[test]
    fn direction_follows_the_script() {
        for (tag, expected) in
            [("ar", "rtl"), ("he-IL", "rtl"), ("ar-Latn", "ltr"), ("FA", "rtl"), ("zh", "ltr"), ("", "ltr")]
        {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }
}
