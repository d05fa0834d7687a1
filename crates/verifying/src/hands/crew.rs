//! How many examinations one examiner has open, and how many threads compute for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::failed;
use crate::report::Trouble;

/// How much one [`Examiner`](crate::Examiner) does at a time, and how much for one badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Examinations open at once; most of them wait for servers elsewhere. See [`Examiner::try_enter`](crate::Examiner::try_enter).
    pub places: usize,
    /// Computations at once, and as many looks at our own documents.
    pub hands: usize,
    /// Computations waiting for a hand; while there are more, nobody is let in.
    pub queue: usize,
    /// Processor time of one examination, over everything in it: nested credentials, endorsements, lists.
    pub computing: Duration,
    /// Time on the wall of one examination, waiting included.
    pub whole: Duration,
}

impl Default for Bounds {
    /// 256 places, twice as many hands as there are cores (a thread that has just ended leaves no core idle), a queue of 64,
    /// a second of processor time and half a minute on the wall.
    fn default() -> Self {
        Self {
            places: 256,
            hands: available_parallelism().map_or(2, |cores| usize::from(cores) * 2),
            queue: 64,
            computing: Duration::from_secs(1),
            whole: Duration::from_secs(30),
        }
    }
}

/// A place in the examiner, given back when dropped.
#[derive(Debug)]
#[must_use = "a place is held as long as the examination takes"]
pub struct Place {
    _permit: OwnedSemaphorePermit,
}

/// There is no place: too much is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many badges are being examined; try again in {} seconds", retry_after.as_secs())]
pub struct Overloaded {
    /// When it may be worth trying again.
    pub retry_after: Duration,
}

/// The hands of one examiner, shared by all its examinations.
pub(crate) struct Crew {
    bounds: Bounds,
    places: Arc<Semaphore>,
    pub(super) computing: Arc<Semaphore>,
    pub(super) waiting: AtomicUsize,
    asking: Semaphore,
}

impl Crew {
    pub(crate) fn new(bounds: Bounds) -> Arc<Self> {
        let Bounds { places, hands, .. } = bounds;
        Arc::new(Self {
            bounds,
            places: Arc::new(Semaphore::new(places)),
            computing: Arc::new(Semaphore::new(hands)),
            waiting: AtomicUsize::new(0),
            asking: Semaphore::new(hands),
        })
    }

    pub(crate) fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// A place for one more examination, or none where all are taken or too many computations wait already.
    pub(crate) fn try_enter(&self) -> Result<Place, Overloaded> {
        let overloaded = Overloaded { retry_after: Duration::from_secs(2) };
        if self.waiting.load(Ordering::Relaxed) >= self.bounds.queue {
            return Err(overloaded);
        }
        let permit = Arc::clone(&self.places).try_acquire_owned().map_err(|_| overloaded)?;
        Ok(Place { _permit: permit })
    }

    /// Waits until one more of our own documents may be looked up.
    pub(super) async fn asking(&self) -> Option<SemaphorePermit<'_>> {
        self.asking.acquire().await.ok()
    }

    /// Waits for a thread to compute on.
    pub(super) async fn hand(&self) -> Result<OwnedSemaphorePermit, Trouble> {
        if let Ok(permit) = Arc::clone(&self.computing).try_acquire_owned() {
            return Ok(permit);
        }
        let _waiting = Waiting::new(&self.waiting);
        Arc::clone(&self.computing).acquire_owned().await.map_err(|_| failed())
    }
}

/// Counted as waiting until dropped, also where whoever waited went away.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_so_many_places_and_each_is_given_back() {
        let crew = Crew::new(Bounds { places: 2, ..Bounds::default() });
        let (first, second) = (crew.try_enter(), crew.try_enter());
        assert!(first.is_ok() && second.is_ok());
        assert!(crew.try_enter().is_err());
        drop(first);
        assert!(crew.try_enter().is_ok());
    }
}
