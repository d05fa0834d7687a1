//! The wide picture that is shown where a badge's link is shared.

use std::fmt::Write;

use tiny_skia::{Pixmap, PixmapPaint, Transform};

use crate::pen::{Pen, number};
use crate::picture::pixels;
use crate::text::{Line, Style, wrap};
use crate::{Color, Picture, PictureError, fonts};

/// What stands on a card. Nothing about a person.
#[derive(Clone, Copy)]
pub struct Card<'a> {
    /// The badge's picture.
    pub picture: &'a Picture,
    /// The achievement's name, any script, any length: three lines are shown, and … for the rest.
    pub title: &'a str,
    /// The issuer's name: two lines.
    pub issuer: &'a str,
    /// A line above the title, such as “Open Badge” in the achievement's language.
    pub caption: Option<&'a str>,
}

const WIDTH: u32 = 1_200;
const HEIGHT: u32 = 627;
/// The badge's side, and its distance from the nearer edges.
const BADGE: u32 = 440;
const MARGIN: f32 = 76.0;
/// Where text may stand, seen from the left edge of a card that is read from the left.
const TEXT_LEFT: f32 = 590.0;
const TEXT_RIGHT: f32 = 1_130.0;

const PAPER: Color = Color::new(0xfbfaf7);
const INK: Color = Color::new(0x16202e);
const QUIET: Color = Color::new(0x4c5868);

/// A card as PNG, 1200 × 627 pixels, the size LinkedIn and others show whole. Same card, same bytes. Text that runs right to
/// left puts the badge to the right.
///
/// # Errors
/// [`PictureError::Drawing`] if the program is at fault.
pub fn card(card: &Card<'_>) -> Result<Vec<u8>, PictureError> {
    let badge = card.picture.drawn(BADGE)?;
    let rtl = Line::new(card.title, Style { size: 10.0, bold: true }).rtl;
    let svg = background(card, tint(&badge), rtl);
    let tree = usvg::Tree::from_str(&svg, &fonts::svg_options()).map_err(|_| PictureError::Drawing)?;
    let mut pixmap = Pixmap::new(WIDTH, HEIGHT).ok_or(PictureError::Drawing)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    let left = if rtl { pixels::pixels(WIDTH - BADGE) - MARGIN } else { MARGIN };
    let top = (pixels::pixels(HEIGHT) - pixels::pixels(BADGE)) / 2.0;
    let place = Transform::from_translate(left.round(), top.round());
    pixmap.draw_pixmap(0, 0, badge.as_ref(), &PixmapPaint::default(), place, None);
    pixels::encode(&pixmap)
}

/// Everything but the badge.
fn background(card: &Card<'_>, tint: Color, rtl: bool) -> String {
    let pale = PAPER.mixed(tint, 26);
    // The panel behind the badge, its edge a gentle arc.
    let panel = if rtl { "M1200 0V627H700Q640 313 700 0Z" } else { "M0 0V627H500Q560 313 500 0Z" };
    let (bar, centre) = if rtl { (1_188, 1_200 - 296) } else { (0, 296) };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
         <clipPath id=\"panel\"><path d=\"{panel}\"/></clipPath><path fill=\"{PAPER}\" d=\"M0 0H1200V627H0Z\"/>\
         <path fill=\"{pale}\" d=\"{panel}\"/><g clip-path=\"url(#panel)\" fill=\"none\" stroke=\"{tint}\" stroke-opacity=\".12\" stroke-width=\"2\">"
    );
    for ring in 0..5_u8 {
        let radius = 250.0 + 34.0 * f32::from(ring);
        // Writing to a String cannot fail, here and below.
        let _ = write!(svg, "<circle cx=\"{centre}\" cy=\"313.5\" r=\"{}\"/>", number(radius));
    }
    let _ = write!(svg, "</g><path fill=\"{tint}\" d=\"M{bar} 0h12v627h-12Z\"/>");
    text(card, tint, rtl, &mut svg);
    svg.push_str("</svg>");
    svg
}

