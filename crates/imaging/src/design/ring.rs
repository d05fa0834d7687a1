//! What decorates a badge's border.

use std::fmt::Write;

use crate::design::palette::Palette;
use crate::design::shape::{Shape, walk};
use crate::pen::{Pen, Point, number};

/// The decoration of the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Ring {
    None,
    Line,
    Double,
    Beads,
    Ticks,
    Stitch,
    Laurel,
    Stars,
}

/// Widths of the border: the rim of the second colour and what is inside of it.
const RIM: f32 = 70.0;
const BAND: f32 = 61.0;

impl Ring {
    pub(crate) const ALL: [Self; 8] = [
        Self::None,
        Self::Line,
        Self::Double,
        Self::Beads,
        Self::Ticks,
        Self::Stitch,
        Self::Laurel,
        Self::Stars,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Line => "line",
            Self::Double => "double",
            Self::Beads => "beads",
            Self::Ticks => "ticks",
            Self::Stitch => "stitch",
            Self::Laurel => "laurel",
            Self::Stars => "stars",
        }
    }

    /// Draws what looks out from behind the border.
    pub(crate) fn draw_fringe(self, shape: Shape, palette: Palette, svg: &mut String) {
        if let Some(fringe) = shape.fringe() {
            // Writing to a String cannot fail, here and below.
            let _ = write!(
                svg,
                "<path fill=\"{}\" stroke=\"{}\" stroke-width=\"5\" stroke-linejoin=\"round\" d=\"{fringe}\"/>",
                palette.deep(),
                self.rim(palette)
            );
        }
    }

    fn rim(self, palette: Palette) -> crate::Color {
        if self == Self::None { palette.deep() } else { palette.accent }
    }

    /// Draws the border over the field's edge. Stripes are strokes of falling width on top of each other, which keeps them
    /// at an even distance from the edge of any shape.
    pub(crate) fn draw(self, shape: Shape, outline: &str, palette: Palette, svg: &mut String) {
        let (line, deep) = (palette.line(), palette.deep());
        let rim = self.rim(palette);
        let mut stripes = vec![(rim, RIM), (deep, BAND)];
        match self {
            Self::Line => stripes.extend([(line, 8.0)]),
            Self::Double => stripes.extend([(line, 30.0), (deep, 24.0), (line, 12.0), (deep, 6.0)]),
            _ => {}
        }
        svg.push_str("<g fill=\"none\" stroke-linejoin=\"round\">");
        for (color, width) in stripes {
            let _ =
                write!(svg, "<path stroke=\"{color}\" stroke-width=\"{}\" d=\"{outline}\"/>", number(width));
        }
        svg.push_str("</g>");
        if let Some(ornaments) = self.ornaments(&shape.outline()) {
            let _ = write!(svg, "<path fill=\"{line}\" d=\"{ornaments}\"/>");
        }
    }

    fn ornaments(self, outline: &[Point]) -> Option<String> {
        let mut pen = Pen::default();
        match self {
            Self::None | Self::Line | Self::Double => return None,
            Self::Beads => beads(outline, &mut pen),
            Self::Ticks => ticks(outline, &mut pen),
            Self::Stitch => stitches(outline, &mut pen),
            Self::Laurel => laurel(outline, &mut pen),
            Self::Stars => stars(outline, &mut pen),
        }
        Some(pen.finish())
    }
}

fn beads(outline: &[Point], pen: &mut Pen) {
    for (place, (middle, _)) in walk(outline, 60).into_iter().enumerate() {
        pen.circle(middle, if place % 5 == 0 { 10.5 } else { 6.0 });
    }
}

fn ticks(outline: &[Point], pen: &mut Pen) {
    for (place, (middle, angle)) in walk(outline, 96).into_iter().enumerate() {
        let (half, wide) = if place % 8 == 0 { (19.0, 3.4) } else { (11.0, 2.2) };
        let across = angle + std::f32::consts::FRAC_PI_2;
        let (outer, inner) = (middle.toward(across, -half), middle.toward(across, half));
        pen.polygon(&[
            outer.toward(angle, -wide),
            outer.toward(angle, wide),
            inner.toward(angle, wide),
            inner.toward(angle, -wide),
        ]);
    }
}

fn stitches(outline: &[Point], pen: &mut Pen) {
    for (middle, angle) in walk(outline, 44) {
        let across = angle + std::f32::consts::FRAC_PI_2;
        let (from, to) = (middle.toward(angle, -11.0), middle.toward(angle, 11.0));
        pen.move_to(from.toward(across, -4.0)).line_to(to.toward(across, -4.0));
        pen.quad_to(to.toward(angle, 7.0), to.toward(across, 4.0));
        pen.line_to(from.toward(across, 4.0));
        pen.quad_to(from.toward(angle, -7.0), from.toward(across, -4.0)).close();
    }
}

/// Two branches that grow from the foot to the top, leaves in pairs.
fn laurel(outline: &[Point], pen: &mut Pen) {
    let count = 48;
    for (place, (middle, angle)) in walk(outline, count).into_iter().enumerate() {
        if place % count == 0 || place == count / 2 {
            pen.circle(middle, 8.0);
            continue;
        }
        // The right half is walked from the top down: there the branch grows against the walk.
        let ahead = if place < count / 2 { angle + std::f32::consts::PI } else { angle };
        for side in [-1.0, 1.0] {
            leaf(middle.toward(ahead, -9.0), ahead + side * 0.62, side, pen);
        }
    }
}

fn leaf(foot: Point, angle: f32, side: f32, pen: &mut Pen) {
    let tip = foot.toward(angle, 29.0);
    let middle = foot.between(tip, 0.45);
    let across = angle + side * std::f32::consts::FRAC_PI_2;
    pen.move_to(foot).quad_to(middle.toward(across, 12.0), tip);
    pen.quad_to(middle.toward(across, -7.0), foot).close();
}

fn stars(outline: &[Point], pen: &mut Pen) {
    for (place, (middle, angle)) in walk(outline, 48).into_iter().enumerate() {
        if place % 2 == 1 {
            pen.circle(middle, 4.0);
        } else {
            star(middle, 14.0, angle, pen);
        }
    }
}

/// A five-pointed star; `turn` is the direction that is “right” for it.
pub(crate) fn star(middle: Point, radius: f32, turn: f32, pen: &mut Pen) {
    let points: Vec<Point> = (0..10_u8)
        .map(|corner| {
            let reach = if corner % 2 == 0 { radius } else { radius * 0.45 };
            let angle = std::f32::consts::TAU * f32::from(corner) / 10.0 - std::f32::consts::FRAC_PI_2;
            middle.toward(turn + angle, reach)
        })
        .collect();
    pen.polygon(&points);
}
