//! The faint pattern behind the icon, after what is engraved on diplomas and banknotes.

use std::f32::consts::TAU;
use std::fmt::Write;

use crate::design::shape::CENTRE;
use crate::pen::{Pen, Point, at, number};

/// The pattern of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Texture {
    Plain,
    Rays,
    Guilloche,
    Rings,
    Weave,
    Dots,
}

impl Texture {
    pub(crate) const ALL: [Self; 6] =
        [Self::Plain, Self::Rays, Self::Guilloche, Self::Rings, Self::Weave, Self::Dots];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Rays => "rays",
            Self::Guilloche => "guilloche",
            Self::Rings => "rings",
            Self::Weave => "weave",
            Self::Dots => "dots",
        }
    }

    /// Draws the pattern in `color`, around `middle`. Whoever calls cuts it to the badge's shape.
    pub(crate) fn draw(self, color: crate::Color, middle: Point, svg: &mut String) {
        let mut pen = Pen::default();
        let paint = match self {
            Self::Plain => return,
            Self::Rays => {
                rays(middle, &mut pen);
                format!("fill=\"{color}\" fill-opacity=\".09\"")
            }
            Self::Dots => {
                dots(&mut pen);
                format!("fill=\"{color}\" fill-opacity=\".2\"")
            }
            Self::Guilloche => {
                guilloche(&mut pen);
                lines(color, 1.6, ".26")
            }
            Self::Rings => {
                rings(middle, &mut pen);
                lines(color, 3.0, ".17")
            }
            Self::Weave => {
                weave(&mut pen);
                lines(color, 2.4, ".16")
            }
        };
        // Writing to a String cannot fail.
        let _ = write!(svg, "<path {paint} d=\"{}\"/>", pen.finish());
    }
}

fn lines(color: crate::Color, width: f32, opacity: &str) -> String {
    format!(
        "fill=\"none\" stroke=\"{color}\" stroke-width=\"{}\" stroke-opacity=\"{opacity}\"",
        number(width)
    )
}

fn rays(middle: Point, pen: &mut Pen) {
    for ray in 0..16_u8 {
        let angle = TAU * f32::from(ray) / 16.0;
        let half = TAU / 64.0;
        pen.polygon(&[middle, middle.toward(angle - half, 420.0), middle.toward(angle + half, 420.0)]);
    }
}

fn rings(middle: Point, pen: &mut Pen) {
    for ring in 0..8_u8 {
        pen.circle(middle, 120.0 + 26.0 * f32::from(ring));
    }
}

fn dots(pen: &mut Pen) {
    for row in 0..17_u8 {
        for column in 0..17_u8 {
            let shift = if row % 2 == 0 { 0.0 } else { 16.0 };
            let middle = at(36.0 + 32.0 * f32::from(column) + shift, 44.0 + 32.0 * f32::from(row));
            // Dots grow towards the edge, and the middle stays calm.
            let away = (middle.distance(CENTRE) - 110.0) / 24.0;
            if away > 1.0 {
                pen.circle(middle, away.min(8.0));
            }
        }
    }
}

fn weave(pen: &mut Pen) {
    for step in 0..16_u8 {
        let offset = 80.0 * f32::from(step) / 2.0;
        pen.move_to(at(offset, 0.0)).line_to(at(offset - 600.0, 600.0));
        pen.move_to(at(600.0 - offset, 0.0)).line_to(at(1200.0 - offset, 600.0));
    }
}

/// Wavy rings over each other, each turned on by a fraction of its wave.
fn guilloche(pen: &mut Pen) {
    for turn in 0..5_u8 {
        let points: Vec<Point> = (0..96_u8)
            .map(|step| {
                let angle = TAU * f32::from(step) / 96.0;
                let wave = (12.0 * angle + TAU * f32::from(turn) / 5.0).cos();
                CENTRE.toward(angle, 180.0 + 50.0 * wave)
            })
            .collect();
        pen.smooth(&points);
    }
}
