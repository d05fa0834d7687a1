//! The colours of a badge, all from two of them.

use crate::Color;

/// Letters and signs against what they stand on
/// ([WCAG 2.2, 1.4.3](https://www.w3.org/TR/WCAG22/#contrast-minimum)).
pub(crate) const TEXT_CONTRAST: f64 = 4.5;

/// Shapes that mean something against what is beside them
/// ([WCAG 2.2, 1.4.11](https://www.w3.org/TR/WCAG22/#non-text-contrast)).
pub(crate) const SHAPE_CONTRAST: f64 = 3.0;

/// Two colours: the field's, and the one of ring, ribbon and pips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Palette {
    pub(crate) base: Color,
    pub(crate) accent: Color,
}

/// The named palettes.
pub(crate) const NAMED: [(&str, Palette); 16] = [
    ("oxford", of(0x0b2a55, 0xe0b84c)),
    ("burgundy", of(0x6d1631, 0xebc67a)),
    ("forest", of(0x1c4a33, 0xe3c66b)),
    ("ocean", of(0x0d4a75, 0x8fdcec)),
    ("indigo", of(0x2f3193, 0xffbf5a)),
    ("emerald", of(0x086350, 0xf5df8d)),
    ("plum", of(0x4b2163, 0xf2b9cc)),
    ("terracotta", of(0x8a3619, 0xfadfb4)),
    ("slate", of(0x31404f, 0xf5a07a)),
    ("teal", of(0x0c5b64, 0xffd27f)),
    ("ruby", of(0x8c1a2b, 0xf6d7ae)),
    ("violet", of(0x472b95, 0x9be8cf)),
    ("graphite", of(0x272b33, 0xb9d8a6)),
    ("cobalt", of(0x1447a6, 0xffe08a)),
    ("ivory", of(0xf4ecdc, 0x7d3326)),
    ("sky", of(0xdcebf8, 0x0f4c86)),
];

const fn of(base: u32, accent: u32) -> Palette {
    Palette { base: Color::new(base), accent: Color::new(accent) }
}

const INK_LIGHT: Color = Color::WHITE;
const INK_DARK: Color = Color::new(0x14181f);

impl Palette {
    /// The colour of the icon on the field: white or near black.
    pub(crate) fn ink(self) -> Color {
        readable_on(self.base)
    }

    /// The colour of the ribbon's text.
    pub(crate) fn ribbon_ink(self) -> Color {
        let deep = self.deep();
        if deep.contrast(self.accent) >= TEXT_CONTRAST { deep } else { readable_on(self.accent) }
    }

    /// The border: the field's colour, darker.
    pub(crate) fn deep(self) -> Color {
        if self.is_light() { self.accent } else { self.base.mixed(INK_DARK, 120) }
    }

    /// Lines on the border.
    pub(crate) fn line(self) -> Color {
        if self.is_light() { self.base } else { self.accent }
    }

    /// Where light falls on the field.
    pub(crate) fn glow(self) -> Color {
        self.base.mixed(INK_LIGHT, if self.is_light() { 150 } else { 34 })
    }

    /// The ribbon where it turns away.
    pub(crate) fn fold(self) -> Color {
        self.accent.mixed(INK_DARK, 80)
    }

    /// Fine lines on the ribbon.
    pub(crate) fn edge(self) -> Color {
        self.accent.mixed(self.ribbon_ink(), 110)
    }

    /// The ribbon's back.
    pub(crate) fn back(self) -> Color {
        self.accent.mixed(INK_DARK, 150)
    }

    /// Whether the field is lighter than what stands on it.
    pub(crate) fn is_light(self) -> bool {
        self.ink() != INK_LIGHT
    }

    /// What is wrong with these two colours; `None` if they can be told apart.
    pub(crate) fn fault(self) -> Option<String> {
        let contrast = self.base.contrast(self.accent);
        (contrast < SHAPE_CONTRAST).then(|| {
            format!(
                "base {} and accent {} can hardly be told apart: their contrast is {contrast:.2} : 1, and at least \
                 {SHAPE_CONTRAST:.0} : 1 is needed",
                self.base, self.accent
            )
        })
    }
}

/// White where it can be read, otherwise near black, otherwise black, which can be wherever white cannot.
fn readable_on(ground: Color) -> Color {
    let readable = |ink: &Color| ink.contrast(ground) >= TEXT_CONTRAST;
    [INK_LIGHT, INK_DARK].into_iter().find(readable).unwrap_or(Color::new(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icon_ribbon_and_ring_can_be_told_apart_in_every_named_palette() {
        for (name, palette) in NAMED {
            assert_eq!(palette.fault(), None, "{name}");
            assert!(palette.ink().contrast(palette.base) >= TEXT_CONTRAST, "{name}: icon");
            assert!(palette.ink().contrast(palette.glow()) >= TEXT_CONTRAST, "{name}: icon in the light");
            assert!(palette.ribbon_ink().contrast(palette.accent) >= TEXT_CONTRAST, "{name}: ribbon");
            assert!(palette.line().contrast(palette.deep()) >= SHAPE_CONTRAST, "{name}: ring");
        }
    }

    #[test]
    fn any_ground_has_a_readable_ink() {
        for gray in 0..=255_u8 {
            let ground = Color { red: gray, green: gray, blue: gray };
            assert!(readable_on(ground).contrast(ground) >= TEXT_CONTRAST, "{gray}");
        }
    }

    #[test]
    fn two_colours_that_look_alike_are_a_fault() {
        assert!(of(0x336699, 0x3a6ea0).fault().is_some_and(|fault| fault.contains("contrast is 1.1")));
    }
}
