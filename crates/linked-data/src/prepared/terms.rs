//! The terms of a template: texts that stay, blank nodes, and what is filled in.

use std::cmp::Ordering;

use super::holes::Holes;
use crate::dataset::{Quad, Settled, TermId, push_quoted};
use crate::error::Error;
use crate::iri;

/// The predicate of types. What a type says about how other members are read cannot be seen from the quads.
const TYPE: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

/// A term whose text comes from a hole.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) hole: usize,
    pub(super) form: Form,
}

#[derive(Debug)]
pub(super) enum Form {
    Iri,
    /// What follows the quoted text: a datatype, a language or nothing.
    Literal(String),
}

impl Filled {
    /// Writes the term with a text put in. `None`: whether that text stands there as it is must be found out on the general road.
    pub(super) fn write(&self, out: &mut String, text: &str, sample: &str) -> Option<()> {
        match &self.form {
            Form::Literal(rest) => {
                push_quoted(out, text);
                out.push_str(rest);
            }
            Form::Iri => {
                if !(iri::is_well_formed(text) && stays_as_it_is(text, sample)) {
                    return None;
                }
                out.push('<');
                out.push_str(text);
                out.push('>');
            }
        }
        Some(())
    }
}

/// Whether an identifier is no compact IRI. One that goes on with `//` is none, and one that begins as the sample does is one if the sample is.
fn stays_as_it_is(text: &str, sample: &str) -> bool {
    let (scheme, rest) = iri::split_at_colon(text).unwrap_or_default();
    let (sample_scheme, sample_rest) = iri::split_at_colon(sample).unwrap_or_default();
    rest.starts_with("//") || (scheme == sample_scheme && !sample_rest.starts_with("//"))
}

/// A term in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    /// The number of a [`Filled`] term.
    Filled(usize),
    Blank(usize),
}

/// All terms of a template.
pub(super) struct Terms<'d> {
    settled: &'d Settled<'d>,
    pub(super) filled: Vec<Filled>,
    /// Which term of the dataset is which of those.
    numbers: Vec<(TermId, usize)>,
    /// The filled terms as the sample has them.
    pub(super) sample: Vec<String>,
}

impl<'d> Terms<'d> {
    /// Finds the marks that the holes were filled with.
    pub(super) fn find(settled: &'d Settled<'d>, holes: &Holes) -> Result<Self, Error> {
        let mut terms = Self { settled, filled: Vec::new(), numbers: Vec::new(), sample: Vec::new() };
        let marks = holes.marks();
        let mut is_found = vec![false; marks.len()];
        for quad in &settled.quads {
            for term in [quad.subject, quad.predicate, quad.object, quad.graph] {
                let text = settled.texts.get(term);
                let Some(hole) = marks.iter().position(|mark| text.contains(mark.as_str())) else { continue };
                let refuse = |reason| Err(holes.refusal(hole, reason));
                let mark = marks.get(hole).map_or("", String::as_str);
                if term == quad.predicate
                    || marks.iter().filter(|mark| text.contains(mark.as_str())).count() > 1
                {
                    return refuse("it decides how others are read");
                }
                if settled.texts.get(quad.predicate) == TYPE && term == quad.object {
                    return refuse("a type decides how the members of its node are read");
                }
                let Some(form) = form(text, mark) else {
                    return refuse("its text does not come into the RDF as it is");
                };
                if let Some(found) = is_found.get_mut(hole) {
                    *found = true;
                }
                terms.add(term, Filled { hole, form }, holes);
            }
        }
        match is_found.iter().position(|found| !found) {
            Some(hole) => Err(holes.refusal(hole, "its text does not come into the RDF")),
            None => Ok(terms),
        }
    }

    fn add(&mut self, term: TermId, filled: Filled, holes: &Holes) {
        if self.numbers.iter().any(|&(known, _)| known == term) {
            return;
        }
        let mut sample = String::new();
        let text = holes.sample_text(filled.hole);
        if filled.write(&mut sample, text, text).is_none() {
            // It is a compact IRI or refers to the base. No text will be taken for it without the general road.
            sample.clear();
        }
        self.numbers.push((term, self.filled.len()));
        self.filled.push(filled);
        self.sample.push(sample);
    }

    pub(super) fn piece(&self, term: TermId) -> Piece<'d> {
        match term.as_blank() {
            Some(blank) => Piece::Blank(blank),
            None => match self.numbers.iter().find(|&&(known, _)| known == term) {
                Some(&(_, number)) => Piece::Filled(number),
                None => Piece::Text(self.settled.texts.get(term)),
            },
        }
    }

    pub(super) fn is_filled(&self, quad: &Quad) -> bool {
        [quad.subject, quad.object].iter().any(|&term| matches!(self.piece(term), Piece::Filled(_)))
    }

    /// The order of two terms in the sample. Blank nodes come last, by their numbers.
    pub(super) fn in_sample(&self, a: Piece<'_>, b: Piece<'_>) -> Ordering {
        match (a, b) {
            (Piece::Blank(a), Piece::Blank(b)) => a.cmp(&b),
            (Piece::Blank(_), _) => Ordering::Greater,
            (_, Piece::Blank(_)) => Ordering::Less,
            (a, b) => self.sample_text(a).cmp(self.sample_text(b)),
        }
    }

    fn sample_text<'s>(&'s self, piece: Piece<'s>) -> &'s str {
        match piece {
            Piece::Text(text) => text,
            Piece::Filled(number) => self.sample.get(number).map_or("", String::as_str),
            Piece::Blank(_) => "",
        }
    }

    /// Whether the order of two terms is the same whatever is filled in: they are the same, of different kinds, or nothing is.
    pub(super) fn is_settled(&self, a: Piece<'_>, b: Piece<'_>) -> bool {
        let kind = |piece| match piece {
            Piece::Filled(number) => match self.filled.get(number).map(|filled| &filled.form) {
                Some(Form::Literal(_)) => Some('"'),
                _ => Some('<'),
            },
            Piece::Text(text) => text.chars().next(),
            Piece::Blank(_) => Some('_'),
        };
        let is_filled = |piece| matches!(piece, Piece::Filled(_));
        a == b || !(is_filled(a) || is_filled(b)) || kind(a) != kind(b)
    }
}

/// The form of a term that holds a mark and nothing else.
fn form(text: &str, mark: &str) -> Option<Form> {
    if let Some(inside) = text.strip_prefix('<') {
        return (inside.strip_suffix('>') == Some(mark)).then_some(Form::Iri);
    }
    let rest = text.strip_prefix('"')?.strip_prefix(mark)?.strip_prefix('"')?;
    (!rest.contains(mark)).then(|| Form::Literal(rest.to_owned()))
}
