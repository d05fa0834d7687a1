//! Numbers and what they do to the words beside them.

use serde::Deserialize;

use super::Language;

/// A message in the forms that a language has for different counts
/// ([Unicode plural rules](https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html), as far as our
/// languages and whole numbers need them).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plural {
    pub(crate) zero: Option<String>,
    pub(crate) one: Option<String>,
    pub(crate) two: Option<String>,
    pub(crate) few: Option<String>,
    pub(crate) many: Option<String>,
    pub(crate) other: String,
}

impl Plural {
    /// The form for `count`, with the number in it.
    pub(crate) fn of(&self, language: Language, count: u64) -> String {
        let form = match category(language, count) {
            Category::Zero => &self.zero,
            Category::One => &self.one,
            Category::Two => &self.two,
            Category::Few => &self.few,
            Category::Many => &self.many,
            Category::Other => &None,
        };
        form.as_ref().unwrap_or(&self.other).replace("{count}", &count.to_string())
    }

    /// The forms there are, with their names.
    #[cfg(test)]
    pub(crate) fn forms(&self) -> Vec<(&'static str, &str)> {
        [
            ("zero", self.zero.as_deref()),
            ("one", self.one.as_deref()),
            ("two", self.two.as_deref()),
            ("few", self.few.as_deref()),
            ("many", self.many.as_deref()),
            ("other", Some(self.other.as_str())),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?)))
        .collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

fn category(language: Language, count: u64) -> Category {
    match (language, count) {
        (Language::Zh, _) => Category::Other,
        (Language::Ar, 0) => Category::Zero,
        (Language::Fr, 0) | (_, 1) => Category::One,
        (Language::Ar, 2) => Category::Two,
        (Language::Ar, _) => match count % 100 {
            3..=10 => Category::Few,
            11..=99 => Category::Many,
            _ => Category::Other,
        },
        _ => Category::Other,
    }
}

/// A number as the language writes it: a comma before the fraction where that is the custom, no fraction where there is none.
pub(crate) fn decimal(language: Language, number: f64) -> String {
    let text = format!("{number}");
    match language {
        Language::De | Language::Es | Language::Fr => text.replace('.', ","),
        Language::En | Language::Zh | Language::Ar => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_take_the_form_of_their_language() {
        for (language, counts) in [
            (
                Language::En,
                [(0, Category::Other), (1, Category::One), (2, Category::Other), (11, Category::Other)],
            ),
            (
                Language::Fr,
                [(0, Category::One), (1, Category::One), (2, Category::Other), (11, Category::Other)],
            ),
            (
                Language::Zh,
                [(0, Category::Other), (1, Category::Other), (2, Category::Other), (5, Category::Other)],
            ),
            (
                Language::Ar,
                [(0, Category::Zero), (2, Category::Two), (103, Category::Few), (11, Category::Many)],
            ),
            (
                Language::Ar,
                [(1, Category::One), (100, Category::Other), (99, Category::Many), (10, Category::Few)],
            ),
        ] {
            for (count, expected) in counts {
                assert_eq!(category(language, count), expected, "{language:?} {count}");
            }
        }
    }

    #[test]
    fn a_fraction_follows_the_custom() {
        assert_eq!(decimal(Language::En, 2.5), "2.5");
        assert_eq!(decimal(Language::De, 2.5), "2,5");
        assert_eq!(decimal(Language::Ar, 3.0), "3");
    }
}
