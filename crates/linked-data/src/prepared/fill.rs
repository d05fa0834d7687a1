//! Filling in a plan.

use std::ops::Range;

use sha2::{Digest as _, Sha256};

use super::holes::Holes;
use super::plan::{Known, Plan};
use super::sheet::Gap;
use crate::canon::Digest;

/// What is known of a template once it is filled in.
pub(super) struct Filling<'p> {
    plan: &'p Plan,
    /// The filled-in terms, one after the other, and where each ends.
    text: String,
    ends: Vec<usize>,
    /// The number of the label of each blank node.
    labels: Vec<usize>,
    /// The numbers of the labels of all runs, each run sorted.
    sorted: Vec<usize>,
    /// The filled-in subjects in their order: each before the staying subject of this number.
    subjects: Vec<(usize, usize)>,
}

impl<'p> Filling<'p> {
    /// Fills in; nothing where the general road is needed: a text does not stand as it is, two terms that must differ do not,
    /// or blank nodes look alike.
    /// `scratch` is memory to work in.
    pub(super) fn new(plan: &'p Plan, holes: &Holes, texts: &[&str], scratch: &mut String) -> Option<Self> {
        let mut filling = Self {
            plan,
            text: String::with_capacity(1_000),
            ends: Vec::with_capacity(plan.filled.len()),
            labels: Vec::new(),
            sorted: Vec::new(),
            subjects: Vec::with_capacity(plan.filled_subjects.len()),
        };
        for filled in &plan.filled {
            filled.write(&mut filling.text, texts.get(filled.hole)?, holes.sample_text(filled.hole))?;
            filling.ends.push(filling.text.len());
        }
        filling.check_conditions()?;
        filling.place_subjects()?;
        filling.give_labels(scratch)?;
        Some(filling)
    }

    fn term(&self, number: usize) -> &str {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|&end| self.text.get(start..end)).unwrap_or_default()
    }

    fn check_conditions(&self) -> Option<()> {
        let text = |known: &'p Known| match known {
            Known::Text(text) => text,
            Known::Filled(number) => self.term(*number),
        };
        self.plan.conditions.iter().all(|(less, more)| text(less) < text(more)).then_some(())
    }

    /// Finds where the filled-in subjects come among those that stay.
    fn place_subjects(&mut self) -> Option<()> {
        let mut subjects = std::mem::take(&mut self.subjects);
        for &number in &self.plan.filled_subjects {
            let text = self.term(number);
            let place = self.plan.subjects.binary_search_by(|subject| subject.as_str().cmp(text)).err()?;
            subjects.push((place, number));
        }
        subjects.sort_unstable_by_key(|&(place, number)| (place, self.term(number)));
        let are_distinct = subjects.windows(2).all(|pair| match pair {
            [(_, a), (_, b)] => self.term(*a) != self.term(*b),
            _ => true,
        });
        self.subjects = subjects;
        are_distinct.then_some(())
    }

    /// Hashes the blank nodes that something was filled in about, and numbers all by the order of their hashes.
    fn give_labels(&mut self, scratch: &mut String) -> Option<()> {
        let plan = self.plan;
        let mut hashes: Vec<(Digest, usize)> = Vec::with_capacity(plan.hashed_blanks.len());
        for (part, &blank) in plan.hashed_blanks.iter().enumerate() {
            scratch.clear();
            plan.hashed.write(scratch, part..part + 1, |gap| self.gap(gap));
            hashes.push((Digest::of(plan.algorithm, scratch.as_bytes()), blank));
        }
        scratch.clear();
        hashes.sort_unstable();
        if hashes.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
            return None;
        }
        let mut labels = vec![0; plan.parts.len()];
        let (mut known, mut new) = (plan.known_hashes.iter().peekable(), hashes.iter().peekable());
        for number in 0..plan.labels.len() {
            let next = match (known.peek(), new.peek()) {
                (Some((a, _)), Some((b, _))) if a == b => return None,
                (Some((a, _)), Some((b, _))) if a < b => known.next(),
                (Some(_), None) => known.next(),
                _ => new.next(),
            };
            if let Some(label) = next.and_then(|&(_, blank)| labels.get_mut(blank)) {
                *label = number;
            }
        }
        self.labels = labels;
        for run in &plan.runs {
            let start = self.sorted.len();
            self.sorted.extend(run.iter().filter_map(|&blank| self.labels.get(blank)));
            if let Some(run) = self.sorted.get_mut(start..) {
                run.sort_unstable_by_key(|&label| plan.places.get(label));
            }
        }
        Some(())
    }

    fn gap(&self, gap: Gap) -> &str {
        match gap {
            Gap::Hole(number) => self.term(number),
            gap => self.label(gap).and_then(|label| self.plan.labels.get(label)).map_or("", String::as_str),
        }
    }

    /// The number of the label in a gap.
    fn label(&self, gap: Gap) -> Option<usize> {
        match gap {
            Gap::Hole(_) => None,
            Gap::Label(blank) => self.labels.get(blank).copied(),
            Gap::Sorted(place) => self.sorted.get(place).copied(),
        }
    }

    /// How many of the staying subjects come before everything that is filled in.
    fn beginning(&self) -> usize {
        self.subjects.first().map_or(self.plan.subjects.len(), |&(place, _)| place).min(self.plan.untouched)
    }

    /// Writes the canonical N-Quads.
    pub(super) fn write(&self, out: &mut String) {
        self.write_parts(out, 0..self.beginning());
        self.write_rest(out);
    }

    /// Hashes the canonical N-Quads. `out` is where they are written, except for the beginning if that has been hashed before.
    pub(super) fn hash(&self, out: &mut String) -> Sha256 {
        let parts = 0..self.beginning();
        let labels = self.plan.quads.gaps(parts.clone()).filter_map(|gap| self.label(gap));
        let mut hash = self.plan.beginnings.get(std::iter::once(parts.end).chain(labels), || {
            self.write_parts(out, parts.clone());
            Sha256::new_with_prefix(out.as_bytes())
        });
        out.clear();
        self.write_rest(out);
        hash.update(out.as_bytes());
        hash
    }

    fn write_rest(&self, out: &mut String) {
        let mut from = self.beginning();
        for &(place, number) in &self.subjects {
            self.write_parts(out, from..place);
            from = place;
            if let Some(part) = self.plan.filled_subjects.iter().position(|&subject| subject == number) {
                let part = self.plan.subjects.len() + part;
                self.write_parts(out, part..part + 1);
            }
        }
        self.write_parts(out, from..self.plan.subjects.len());
        let mut nodes = vec![None; self.plan.labels.len()];
        for (part, &label) in self.plan.parts.iter().zip(&self.labels) {
            if let Some(node) = nodes.get_mut(label).filter(|_| part.is_some()) {
                *node = *part;
            }
        }
        for part in self.plan.by_text.iter().filter_map(|&label| nodes.get(label).copied().flatten()) {
            self.write_parts(out, part..part + 1);
        }
    }

    fn write_parts(&self, out: &mut String, parts: Range<usize>) {
        self.plan.quads.write(out, parts, |gap| self.gap(gap));
    }

    /// More bytes than the general road could be charged for the document: as if every quad held all terms.
    pub(super) fn most_bytes(&self) -> usize {
        (self.plan.size + self.text.len()).saturating_mul(self.plan.quad_count + 4)
    }
}
