//! An RDF dataset: terms as ready N-Quads text, one after the other in one string, and quads of their numbers.
//!
//! Nothing is looked up while a document is walked. The same text may stand in it twice, under two numbers; [`Dataset::settle`]
//! finds that out when it sorts the quads, which has to be done anyway. (The hash table of all terms that was here took a tenth of the time.)

mod settled;

use std::cell::RefCell;

use hashbrown::HashMap;

use crate::budget::Meter;
use crate::error::Error;
use crate::number;

pub(crate) use settled::Settled;

/// The number of a term. Blank nodes have their own numbers, marked by the highest bit.
///
/// Equal numbers are equal terms; different numbers may still be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        if self.is_blank() { usize::try_from(self.0 & !BLANK).ok() } else { None }
    }

    pub(crate) fn is_blank(self) -> bool {
        self.0 & BLANK != 0
    }

    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A quad, in the order in which it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Quad {
    pub(crate) subject: TermId,
    pub(crate) predicate: TermId,
    pub(crate) object: TermId,
    pub(crate) graph: TermId,
}

/// An RDF dataset.
#[derive(Debug)]
pub(crate) struct Dataset {
    /// The texts of all terms.
    text: String,
    /// Where the text of each term ends; it begins where the one before ends.
    ends: Vec<usize>,
    /// As they came.
    pub(crate) quads: Vec<Quad>,
    /// Blank nodes made so far.
    pub(crate) blank_nodes: usize,
    /// Blank nodes that the input names, by their label (without `_:`).
    pub(crate) labels: HashMap<String, TermId>,
}

/// The memory of a dataset, kept from one to the next: a small document spent a twentieth of its time on asking for it.
type Memory = (String, Vec<usize>, Vec<Quad>);

/// Memory larger than this is given back to the system, so that one huge document is not paid for ever after: bytes of text, and
/// terms or quads.
const MOST_KEPT: (usize, usize) = (1 << 18, 1 << 14);

thread_local! {
    static KEPT: RefCell<Memory> = const { RefCell::new((String::new(), Vec::new(), Vec::new())) };
}

impl Drop for Dataset {
    fn drop(&mut self) {
        let (bytes, items) = MOST_KEPT;
        if self.text.capacity() > bytes || self.ends.capacity() > items || self.quads.capacity() > items {
            return;
        }
        let memory =
            (std::mem::take(&mut self.text), std::mem::take(&mut self.ends), std::mem::take(&mut self.quads));
        // While a thread ends there may be nothing left to keep it in.
        let _ = KEPT.try_with(|kept| kept.replace(memory));
    }
}

impl Dataset {
    pub(crate) fn new() -> Self {
        let (mut text, mut ends, mut quads) = KEPT.try_with(RefCell::take).unwrap_or_default();
        text.clear();
        ends.clear();
        quads.clear();
        // The empty text is the name of the default graph, so its number is 0.
        ends.push(0);
        Self { text, ends, quads, blank_nodes: 0, labels: HashMap::new() }
    }

    /// The N-Quads text of a term; blank nodes have none before they are labelled.
    pub(crate) fn text(&self, term: TermId) -> &str {
        let index = term.index();
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(index).and_then(|&end| self.text.get(start..end)).unwrap_or("")
    }

    /// The term whose text has just been written.
    fn written(&mut self) -> TermId {
        let term = TermId(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        self.ends.push(self.text.len());
        term
    }

    /// The term of an IRI. The caller has seen that it is well-formed.
    pub(crate) fn iri(&mut self, iri: &str) -> TermId {
        self.text.push('<');
        self.text.push_str(iri);
        self.text.push('>');
        self.written()
    }

    /// The term of an IRI as it is written, in angle brackets.
    pub(crate) fn written_iri(&mut self, written: &str) -> TermId {
        self.text.push_str(written);
        self.written()
    }

    /// A literal of `xsd:string` (no datatype is written) or of another datatype.
    pub(crate) fn literal(&mut self, value: &str, datatype: Option<&str>) -> TermId {
        push_quoted(&mut self.text, value);
        if let Some(datatype) = datatype {
            self.text.push_str("^^<");
            self.text.push_str(datatype);
            self.text.push('>');
        }
        self.written()
    }

    /// A language-tagged literal.
    pub(crate) fn tagged(&mut self, value: &str, language: &str) -> TermId {
        push_quoted(&mut self.text, value);
        self.text.push('@');
        self.text.push_str(language);
        self.written()
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
}

/// A quoted string in [canonical N-Quads](https://www.w3.org/TR/rdf-canon/#canonical-quads).
pub(crate) fn push_quoted(out: &mut String, value: &str) {
    let is_special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f);
    out.push('"');
    let mut rest = value;
    // To look for any special character without stopping takes vector instructions, and mostly there is none.
    let any = value.bytes().fold(false, |any, byte| any | is_special(byte));
    while any && let Some(at) = rest.bytes().position(is_special) {
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
            Some(other) => {
                out.push_str("\\u00");
                number::push_hex_upper(out, u8::try_from(other).unwrap_or(0));
            }
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
    fn a_term_has_the_text_it_was_made_with() {
        let mut dataset = Dataset::new();
        let many: Vec<TermId> = (0..500).map(|n| dataset.iri(&format!("https://a.example/{n}"))).collect();
        assert_eq!(dataset.text(many[77]), "<https://a.example/77>");
        assert_eq!(dataset.settle().texts.get(many[77]), "<https://a.example/77>");
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
