//! The outlines a badge may have.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use crate::pen::{Pen, Point, at};

/// The middle of every drawing.
pub(crate) const CENTRE: Point = at(300.0, 300.0);

/// The outline of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Circle,
    Hexagon,
    Octagon,
    Shield,
    Crest,
    Rosette,
    Seal,
    Squircle,
    Flower,
}

/// The border's radius where something looks out from behind it.
const ROUND: f32 = 230.0;

/// How many points stand for a curve where a path is walked along.
const STEPS: u16 = 720;

impl Shape {
    pub(crate) const ALL: [Self; 9] = [
        Self::Circle,
        Self::Hexagon,
        Self::Octagon,
        Self::Shield,
        Self::Crest,
        Self::Rosette,
        Self::Seal,
        Self::Squircle,
        Self::Flower,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Hexagon => "hexagon",
            Self::Octagon => "octagon",
            Self::Shield => "shield",
            Self::Crest => "crest",
            Self::Rosette => "rosette",
            Self::Seal => "seal",
            Self::Squircle => "squircle",
            Self::Flower => "flower",
        }
    }

    /// The line in the middle of the border, as points close enough to be taken for the curve, evenly spaced, from the top
    /// clockwise.
    pub(crate) fn outline(self) -> Vec<Point> {
        let points = match self {
            Self::Circle => around(|_| 256.0),
            Self::Hexagon => rounded(&regular(6, 0.0, 268.0), 46.0),
            Self::Octagon => rounded(&regular(8, PI / 8.0, 270.0), 36.0),
            Self::Shield => shield(),
            Self::Crest => crest(),
            // Their waves are behind the border, which stays round: ornaments would not bear waves.
            Self::Rosette | Self::Seal | Self::Flower => around(|_| ROUND),
            Self::Squircle => around(superellipse),
        };
        evenly(&from_top(evenly(&points, 4 * usize::from(STEPS))), usize::from(STEPS))
    }

    /// The outline as path data.
    pub(crate) fn path(self) -> String {
        let mut pen = Pen::default();
        match self {
            Self::Circle => pen.circle(CENTRE, 256.0),
            Self::Rosette | Self::Seal | Self::Flower => pen.circle(CENTRE, ROUND),
            _ => pen.smooth(&every(&self.outline(), 6)),
        };
        pen.finish()
    }

    /// What looks out from behind the border.
    pub(crate) fn fringe(self) -> Option<String> {
        let mut pen = Pen::default();
        match self {
            Self::Rosette => pen.smooth(&every(&around(|angle| 281.0 + 8.0 * (20.0 * angle).cos()), 4)),
            Self::Flower => {
                let petals = |angle: f32| 273.0 + 15.0 * (10.0 * angle).cos() - 2.0 * (20.0 * angle).cos();
                pen.smooth(&every(&around(petals), 4))
            }
            Self::Seal => {
                let teeth = (0..64_u8).map(|tooth| {
                    let angle = TAU * f32::from(tooth) / 64.0 - FRAC_PI_2;
                    CENTRE.toward(angle, if tooth % 2 == 0 { 291.0 } else { 271.0 })
                });
                pen.polygon(&teeth.collect::<Vec<_>>())
            }
            _ => return None,
        };
        Some(pen.finish())
    }

    /// How far the picture inside is moved down, so that it stands in the middle of what is seen.
    pub(crate) fn sink(self) -> f32 {
        match self {
            Self::Shield => -14.0,
            Self::Crest => -2.0,
            _ => 0.0,
        }
    }
}

/// Points of a closed curve around the middle, from its radius at each angle (0 is the top).
fn around(radius: impl Fn(f32) -> f32) -> Vec<Point> {
    (0..STEPS)
        .map(|step| {
            let angle = TAU * f32::from(step) / f32::from(STEPS);
            CENTRE.toward(angle - FRAC_PI_2, radius(angle))
        })
        .collect()
}

fn superellipse(angle: f32) -> f32 {
    let power = |value: f32| value.abs().powf(4.6);
    232.0 / (power(angle.cos()) + power(angle.sin())).powf(1.0 / 4.6)
}

fn regular(corners: u16, turn: f32, radius: f32) -> Vec<Point> {
    (0..corners)
        .map(|corner| CENTRE.toward(TAU * f32::from(corner) / f32::from(corners) - FRAC_PI_2 + turn, radius))
        .collect()
}

/// A polygon with its corners rounded, as points.
fn rounded(corners: &[Point], radius: f32) -> Vec<Point> {
    let count = corners.len();
    let corner = |place: usize| corners.get(place % count.max(1)).copied().unwrap_or(CENTRE);
    let mut points = Vec::new();
    for place in 0..count {
        let (before, here, after) = (corner(place + count - 1), corner(place), corner(place + 1));
        let from = here.between(before, radius / here.distance(before));
        let to = here.between(after, radius / here.distance(after));
        points.extend(quadratic(from, here, to));
    }
    points
}

fn quadratic(from: Point, control: Point, to: Point) -> impl Iterator<Item = Point> {
    (0..=12_u8).map(move |step| {
        let share = f32::from(step) / 12.0;
        from.between(control, share).between(control.between(to, share), share)
    })
}

