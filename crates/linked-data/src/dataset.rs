//! An RDF dataset: terms kept once, as ready N-Quads text, and quads of their numbers.

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use std::hash::BuildHasher;
use std::ops::Range;

use crate::budget::Meter;
use crate::error::Error;

/// The number of a term. Blank nodes have their own numbers, marked by the highest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TermId(u32);

const BLANK: u32 = 1 << 31;

impl TermId {
    /// The name of the default graph, written as nothing.
    pub(crate) const DEFAULT_GRAPH: Self = Self(0);

    pub(crate) fn blank(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX) | BLANK)
    }

    /// The blank node's number, if it is one.
    pub(crate) fn as_blank(self) -> Option<usize> {
        if self.0 & BLANK == 0 { None } else { usize::try_from(self.0 & !BLANK).ok() }
    }

    fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A quad, in the order in which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Quad {
    pub(crate) subject: TermId,
    pub(crate) predicate: TermId,
    pub(crate) object: TermId,
    pub(crate) graph: TermId,
}

/// An RDF dataset.
#[derive(Debug, Default)]
pub(crate) struct Dataset {
    text: String,
    spans: Vec<Range<usize>>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
    pub(crate) quads: Vec<Quad>,
    /// Blank nodes made so far.
    pub(crate) blank_nodes: usize,
    /// Blank nodes that the input names, by their label (without `_:`).
    pub(crate) labels: HashMap<String, TermId>,
    /// Where a term is put together before it is known to be new.
    scratch: String,
}

impl Dataset {
    pub(crate) fn new() -> Self {
        let mut dataset = Self {
            text: String::with_capacity(8_192),
            spans: Vec::with_capacity(128),
            table: HashTable::with_capacity(192),
            quads: Vec::with_capacity(64),
            ..Self::default()
        };
        // The empty text is the name of the default graph, so its number is 0.
        dataset.intern("");
        dataset
    }

    /// The N-Quads text of a term; blank nodes have none before they are labelled.
    pub(crate) fn text(&self, term: TermId) -> &str {
        self.spans.get(term.index()).and_then(|span| self.text.get(span.clone())).unwrap_or("")
    }

    /// The term of a ready N-Quads text.
    pub(crate) fn intern(&mut self, text: &str) -> TermId {
        let hash = self.hasher.hash_one(text);
        let (spans, all) = (&self.spans, &self.text);
        let same = |&index: &u32| {
            usize::try_from(index)
                .ok()
                .and_then(|index| spans.get(index))
                .and_then(|span| all.get(span.clone()))
                == Some(text)
        };
        if let Some(&index) = self.table.find(hash, same) {
            return TermId(index);
        }
        let start = self.text.len();
        self.text.push_str(text);
        let index = u32::try_from(self.spans.len()).unwrap_or(u32::MAX);
        self.spans.push(start..self.text.len());
        let (spans, all, hasher) = (&self.spans, &self.text, &self.hasher);
        self.table.insert_unique(hash, index, |&index| {
            let span =
                usize::try_from(index).ok().and_then(|index| spans.get(index)).cloned().unwrap_or_default();
            hasher.hash_one(all.get(span).unwrap_or(""))
        });
        TermId(index)
    }

    /// The term of an IRI. The caller has seen that it is well-formed.
    pub(crate) fn iri(&mut self, iri: &str) -> TermId {
        self.put_together(|out| {
            out.push('<');
            out.push_str(iri);
            out.push('>');
        })
    }

    /// A literal of `xsd:string` (no datatype is written) or of another datatype.
    pub(crate) fn literal(&mut self, value: &str, datatype: Option<&str>) -> TermId {
        self.put_together(|out| {
            push_quoted(out, value);
            if let Some(datatype) = datatype {
                out.push_str("^^<");
                out.push_str(datatype);
                out.push('>');
            }
        })
    }

    /// A language-tagged literal.
    pub(crate) fn tagged(&mut self, value: &str, language: &str) -> TermId {
        self.put_together(|out| {
            push_quoted(out, value);
            out.push('@');
            out.push_str(language);
        })
    }

    fn put_together(&mut self, write: impl FnOnce(&mut String)) -> TermId {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        write(&mut scratch);
        let term = self.intern(&scratch);
        self.scratch = scratch;
        term
    }

    /// A new blank node.
    pub(crate) fn new_blank(&mut self, meter: &mut Meter) -> Result<TermId, Error> {
        meter.blank_node()?;
        let term = TermId::blank(self.blank_nodes);
        self.blank_nodes += 1;
        Ok(term)
    }

    /// The blank node that the input calls by this label.
    pub(crate) fn labelled(&mut self, label: &str, meter: &mut Meter) -> Result<TermId, Error> {
        if let Some(&term) = self.labels.get(label) {
            return Ok(term);
        }
        let term = self.new_blank(meter)?;
        self.labels.insert(label.to_owned(), term);
        Ok(term)
    }

    pub(crate) fn push(&mut self, quad: Quad, meter: &mut Meter) -> Result<(), Error> {
        meter.quad()?;
        self.quads.push(quad);
        Ok(())
    }

    /// A dataset is a set: leaves each quad once.
    pub(crate) fn deduplicate(&mut self) {
        self.quads.sort_unstable();
        self.quads.dedup();
    }
}

/// A quoted string in [canonical N-Quads](https://www.w3.org/TR/rdf-canon/#canonical-quads).
fn push_quoted(out: &mut String, value: &str) {
    out.push('"');
    let mut rest = value;
    while let Some(at) = rest.bytes().position(|b| b < b' ' || matches!(b, b'"' | b'\\' | 0x7f)) {
        let Some((before, after)) = rest.split_at_checked(at) else { break };
        out.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\r') => out.push_str("\\r"),
            Some(other) => out.push_str(&format!("\\u{:04X}", u32::from(other))),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_kept_once() {
        let mut dataset = Dataset::new();
        let first = dataset.iri("https://a.example/");
        let many: Vec<TermId> = (0..500).map(|n| dataset.iri(&format!("https://a.example/{n}"))).collect();
        assert_eq!(dataset.iri("https://a.example/"), first);
        assert_eq!(dataset.text(first), "<https://a.example/>");
        assert_eq!(dataset.iri("https://a.example/77"), many[77]);
        assert_eq!(dataset.text(TermId::DEFAULT_GRAPH), "");
    }

    #[test]
    fn literals_are_escaped_as_rdfc_says() {
        let mut dataset = Dataset::new();
        let term = dataset.literal("a\t\u{7}\u{7f}\"\\\r\n\u{8}\u{c}é\u{2028}", None);
        assert_eq!(dataset.text(term), "\"a\\t\\u0007\\u007F\\\"\\\\\\r\\n\\b\\fé\u{2028}\"");
        let typed = dataset.literal("36", Some("https://a.example/float"));
        assert_eq!(dataset.text(typed), "\"36\"^^<https://a.example/float>");
        let tagged = dataset.tagged("hi", "en");
        assert_eq!(dataset.text(tagged), "\"hi\"@en");
    }
}