/// Caption, title, a short line, issuer: a block that stands in the middle of the card's height.
fn text(card: &Card<'_>, tint: Color, rtl: bool, svg: &mut String) {
    let width = TEXT_RIGHT - TEXT_LEFT;
    let caption = wrap(card.caption.unwrap_or_default(), Style { size: 26.0, bold: true }, width, 1);
    let (title, size) = title(card.title, width);
    let issuer = wrap(card.issuer, Style { size: 32.0, bold: false }, width, 2);
    let count = |lines: &[Line]| u16::try_from(lines.len()).map_or(0.0, f32::from);
    let height = count(&caption) * 52.0 + count(&title) * size * 1.24 + 60.0 + count(&issuer) * 42.0;
    let mut block = Block { y: (pixels::pixels(HEIGHT) - height) / 2.0, rtl, svg };
    block.lines(&caption, tint, 28.0, 52.0);
    block.lines(&title, INK, size * 0.92, size * 1.24);
    block.rule(tint);
    block.lines(&issuer, QUIET, 32.0, 42.0);
}

/// Text that is written downwards.
struct Block<'a> {
    y: f32,
    rtl: bool,
    svg: &'a mut String,
}

impl Block<'_> {
    /// Lines with their baseline `down` from the top of each, `leading` high.
    fn lines(&mut self, lines: &[Line], color: Color, down: f32, leading: f32) {
        for line in lines {
            let mut pen = Pen::default();
            line.draw(self.left(line.width), self.y + down, &mut pen);
            let _ = write!(self.svg, "<path fill=\"{color}\" d=\"{}\"/>", pen.finish());
            self.y += leading;
        }
    }

    fn rule(&mut self, color: Color) {
        let (left, top) = (number(self.left(96.0)), number(self.y + 16.0));
        let _ = write!(self.svg, "<path fill=\"{color}\" d=\"M{left} {top}h96v5h-96Z\"/>");
        self.y += 46.0;
    }

    /// Where something of this width begins.
    fn left(&self, width: f32) -> f32 {
        if self.rtl { pixels::pixels(WIDTH) - TEXT_LEFT - width } else { TEXT_LEFT }
    }
}

/// The title in the largest of three sizes in which all of it can be seen; in the smallest otherwise.
fn title(text: &str, width: f32) -> (Vec<Line>, f32) {
    let text = if text.trim().is_empty() { "…" } else { text };
    for (size, lines) in [(68.0, 2), (56.0, 3)] {
        let style = Style { size, bold: true };
        if wrap(text, style, width, lines + 1).len() <= lines {
            return (wrap(text, style, width, lines), size);
        }
    }
    (wrap(text, Style { size: 46.0, bold: true }, width, 4), 46.0)
}

/// The badge's own colour, dark enough to be read on paper; slate for badges of black, white and gray.
fn tint(badge: &Pixmap) -> Color {
    let (mut red, mut green, mut blue, mut weight) = (0_u64, 0_u64, 0_u64, 0_u64);
    for pixel in badge.pixels().iter().step_by(7).filter(|pixel| pixel.is_opaque()) {
        let (high, low) = (
            pixel.red().max(pixel.green()).max(pixel.blue()),
            pixel.red().min(pixel.green()).min(pixel.blue()),
        );
        // Colourful and dark ones count most.
        let strength = u64::from(high - low) * u64::from(u8::MAX - low);
        red += u64::from(pixel.red()) * strength;
        green += u64::from(pixel.green()) * strength;
        blue += u64::from(pixel.blue()) * strength;
        weight += strength;
    }
    let mean = |sum: u64| sum.checked_div(weight).and_then(|mean| u8::try_from(mean).ok());
    let (Some(red), Some(green), Some(blue)) = (mean(red), mean(green), mean(blue)) else { return QUIET };
    let mut tint = Color { red, green, blue };
    while tint.contrast(PAPER) < 5.5 {
        tint = tint.mixed(Color::new(0), 24);
    }
    tint
}