fn cubic(from: Point, first: Point, second: Point, to: Point) -> impl Iterator<Item = Point> {
    (0..=40_u8).map(move |step| {
        let share = f32::from(step) / 40.0;
        let (a, b, c) = (from.between(first, share), first.between(second, share), second.between(to, share));
        a.between(b, share).between(b.between(c, share), share)
    })
}

/// A half, its points from the top middle down the right side to the bottom middle, completed by its mirror image.
fn mirrored(mut right: Vec<Point>) -> Vec<Point> {
    let left: Vec<Point> = right.iter().rev().map(|point| at(600.0 - point.x, point.y)).collect();
    right.extend(left);
    right
}

/// A heater shield: flat top, full sides, one point below.
fn shield() -> Vec<Point> {
    let mut right = vec![at(300.0, 52.0), at(330.0, 52.0)];
    right.extend(quadratic(at(500.0, 52.0), at(532.0, 52.0), at(532.0, 84.0)));
    right.extend(cubic(at(532.0, 270.0), at(532.0, 415.0), at(440.0, 505.0), at(318.0, 562.0)));
    right.extend(quadratic(at(318.0, 562.0), at(309.0, 566.0), at(300.0, 566.0)));
    mirrored(right)
}

/// A shield with a raised middle, hollowed shoulders and a soft point.
fn crest() -> Vec<Point> {
    let mut right: Vec<Point> =
        cubic(at(300.0, 36.0), at(330.0, 62.0), at(380.0, 76.0), at(430.0, 68.0)).collect();
    right.extend(cubic(at(430.0, 68.0), at(470.0, 60.0), at(510.0, 58.0), at(530.0, 92.0)));
    right.extend(cubic(at(530.0, 92.0), at(520.0, 150.0), at(524.0, 190.0), at(534.0, 250.0)));
    right.extend(cubic(at(534.0, 250.0), at(556.0, 400.0), at(440.0, 500.0), at(300.0, 566.0)));
    mirrored(right)
}

/// The same closed line, begun above the middle: what is set along it is the same on the left and on the right.
fn from_top(mut points: Vec<Point>) -> Vec<Point> {
    let aside = |point: &Point| if point.y < CENTRE.y { (point.x - CENTRE.x).abs() } else { f32::MAX };
    let nearest = points.iter().enumerate().min_by(|one, two| aside(one.1).total_cmp(&aside(two.1)));
    let top = nearest.map_or(0, |(place, _)| place);
    points.rotate_left(top);
    points
}

/// The same closed line with `count` points at even distances.
fn evenly(points: &[Point], count: usize) -> Vec<Point> {
    walk(points, count).into_iter().map(|step| step.0).collect()
}

/// Every `step`th point.
fn every(points: &[Point], step: usize) -> Vec<Point> {
    points.iter().copied().step_by(step.max(1)).collect()
}

/// `count` places at even distances along a closed line, each with the direction (radians) the line has there.
pub(crate) fn walk(points: &[Point], count: usize) -> Vec<(Point, f32)> {
    let next = points.iter().skip(1).chain(points.first());
    let edges: Vec<(Point, Point)> = points.iter().copied().zip(next.copied()).collect();
    let total: f32 = edges.iter().map(|(from, to)| from.distance(*to)).sum();
    let stride = total / u16::try_from(count.max(1)).map_or(1.0, f32::from);
    let mut places = Vec::with_capacity(count);
    let (mut gone, mut wanted) = (0.0, 0.0);
    for (from, to) in edges {
        let length = from.distance(to);
        while wanted < gone + length && places.len() < count {
            let angle = (to.y - from.y).atan2(to.x - from.x);
            places.push((from.between(to, (wanted - gone) / length), angle));
            wanted += stride;
        }
        gone += length;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outline_stays_on_the_canvas_with_its_border() {
        for shape in Shape::ALL {
            let outline = shape.outline();
            assert_eq!(outline.len(), 720, "{shape:?}");
            let inside =
                |point: &Point| (30.0..=570.0).contains(&point.x) && (30.0..=570.0).contains(&point.y);
            assert!(outline.iter().all(inside), "{shape:?}");
        }
    }

    #[test]
    fn every_outline_is_the_same_on_both_sides() {
        for shape in Shape::ALL {
            let outline = shape.outline();
            let mirrored = outline.iter().skip(1).rev().map(|point| at(600.0 - point.x, point.y));
            for (right, left) in outline.iter().skip(1).zip(mirrored) {
                assert!(right.distance(left) < 3.0, "{shape:?}: {right:?} and {left:?}");
            }
        }
    }

    #[test]
    fn a_walk_takes_even_steps() {
        let steps = walk(&Shape::Hexagon.outline(), 60);
        assert_eq!(steps.len(), 60);
        let lengths: Vec<f32> = steps.windows(2).map(|pair| pair[0].0.distance(pair[1].0)).collect();
        assert!(lengths.iter().all(|length| (20.0..30.0).contains(length)), "{lengths:?}");
    }
}
