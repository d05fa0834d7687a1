//! How far facts lead.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Fact, Group, HowMany, Leaf, Node, Requirements, Wanted};
use crate::Hours;

/// How far facts lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Whether the whole tree is satisfied.
    pub satisfied: bool,
    /// How much of it is done, from 0 to 1; 1 only when it is satisfied.
    pub share: f64,
    /// Every leaf, in the order in which they are written.
    pub leaves: Vec<LeafProgress>,
    /// The ids of leaves that would lead further, in the order in which they are written.
    pub next_steps: Vec<String>,
}

/// How far one requirement is.
#[derive(Debug, Clone, PartialEq)]
pub struct LeafProgress {
    /// The requirement's id.
    pub id: String,
    /// How far it is.
    pub state: LeafState,
    /// The id of the fact that counts: the best of those that satisfy it, or of those that do not.
    pub best: Option<String>,
    /// Whether the fact that counts is later than `due`.
    pub late: bool,
    /// How much of it is done, from 0 to 1.
    pub share: f64,
}

/// How far one requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeafState {
    /// Nothing is known.
    Open,
    /// Something is known, but nobody whose word counts has said it.
    Unconfirmed,
    /// Something is known, but it lacks the evidence that is needed.
    EvidenceMissing,
    /// Something was done, but not enough of it, or not well enough.
    NotEnough,
    /// It is satisfied.
    Done,
}

impl LeafState {
    /// Its name in replies.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Unconfirmed => "unconfirmed",
            Self::EvidenceMissing => "evidence-missing",
            Self::NotEnough => "not-enough",
            Self::Done => "done",
        }
    }
}

impl Requirements {
    /// How far the facts lead. What is about other requirements is passed over.
    pub fn progress(&self, facts: &[Fact]) -> Progress {
        let of = of_leaves(facts);
        let facts_of = |leaf: &Leaf| of.get(leaf.id.as_str()).map_or(&[][..], Vec::as_slice);
        let leaves: Vec<_> =
            self.leaves().into_iter().map(|leaf| leaf_progress(leaf, facts_of(leaf))).collect();
        let sum = of_node(&self.0, &mut leaves.iter());
        Progress { satisfied: sum.satisfied, share: sum.share, next_steps: sum.next, leaves }
    }
}

/// What is known and was not withdrawn, by the id of its requirement.
pub(super) fn of_leaves(facts: &[Fact]) -> BTreeMap<&str, Vec<&Fact>> {
    // One fact told twice is one fact; of two tellings the withdrawn one holds, so that the order does not matter.
    let mut known: BTreeMap<&str, &Fact> = BTreeMap::new();
    for fact in facts {
        let one = known.entry(&fact.id).or_insert(fact);
        if tellings(fact, one) == Ordering::Less {
            *one = fact;
        }
    }
    let mut of: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in known.into_values().filter(|fact| !fact.withdrawn) {
        of.entry(&fact.requirement).or_default().push(fact);
    }
    of
}

/// Which of two tellings of one fact holds: the withdrawn one; else the one that says less.
fn tellings(one: &Fact, other: &Fact) -> Ordering {
    let key = |fact: &Fact| {
        (!fact.withdrawn, fact.at, fact.requirement.clone(), fact.source, fact.hours, fact.has_evidence)
    };
    let score = |fact: &Fact| fact.outcome.score.unwrap_or(-1.0);
    key(one)
        .cmp(&key(other))
        .then(score(one).total_cmp(&score(other)))
        .then(one.outcome.success.cmp(&other.outcome.success))
        .then_with(|| one.outcome.level.cmp(&other.outcome.level))
}

/// How far a part of the tree is.
struct Sum {
    satisfied: bool,
    share: f64,
    /// How much it counts in its group; does not depend on facts, or one more fact could lead less far.
    weight: f64,
    next: Vec<String>,
}

/// `leaves` are those of the tree, in the order of the walk.
fn of_node(node: &Node, leaves: &mut std::slice::Iter<'_, LeafProgress>) -> Sum {
    match node {
        Node::Group(group) => {
            let parts = group.of.iter().map(|node| of_node(node, leaves)).collect();
            of_group(group, parts)
        }
        Node::Leaf(leaf) => {
            let progress = leaves.next();
            let satisfied = progress.is_some_and(|progress| progress.state == LeafState::Done);
            Sum {
                satisfied,
                share: progress.map_or(0.0, |progress| progress.share),
                weight: leaf.weight.unwrap_or(1.0),
                next: if satisfied { Vec::new() } else { vec![leaf.id.clone()] },
            }
        }
    }
}

fn of_group(group: &Group, parts: Vec<Sum>) -> Sum {
    let wanted = group.count();
    let satisfied = parts.iter().filter(|part| part.satisfied).count() >= wanted;
    let (share, weight) = match group.wanted {
        HowMany::All => weighed(&parts),
        HowMany::Any | HowMany::These(_) => furthest(&parts, wanted),
    };
    let next = parts.into_iter().flat_map(|part| part.next);
    Sum {
        satisfied,
        // Rounding must not make a whole of nearly all.
        share: if satisfied { 1.0 } else { share.min(ALMOST) },
        weight,
        next: if satisfied { Vec::new() } else { next.collect() },
    }
}

