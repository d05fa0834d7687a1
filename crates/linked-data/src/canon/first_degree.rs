//! The hash of a blank node from the quads around it ([section 4.6](https://www.w3.org/TR/rdf-canon/#hash-1d-quads)).

use super::digest::Digest;
use super::{parts, push_line};
use crate::dataset::{Dataset, Quad, TermId, Texts};
use crate::options::HashAlgorithm;
use crate::rows::Rows;

/// Which quads (by their numbers) mention which blank node: one row for each blank node.
pub(super) fn mentions(dataset: &Dataset) -> Rows<usize> {
    let quads = dataset.quads.iter().enumerate();
    Rows::of(
        dataset.blank_nodes,
        quads.flat_map(|(number, quad)| blanks(quad).map(move |blank| (blank, number))),
    )
}

/// The blank nodes of a quad, each once.
fn blanks(quad: &Quad) -> impl Iterator<Item = usize> + Clone {
    let subject = quad.subject.as_blank();
    let object = quad.object.as_blank().filter(|_| quad.object != quad.subject);
    let graph = quad.graph.as_blank().filter(|_| quad.graph != quad.subject && quad.graph != quad.object);
    [subject, object, graph].into_iter().flatten()
}

pub(super) fn hashes(
    dataset: &Dataset,
    texts: &Texts<'_>,
    mentions: &Rows<usize>,
    algorithm: HashAlgorithm,
) -> Vec<Digest> {
    let mut lines: Vec<[&str; 4]> = Vec::new();
    let mut data = String::with_capacity(1_024);
    (0..dataset.blank_nodes)
        .map(|blank| {
            let own = TermId::blank(blank);
            let name = |term: TermId| match term.is_blank() {
                false => texts.get(term),
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
