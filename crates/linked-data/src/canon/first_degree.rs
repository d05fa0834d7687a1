//! The hash of a blank node from the quads around it ([section 4.6](https://www.w3.org/TR/rdf-canon/#hash-1d-quads)).

use super::digest::Digest;
use super::{parts, push_line};
use crate::dataset::{Quad, Settled, TermId};
use crate::options::HashAlgorithm;
use crate::rows::Rows;

/// Which quads (by their numbers) mention which blank node: one row for each blank node.
pub(super) fn mentions(dataset: &Settled<'_>) -> Rows<usize> {
    Rows::of(dataset.blank_nodes, |put| {
        for (number, quad) in dataset.quads.iter().enumerate() {
            let Quad { subject, object, graph, .. } = *quad;
            // Each once.
            for (blank, is_new) in
                [(subject, true), (object, object != subject), (graph, graph != subject && graph != object)]
            {
                if let Some(blank) = blank.as_blank().filter(|_| is_new) {
                    put(blank, number);
                }
            }
        }
    })
}

pub(super) fn hashes(dataset: &Settled<'_>, mentions: &Rows<usize>, algorithm: HashAlgorithm) -> Vec<Digest> {
    let mut lines: Vec<[&str; 4]> = Vec::new();
    let mut data = String::with_capacity(1_024);
    (0..dataset.blank_nodes)
        .map(|blank| {
            let own = TermId::blank(blank);
            let name = |term: TermId| match term.is_blank() {
                false => dataset.texts.get(term),
                true if term == own => "_:a",
                true => "_:z",
            };
            lines.clear();
            lines.extend(
                mentions
                    .row(blank)
                    .iter()
                    .filter_map(|&number| dataset.quads.get(number))
                    .map(|quad| parts(quad, name)),
            );
            // The quads are sorted but for their labels, so there is next to nothing left to do here.
            lines.sort_unstable();
            data.clear();
            for line in &lines {
                push_line(&mut data, line);
            }
            Digest::of(algorithm, data.as_bytes())
        })
        .collect()
}
