//! [RDFC-1.0](https://www.w3.org/TR/rdf-canon/): labels for blank nodes that depend on the data alone, and the sorted text.

mod digest;
mod first_degree;
mod n_degree;

use std::fmt::Write;

use crate::budget::Meter;
use crate::dataset::{Dataset, Quad, TermId};
use crate::error::Error;
use crate::options::HashAlgorithm;
use digest::Digest;
use first_degree::Mentions;
use n_degree::{Issuer, Search};

/// The canonical label of every blank node of a dataset, as text (`_:c14n0`).
#[derive(Debug)]
pub(crate) struct Labels {
    labels: Vec<String>,
}

impl Labels {
    pub(crate) fn get(&self, blank: usize) -> &str {
        self.labels.get(blank).map_or("", String::as_str)
    }
}

/// Finds the canonical labels ([section 4.4](https://www.w3.org/TR/rdf-canon/#canon-algorithm)). The dataset holds each quad once.
pub(crate) fn label(dataset: &Dataset, algorithm: HashAlgorithm, meter: &mut Meter) -> Result<Labels, Error> {
    let mentions = Mentions::of(dataset);
    let first = first_degree::hashes(dataset, &mentions, algorithm);
    let mut by_hash: Vec<(Digest, usize)> =
        first.iter().copied().zip(0..).filter(|&(_, blank)| mentions.has_any(blank)).collect();
    by_hash.sort_unstable();
    let mut search = Search {
        dataset,
        mentions: &mentions,
        first: &first,
        algorithm,
        meter,
        canonical: Issuer::canonical(dataset.blank_nodes),
    };
    for group in by_hash.chunk_by(|a, b| a.0 == b.0) {
        if let [(_, blank)] = group {
            search.canonical.issue(*blank);
        }
    }
    for group in by_hash.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        search.label_group(group.iter().map(|&(_, blank)| blank))?;
    }
    let mut labels = vec![String::new(); dataset.blank_nodes];
    for (number, &blank) in search.canonical.order().iter().enumerate() {
        if let Some(label) = labels.get_mut(blank) {
            let _ = write!(label, "_:c14n{number}");
        }
    }
    Ok(Labels { labels })
}

/// The canonical N-Quads: labelled, sorted by code point, one quad on a line.
pub(crate) fn write(dataset: &Dataset, labels: &Labels) -> String {
    let text = |term: TermId| term.as_blank().map_or_else(|| dataset.text(term), |blank| labels.get(blank));
    let mut lines: Vec<[&str; 4]> = dataset.quads.iter().map(|quad| parts(quad, text)).collect();
    // No term is the beginning of another that goes on with less than a space, so terms sort as the lines do.
    lines.sort_unstable();
    let length = lines.iter().flatten().map(|term| term.len() + 1).sum::<usize>() + 2 * lines.len();
    let mut out = String::with_capacity(length);
    for line in &lines {
        push_line(&mut out, line);
    }
    out
}

/// The four texts of a quad; the default graph is the empty text.
fn parts<'d>(quad: &Quad, text: impl Fn(TermId) -> &'d str) -> [&'d str; 4] {
    [text(quad.subject), text(quad.predicate), text(quad.object), text(quad.graph)]
}

fn push_line(out: &mut String, [subject, predicate, object, graph]: &[&str; 4]) {
    for term in [subject, predicate, object, graph] {
        if !term.is_empty() {
            out.push_str(term);
            out.push(' ');
        }
    }
    out.push_str(".\n");
}
