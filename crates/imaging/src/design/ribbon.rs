//! The banner with the badge's few words.

use std::fmt::Write;

use crate::design::palette::Palette;
use crate::fonts;
use crate::pen::{Pen, at};
use crate::text::{Line, Style};

/// The banner's edges.
const LEFT: f32 = 36.0;
const RIGHT: f32 = 564.0;
const TOP: f32 = 404.0;
const BOTTOM: f32 = 500.0;
/// Room for the text.
const ROOM: f32 = 488.0;
/// The em of short text, and of the longest that is taken: at 90 pixels, its capitals are 4½ pixels high.
const LARGE: f32 = 58.0;
const SMALL: f32 = 42.0;

/// Why a text cannot stand on a ribbon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// Nothing to see in it.
    Empty,
    /// It would have to be too small; this many characters of it fit.
    Long(usize),
    /// Characters no font has.
    Glyphs(Vec<char>),
}

/// The text as it will be written, in the largest size that fits.
pub(crate) fn fitted(text: &str) -> Result<Line, Misfit> {
    if text.trim().is_empty() {
        return Err(Misfit::Empty);
    }
    let missing = fonts::missing(text);
    if !missing.is_empty() {
        return Err(Misfit::Glyphs(missing));
    }
    // Nothing longer can fit, and shaping it would only cost time.
    let short: String = text.trim().chars().take(64).collect();
    let large = Line::new(&short, Style { size: LARGE, bold: true });
    if large.width <= ROOM && short.len() == text.trim().len() {
        return Ok(large);
    }
    let size = LARGE * ROOM / large.width;
    if size < SMALL || short.len() < text.trim().len() {
        return Err(Misfit::Long(longest(&short)));
    }
    Ok(Line::new(&short, Style { size, bold: true }))
}

/// How many characters of a text fit in the smallest size.
fn longest(text: &str) -> usize {
    let (mut fits, mut too_many) = (0, text.chars().count() + 1);
    while fits + 1 < too_many {
        let middle = fits.midpoint(too_many);
        let start: String = text.chars().take(middle).collect();
        let width = Line::new(&start, Style { size: SMALL, bold: true }).width;
        if width <= ROOM { fits = middle } else { too_many = middle }
    }
    fits
}

/// Draws the banner over the badge's lower part.
pub(crate) fn draw(text: &Line, palette: Palette, svg: &mut String) {
    let mut tails = Pen::default();
    let mut folds = Pen::default();
    for mirror in [false, true] {
        let x = |value: f32| if mirror { 600.0 - value } else { value };
        tails.polygon(&[
            at(x(2.0), TOP + 26.0),
            at(x(92.0), TOP + 26.0),
            at(x(92.0), BOTTOM + 26.0),
            at(x(2.0), BOTTOM + 26.0),
            at(x(28.0), (TOP + BOTTOM) / 2.0 + 26.0),
        ]);
        folds.polygon(&[at(x(LEFT), BOTTOM), at(x(92.0), BOTTOM), at(x(92.0), BOTTOM + 26.0)]);
    }
    let mut letters = Pen::default();
    text.draw(300.0 - text.width / 2.0, (TOP + BOTTOM) / 2.0 + text.middle(), &mut letters);
    let (width, height) = (RIGHT - LEFT, BOTTOM - TOP);
    let (ink, accent, edge) = (palette.ribbon_ink(), palette.accent, palette.edge());
    // On a light badge, border and ribbon are of one colour.
    let outline = if palette.is_light() {
        format!(" stroke=\"{}\" stroke-width=\"6\"", palette.base)
    } else {
        String::new()
    };
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<path fill=\"{}\" d=\"{}\"/><path fill=\"{}\" d=\"{}\"/>\
         <path fill=\"{accent}\"{outline} d=\"M{LEFT} {TOP}h{width}v{height}H{LEFT}z\"/>\
         <path fill=\"none\" stroke=\"{edge}\" stroke-width=\"3\" d=\"M{LEFT} {}h{width}M{LEFT} {}h{width}\"/>\
         <path fill=\"{ink}\" d=\"{}\"/>",
        palette.fold(),
        tails.finish(),
        palette.back(),
        folds.finish(),
        TOP + 9.0,
        BOTTOM - 9.0,
        letters.finish()
    );
}
