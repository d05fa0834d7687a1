//! A document as the statements that are signed apart, and which of them some pointers choose
//! ([canonicalize and group](https://www.w3.org/TR/vc-di-ecdsa/#canonicalizeandgroup)).
//!
//! The standard gives every blank node a name by expanding the document, naming, and compacting it again, and then chooses from the result.
//! Here the nodes are known by their place in the document as it is ([`PlacedQuads`]), so nothing is rewritten: contexts inside the
//! document keep their meaning, and graphs without a name can be chosen from as well.

use std::collections::HashMap;

use accolade_linked_data::{Gaps, Options, PlacedQuads, select};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::SelectiveError;
use super::proof_value::Label;
use crate::base64url;
use crate::data_integrity::ProofError;

/// All statements of a document, in their order.
pub(super) struct Statements {
    /// Lines of N-Quads, sorted, blank nodes called by their label.
    pub(super) lines: Vec<String>,
    /// The label of each blank node, by its place.
    labels: HashMap<String, Label>,
}

/// What some pointers choose.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The chosen statements among all, ascending.
    pub(super) indexes: Vec<usize>,
    /// The label of each blank node, by the number of the canonical label that it has in this part alone.
    pub(super) labels: Vec<Label>,
    /// The canonical N-Quads of this part alone.
    pub(super) canonical: String,
}

impl Statements {
    pub(super) fn read(
        document: &Value,
        hmac_key: &[u8; 32],
        reading: &Options<'_>,
    ) -> Result<Self, ProofError> {
        let quads = PlacedQuads::read(document, reading).map_err(ProofError::of("document"))?;
        let labels: HashMap<String, Label> = quads
            .blank_nodes()
            .map(|node| (node.place.to_owned(), label(hmac_key, node.canonical)))
            .collect();
        let lines = quads.lines(|node| labels.get(node.place).map(text_of).unwrap_or_default());
        Ok(Self { lines, labels })
    }

    /// The statements that the pointers choose; no pointers choose nothing.
    pub(super) fn chosen<P: AsRef<str>>(
        &self,
        document: &Value,
        pointers: &[P],
        reading: &Options<'_>,
    ) -> Result<Part, ProofError> {
        if pointers.is_empty() {
            return Ok(Part::default());
        }
        self.part(document, pointers, reading)
    }

    /// The document as its own statements call it: an IRI or a blank node. Nothing if it has no type, as a credential has.
    pub(super) fn root(&self, document: &Value, reading: &Options<'_>) -> Result<Option<&str>, ProofError> {
        let own_types = self.part::<&str>(document, &[], reading)?.indexes;
        Ok(own_types.first().and_then(|index| self.lines.get(*index)).and_then(|line| line.split(' ').next()))
    }

    fn part<P: AsRef<str>>(
        &self,
        document: &Value,
        pointers: &[P],
        reading: &Options<'_>,
    ) -> Result<Part, ProofError> {
        let part = select(document, pointers, Gaps::Null).map_err(SelectiveError::Pointer)?;
        // The whole has been read already, so what is wrong here is wrong with the choice.
        let part = PlacedQuads::read(&part, reading).map_err(|_| SelectiveError::CutApart)?;
        let label = |place: &str| self.labels.get(place);
        let mut labels: Vec<(usize, Label)> = part
            .blank_nodes()
            .map(|node| Some((number(node.canonical)?, *label(node.place)?)))
            .collect::<Option<_>>()
            .ok_or(SelectiveError::CutApart)?;
        labels.sort_unstable_by_key(|(number, _)| *number);
        let lines = part.lines(|node| label(node.place).map(text_of).unwrap_or_default());
        let indexes = lines
            .iter()
            .map(|line| self.lines.binary_search(line))
            .collect::<Result<_, _>>()
            .map_err(|_| SelectiveError::CutApart)?;
        let canonical = part.lines(|node| node.canonical).concat();
        Ok(Part { indexes, labels: labels.into_iter().map(|(_, label)| label).collect(), canonical })
    }
}

/// The statements of a document whose blank nodes bear the labels given, in the order of their canonical numbers.
pub(super) fn relabelled(
    document: &Value,
    labels: &[Label],
    reading: &Options<'_>,
) -> Result<Vec<String>, ProofError> {
    let quads = PlacedQuads::read(document, reading).map_err(ProofError::of("document"))?;
    if quads.blank_nodes().count() != labels.len() {
        return Err(SelectiveError::LabelMap("it has more or fewer labels than there are blank nodes").into());
    }
    let label = |canonical| number(canonical).and_then(|number| labels.get(number));
    Ok(quads.lines(|node| label(node.canonical).map(text_of).unwrap_or_default()))
}

/// Parts lines by sorted indexes: those at an index, and all others, both in order.
pub(super) fn parted<'l>(lines: &'l [String], indexes: &[usize]) -> (Vec<&'l str>, Vec<&'l str>) {
    let mut indexes = indexes.iter().copied().peekable();
    let mut parts = (Vec::new(), Vec::new());
    for (index, line) in lines.iter().enumerate() {
        if indexes.next_if_eq(&index).is_some() {
            parts.0.push(line.as_str());
        } else {
            parts.1.push(line.as_str());
        }
    }
    parts
}

/// SHA-256 of the lines in a row.
pub(super) fn hash(lines: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    lines.iter().for_each(|line| hash.update(line));
    hash.finalize().into()
}

/// The label that an HMAC makes of a canonical one.
fn label(key: &[u8; 32], canonical: &str) -> Label {
    // HMAC takes keys of any length, so there is no other case.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mut mac| {
            mac.update(canonical.as_bytes());
            mac.finalize().into_bytes().into()
        })
        .unwrap_or_default()
}

/// As it is written in a statement: the leading letter makes it a blank node label whatever the digits.
fn text_of(label: &Label) -> String {
    let mut text = String::from("u");
    base64url::encode_onto(label, &mut text);
    text
}

/// 7 of `c14n7`.
fn number(canonical: &str) -> Option<usize> {
    canonical.strip_prefix("c14n")?.parse().ok()
}
