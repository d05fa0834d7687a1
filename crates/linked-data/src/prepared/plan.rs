//! What is known of a template before anything is filled in: its quads written in order, with gaps for texts and labels.

use super::beginnings::Beginnings;
use super::holes::Holes;
use super::sheet::{Gap, Sheet};
use super::terms::{Filled, Piece, Terms};
use crate::canon::{self, Digest};
use crate::dataset::{Dataset, Quad, Settled, TermId};
use crate::error::Error;
use crate::options::HashAlgorithm;

/// A template, ready to be filled.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) algorithm: HashAlgorithm,
    pub(super) filled: Vec<Filled>,
    /// The quads, one part for each subject: first the subjects that stay, in order, then those filled in, then the blank nodes.
    pub(super) quads: Sheet,
    /// The subjects that stay.
    pub(super) subjects: Vec<String>,
    /// The subjects filled in, by the number of their term.
    pub(super) filled_subjects: Vec<usize>,
    /// The subjects that are blank nodes: where the part of each blank node is.
    pub(super) parts: Vec<Option<usize>>,
    /// Objects of one subject and predicate that are blank nodes: they are written in the order of their labels.
    pub(super) runs: Vec<Vec<usize>>,
    /// Terms that stand in the right order only if the first is less than the second.
    pub(super) conditions: Vec<(Known, Known)>,
    /// The hashes of the blank nodes that nothing is filled in about, sorted.
    pub(super) known_hashes: Vec<(Digest, usize)>,
    /// The quads about each other blank node as they are hashed, one part for each.
    pub(super) hashed: Sheet,
    pub(super) hashed_blanks: Vec<usize>,
    /// All canonical labels, by their numbers.
    pub(super) labels: Vec<String>,
    /// The numbers of the labels in the order of their texts, and the place of each in that order.
    pub(super) by_text: Vec<usize>,
    pub(super) places: Vec<usize>,
    /// Bytes of text in the dataset.
    pub(super) size: usize,
    pub(super) quad_count: usize,
    /// How many of the staying subjects have nothing filled in about them, counted from the first.
    pub(super) untouched: usize,
    pub(super) beginnings: Beginnings,
}

/// A term known before or filled in.
#[derive(Debug)]
pub(super) enum Known {
    Text(String),
    Filled(usize),
}

impl Plan {
    /// The plan for a dataset whose holes were filled with marks; nothing where only the general road will do.
    pub(super) fn new(
        dataset: &Dataset,
        holes: &Holes,
        algorithm: HashAlgorithm,
    ) -> Result<Option<Self>, Error> {
        let settled = dataset.settle();
        let terms = Terms::find(&settled, holes)?;
        if !holes.has_built_in_contexts_only()
            || settled.quads.iter().any(|quad| quad.graph != TermId::DEFAULT_GRAPH)
        {
            return Ok(None);
        }
        let hashes = canon::first_degree_hashes(&settled, algorithm);
        let mut builder = Builder::new(&settled, &terms);
        builder.write_quads();
        builder.write_hashed();
        let mut known_hashes: Vec<(Digest, usize)> = hashes
            .into_iter()
            .zip(0..)
            .filter(|(_, blank)| !builder.hashed_blanks.contains(blank))
            .filter_map(|(hash, blank)| Some((hash?, blank)))
            .collect();
        known_hashes.sort_unstable();
        if known_hashes.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
            return Ok(None);
        }
        let is_untouched =
            |part: &usize| builder.quads.gaps(*part..part + 1).all(|gap| !matches!(gap, Gap::Hole(_)));
        let untouched = (0..builder.subjects.len()).take_while(is_untouched).count();
        let Builder {
            quads, subjects, filled_subjects, parts, runs, conditions, hashed, hashed_blanks, ..
        } = builder;
        let count = known_hashes.len() + hashed_blanks.len();
        let labels: Vec<String> = (0..count).map(|number| format!("_:c14n{number}")).collect();
        let mut by_text: Vec<usize> = (0..count).collect();
        by_text.sort_unstable_by_key(|&number| labels.get(number));
        let mut places = vec![0; count];
        for (place, &number) in by_text.iter().enumerate() {
            if let Some(slot) = places.get_mut(number) {
                *slot = place;
            }
        }
        Ok(Some(Self {
            algorithm,
            filled: terms.filled,
            quads,
            subjects,
            filled_subjects,
            parts,
            runs,
            conditions,
            known_hashes,
            hashed,
            hashed_blanks,
            labels,
            by_text,
            places,
            size: settled.text_length,
            quad_count: settled.quads.len(),
            untouched,
            beginnings: Beginnings::default(),
        }))
    }
}

/// The pieces of a line.
type Line<'t> = [Piece<'t>; 3];

struct Builder<'t> {
    settled: &'t Settled<'t>,
    terms: &'t Terms<'t>,
    quads: Sheet,
    subjects: Vec<String>,
    filled_subjects: Vec<usize>,
    parts: Vec<Option<usize>>,
    runs: Vec<Vec<usize>>,
    sorted: usize,
    conditions: Vec<(Known, Known)>,
    hashed: Sheet,
    hashed_blanks: Vec<usize>,
}

