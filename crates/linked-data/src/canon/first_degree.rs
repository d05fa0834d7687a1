//! The hash of a blank node from the quads around it ([section 4.6](https://www.w3.org/TR/rdf-canon/#hash-1d-quads)).

use super::digest::Digest;
use super::{parts, push_line};
use crate::dataset::{Dataset, Quad, TermId};
use crate::options::HashAlgorithm;

/// Which quads mention which blank node: one row of quad numbers per blank node, all rows in one vector.
#[derive(Debug)]
pub(super) struct Mentions {
    /// Where each row ends; it begins where the one before ends.
    ends: Vec<usize>,
    quads: Vec<usize>,
}

impl Mentions {
    pub(super) fn of(dataset: &Dataset) -> Self {
        let mut ends = vec![0_usize; dataset.blank_nodes];
        for quad in &dataset.quads {
            for blank in blanks(quad) {
                if let Some(count) = ends.get_mut(blank) {
                    *count += 1;
                }
            }
        }
        let mut total = 0;
        for end in &mut ends {
            // For now the beginning of the row; filling it moves it to the end.
            let count = std::mem::replace(end, total);
            total += count;
        }
        let mut quads = vec![0; total];
        for (number, quad) in dataset.quads.iter().enumerate() {
            for blank in blanks(quad) {
                if let Some(end) = ends.get_mut(blank)
                    && let Some(slot) = quads.get_mut(*end)
                {
                    *slot = number;
                    *end += 1;
                }
            }
        }
        Self { ends, quads }
    }

    /// The numbers of the quads that mention a blank node.
    pub(super) fn row(&self, blank: usize) -> &[usize] {
        let begin = blank.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(blank).copied().unwrap_or(begin);
        self.quads.get(begin..end).unwrap_or_default()
    }

    /// Whether a blank node stands in any quad at all.
    pub(super) fn has_any(&self, blank: usize) -> bool {
        !self.row(blank).is_empty()
    }
}

/// The blank nodes of a quad, each once.
fn blanks(quad: &Quad) -> impl Iterator<Item = usize> {
    let subject = quad.subject.as_blank();
    let object = quad.object.as_blank().filter(|_| quad.object != quad.subject);
    let graph = quad.graph.as_blank().filter(|_| quad.graph != quad.subject && quad.graph != quad.object);
    [subject, object, graph].into_iter().flatten()
}

pub(super) fn hashes(dataset: &Dataset, mentions: &Mentions, algorithm: HashAlgorithm) -> Vec<Digest> {
    let mut lines: Vec<[&str; 4]> = Vec::new();
    let mut text = String::with_capacity(1_024);
    (0..dataset.blank_nodes)
        .map(|blank| {
            let own = TermId::blank(blank);
            let name = |term: TermId| match term.as_blank() {
                None => dataset.text(term),
                Some(_) if term == own => "_:a",
                Some(_) => "_:z",
            };
            lines.clear();
            lines.extend(
                mentions
                    .row(blank)
                    .iter()
                    .filter_map(|&number| dataset.quads.get(number))
                    .map(|quad| parts(quad, name)),
            );
            lines.sort_unstable();
            text.clear();
            for line in &lines {
                push_line(&mut text, line);
            }
            Digest::of(algorithm, text.as_bytes())
        })
        .collect()
}
