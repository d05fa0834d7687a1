//! [RDFC-1.0](https://www.w3.org/TR/rdf-canon/): labels for blank nodes that depend on the data alone, and the sorted text.

mod digest;
mod first_degree;
mod n_degree;

use crate::budget::Meter;
use crate::dataset::{Dataset, Quad, Settled, TermId};
use crate::error::Error;
use crate::number;
use crate::options::HashAlgorithm;
use n_degree::{Issuer, Search};

pub(crate) use digest::Digest;

/// The canonical label of every blank node of a dataset, as text (`_:c14n0`).
#[derive(Debug, Default)]
pub(crate) struct Labels {
    text: String,
    /// For each blank node where its label begins and ends. One that stands in no quad has none.
    places: Vec<(usize, usize)>,
}

impl Labels {
    /// The labels of blank nodes in the order in which they were given.
    fn of(order: &[usize], blank_nodes: usize) -> Self {
        let mut labels = Self {
            text: String::with_capacity(order.len() * "_:c14n000".len()),
            places: vec![(0, 0); blank_nodes],
        };
        for (number, &blank) in (0..).zip(order) {
            let start = labels.text.len();
            labels.text.push_str("_:c14n");
            number::push_integer(&mut labels.text, number, false);
            if let Some(place) = labels.places.get_mut(blank) {
                *place = (start, labels.text.len());
            }
        }
        labels
    }

    pub(crate) fn get(&self, blank: usize) -> &str {
        self.places.get(blank).and_then(|&(start, end)| self.text.get(start..end)).unwrap_or("")
    }
}

/// Labels the blank nodes of a dataset and writes its canonical N-Quads.
pub(crate) fn canonicalize(
    out: &mut String,
    dataset: &Dataset,
    algorithm: HashAlgorithm,
    meter: &mut Meter,
) -> Result<Labels, Error> {
    let settled = dataset.settle();
    let labels = label(&settled, algorithm, meter)?;
    write(out, &settled, &labels);
    Ok(labels)
}

/// The hash of each blank node from the quads that mention it; nothing for one that no quad mentions.
pub(crate) fn first_degree_hashes(dataset: &Settled<'_>, algorithm: HashAlgorithm) -> Vec<Option<Digest>> {
    let mentions = first_degree::mentions(dataset);
    let hashes = first_degree::hashes(dataset, &mentions, algorithm);
    hashes
        .into_iter()
        .zip(0..)
        .map(|(hash, blank)| (!mentions.row(blank).is_empty()).then_some(hash))
        .collect()
}

/// Finds the canonical labels ([section 4.4](https://www.w3.org/TR/rdf-canon/#canon-algorithm)) of a dataset.
pub(crate) fn label(
    dataset: &Settled<'_>,
    algorithm: HashAlgorithm,
    meter: &mut Meter,
) -> Result<Labels, Error> {
    meter.written(dataset.quads.len(), dataset.text_length, || {
        let length = |term: TermId| dataset.texts.get(term).len();
        let quad = |quad: &Quad| {
            length(quad.subject) + length(quad.predicate) + length(quad.object) + length(quad.graph)
        };
        dataset.quads.iter().map(quad).sum()
    })?;
    if dataset.blank_nodes == 0 {
        return Ok(Labels::default());
    }
    let mentions = first_degree::mentions(dataset);
    let first = first_degree::hashes(dataset, &mentions, algorithm);
    let mut by_hash: Vec<(Digest, usize)> =
        first.iter().copied().zip(0..).filter(|&(_, blank)| !mentions.row(blank).is_empty()).collect();
    by_hash.sort_unstable();
    let canonical = Issuer::canonical(dataset.blank_nodes);
    let mut search = Search { dataset, mentions: &mentions, first: &first, algorithm, meter, canonical };
    for group in by_hash.chunk_by(|a, b| a.0 == b.0) {
        if let [(_, blank)] = group {
            search.canonical.issue(*blank);
        }
    }
    for group in by_hash.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        search.label_group(group.iter().map(|&(_, blank)| blank))?;
    }
    Ok(Labels::of(search.canonical.order(), dataset.blank_nodes))
}

/// Writes the canonical N-Quads: labelled, sorted by code point, one quad on a line.
///
/// Sorted already is everything but the labels: the subjects that are blank nodes (which come last) and, within a subject, quads that
/// end in blank nodes.
fn write(out: &mut String, dataset: &Settled<'_>, labels: &Labels) {
    let text =
        |term: TermId| term.as_blank().map_or_else(|| dataset.texts.get(term), |blank| labels.get(blank));
    let blank_subjects = dataset.quads.partition_point(|quad| !quad.subject.is_blank());
    let (named, blank) = dataset.quads.split_at_checked(blank_subjects).unwrap_or_default();
    let mut nodes: Vec<&[Quad]> = blank.chunk_by(|a, b| a.subject == b.subject).collect();
    nodes.sort_unstable_by_key(|quads| quads.first().map(|quad| text(quad.subject)));
    let needs_labels = |quad: &Quad| quad.object.is_blank() || quad.graph.is_blank();
    let mut lines: Vec<[&str; 4]> = Vec::new();
    for quads in std::iter::once(named).chain(nodes) {
        for run in quads.chunk_by(|a, b| needs_labels(a) && needs_labels(b)) {
            if let [quad] = run {
                push_line(out, &parts(quad, text));
                continue;
            }
            lines.clear();
            lines.extend(run.iter().map(|quad| parts(quad, text)));
            // No term is the beginning of another that goes on with less than a space, so terms sort as the lines do.
            lines.sort_unstable();
            lines.iter().for_each(|line| push_line(out, line));
        }
    }
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