impl<'t> Builder<'t> {
    fn new(settled: &'t Settled<'t>, terms: &'t Terms<'t>) -> Self {
        Self {
            settled,
            terms,
            quads: Sheet::default(),
            subjects: Vec::new(),
            filled_subjects: Vec::new(),
            parts: vec![None; settled.blank_nodes],
            runs: Vec::new(),
            sorted: 0,
            conditions: Vec::new(),
            hashed: Sheet::default(),
            hashed_blanks: Vec::new(),
        }
    }

    fn line(&self, quad: &Quad) -> Line<'t> {
        [quad.subject, quad.predicate, quad.object].map(|term| self.terms.piece(term))
    }

    /// Writes all quads, subject by subject.
    fn write_quads(&mut self) {
        let mut lines: Vec<Line<'t>> = self.settled.quads.iter().map(|quad| self.line(quad)).collect();
        let kind = |line: &Line<'_>| match line {
            [Piece::Text(_), ..] => 0,
            [Piece::Filled(_), ..] => 1,
            [Piece::Blank(_), ..] => 2,
        };
        lines.sort_by(|a, b| kind(a).cmp(&kind(b)).then_with(|| self.in_sample(a, b)));
        for part in lines.chunk_by(|[a, ..], [b, ..]| a == b) {
            match part.first() {
                Some([Piece::Text(subject), ..]) => self.subjects.push((*subject).to_owned()),
                Some([Piece::Filled(number), ..]) => self.filled_subjects.push(*number),
                Some([Piece::Blank(blank), ..]) => {
                    if let Some(slot) = self.parts.get_mut(*blank) {
                        *slot = Some(self.quads.parts());
                    }
                }
                None => {}
            }
            self.write_part(part);
        }
    }

    fn write_part(&mut self, part: &[Line<'t>]) {
        self.require_order(part);
        let is_blank = |line: &Line<'_>| matches!(line, [.., Piece::Blank(_)]);
        for run in part.chunk_by(|a, b| a[1] == b[1] && is_blank(a) && is_blank(b)) {
            let blanks: Vec<usize> = run.iter().filter_map(|line| blank(line[2])).collect();
            for line in run {
                for piece in line {
                    let gap = match *piece {
                        Piece::Text(text) => {
                            self.quads.push(text);
                            self.quads.push(" ");
                            continue;
                        }
                        Piece::Filled(number) => Gap::Hole(number),
                        Piece::Blank(_) if blanks.len() > 1 && *piece == line[2] => {
                            self.sorted += 1;
                            Gap::Sorted(self.sorted - 1)
                        }
                        Piece::Blank(blank) => Gap::Label(blank),
                    };
                    self.quads.push_gap(gap);
                    self.quads.push(" ");
                }
                self.quads.push(".\n");
            }
            if blanks.len() > 1 {
                self.runs.push(blanks);
            }
        }
        self.quads.end_part();
    }

    /// Writes the quads about each blank node that a filled quad mentions, as the blank node is hashed.
    fn write_hashed(&mut self) {
        for blank in 0..self.settled.blank_nodes {
            let own = TermId::blank(blank);
            let mentions = |quad: &&Quad| quad.subject == own || quad.object == own;
            let quads: Vec<&Quad> = self.settled.quads.iter().filter(mentions).collect();
            if !quads.iter().any(|quad| self.terms.is_filled(quad)) {
                continue;
            }
            let name = |piece| match piece {
                Piece::Blank(other) if other == blank => Piece::Text("_:a"),
                Piece::Blank(_) => Piece::Text("_:z"),
                other => other,
            };
            let mut lines: Vec<Line<'t>> = quads.iter().map(|quad| self.line(quad).map(name)).collect();
            lines.sort_by(|a, b| self.in_sample(a, b));
            self.require_order(&lines);
            for line in &lines {
                for piece in line {
                    match *piece {
                        Piece::Text(text) => self.hashed.push(text),
                        Piece::Filled(number) => self.hashed.push_gap(Gap::Hole(number)),
                        Piece::Blank(_) => {}
                    }
                    self.hashed.push(" ");
                }
                self.hashed.push(".\n");
            }
            self.hashed.end_part();
            self.hashed_blanks.push(blank);
        }
    }

    fn in_sample(&self, a: &Line<'_>, b: &Line<'_>) -> std::cmp::Ordering {
        a.iter()
            .zip(b)
            .map(|(a, b)| self.terms.in_sample(*a, *b))
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    }

    /// Notes what must hold for lines sorted in the sample to be sorted whatever is filled in.
    fn require_order(&mut self, lines: &[Line<'_>]) {
        for (a, b) in lines.iter().zip(lines.iter().skip(1)) {
            let Some((&a, &b)) = a.iter().zip(b).find(|(a, b)| a != b) else { continue };
            if !self.terms.is_settled(a, b)
                && let (Some(a), Some(b)) = (known(a), known(b))
            {
                self.conditions.push((a, b));
            }
        }
    }
}

fn known(piece: Piece<'_>) -> Option<Known> {
    match piece {
        Piece::Text(text) => Some(Known::Text(text.to_owned())),
        Piece::Filled(number) => Some(Known::Filled(number)),
        Piece::Blank(_) => None,
    }
}

fn blank(piece: Piece<'_>) -> Option<usize> {
    match piece {
        Piece::Blank(blank) => Some(blank),
        Piece::Text(_) | Piece::Filled(_) => None,
    }
}
