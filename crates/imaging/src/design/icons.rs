//! The pictures in the middle of a badge, drawn for Accolade on a grid of 100 × 100.

mod craft;
mod ideas;
mod world;

use std::fmt::Write;

use crate::Color;
use crate::design::palette::Palette;
use crate::pen::{Point, number};

/// What a part of an icon is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    /// What stands on the field.
    Ink,
    /// The second colour.
    Accent,
    /// The field itself: holes and lines.
    Field,
}

/// How a part is drawn.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// A filled path.
    Fill(&'static str),
    /// A filled path with soft corners.
    Soft(&'static str),
    /// A line of this width with round ends.
    Line(f32, &'static str),
    /// A disc.
    Dot(f32, f32, f32),
    /// A circle's line: middle, radius, width.
    Ring(f32, f32, f32, f32),
}

/// One part of an icon.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    paint: Paint,
    form: Form,
    /// How often it is drawn, each time turned on around the middle.
    turns: u8,
}

impl Part {
    const fn new(paint: Paint, form: Form) -> Self {
        Self { paint, form, turns: 1 }
    }

    const fn turned(self, turns: u8) -> Self {
        Self { turns, ..self }
    }
}

const fn fill(paint: Paint, path: &'static str) -> Part {
    Part::new(paint, Form::Fill(path))
}

const fn soft(paint: Paint, path: &'static str) -> Part {
    Part::new(paint, Form::Soft(path))
}

const fn line(paint: Paint, width: f32, path: &'static str) -> Part {
    Part::new(paint, Form::Line(width, path))
}

const fn dot(paint: Paint, x: f32, y: f32, radius: f32) -> Part {
    Part::new(paint, Form::Dot(x, y, radius))
}

const fn ring(paint: Paint, x: f32, y: f32, radius: f32, width: f32) -> Part {
    Part::new(paint, Form::Ring(x, y, radius, width))
}

/// An icon: its name and its parts, from the back to the front.
pub(crate) type Icon = (&'static str, &'static [Part]);

/// Every icon, by name.
pub(crate) fn all() -> impl Iterator<Item = &'static Icon> {
    ideas::ICONS.iter().chain(craft::ICONS).chain(world::ICONS)
}

/// The icon of this name.
pub(crate) fn named(name: &str) -> Option<&'static Icon> {
    all().find(|icon| icon.0 == name)
}

/// Writes an icon with its middle at `middle`, `side` wide and high.
pub(crate) fn draw(icon: &Icon, middle: Point, side: f32, palette: Palette, svg: &mut String) {
    let (x, y) = (number(middle.x - side / 2.0), number(middle.y - side / 2.0));
    // Writing to a String cannot fail, here and below.
    let _ = write!(
        svg,
        "<g transform=\"translate({x} {y}) scale({})\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
        number(side / 100.0)
    );
    for part in icon.1 {
        draw_part(part, color(part.paint, palette), svg);
    }
    svg.push_str("</g>");
}

fn color(paint: Paint, palette: Palette) -> Color {
    match paint {
        Paint::Ink => palette.ink(),
        Paint::Accent => palette.accent,
        Paint::Field => palette.base,
    }
}

fn draw_part(part: &Part, color: Color, svg: &mut String) {
    let shape = match part.form {
        Form::Fill(path) => format!("<path fill=\"{color}\" d=\"{path}\""),
        Form::Soft(path) => {
            format!("<path fill=\"{color}\" stroke=\"{color}\" stroke-width=\"5\" d=\"{path}\"")
        }
        Form::Line(width, path) => {
            format!("<path fill=\"none\" stroke=\"{color}\" stroke-width=\"{}\" d=\"{path}\"", number(width))
        }
        Form::Dot(x, y, r) => {
            format!("<circle fill=\"{color}\" cx=\"{}\" cy=\"{}\" r=\"{}\"", number(x), number(y), number(r))
        }
        Form::Ring(x, y, r, width) => format!(
            "<circle fill=\"none\" stroke=\"{color}\" stroke-width=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\"",
            number(width),
            number(x),
            number(y),
            number(r)
        ),
    };
    for turn in 0..part.turns {
        svg.push_str(&shape);
        if turn > 0 {
            let angle = 360.0 * f32::from(turn) / f32::from(part.turns);
            let _ = write!(svg, " transform=\"rotate({} 50 50)\"", number(angle));
        }
        svg.push_str("/>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_many_icons_each_with_a_name_of_its_own() {
        let mut names: Vec<&str> = all().map(|icon| icon.0).collect();
        assert!(names.len() >= 40, "{}", names.len());
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
