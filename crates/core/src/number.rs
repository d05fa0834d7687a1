//! Numbers that a document may hold: finite and within bounds, whole ones written without a fraction.

use serde::Serializer;

/// Declares a number within bounds, both included.
macro_rules! bounded {
    ($(#[$doc:meta])* $visibility:vis $name:ident, $min:expr, $max:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        $visibility struct $name(f64);

        impl $name {
            /// Takes the number if it is within the bounds.
            $visibility fn new(number: f64) -> Option<Self> {
                ($min..=$max).contains(&number).then_some(Self(number))
            }

            /// The number.
            $visibility fn get(self) -> f64 {
                self.0
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::number::serialize(self.0, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = <f64 as serde::Deserialize>::deserialize(deserializer)?;
                Self::new(number).ok_or_else(|| {
                    serde::de::Error::custom(format!("{number} is not between {} and {}", $min, $max))
                })
            }
        }
    };
}

pub(crate) use bounded;

bounded! {
    /// A number of credits, never negative; `36` is written `36`, not `36.0`
    /// ([OB 3.0, creditsAvailable](https://www.imsglobal.org/spec/ob/v3p0/#achievement)).
    pub Credits, 0.0, f64::MAX
}

impl From<u16> for Credits {
    fn from(number: u16) -> Self {
        Self(f64::from(number))
    }
}

/// Writes whole numbers as JavaScript does, without fraction, so that text and canonical form agree everywhere.
pub(crate) fn serialize<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        // The text of such a number is digits with at most a sign, which always reads as an integer.
        if let Ok(whole) = format!("{number:.0}").parse::<i64>() {
            return serializer.serialize_i64(whole);
        }
    }
    serializer.serialize_f64(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction() {
        for (number, text) in [(36.0, "36"), (1.5, "1.5"), (0.0, "0"), (1e300, "1e+300")] {
            assert_eq!(serde_json::to_string(&Credits::new(number).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn credits_are_finite_and_not_negative() {
        for number in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Credits::new(number), None);
        }
        assert!(serde_json::from_str::<Credits>("-0.5").is_err());
    }
}
