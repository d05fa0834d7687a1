//! How a micro-credential is earned: a tree of requirements, and whether facts about a learner satisfy it.
//!
//! [`Requirements::parse`] reads a tree from a request, strictly. [`Requirements::progress`] says how far facts lead: the
//! same facts in any order, and any of them repeated, lead equally far; one more fact never leads less far; a withdrawn one
//! counts for nothing. [`cycle`] finds achievements that need each other.

mod cycle;
mod fact;
mod leaf;
mod parts;
mod progress;
mod read;
mod results;
mod write;

use std::collections::HashSet;

pub use cycle::{Cycle, cycle};
pub use fact::{Fact, Outcome, Source};
pub use leaf::{Kind, Leaf, Wanted};
pub use parts::PART;
pub use progress::{LeafProgress, LeafState, Progress};
pub use results::Earned;

use crate::Uri;

/// Groups and leaves that stand in one another.
pub const MAX_DEPTH: usize = 8;
/// Leaves of a tree.
pub const MAX_LEAVES: usize = 200;
/// Characters of a code.
const LONGEST_CODE: usize = 64;

/// A tree of requirements: sound, its leaves known by ids that differ. In JSON it is a group,
/// `{"allOf": […]}`, `{"anyOf": […]}` or `{"nOf": […], "n": 2}`, of groups and leaves, or one leaf alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirements(pub(crate) Node);

/// A part of a tree.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Several, of which so many are wanted.
    Group(Group),
    /// One.
    Leaf(Box<Leaf>),
}

/// Several requirements, of which some are wanted; never empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    pub(crate) wanted: HowMany,
    pub(crate) of: Vec<Node>,
}

/// How many of a group are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HowMany {
    All,
    Any,
    /// So many; at least one, at most as many as there are.
    These(usize),
}

impl Group {
    /// How many are wanted, as a number.
    pub(crate) fn count(&self) -> usize {
        match self.wanted {
            HowMany::All => self.of.len(),
            HowMany::Any => 1,
            HowMany::These(count) => count,
        }
    }
}

impl Requirements {
    /// The leaves, in the order in which they are written.
    pub fn leaves(&self) -> Vec<&Leaf> {
        let mut found = Vec::new();
        collect(&self.0, &mut found);
        found
    }

    /// The leaf of that id.
    pub fn leaf(&self, id: &str) -> Option<&Leaf> {
        self.leaves().into_iter().find(|leaf| leaf.id == id)
    }

    /// The leaf that statements about that activity are about.
    pub fn leaf_of_iri(&self, iri: &str) -> Option<&Leaf> {
        self.leaves().into_iter().find(|leaf| leaf.iri.as_ref().is_some_and(|known| known.as_str() == iri))
    }

    /// The achievements that leaves of the tree ask for, each once, in the order in which they are written.
    pub fn prior(&self) -> Vec<&Uri> {
        let mut seen = HashSet::new();
        self.leaves().into_iter().filter_map(Leaf::prior).filter(|prior| seen.insert(*prior)).collect()
    }
}

fn collect<'r>(node: &'r Node, found: &mut Vec<&'r Leaf>) {
    match node {
        Node::Leaf(leaf) => found.push(leaf),
        Node::Group(group) => group.of.iter().for_each(|node| collect(node, found)),
    }
}

/// Whether the text is a code: a lower-case letter or digit, then letters, digits, `.`, `_`, `-`; 64 characters at most.
pub(crate) fn is_code(text: &str) -> bool {
    let is_plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= LONGEST_CODE
        && text.bytes().next().is_some_and(is_plain)
        && text.bytes().all(|c| is_plain(c) || matches!(c, b'.' | b'_' | b'-'))
}
