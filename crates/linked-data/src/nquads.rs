//! RDF that is already there: reading [N-Quads](https://www.w3.org/TR/n-quads/) and canonicalising it.

use std::collections::BTreeMap;

use thiserror::Error as ThisError;

use crate::budget::{Budget, Meter};
use crate::canon;
use crate::dataset::{Dataset, Quad, TermId};
use crate::error::Error;
use crate::iri;
use crate::options::HashAlgorithm;

/// A canonicalised dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Canonical {
    /// The canonical N-Quads.
    pub text: String,
    /// The canonical label (`c14n0`) of each blank node of the input, by its label there, both without `_:`.
    pub labels: BTreeMap<String, String>,
}

/// Why N-Quads could not be canonicalised.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum NQuadsError {
    /// A line is not a quad.
    #[error("line {line} is not N-Quads: {what}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What was expected.
        what: &'static str,
    },
    /// The dataset costs too much.
    #[error(transparent)]
    Refused(#[from] Error),
}

/// Canonicalises a dataset given as N-Quads, by [RDFC-1.0](https://www.w3.org/TR/rdf-canon/).
///
/// ```
/// use accolade_linked_data::{Budget, HashAlgorithm, canonicalize_nquads};
/// let input = "_:x <https://schema.org/name> \"A\" .\n";
/// let canonical = canonicalize_nquads(input, HashAlgorithm::Sha256, Budget::default())?;
/// assert_eq!(canonical.text, "_:c14n0 <https://schema.org/name> \"A\" .\n");
/// assert_eq!(canonical.labels["x"], "c14n0");
/// # Ok::<(), accolade_linked_data::NQuadsError>(())
/// ```
///
/// # Errors
/// If the text is not N-Quads, or the dataset goes past the budget.
pub fn canonicalize_nquads(
    input: &str,
    algorithm: HashAlgorithm,
    budget: Budget,
) -> Result<Canonical, NQuadsError> {
    let mut meter = Meter::new(budget);
    let mut dataset = Dataset::new();
    for (number, line) in input.lines().enumerate() {
        let mut reader = Line { rest: line, number: number + 1 };
        reader.quad(&mut dataset, &mut meter)?;
    }
    let mut text = String::new();
    let labels = canon::canonicalize(&mut text, &dataset, algorithm, &mut meter)?;
    let named = dataset.labels.iter().filter_map(|(label, term)| {
        let canonical = labels.get(term.as_blank()?).strip_prefix("_:")?;
        Some((label.clone(), canonical.to_owned()))
    });
    Ok(Canonical { labels: named.collect(), text })
}

/// What is left of one line.
struct Line<'l> {
    rest: &'l str,
    number: usize,
}

impl<'l> Line<'l> {
    fn quad(&mut self, dataset: &mut Dataset, meter: &mut Meter) -> Result<(), NQuadsError> {
        self.skip_space();
        if self.rest.is_empty() || self.rest.starts_with('#') {
            return Ok(());
        }
        let subject = self.resource(dataset, meter)?;
        let predicate = self.iri(dataset)?;
        let object =
            if self.rest.starts_with('"') { self.literal(dataset)? } else { self.resource(dataset, meter)? };
        let graph =
            if self.rest.starts_with('.') { TermId::DEFAULT_GRAPH } else { self.resource(dataset, meter)? };
        self.expect(".", "a full stop")?;
        self.skip_space();
        if !(self.rest.is_empty() || self.rest.starts_with('#')) {
            return Err(self.wrong("the end of the line"));
        }
        Ok(dataset.push(Quad { subject, predicate, object, graph }, meter)?)
    }

