//! Moments in the one form Accolade writes: whole seconds, UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A moment, to the whole second, in UTC; prints as `2026-11-23T10:00:00Z`.
///
/// Whole seconds, because a VC-JWT states `validFrom` again as `nbf` in integer seconds and the two must be equal
/// ([OB 3.0, VC-JWT](https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The text is no date-time with a zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date-time with a zone, such as 2026-11-23T10:00:00Z")]
pub struct NotATimestamp(pub String);

/// A source of the present moment; the system's in the program, a fixed one in tests.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

impl Timestamp {
    /// The moment that many seconds after 1970-01-01T00:00:00Z; `None` beyond the years 0000 to 9999, which a
    /// date-time text cannot name.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        const YEAR_0: i64 = -62_167_219_200;
        const YEAR_10000: i64 = 253_402_300_800;
        (YEAR_0..YEAR_10000).contains(&seconds).then_some(Self(seconds))
    }

    /// Reads an RFC 3339 date-time. A zone is demanded; a fraction of a second is cut off.
    pub fn parse(text: &str) -> Result<Self, NotATimestamp> {
        let refused = || NotATimestamp(text.to_owned());
        // chrono also takes a blank between date and time and a few other freedoms that the schemas' format refuses.
        if !is_date_time_shaped(text) {
            return Err(refused());
        }
        let moment = DateTime::parse_from_rfc3339(text).map_err(|_| refused())?;
        Self::from_unix_seconds(moment.timestamp()).ok_or_else(refused)
    }

    /// Seconds since 1970-01-01T00:00:00Z, as JWT's `nbf` and `exp` want them.
    pub fn unix_seconds(self) -> i64 {
        self.0
    }

    /// This moment moved by so many seconds, clamped to the years a text can name.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_unix_seconds(self.0.saturating_add(seconds)).unwrap_or(self)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = DateTime::<Utc>::from_timestamp(self.0, 0).unwrap_or(DateTime::UNIX_EPOCH);
        f.write_str(&moment.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl FromStr for Timestamp {
    type Err = NotATimestamp;

    fn from_str(text: &str) -> Result<Self, NotATimestamp> {
        Self::parse(text)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A calendar day, as in `dateOfBirth`; prints as `2001-02-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// The text is no calendar day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date, such as 2001-02-03")]
pub struct NotADate(pub String);

impl Date {
    /// Reads `YYYY-MM-DD`; the day must exist.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let refused = || NotADate(text.to_owned());
        if !matches_shape(text, "dddd-dd-dd") {
            return Err(refused());
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self).map_err(|_| refused())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

fn is_date_time_shaped(text: &str) -> bool {
    let Some((moment, rest)) = text.split_at_checked(19) else { return false };
    matches_shape(moment, "dddd-dd-ddTdd:dd:dd") && rest.is_ascii()
}

/// Compares with a pattern where `d` stands for a digit and `T` for a `T` of either case.
fn matches_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
            b'd' => byte.is_ascii_digit(),
            b'T' => byte.eq_ignore_ascii_case(&b'T'),
            other => byte == other,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_prints_in_utc_and_whole_seconds() {
        for (text, printed) in [
            ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"),
            ("2026-11-23T10:00:00.987Z", "2026-11-23T10:00:00Z"),
            ("2026-11-23T11:30:00+01:30", "2026-11-23T10:00:00Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), printed, "{text}");
        }
    }

    #[test]
    fn a_text_without_zone_or_with_an_impossible_day_is_refused() {
        for text in [
            "",
            "2026-11-23",
            "2026-11-23T10:00:00",
            "2026-11-23 10:00:00Z",
            "2026-02-30T10:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T10:00Z",
            "2026-11-23T10:00:00Z ",
            "2026-11-23T10:00:00+0100",
            "26-11-23T10:00:00Z",
            "+02026-11-23T10:00:00Z",
            "0000-01-01T00:00:00+23:00",
            "٢٠٢٦-11-23T10:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), Err(NotATimestamp(text.into())), "{text}");
        }
    }

    #[test]
    fn a_date_is_a_day_that_exists() {
        assert_eq!(Date::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        for text in ["2023-02-29", "2023-2-9", "20230209", "2023-02-09T00:00:00Z"] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }
}