/// Share and weight of all parts together.
fn weighed(parts: &[Sum]) -> (f64, f64) {
    let weight: f64 = parts.iter().map(|part| part.weight).sum();
    let done: f64 = parts.iter().map(|part| part.share * part.weight).sum();
    (done / weight, weight)
}

/// Share of those parts that are done most, as many as are wanted; their weight is the average.
fn furthest(parts: &[Sum], wanted: usize) -> (f64, f64) {
    let number = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    let mut shares: Vec<f64> = parts.iter().map(|part| part.share).collect();
    shares.sort_by(|one, other| other.total_cmp(one));
    let done: f64 = shares.iter().take(wanted).sum();
    let weight: f64 = parts.iter().map(|part| part.weight).sum();
    (done / number(wanted), weight / number(parts.len()) * number(wanted))
}

/// The share of what is not done yet goes up to here.
const ALMOST: f64 = 0.999;

fn leaf_progress(leaf: &Leaf, facts: &[&Fact]) -> LeafProgress {
    let judged: Vec<(LeafState, &Fact)> = facts.iter().map(|fact| (judge(leaf, fact), *fact)).collect();
    let (state, share) = match leaf.wanted {
        Wanted::Hours(hours) => collected(&judged, hours),
        _ => {
            let state = judged.iter().map(|(state, _)| *state).max().unwrap_or(LeafState::Open);
            (state, if state == LeafState::Done { 1.0 } else { 0.0 })
        }
    };
    let best = judged.iter().max_by(|one, other| by_worth(leaf, one, other));
    LeafProgress {
        id: leaf.id.clone(),
        state,
        best: best.map(|(_, fact)| fact.id.clone()),
        late: state == LeafState::Done && is_late(leaf, &judged),
        share,
    }
}

/// What a fact alone does for the requirement. An hour is not enough by itself, but a piece.
pub(super) fn judge(leaf: &Leaf, fact: &Fact) -> LeafState {
    let failed = fact.outcome.success == Some(false);
    let score = fact.outcome.score.filter(|score| (0.0..=100.0).contains(score));
    let is_enough = !failed
        && match &leaf.wanted {
            Wanted::Done | Wanted::Prior(_) => true,
            Wanted::PassMark(mark) => score.is_some_and(|score| score >= *mark),
            Wanted::Level { enough, .. } => {
                fact.outcome.level.as_ref().is_some_and(|level| enough.contains(level))
            }
            Wanted::Hours(_) => fact.hours.is_some(),
        };
    if !leaf.confirmed_by.contains(&fact.source) {
        LeafState::Unconfirmed
    } else if leaf.evidence_needed && !fact.has_evidence {
        LeafState::EvidenceMissing
    } else if is_enough {
        LeafState::Done
    } else {
        LeafState::NotEnough
    }
}

/// State and share of hours that come in pieces.
fn collected(judged: &[(LeafState, &Fact)], wanted: Hours) -> (LeafState, f64) {
    let minutes = minutes(judged, |_| true);
    if minutes >= u64::from(wanted.minutes()) {
        return (LeafState::Done, 1.0);
    }
    let pieces = judged.iter().map(|(state, _)| (*state).min(LeafState::NotEnough)).max();
    let share = u32::try_from(minutes).map_or(0.0, f64::from) / f64::from(wanted.minutes());
    (pieces.unwrap_or(LeafState::Open), share.min(ALMOST))
}

fn minutes(judged: &[(LeafState, &Fact)], counts: impl Fn(&Fact) -> bool) -> u64 {
    let pieces = judged.iter().filter(|(state, fact)| *state == LeafState::Done && counts(fact));
    pieces.filter_map(|(_, fact)| fact.hours).map(|hours| u64::from(hours.minutes())).sum()
}

/// Whether what is done was not done by the time it was due.
fn is_late(leaf: &Leaf, judged: &[(LeafState, &Fact)]) -> bool {
    let Some(due) = leaf.due else { return false };
    match leaf.wanted {
        Wanted::Hours(hours) => minutes(judged, |fact| fact.at <= due) < u64::from(hours.minutes()),
        _ => !judged.iter().any(|(state, fact)| *state == LeafState::Done && fact.at <= due),
    }
}

/// The better fact is the greater: the one that does more, with the higher level, the higher mark; of equal ones the earlier.
fn by_worth(leaf: &Leaf, one: &(LeafState, &Fact), other: &(LeafState, &Fact)) -> Ordering {
    let level = |fact: &Fact| match (&leaf.wanted, &fact.outcome.level) {
        (Wanted::Level { enough, .. }, Some(level)) => enough.iter().position(|known| known == level),
        _ => None,
    };
    let score = |fact: &Fact| fact.outcome.score.unwrap_or(-1.0);
    one.0
        .cmp(&other.0)
        .then_with(|| level(one.1).cmp(&level(other.1)))
        .then_with(|| score(one.1).total_cmp(&score(other.1)))
        .then_with(|| other.1.at.cmp(&one.1.at))
        .then_with(|| other.1.id.cmp(&one.1.id))
}
