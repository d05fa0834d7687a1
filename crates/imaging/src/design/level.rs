//! The level: as many stars as there are levels, those reached filled.

use std::fmt::Write;

use crate::design::palette::Palette;
use crate::design::ring::star;
use crate::pen::{Pen, Point, at, number};

/// A level and how many there are. Both are seen, so that nothing hangs on colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Level {
    /// 0 to `of`.
    pub(crate) reached: u8,
    /// 1 to 5.
    pub(crate) of: u8,
}

/// More stars could not be told apart at 90 pixels.
pub(crate) const MOST: u8 = 5;

/// Draws the stars in a row around `middle`.
pub(crate) fn draw(level: Level, middle: Point, palette: Palette, svg: &mut String) {
    let (radius, step) = match level.of {
        ..=3 => (29.0, 68.0),
        4 => (25.0, 60.0),
        _ => (22.0, 53.0),
    };
    let (mut filled, mut hollow) = (Pen::default(), Pen::default());
    for place in 0..level.of {
        let x = middle.x + step * (f32::from(place) - f32::from(level.of - 1) / 2.0);
        // Stars reach less far below their middle than above it.
        let here = at(x, middle.y + radius * 0.06);
        if place < level.reached {
            star(here, radius, 0.0, &mut filled);
        } else {
            star(here, radius - 3.0, 0.0, &mut hollow);
        }
    }
    let color = palette.accent;
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<g stroke=\"{color}\" stroke-linejoin=\"round\"><path fill=\"{color}\" stroke-width=\"4\" d=\"{}\"/>\
         <path fill=\"none\" stroke-width=\"{}\" d=\"{}\"/></g>",
        filled.finish(),
        number(4.5),
        hollow.finish()
    );
}
