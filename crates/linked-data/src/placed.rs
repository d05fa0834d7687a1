//! Quads whose blank nodes are known by where in the document they come from, so that the quads of a part of a document can be found
//! again among those of the whole.

use std::collections::HashMap;

use serde_json::Value;

use crate::canon;
use crate::dataset::{Dataset, Quad, TermId};
use crate::error::Error;
use crate::expand::Expander;
use crate::options::Options;

/// The quads of one document, read as [`canonicalize`](crate::canonicalize) reads it, and what is known of its blank nodes.
///
/// ```
/// use accolade_linked_data::{Options, PlacedQuads};
/// let document = serde_json::json!({"http://schema.org/knows": {"http://schema.org/name": "A"}});
/// let quads = PlacedQuads::read(&document, &Options::default())?;
/// let inner = quads.blank_nodes().find(|node| node.place.ends_with("knows")).unwrap();
/// assert_eq!(inner.canonical, "c14n1");
/// let lines = quads.lines(|node| if node == inner { "in" } else { "out" });
/// assert_eq!(lines, ["_:in <http://schema.org/name> \"A\" .\n", "_:out <http://schema.org/knows> _:in .\n"]);
/// # Ok::<(), accolade_linked_data::Error>(())
/// ```
#[derive(Debug)]
pub struct PlacedQuads {
    dataset: Dataset,
    /// Each once.
    quads: Vec<Quad>,
    /// The place of each blank node.
    places: Vec<String>,
    labels: canon::Labels,
}

/// A blank node of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlankNode<'q> {
    /// Where it comes from: its own label (`_:b0`) if the document gives it one, otherwise a count and the JSON Pointer of the value
    /// that it was made for (`0 /issuer`). Two documents that have the same value at the same place give it the same name.
    pub place: &'q str,
    /// Its canonical label in this document (`c14n0`), without `_:`.
    pub canonical: &'q str,
}

impl PlacedQuads {
    /// Expands a document and labels its blank nodes canonically.
    ///
    /// # Errors
    /// As for [`canonicalize`](crate::canonicalize).
    pub fn read(document: &Value, options: &Options<'_>) -> Result<Self, Error> {
        let ((dataset, pointers), mut processor) = Expander::places(options).run(document)?;
        let settled = dataset.settle();
        let labels = canon::label(&settled, options.hash, &mut processor.meter)?;
        let quads = settled.quads;
        let mut places = names(&pointers);
        for (label, term) in &dataset.labels {
            if let Some(place) = term.as_blank().and_then(|blank| places.get_mut(blank)) {
                *place = format!("_:{label}");
            }
        }
        Ok(Self { dataset, quads, places, labels })
    }

    /// The blank nodes that stand in some quad.
    pub fn blank_nodes(&self) -> impl Iterator<Item = BlankNode<'_>> {
        (0..self.dataset.blank_nodes).filter_map(|blank| self.blank_node(blank))
    }

    /// The quads as lines of N-Quads, each with its line feed, sorted by code point. `label` gives each blank node the label to write,
    /// without `_:`; two nodes of one label become one.
    pub fn lines<'q, L: AsRef<str>>(&'q self, mut label: impl FnMut(BlankNode<'q>) -> L) -> Vec<String> {
        let labels: Vec<Option<L>> =
            (0..self.dataset.blank_nodes).map(|blank| self.blank_node(blank).map(&mut label)).collect();
        let write = |line: &mut String, term: TermId| {
            match term.as_blank() {
                Some(blank) => {
                    line.push_str("_:");
                    line.push_str(labels.get(blank).and_then(Option::as_ref).map_or("", AsRef::as_ref));
                }
                None if term == TermId::DEFAULT_GRAPH => return,
                None => line.push_str(self.dataset.text(term)),
            }
            line.push(' ');
        };
        let line = |quad: &Quad| {
            let mut line = String::new();
            for term in [quad.subject, quad.predicate, quad.object, quad.graph] {
                write(&mut line, term);
            }
            line.push_str(".\n");
            line
        };
        let mut lines: Vec<String> = self.quads.iter().map(line).collect();
        lines.sort_unstable();
        lines
    }

    /// Nothing for a number that no quad mentions: such a node has no canonical label.
    fn blank_node(&self, blank: usize) -> Option<BlankNode<'_>> {
        let canonical = self.labels.get(blank).strip_prefix("_:")?;
        Some(BlankNode { place: self.places.get(blank)?, canonical })
    }
}

