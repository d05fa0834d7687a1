//! One requirement.

use crate::{Hours, Timestamp, Uri};

use super::fact::Source;

/// What kind of thing is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Take part in a workshop.
    Workshop,
    /// Take part in a seminar.
    Seminar,
    /// Hand in an assignment.
    Assignment,
    /// Pass an assessment or a skills test.
    Assessment,
    /// Complete a project.
    Project,
    /// Present something.
    Presentation,
    /// Hold another achievement.
    PriorCredential,
    /// Spend hours, in as many pieces as it takes.
    Hours,
}

impl Kind {
    /// Every kind by its name in requests.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("workshop", Self::Workshop),
        ("seminar", Self::Seminar),
        ("assignment", Self::Assignment),
        ("assessment", Self::Assessment),
        ("project", Self::Project),
        ("presentation", Self::Presentation),
        ("prior-credential", Self::PriorCredential),
        ("hours", Self::Hours),
    ];

    /// Its name in requests.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// Whether results of it are marked.
    pub fn is_marked(self) -> bool {
        matches!(self, Self::Assignment | Self::Assessment | Self::Project | Self::Presentation)
    }
}

/// What a fact has to show, beside that it was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// Nothing more; but what is said to have failed is not done.
    Done,
    /// A mark of so many per cent, from 0 to 100.
    PassMark(f64),
    /// A level of competency.
    Level {
        /// The level's code.
        code: String,
        /// The codes of this level and of those above it.
        enough: Vec<String>,
    },
    /// So many hours, all facts together.
    Hours(Hours),
    /// An award of that achievement.
    Prior(Uri),
}

/// One requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Its id, which stays when the rest is edited.
    pub id: String,
    /// What kind of thing is to be done.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// What exactly is to be done.
    pub description: Option<String>,
    /// When it should be done; what is done later counts, and is marked as late.
    pub due: Option<Timestamp>,
    /// How much it counts for progress, beside the others of its group; 1, where nothing is said.
    pub weight: Option<f64>,
    /// Whether a fact counts only with evidence.
    pub evidence_needed: bool,
    /// Whose word counts; never empty.
    pub confirmed_by: Vec<Source>,
    /// What a fact has to show.
    pub wanted: Wanted,
    /// The activity that learning systems report about ([xAPI](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md#activity-definition)).
    pub iri: Option<Uri>,
}

impl Leaf {
    /// The achievement that it asks for, where it asks for one.
    pub fn prior(&self) -> Option<&Uri> {
        match &self.wanted {
            Wanted::Prior(achievement) => Some(achievement),
            _ => None,
        }
    }
}
