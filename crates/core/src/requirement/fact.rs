//! What is known about a learner.

use crate::{Hours, Timestamp};

/// Who vouches for a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Who runs it.
    Coordinator,
    /// Who teaches it.
    Instructor,
    /// The learner.
    Learner,
    /// A program with an API key.
    Api,
    /// A learning system, by a statement.
    Xapi,
    /// The attendance of an event.
    Event,
}

impl Source {
    /// Every source by its name in requests.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("coordinator", Self::Coordinator),
        ("instructor", Self::Instructor),
        ("learner", Self::Learner),
        ("api", Self::Api),
        ("xapi", Self::Xapi),
        ("event", Self::Event),
    ];

    /// Whose word counts where nothing is said: everybody's but the learner's own.
    pub const USUAL: [Self; 5] = [Self::Coordinator, Self::Instructor, Self::Api, Self::Xapi, Self::Event];

    /// Its name in requests.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, source)| *source == self).map_or("", |(word, _)| word)
    }
}

/// How something went.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Whether it succeeded, where that was said.
    pub success: Option<bool>,
    /// The mark in per cent, from 0 to 100; others count for nothing.
    pub score: Option<f64>,
    /// The code of the level of competency that was shown.
    pub level: Option<String>,
}

/// Something a learner has done, by somebody's word.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Its id; two facts with one id are one fact told twice.
    pub id: String,
    /// The id of the requirement.
    pub requirement: String,
    /// When it was done.
    pub at: Timestamp,
    /// Who vouches for it.
    pub source: Source,
    /// How it went.
    pub outcome: Outcome,
    /// The hours it took; for hours to be collected.
    pub hours: Option<Hours>,
    /// Whether there is evidence.
    pub has_evidence: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
}
