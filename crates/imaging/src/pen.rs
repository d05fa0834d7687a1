//! Writing path data: numbers with two decimals at most, so that a drawing is small and the same on every machine.

use std::fmt::Write;

/// A place in a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

/// A point.
pub(crate) const fn at(x: f32, y: f32) -> Point {
    Point { x, y }
}

impl Point {
    /// The point `distance` away in the direction `angle` (radians, clockwise from the right, as SVG turns).
    pub(crate) fn toward(self, angle: f32, distance: f32) -> Self {
        at(self.x + distance * angle.cos(), self.y + distance * angle.sin())
    }

    pub(crate) fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point `share` (0 to 1) of the way to another.
    pub(crate) fn between(self, other: Self, share: f32) -> Self {
        at(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }
}

/// A number as SVG has it: at most two decimals, no trailing zeros, no `-0`.
pub(crate) fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A path that is being written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pen {
    data: String,
}

impl Pen {
    pub(crate) fn move_to(&mut self, to: Point) -> &mut Self {
        self.command('M', &[to])
    }

    pub(crate) fn line_to(&mut self, to: Point) -> &mut Self {
        self.command('L', &[to])
    }

    pub(crate) fn quad_to(&mut self, control: Point, to: Point) -> &mut Self {
        self.command('Q', &[control, to])
    }

    pub(crate) fn cubic_to(&mut self, first: Point, second: Point, to: Point) -> &mut Self {
        self.command('C', &[first, second, to])
    }

    pub(crate) fn close(&mut self) -> &mut Self {
        self.command('Z', &[])
    }

    /// A closed polygon.
    pub(crate) fn polygon(&mut self, points: &[Point]) -> &mut Self {
        for (place, point) in points.iter().enumerate() {
            self.command(if place == 0 { 'M' } else { 'L' }, &[*point]);
        }
        self.close()
    }

    /// A circle.
    pub(crate) fn circle(&mut self, centre: Point, radius: f32) -> &mut Self {
        let (left, width, r) = (number(centre.x - radius), number(2.0 * radius), number(radius));
        // Writing to a String cannot fail.
        let _ = write!(
            self.data,
            "M{left} {}a{r} {r} 0 1 0 {width} 0a{r} {r} 0 1 0-{width} 0Z",
            number(centre.y)
        );
        self
    }

    /// A closed curve through all points, without corners (Catmull-Rom).
    pub(crate) fn smooth(&mut self, points: &[Point]) -> &mut Self {
        let count = points.len();
        let point = |place: usize| points.get(place % count.max(1)).copied().unwrap_or(at(0.0, 0.0));
        self.move_to(point(0));
        for place in 0..count {
            let (before, from) = (point(place + count - 1), point(place));
            let (to, after) = (point(place + 1), point(place + 2));
            let first = at(from.x + (to.x - before.x) / 6.0, from.y + (to.y - before.y) / 6.0);
            let second = at(to.x - (after.x - from.x) / 6.0, to.y - (after.y - from.y) / 6.0);
            self.cubic_to(first, second, to);
        }
        self.close()
    }

    /// The path data.
    pub(crate) fn finish(self) -> String {
        self.data
    }

    fn command(&mut self, letter: char, points: &[Point]) -> &mut Self {
        self.data.push(letter);
        for (place, point) in points.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            // Writing to a String cannot fail.
            let _ = write!(self.data, "{space}{} {}", number(point.x), number(point.y));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let cases =
            [(1.0, "1"), (0.006, "0.01"), (-0.001, "0"), (12.5, "12.5"), (100.0, "100"), (-3.456, "-3.46")];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }
}
