//! Putting a badge together, from the back to the front.

use std::fmt::Write;

use super::palette::Palette;
use super::shape::CENTRE;
use super::{Design, Emblem, icons, level, ribbon};
use crate::pen::{Pen, Point, at, number};
use crate::text::{Line, Style};

/// Where icon and stars stand.
struct Layout {
    emblem: Point,
    side: f32,
    stars: Point,
}

/// The badge as SVG.
pub(super) fn svg(design: &Design) -> String {
    let layout = layout(design);
    let mut svg = String::with_capacity(24_000);
    svg.push_str(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 600\" width=\"600\" height=\"600\">",
    );
    field(design, &layout, &mut svg);
    match &design.emblem {
        Emblem::Icon(name) => {
            if let Some(icon) = icons::named(name) {
                icons::draw(icon, layout.emblem, layout.side, design.palette, &mut svg);
            }
        }
        Emblem::Monogram(letters) => monogram(letters, &layout, design.palette, &mut svg),
    }
    if let Some(reached) = design.level {
        level::draw(reached, layout.stars, design.palette, &mut svg);
    }
    if let Some(Ok(text)) = design.ribbon.as_deref().map(ribbon::fitted) {
        ribbon::draw(&text, design.palette, &mut svg);
    }
    svg.push_str("</svg>");
    svg
}

fn layout(design: &Design) -> Layout {
    let sink = design.shape.sink();
    let (emblem, side, stars) = match (design.ribbon.is_some(), design.level.is_some()) {
        (true, true) => (216.0, 196.0, 362.0),
        (true, false) => (236.0, 232.0, 0.0),
        (false, true) => (258.0, 236.0, 442.0),
        (false, false) => (300.0, 290.0, 0.0),
    };
    let sink = if design.ribbon.is_some() { 0.0 } else { sink };
    Layout { emblem: at(CENTRE.x, emblem + sink), side, stars: at(CENTRE.x, stars + sink) }
}

/// The field with its light, its pattern and its border.
fn field(design: &Design, layout: &Layout, svg: &mut String) {
    let (palette, outline) = (design.palette, design.shape.path());
    // Writing to a String cannot fail, here and below.
    let _ = write!(
        svg,
        "<defs><linearGradient id=\"light\" x1=\"0\" y1=\"0\" x2=\".6\" y2=\"1\"><stop stop-color=\"{}\"/>\
         <stop offset=\".75\" stop-color=\"{}\"/></linearGradient><clipPath id=\"edge\"><path d=\"{outline}\"/></clipPath></defs>",
        palette.glow(),
        palette.base,
    );
    design.ring.draw_fringe(design.shape, palette, svg);
    let _ = write!(svg, "<path fill=\"url(#light)\" d=\"{outline}\"/><g clip-path=\"url(#edge)\">");
    let faint =
        if palette.is_light() { palette.accent } else { palette.glow().mixed(crate::Color::WHITE, 150) };
    design.texture.draw(faint, layout.emblem, svg);
    svg.push_str("</g>");
    design.ring.draw(design.shape, &outline, palette, svg);
}

fn monogram(letters: &str, layout: &Layout, palette: Palette, svg: &mut String) {
    let trial = Line::new(letters, Style { size: 100.0, bold: true });
    let size = (100.0 * layout.side * 1.1 / trial.width.max(1.0)).min(layout.side * 0.98);
    let line = Line::new(letters, Style { size, bold: true });
    let mut pen = Pen::default();
    line.draw(layout.emblem.x - line.width / 2.0, layout.emblem.y + line.middle(), &mut pen);
    let _ = write!(svg, "<path fill=\"{}\" d=\"{}\"/>", palette.ink(), pen.finish());
    // A short line below, as under an initial in a book.
    let (half, y) = (layout.side * 0.3, layout.emblem.y + layout.side * 0.5);
    let _ = write!(
        svg,
        "<path stroke=\"{}\" stroke-width=\"8\" stroke-linecap=\"round\" d=\"M{} {y}h{}\"/>",
        palette.accent,
        number(layout.emblem.x - half),
        number(2.0 * half),
        y = number(y),
    );
}
