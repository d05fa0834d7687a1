//! Time that learning takes.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::number;

/// Hours of learning in whole minutes, so that sums are exact: more than none, at most [`Hours::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours(u32);

impl Hours {
    /// Hours that nobody's learning goes beyond: a working life of five years.
    pub const MOST: f64 = 10_000.0;

    /// Takes a number of hours, such as `1.5`; what is less than a minute is cut off.
    pub fn new(hours: f64) -> Option<Self> {
        // A number of that size, without its fraction, is digits only.
        let minutes = (hours * 60.0 + 1e-6).floor();
        let is_some = minutes >= 1.0 && hours <= Self::MOST;
        is_some.then(|| format!("{minutes:.0}").parse().ok()).flatten().map(Self)
    }

    /// The minutes.
    pub fn minutes(self) -> u32 {
        self.0
    }

    /// The hours as a number.
    pub fn get(self) -> f64 {
        f64::from(self.0) / 60.0
    }

    /// The duration of ISO 8601, such as `PT60H` or `PT1H30M`
    /// ([XML Schema, duration](https://www.w3.org/TR/xmlschema11-2/#duration)).
    pub fn iso(self) -> String {
        let (hours, minutes) = (self.0 / 60, self.0 % 60);
        let part = |count: u32, unit: char| if count == 0 { String::new() } else { format!("{count}{unit}") };
        format!("PT{}{}", part(hours, 'H'), part(minutes, 'M'))
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        number::serialize(self.get(), serializer)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hours = f64::deserialize(deserializer)?;
        Self::new(hours).ok_or_else(|| D::Error::custom(format!("{hours} is no number of hours of learning")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_whole_minutes() {
        for (hours, text) in
            [(60.0, "PT60H"), (1.5, "PT1H30M"), (0.25, "PT15M"), (1.0 / 60.0, "PT1M"), (10_000.0, "PT10000H")]
        {
            assert_eq!(Hours::new(hours).unwrap().iso(), text, "{hours}");
        }
        for hours in [0.0, -1.0, 0.001, 10_000.1, f64::NAN, f64::INFINITY] {
            assert_eq!(Hours::new(hours), None, "{hours}");
        }
    }

    #[test]
    fn hours_read_back_as_themselves() {
        for minutes in [1, 7, 60, 61, 599_999, 600_000] {
            let hours = Hours(minutes);
            let text = serde_json::to_string(&hours).unwrap();
            assert_eq!(serde_json::from_str::<Hours>(&text).unwrap(), hours, "{text}");
        }
        assert_eq!(serde_json::to_string(&Hours(3600)).unwrap(), "60");
    }
}
