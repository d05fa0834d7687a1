//! The JSON text around the holes.

use super::holes::Holes;
use crate::jcs;

/// JSON text cut at its holes.
#[derive(Debug)]
pub(super) struct Template {
    /// A piece of text and the number of the hole after it.
    pieces: Vec<(String, usize)>,
    end: String,
}

impl Template {
    pub(super) fn of(holes: &Holes) -> Self {
        let marks = holes.marks();
        let marked = holes.fill(&marks).unwrap_or_default().to_string();
        // The holes stand in the text in the order of the members, not in that in which they were named.
        let mut cuts: Vec<(usize, usize, usize)> = Vec::with_capacity(marks.len());
        for (hole, mark) in marks.iter().enumerate() {
            if let Some(at) = marked.find(mark.as_str()) {
                cuts.push((at, at + mark.len(), hole));
            }
        }
        cuts.sort_unstable();
        let mut pieces = Vec::with_capacity(cuts.len());
        let mut from = 0;
        for (start, end, hole) in cuts {
            // The quotation marks go with the text, which is written as a whole.
            let piece = marked.get(from..start.saturating_sub(1)).unwrap_or_default();
            pieces.push((piece.to_owned(), hole));
            from = end + 1;
        }
        Self { pieces, end: marked.get(from..).unwrap_or_default().to_owned() }
    }

    /// The text with these texts in the holes; there are as many as holes.
    pub(super) fn fill(&self, texts: &[&str]) -> String {
        let constant: usize = self.pieces.iter().map(|(piece, _)| piece.len() + 2).sum();
        let given: usize = texts.iter().map(|text| text.len()).sum();
        let mut out = String::with_capacity(constant + self.end.len() + given);
        for (piece, hole) in &self.pieces {
            out.push_str(piece);
            jcs::push_string(&mut out, texts.get(*hole).copied().unwrap_or_default());
        }
        out.push_str(&self.end);
        out
    }
}
