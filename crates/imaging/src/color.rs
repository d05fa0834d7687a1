//! Colours and how well one can be told from another.

use std::fmt;
use std::str::FromStr;

/// An opaque sRGB colour, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

/// Not `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written #rrggbb")]
pub struct ColorError;

impl Color {
    /// White.
    pub const WHITE: Self = Self::new(0xff_ffff);

    /// From `0xrrggbb`.
    pub const fn new(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { red, green, blue }
    }

    /// [Relative luminance](https://www.w3.org/TR/WCAG22/#dfn-relative-luminance), 0 to 1.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// [Contrast ratio](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio), 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour with `share` (0 to 256) parts of 256 of another in it. Whole numbers, so that it is the same everywhere.
    pub fn mixed(self, other: Self, share: u16) -> Self {
        let share = share.min(256);
        let mix = |one: u8, two: u8| {
            let sum = u16::from(one) * (256 - share) / 256 + u16::from(two) * share / 256;
            u8::try_from(sum).unwrap_or(u8::MAX)
        };
        Self {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Color {
    type Err = ColorError;

    fn from_str(text: &str) -> Result<Self, ColorError> {
        let digits = text.strip_prefix('#').ok_or(ColorError)?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ColorError);
        }
        u32::from_str_radix(digits, 16).map(Self::new).map_err(|_| ColorError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_the_greatest_contrast_there_is() {
        assert!((Color::WHITE.contrast(Color::new(0)) - 21.0).abs() < 1e-9);
        assert!((Color::new(0x767676).contrast(Color::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_colour_is_six_digits_after_a_hash_sign() {
        assert_eq!("#0a2F5c".parse::<Color>().unwrap().to_string(), "#0a2f5c");
        for wrong in ["", "0a2f5c", "#0a2f5", "#0a2f5cc", "#+a2f5c", "red", "#ä2f5c"] {
            assert_eq!(wrong.parse::<Color>(), Err(ColorError), "{wrong}");
        }
    }
}
