//! One examination's surroundings.

use accolade_core::Timestamp;

use crate::asked::Manner;
use crate::examiner::Expectations;
use crate::library::Library;

/// How far clocks may differ where a badge has only just begun to be valid, in seconds. An end has no such grace.
pub(crate) const LEEWAY_SECONDS: i64 = 300;

/// The most credentials looked at in one examination, those in presentations and records and those in them.
pub(crate) const MOST_CREDENTIALS: usize = 50;

/// How deep credentials are looked at in one another: a presentation of a record of records.
pub(crate) const DEEPEST: usize = 4;

/// What every step may need: the moment, the documents, and what the caller expects.
pub(crate) struct Case<'a> {
    pub(crate) now: Timestamp,
    pub(crate) library: Library<'a>,
    pub(crate) expectations: &'a Expectations,
    pub(crate) manner: Manner,
    /// How many more enclosed credentials are looked at.
    pub(crate) credentials_left: usize,
    /// How many documents are around the one that is being looked at.
    pub(crate) depth: usize,
}

impl<'a> Case<'a> {
    /// Whether what was handed in must be an answer, which only a presentation can be.
    pub(crate) fn wants_answer(&self) -> bool {
        let expected = self.expectations;
        self.manner == Manner::Badge && (expected.challenge.is_some() || !expected.domain.is_empty())
    }

    pub(crate) fn new(
        now: Timestamp,
        library: Library<'a>,
        expectations: &'a Expectations,
        manner: Manner,
    ) -> Self {
        Self { now, library, expectations, manner, credentials_left: MOST_CREDENTIALS, depth: 0 }
    }
}
