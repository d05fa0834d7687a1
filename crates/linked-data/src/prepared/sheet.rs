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
    text: String,
    /// Each before the byte of this number.
    gaps: Vec<(usize, Gap)>,
    /// Where each part ends in `text` and in `gaps`; it begins where the one before ends.
    ends: Vec<(usize, usize)>,
}

impl Sheet {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn push_gap(&mut self, gap: Gap) {
        self.gaps.push((self.text.len(), gap));
    }

    /// Ends a part. Parts should end with text, so that a gap belongs to one of them.
    pub(super) fn end_part(&mut self) {
        self.ends.push((self.text.len(), self.gaps.len()));
    }

    /// How many parts there are.
    pub(super) fn parts(&self) -> usize {
        self.ends.len()
    }

    /// The gaps of some parts that follow one another.
    pub(super) fn gaps(&self, parts: Range<usize>) -> impl Iterator<Item = Gap> {
        let ((_, start), (_, end)) = (self.start(parts.start), self.start(parts.end));
        self.gaps.get(start..end).unwrap_or_default().iter().map(|&(_, gap)| gap)
    }

    /// Writes some parts that follow one another. `fill` gives what stands in a gap.
    pub(super) fn write<'f>(&self, out: &mut String, parts: Range<usize>, fill: impl Fn(Gap) -> &'f str) {
        let ((mut at, first), (end, last)) = (self.start(parts.start), self.start(parts.end));
        for &(gap_at, gap) in self.gaps.get(first..last).unwrap_or_default() {
            out.push_str(self.text.get(at..gap_at).unwrap_or_default());
            out.push_str(fill(gap));
            at = gap_at;
        }
        out.push_str(self.text.get(at..end).unwrap_or_default());
    }

    fn start(&self, part: usize) -> (usize, usize) {
        part.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default()
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
