//! One examination's surroundings.

use accolade_core::Timestamp;

use crate::examiner::Expectations;
use crate::library::Library;
use crate::report::Trouble;

/// How far clocks may differ where a badge has only just begun to be valid, in seconds. An end has no such grace.
pub(crate) const LEEWAY_SECONDS: i64 = 300;

/// What every step may need: the moment, the documents, and what the caller expects.
pub(crate) struct Case<'a> {
    pub(crate) now: Timestamp,
    pub(crate) library: Library<'a>,
    pub(crate) expectations: &'a Expectations,
}

/// Runs arithmetic that a stranger's document can make long on a thread of its own. A panic there, which should not
/// happen, leaves the step undecided.
pub(crate) async fn compute<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Trouble> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        Trouble::gap(
            "examiner_failed",
            "This verifier failed at this step; that is our fault, not the badge's.",
        )
    })
}