    fn resource(&mut self, dataset: &mut Dataset, meter: &mut Meter) -> Result<TermId, NQuadsError> {
        let Some(label) = self.rest.strip_prefix("_:") else { return self.iri(dataset) };
        let is_label = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '·' | ':');
        let end = label.find(|c| !is_label(c)).unwrap_or(label.len());
        // A full stop at the end belongs to the quad.
        let name = label.get(..end).unwrap_or("").trim_end_matches('.');
        if name.is_empty() {
            return Err(self.wrong("the label of a blank node"));
        }
        self.rest = label.get(name.len()..).unwrap_or("");
        self.skip_space();
        Ok(dataset.labelled(name, meter)?)
    }

    fn iri(&mut self, dataset: &mut Dataset) -> Result<TermId, NQuadsError> {
        let text = self.iri_text()?;
        self.skip_space();
        Ok(dataset.iri(&text))
    }

    fn iri_text(&mut self) -> Result<String, NQuadsError> {
        self.expect("<", "an IRI in angle brackets")?;
        let (inside, rest) = self.rest.split_once('>').ok_or_else(|| self.wrong("the end of an IRI"))?;
        self.rest = rest;
        let text = unescape(inside).ok_or_else(|| self.wrong("an IRI without broken escapes"))?;
        if iri::is_well_formed(&text) { Ok(text) } else { Err(self.wrong("an absolute IRI")) }
    }

    fn literal(&mut self, dataset: &mut Dataset) -> Result<TermId, NQuadsError> {
        self.expect("\"", "a literal")?;
        let mut escaped = false;
        let end = self.rest.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let (inside, rest) = end
            .and_then(|end| self.rest.split_at_checked(end))
            .ok_or_else(|| self.wrong("the end of a literal"))?;
        let text = unescape(inside).ok_or_else(|| self.wrong("a literal without broken escapes"))?;
        self.rest = rest.strip_prefix('"').unwrap_or(rest);
        let term = if let Some(rest) = self.rest.strip_prefix("^^") {
            self.rest = rest;
            let datatype = self.iri_text()?;
            dataset.literal(
                &text,
                Some(datatype.as_str())
                    .filter(|datatype| *datatype != "http://www.w3.org/2001/XMLSchema#string"),
            )
        } else if let Some(rest) = self.rest.strip_prefix('@') {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
            let (language, rest) = rest
                .split_at_checked(end)
                .filter(|(language, _)| !language.is_empty())
                .ok_or_else(|| self.wrong("a language tag"))?;
            self.rest = rest;
            dataset.tagged(&text, language)
        } else {
            dataset.literal(&text, None)
        };
        self.skip_space();
        Ok(term)
    }

    fn expect(&mut self, token: &str, what: &'static str) -> Result<(), NQuadsError> {
        self.rest = self.rest.strip_prefix(token).ok_or_else(|| self.wrong(what))?;
        Ok(())
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    fn wrong(&self, what: &'static str) -> NQuadsError {
        NQuadsError::Syntax { line: self.number, what }
    }
}

/// Text without its escapes; nothing if one is broken.
fn unescape(text: &str) -> Option<String> {
    if !text.contains('\\') {
        return Some(text.to_owned());
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        out.push(match chars.next()? {
            't' => '\t',
            'b' => '\u{8}',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            '"' => '"',
            '\'' => '\'',
            '\\' => '\\',
            'u' => code_point(&mut chars, 4)?,
            'U' => code_point(&mut chars, 8)?,
            _ => return None,
        });
    }
    Some(out)
}

fn code_point(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let (hex, rest) = chars.as_str().split_at_checked(digits)?;
    *chars = rest.chars();
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> Result<String, NQuadsError> {
        canonicalize_nquads(text, HashAlgorithm::Sha256, Budget::default()).map(|canonical| canonical.text)
    }

    #[test]
    fn quads_come_out_once_escaped_and_sorted() {
        let input = "# note\n\n_:b.1 <urn:p> \"a\\u0041\\t\\U0001F600\" <urn:g>.\n<urn:s> <urn:p> \"x\"@en .\n<urn:s> <urn:p> \"x\"@en . # again\n<urn:s> <urn:p> \"1\"^^<urn:t> .\n";
        let expected = "<urn:s> <urn:p> \"1\"^^<urn:t> .\n<urn:s> <urn:p> \"x\"@en .\n_:c14n0 <urn:p> \"aA\\t😀\" <urn:g> .\n";
        assert_eq!(canonical(input).unwrap(), expected);
    }

    #[test]
    fn what_is_not_n_quads_is_refused_with_its_line() {
        for line in [
            "x",
            "<a> <urn:p> <urn:o> .",
            "<urn:s> _:p <urn:o> .",
            "<urn:s> <urn:p> \"x .",
            "<urn:s> <urn:p> \"\\q\" .",
            "<urn:s> <urn:p> <urn:o>",
            "<urn:s> <urn:p> <urn:o> . x",
            "_: <urn:p> _:o .",
            "<urn:s> <urn:p> \"x\"@ .",
        ] {
            let error = canonical(&format!("<urn:s> <urn:p> <urn:o> .\n{line}\n")).unwrap_err();
            assert!(matches!(error, NQuadsError::Syntax { line: 2, .. }), "{line}: {error}");
        }
    }
}
