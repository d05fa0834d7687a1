//! Days as people of each language write them. In UTC, with Western digits, so that everybody reads the same day.

use accolade_core::Timestamp;

use super::Language;
use crate::html::Html;

impl Language {
    /// A day, such as `23 November 2026`.
    pub(crate) fn day(self, moment: Timestamp) -> String {
        let text = moment.to_string();
        let Some((year, month, day)) = parts(&text) else { return text };
        self.written(year, month, day).unwrap_or_else(|| format!("{year}-{month:02}-{day:02}"))
    }

    /// The same as a `time` element.
    pub(crate) fn day_html(self, moment: Timestamp) -> Html {
        Html::trusted(format!(r#"<time datetime="{moment}">{}</time>"#, self.day(moment)))
    }

    fn written(self, year: &str, month: usize, day: u32) -> Option<String> {
        if self == Language::Zh {
            return Some(format!("{year}年{month}月{day}日"));
        }
        let name = self.months().get(month.checked_sub(1)?)?;
        Some(match self {
            Language::De => format!("{day}. {name} {year}"),
            Language::Es => format!("{day} de {name} de {year}"),
            Language::Fr if day == 1 => format!("1er {name} {year}"),
            _ => format!("{day} {name} {year}"),
        })
    }

    fn months(self) -> &'static [&'static str] {
        match self {
            Language::En => &[
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
            Language::Es => &[
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ],
            Language::Fr => &[
                "janvier",
                "février",
                "mars",
                "avril",
                "mai",
                "juin",
                "juillet",
                "août",
                "septembre",
                "octobre",
                "novembre",
                "décembre",
            ],
            Language::De => &[
                "Januar",
                "Februar",
                "März",
                "April",
                "Mai",
                "Juni",
                "Juli",
                "August",
                "September",
                "Oktober",
                "November",
                "Dezember",
            ],
            Language::Ar => &[
                "يناير",
                "فبراير",
                "مارس",
                "أبريل",
                "مايو",
                "يونيو",
                "يوليو",
                "أغسطس",
                "سبتمبر",
                "أكتوبر",
                "نوفمبر",
                "ديسمبر",
            ],
            Language::Zh => &[],
        }
    }
}

/// Year, month and day of `2026-11-23T10:00:00Z`.
fn parts(text: &str) -> Option<(&str, usize, u32)> {
    let mut parts = text.split_once('T')?.0.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some((year, month.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_days_its_own_way() {
        let day = |language: Language, text: &str| language.day(Timestamp::parse(text).unwrap());
        for (language, expected) in [
            (Language::En, "23 November 2026"),
            (Language::Es, "23 de noviembre de 2026"),
            (Language::Fr, "23 novembre 2026"),
            (Language::De, "23. November 2026"),
            (Language::Zh, "2026年11月23日"),
            (Language::Ar, "23 نوفمبر 2026"),
        ] {
            assert_eq!(day(language, "2026-11-23T10:00:00Z"), expected);
        }
        assert_eq!(day(Language::Fr, "2026-03-01T00:00:00Z"), "1er mars 2026");
        for language in Language::ALL.into_iter().filter(|language| *language != Language::Zh) {
            assert_eq!(language.months().len(), 12, "{language:?}");
        }
    }
}
