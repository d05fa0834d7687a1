//! Colours.

use krilla::color::rgb::Color;

/// A colour of the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Words.
    Text,
    /// Labels; 5.9 : 1 on white.
    Label,
    /// Names, headings, the frame.
    Accent,
    /// Thin lines.
    Gold,
    /// The panel behind the badge.
    Tint,
    /// Lines between parts.
    Hairline,
    /// What must be known first.
    Alarm,
    /// The sheet.
    White,
}

impl Ink {
    pub(crate) fn color(self) -> Color {
        match self {
            Self::Text => Color::new(0x1d, 0x23, 0x2b),
            Self::Label => Color::new(0x5a, 0x64, 0x72),
            Self::Accent => Color::new(0x1b, 0x36, 0x5d),
            Self::Gold => Color::new(0xb5, 0x91, 0x45),
            Self::Tint => Color::new(0xf3, 0xf5, 0xf9),
            Self::Hairline => Color::new(0xd5, 0xda, 0xe2),
            Self::Alarm => Color::new(0x9b, 0x1c, 0x1c),
            Self::White => Color::new(0xff, 0xff, 0xff),
        }
    }
}
