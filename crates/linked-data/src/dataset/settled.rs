//! The quads of a dataset in order.

use std::cmp::Ordering;

use super::{Dataset, Quad, TermId};
use crate::rows::Rows;

impl Dataset {
    /// The texts of all terms, by their numbers.
    fn texts(&self) -> Texts<'_> {
        let mut start = 0;
        let text = |&end: &usize| {
            let text = self.text.get(start..end).unwrap_or("");
            start = end;
            text
        };
        Texts(self.ends.iter().map(text).collect())
    }

    /// Sorts the quads as they are written, as far as that can be told before blank nodes have labels, and leaves each once.
    ///
    /// Blank nodes come after everything else, which is where their labels will put them, among themselves by number.
    pub(crate) fn settle(&self) -> Settled<'_> {
        let texts = self.texts();
        // Subjects are few: to sort them, part the quads by them and sort each part takes half the comparisons, over shorter texts.
        let ranks = Ranks::of(&self.quads, &texts, self.blank_nodes);
        let mut rows = Rows::of(ranks.count, |put| {
            self.quads.iter().for_each(|quad| put(ranks.of_subject(quad), *quad));
        });
        for row in rows.iter_mut() {
            row.sort_unstable_by(|a, b| texts.compare_after_subject(a, b));
        }
        let mut quads = rows.into_items();
        quads.dedup_by(|b, a| {
            ranks.of_subject(a) == ranks.of_subject(b) && texts.compare_after_subject(a, b).is_eq()
        });
        Settled { texts, text_length: self.text.len(), quads, blank_nodes: self.blank_nodes }
    }
}

/// A dataset with its quads in order.
pub(crate) struct Settled<'d> {
    pub(crate) texts: Texts<'d>,
    /// Bytes of all texts together.
    pub(crate) text_length: usize,
    pub(crate) quads: Vec<Quad>,
    /// How many blank nodes there are, also such as stand in no quad.
    pub(crate) blank_nodes: usize,
}

/// The texts of terms, by their numbers.
pub(crate) struct Texts<'d>(Vec<&'d str>);

impl<'d> Texts<'d> {
    pub(crate) fn get(&self, term: TermId) -> &'d str {
        self.0.get(term.index()).copied().unwrap_or("")
    }

    fn compare_after_subject(&self, a: &Quad, b: &Quad) -> Ordering {
        self.compare(a.predicate, b.predicate)
            .then_with(|| self.compare(a.object, b.object))
            .then_with(|| self.compare(a.graph, b.graph))
    }

    /// The order of two terms before labels: `"` comes before `<`, and that before the `_` of blank nodes.
    fn compare(&self, a: TermId, b: TermId) -> Ordering {
        if a == b {
            Ordering::Equal
        } else if a.is_blank() || b.is_blank() {
            a.cmp(&b)
        } else {
            self.get(a).cmp(self.get(b))
        }
    }
}

/// The places of the subjects of a dataset in their order.
struct Ranks {
    /// By the number of the term; equal terms have equal ranks.
    iris: Vec<usize>,
    /// The rank of the first blank node.
    blank: usize,
    count: usize,
}

impl Ranks {
    fn of(quads: &[Quad], texts: &Texts<'_>, blank_nodes: usize) -> Self {
        let mut iris = vec![usize::MAX; texts.0.len()];
        let mut subjects = Vec::new();
        for quad in quads {
            if let Some(rank) = iris.get_mut(quad.subject.index())
                && *rank == usize::MAX
            {
                *rank = 0;
                subjects.push((texts.get(quad.subject), quad.subject));
            }
        }
        subjects.sort_unstable();
        let mut blank = 0;
        for same in subjects.chunk_by(|a, b| a.0 == b.0) {
            for (_, subject) in same {
                if let Some(rank) = iris.get_mut(subject.index()) {
                    *rank = blank;
                }
            }
            blank += 1;
        }
        Self { iris, blank, count: blank + blank_nodes }
    }

    fn of_subject(&self, quad: &Quad) -> usize {
        match quad.subject.as_blank() {
            Some(number) => self.blank + number,
            None => self.iris.get(quad.subject.index()).copied().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{Budget, Meter};

    #[test]
    fn equal_quads_are_one_under_whatever_numbers() {
        let mut dataset = Dataset::new();
        let mut meter = Meter::new(Budget::default());
        let blank = dataset.new_blank(&mut meter).unwrap();
        for _ in 0..3 {
            for text in ["urn:b", "urn:a"] {
                let (subject, predicate) = (dataset.iri(text), dataset.iri("urn:p"));
                let graph = TermId::DEFAULT_GRAPH;
                for object in [dataset.literal("x", None), blank, subject] {
                    dataset.push(Quad { subject, predicate, object, graph }, &mut meter).unwrap();
                }
            }
        }
        let Settled { texts, quads, .. } = dataset.settle();
        let lines: Vec<[&str; 2]> =
            quads.iter().map(|quad| [texts.get(quad.subject), texts.get(quad.object)]).collect();
        let (a, b) = ("<urn:a>", "<urn:b>");
        assert_eq!(lines, [[a, "\"x\""], [a, a], [a, ""], [b, "\"x\""], [b, b], [b, ""]]);
    }
}
