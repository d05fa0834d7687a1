//! How long it takes from beginning to end: from two days to a year.

use std::fmt;

use serde::{Serialize, Serializer};

/// A span of the calendar in the form of ISO 8601, such as `P2D`, `P6W` or `P1Y`
/// ([XML Schema, duration](https://www.w3.org/TR/xmlschema11-2/#duration), with the weeks of ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    years: u32,
    months: u32,
    weeks: u32,
    days: u32,
}

/// The text is no span from two days to a year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a duration from two days to a year, such as P2D, P6W or P1Y")]
pub struct NotASpan(pub String);

impl Span {
    /// Reads a span; it must be from two days to a year.
    pub fn parse(text: &str) -> Result<Self, NotASpan> {
        read(text)
            .filter(|span| (2..=366).contains(&span.days_at_least()))
            .ok_or_else(|| NotASpan(text.to_owned()))
    }

    /// The days it has at least: a month has 28 of them, twelve of them are a year.
    pub fn days_at_least(self) -> u32 {
        let months = self.years.saturating_mul(12).saturating_add(self.months);
        let (years, rest) = (months / 12, months % 12);
        let parts = [(years, 365), (rest, 28), (self.weeks, 7), (self.days, 1)];
        parts.into_iter().fold(0, |sum: u32, (count, days)| sum.saturating_add(count.saturating_mul(days)))
    }

    /// The same without weeks, which `xsd:duration` does not know.
    pub fn xsd(self) -> String {
        let days = self.weeks.saturating_mul(7).saturating_add(self.days);
        Self { weeks: 0, days, ..self }.to_string()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let parts = [(self.years, 'Y'), (self.months, 'M'), (self.weeks, 'W'), (self.days, 'D')];
        parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .try_for_each(|(count, unit)| write!(f, "{count}{unit}"))
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// `P` and numbers with their units, in the order of the units, each at most once.
fn read(text: &str) -> Option<Span> {
    let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let mut span = Span { years: 0, months: 0, weeks: 0, days: 0 };
    for (unit, count) in
        [('Y', &mut span.years), ('M', &mut span.months), ('W', &mut span.weeks), ('D', &mut span.days)]
    {
        let Some((digits, after)) = rest.split_once(unit) else { continue };
        let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return None;
        }
        *count = digits.parse().ok()?;
        rest = after;
    }
    rest.is_empty().then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_from_two_days_to_a_year() {
        for (text, days) in [
            ("P2D", 2),
            ("P6W", 42),
            ("P1M", 28),
            ("P12M", 365),
            ("P1Y", 365),
            ("P366D", 366),
            ("P1M2W3D", 45),
        ] {
            assert_eq!(Span::parse(text).unwrap().days_at_least(), days, "{text}");
        }
        for text in [
            "", "P", "P1D", "P0D", "P2Y", "P1Y2D", "P367D", "PT48H", "P2D1W", "P1W1W", "P1.5W", "2D", "P-2D",
            "P2", "P2d", "P٢D", "P00002D",
        ] {
            assert_eq!(Span::parse(text), Err(NotASpan(text.into())), "{text}");
        }
    }

    #[test]
    fn a_span_is_written_as_it_was_meant() {
        for (text, written, xsd) in
            [("P6W", "P6W", "P42D"), ("P01M", "P1M", "P1M"), ("P1W1D", "P1W1D", "P8D")]
        {
            let span = Span::parse(text).unwrap();
            assert_eq!((span.to_string().as_str(), span.xsd().as_str()), (written, xsd));
        }
    }
}
