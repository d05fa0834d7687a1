//! Judging a picture by a small drawing of it.

use tiny_skia::Pixmap;

use super::survey::Removed;
use super::{Picture, Warning};
use crate::Color;

/// Below this, a picture is not sharp everywhere.
const GOOD_SIDE: u32 = 600;
/// Below this, the darkest or most colourful part can hardly be told from a white page.
const FAINT: f64 = 1.8;
/// Below this part of the width, the margin is much.
const FILLED: u32 = 75;

/// What was left out of a drawing.
pub(super) fn removed(removed: &Removed) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !removed.kinds.is_empty() {
        warnings.push(Warning::Removed { what: removed.kinds.join(", ") });
    }
    if !removed.characters.is_empty() {
        let characters = removed.characters.iter().take(8).collect();
        warnings.push(Warning::MissingGlyphs { characters });
    }
    warnings
}

/// What could be better, seen from the picture's size and a drawing of it.
pub(super) fn warnings(picture: &Picture, sample: &Pixmap) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let (width, height) = (picture.width, picture.height);
    if picture.drawing.is_none() && width.max(height) < GOOD_SIDE {
        warnings.push(Warning::Small { width, height });
    }
    let Some(filled) = filled(sample) else {
        warnings.push(Warning::Empty);
        return warnings;
    };
    if filled < FILLED {
        warnings.push(Warning::EmptyMargin { percent: filled });
    }
    if has_white_corners(sample) {
        warnings.push(Warning::OpaqueCorners);
    }
    let contrast = strongest_contrast(sample);
    if contrast < FAINT {
        warnings.push(Warning::LowContrast { ratio: format!("{contrast:.1} : 1") });
    }
    warnings
}

/// The greater of the filled width and height, in percent; `None` when nothing can be seen.
fn filled(sample: &Pixmap) -> Option<u32> {
    let (mut left, mut right, mut top, mut bottom) = (u32::MAX, 0, u32::MAX, 0);
    for y in 0..sample.height() {
        for x in 0..sample.width() {
            if sample.pixel(x, y).is_some_and(|pixel| pixel.alpha() > 16) {
                (left, right) = (left.min(x), right.max(x + 1));
                (top, bottom) = (top.min(y), bottom.max(y + 1));
            }
        }
    }
    let longer = right.checked_sub(left)?.max(bottom.checked_sub(top)?);
    Some(longer * 100 / sample.width().max(1))
}

fn has_white_corners(sample: &Pixmap) -> bool {
    let (right, bottom) = (sample.width().saturating_sub(1), sample.height().saturating_sub(1));
    let white = |(x, y): (u32, u32)| {
        sample
            .pixel(x, y)
            .is_some_and(|pixel| pixel.is_opaque() && pixel.red().min(pixel.green()).min(pixel.blue()) > 240)
    };
    [(0, 0), (right, 0), (0, bottom), (right, bottom)].into_iter().all(white)
}

/// The best contrast against white that at least one pixel in fifty reaches.
fn strongest_contrast(sample: &Pixmap) -> f64 {
    let on_white = sample.pixels().iter().map(|pixel| {
        let ground = u8::MAX - pixel.alpha();
        let channel = |value: u8| value.saturating_add(ground);
        let seen =
            Color { red: channel(pixel.red()), green: channel(pixel.green()), blue: channel(pixel.blue()) };
        seen.contrast(Color::WHITE)
    });
    let mut contrasts: Vec<f64> = on_white.collect();
    contrasts.sort_by(|one, two| two.total_cmp(one));
    contrasts.get(contrasts.len() / 50).copied().unwrap_or(1.0)
}
