//! How long something takes, in words.

use accolade_core::Hours;

use super::{Language, Plural, decimal};

/// The units of a span of the calendar.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Units {
    pub(crate) years: Plural,
    pub(crate) months: Plural,
    pub(crate) weeks: Plural,
    pub(crate) days: Plural,
    pub(crate) hours: Plural,
    pub(crate) minutes: Plural,
}

impl Units {
    /// A duration of ISO 8601, such as `P6W`, `P1Y` or `PT1H30M`, in words; `None` for what is no such duration, or none at all.
    pub(crate) fn say(&self, language: Language, duration: &str) -> Option<String> {
        let (date, time) = match duration.strip_prefix('P')?.split_once('T') {
            Some((date, time)) => (date, time),
            None => (duration.strip_prefix('P')?, ""),
        };
        let of_date = [('Y', &self.years), ('M', &self.months), ('W', &self.weeks), ('D', &self.days)];
        let of_time = [('H', &self.hours), ('M', &self.minutes)];
        let mut said = parts(date, &of_date, language)?;
        said.extend(parts(time, &of_time, language)?);
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// A number of hours in words.
    pub(crate) fn hours_of(&self, language: Language, hours: f64) -> String {
        let said = Hours::new(hours).and_then(|hours| self.say(language, &hours.iso()));
        said.unwrap_or_else(|| decimal(language, hours))
    }
}

/// Numbers with their units, in the order of the units; what counts nothing is left out.
fn parts(text: &str, units: &[(char, &Plural)], language: Language) -> Option<Vec<String>> {
    let (mut rest, mut said) = (text, Vec::new());
    for (unit, words) in units {
        let Some((digits, after)) = rest.split_once(*unit) else { continue };
        let count: u64 =
            digits.parse().ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
        if count > 0 {
            said.push(words.of(language, count));
        }
        rest = after;
    }
    rest.is_empty().then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Dictionary;

    #[test]
    fn a_duration_is_said_in_the_units_it_was_given_in() {
        let dictionary = Dictionary::read().unwrap();
        for (language, duration, expected) in [
            (Language::En, "P6W", Some("6 weeks")),
            (Language::En, "P1Y", Some("1 year")),
            (Language::En, "P1M2D", Some("1 month 2 days")),
            (Language::En, "PT1H30M", Some("1 hour 30 minutes")),
            (Language::De, "P2D", Some("2 Tage")),
            (Language::Ar, "P2D", Some("يومان")),
            (Language::Zh, "P6W", Some("6 周")),
            (Language::En, "P", None),
            (Language::En, "P6", None),
            (Language::En, "P-6W", None),
            (Language::En, "P+6W", None),
            (Language::En, "six weeks", None),
        ] {
            let said = dictionary.words(language).units.say(language, duration);
            assert_eq!(said.as_deref(), expected, "{duration}");
        }
    }
}