/// The places of blank nodes, from the pointers of those that have no label.
fn names(pointers: &[Option<String>]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut names = Vec::with_capacity(pointers.len());
    for pointer in pointers {
        names.push(pointer.as_ref().map_or_else(String::new, |pointer| {
            let count = counts.entry(pointer).or_default();
            *count += 1;
            format!("{} {pointer}", *count - 1)
        }));
    }
    names
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::selection::{Gaps, select};

    fn document() -> Value {
        json!({
            "@context": {
                "@vocab": "urn:v#", "id": "@id", "type": "@type",
                "inside": {"@container": "@graph"},
                "row": {"@container": "@list"},
            },
            "type": "Whole",
            "a": [{"n": 1, "m": 1}, {"n": 1, "m": 2}, {"n": {"deep": true}}],
            "named": {"id": "_:x", "n": {"id": "_:y"}},
            "again": {"id": "_:y", "n": 5},
            "inside": [{"n": 6, "m": 7}, {"n": 8}],
            "row": [{"n": 9}, "text"],
        })
    }

    /// The lines of the parts, by the labels of the whole, are lines of the whole.
    fn part(pointers: &[&str]) -> Vec<String> {
        let whole = PlacedQuads::read(&document(), &Options::default()).unwrap();
        let labels: HashMap<&str, &str> =
            whole.blank_nodes().map(|node| (node.place, node.canonical)).collect();
        let chosen = select(&document(), pointers, Gaps::Null).unwrap();
        let chosen = PlacedQuads::read(&chosen, &Options::default()).unwrap();
        let lines = chosen.lines(|node| labels[node.place]);
        let all = whole.lines(|node| node.canonical);
        assert_eq!(all.concat(), crate::canonicalize(&document(), &Options::default()).unwrap());
        assert!(lines.iter().all(|line| all.contains(line)), "{pointers:?}: {lines:#?}\nof {all:#?}");
        lines
    }

    #[test]
    fn the_quads_of_a_part_are_quads_of_the_whole() {
        assert_eq!(part(&[]).len(), 1);
        assert_eq!(part(&["/a/1/m"]).len(), 3);
        assert_ne!(part(&["/a/0/n"]), part(&["/a/1/n"]));
        assert_eq!(part(&["/a/0/m", "/a/2/n/deep"]).len(), 6);
        assert_eq!(part(&["/named"]).len(), 3);
        assert_eq!(part(&["/named", "/again/n"]).len(), 5);
        assert_eq!(part(&["/inside/1/n"]).len(), 3);
        assert_eq!(part(&["/inside/0/m"]).len(), 3);
        assert_eq!(part(&["/row"]).len(), 7);
        assert_eq!(part(&[""]), {
            let whole = PlacedQuads::read(&document(), &Options::default()).unwrap();
            whole.lines(|node| node.canonical)
        });
    }

    #[test]
    fn a_blank_node_is_called_by_its_label_or_by_its_place() {
        let quads = PlacedQuads::read(&document(), &Options::default()).unwrap();
        let mut places: Vec<&str> = quads.blank_nodes().map(|node| node.place).collect();
        places.sort_unstable();
        let expected = [
            "0 ",
            "0 /a/0",
            "0 /a/1",
            "0 /a/2",
            "0 /a/2/n",
            "0 /inside/0",
            "0 /inside/1",
            "0 /row",
            "0 /row/0",
            "1 /inside/0",
            "1 /inside/1",
            "1 /row",
            "_:x",
            "_:y",
        ];
        assert_eq!(places, expected);
    }

    #[test]
    fn long_names_above_many_blank_nodes_are_paid_for() {
        let many: Vec<Value> = (0..4_000).map(|number| json!({"urn:n": number})).collect();
        let of_length = |length| {
            let document = json!({format!("urn:{}", "x".repeat(length)): many});
            PlacedQuads::read(&document, &Options::default()).map(|quads| quads.blank_nodes().count())
        };
        assert_eq!(of_length(100), Ok(4_001));
        assert_eq!(of_length(100_000), Err(Error::ComplexityLimit { limit: "work" }));
    }

    #[test]
    fn a_part_of_a_list_is_not_a_part_of_its_quads() {
        let whole = PlacedQuads::read(&document(), &Options::default()).unwrap();
        let chosen = select(&document(), &["/row/1"], Gaps::Null).unwrap();
        let chosen = PlacedQuads::read(&chosen, &Options::default()).unwrap();
        let all = whole.lines(|node| node.place);
        assert!(chosen.lines(|node| node.place).iter().any(|line| !all.contains(line)));
    }
}
