//! One examination's surroundings.

use accolade_core::Timestamp;

use crate::examiner::Expectations;
use crate::library::Library;

/// How far clocks may differ where a badge has only just begun to be valid, in seconds. An end has no such grace.
pub(crate) const LEEWAY_SECONDS: i64 = 300;

/// What every step may need: the moment, the documents, and what the caller expects.
pub(crate) struct Case<'a> {
    pub(crate) now: Timestamp,
    pub(crate) library: Library<'a>,
    pub(crate) expectations: &'a Expectations,
}
