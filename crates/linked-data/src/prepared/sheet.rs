//! Text with gaps.

use std::ops::Range;

/// What is written in a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// The filled-in term of this number.
    Hole(usize),
    /// The label of this blank node.
    Label(usize),
    /// The label at this place among those that are sorted in runs.
    Sorted(usize),
}

/// Text with gaps, in parts that are written one by one or several together.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pieces: Vec<Piece>,
    /// Where each part ends; it begins where the one before ends.
    ends: Vec<usize>,
}

/// Text and the gap after it. (Cut beforehand: to cut one long text at each writing took half as many instructions again.)
#[derive(Debug, Default)]
struct Piece {
    text: String,
    gap: Option<Gap>,
}

impl Sheet {
    pub(super) fn push(&mut self, text: &str) {
        let part_start = self.ends.last().copied().unwrap_or(0);
        match self.pieces.get_mut(part_start..).and_then(<[Piece]>::last_mut) {
            Some(Piece { text: before, gap: None }) => before.push_str(text),
            _ => self.pieces.push(Piece { text: text.to_owned(), gap: None }),
        }
    }

    pub(super) fn push_gap(&mut self, gap: Gap) {
        self.push("");
        if let Some(piece) = self.pieces.last_mut() {
            piece.gap = Some(gap);
        }
    }

    /// Ends a part.
    pub(super) fn end_part(&mut self) {
        self.ends.push(self.pieces.len());
    }

    /// How many parts there are.
    pub(super) fn parts(&self) -> usize {
        self.ends.len()
    }

    /// The gaps of some parts that follow one another.
    pub(super) fn gaps(&self, parts: Range<usize>) -> impl Iterator<Item = Gap> {
        self.pieces(parts).iter().filter_map(|piece| piece.gap)
    }

    /// Writes some parts that follow one another. `fill` gives what stands in a gap.
    pub(super) fn write<'f>(&self, out: &mut String, parts: Range<usize>, fill: impl Fn(Gap) -> &'f str) {
        for piece in self.pieces(parts) {
            out.push_str(&piece.text);
            if let Some(gap) = piece.gap {
                out.push_str(fill(gap));
            }
        }
    }

    fn pieces(&self, parts: Range<usize>) -> &[Piece] {
        let start =
            |part: usize| part.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.pieces.get(start(parts.start)..start(parts.end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_alone_or_together() {
        let mut sheet = Sheet::default();
        sheet.push("a");
        sheet.push_gap(Gap::Hole(0));
        sheet.push_gap(Gap::Label(1));
        sheet.push("b");
        sheet.end_part();
        sheet.end_part();
        sheet.push_gap(Gap::Hole(2));
        sheet.push("c");
        sheet.end_part();
        let written = |parts| {
            let mut out = String::new();
            sheet.write(&mut out, parts, |gap| match gap {
                Gap::Hole(0) => "0",
                Gap::Hole(_) => "2",
                Gap::Label(_) | Gap::Sorted(_) => "l",
            });
            out
        };
        assert_eq!(
            (written(0..3), written(0..1), written(1..2)),
            ("a0lb2c".into(), "a0lb".into(), String::new())
        );
        assert_eq!(sheet.gaps(1..3).collect::<Vec<_>>(), [Gap::Hole(2)]);
    }
}
