//! How much one examiner does at a time, whoever awaits it.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::report::Trouble;

/// The most documents of one examiner that are being fetched at a time.
const MOST_FETCHES: usize = 256;

/// The bounds of one examiner, shared by all its examinations.
pub(crate) struct Hands {
    computing: Arc<Semaphore>,
    fetching: Semaphore,
}

impl Hands {
    pub(crate) fn new() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        // Twice the cores: a thread that has just ended leaves no core idle.
        Self { computing: Arc::new(Semaphore::new(cores * 2)), fetching: Semaphore::new(MOST_FETCHES) }
    }

    /// Runs arithmetic that a stranger's document can make long on a thread of its own, so that an event loop may await
    /// it. A panic there, which should not happen, leaves the step undecided.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        let permit = Arc::clone(&self.computing).acquire_owned().await.map_err(|_| failed())?;
        let working = tokio::task::spawn_blocking(move || {
            // Held by the work and not by whoever waits for it: who goes away does not stop the work.
            let _permit = permit;
            work()
        });
        working.await.map_err(|_| failed())
    }

    /// Waits until one more document may be fetched; it may as long as the permit is held.
    pub(crate) async fn fetching(&self) -> Option<SemaphorePermit<'_>> {
        self.fetching.acquire().await.ok()
    }
}

fn failed() -> Trouble {
    Trouble::gap("examiner_failed", "This verifier failed at this step; that is our fault, not the badge's.")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn no_more_is_computed_at_a_time_than_allowed_even_if_nobody_waits_for_it_any_more() {
        let hands = Arc::new(Hands { computing: Arc::new(Semaphore::new(1)), fetching: Semaphore::new(1) });
        let (begun, begins) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        let first = tokio::spawn({
            let hands = Arc::clone(&hands);
            async move { hands.compute(move || (begun.send(()).is_ok(), ended.recv().is_ok())).await.is_ok() }
        });
        while begins.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        first.abort();
        assert!(first.await.is_err(), "nobody waits for it any more");
        let second = Arc::clone(&hands);
        let second = tokio::spawn(async move { second.compute(|| 2).await.ok() });
        tokio::task::yield_now().await;
        assert_eq!(hands.computing.available_permits(), 0, "but it still works");
        assert!(!second.is_finished());
        assert!(end.send(()).is_ok());
        assert_eq!(second.await.ok(), Some(Some(2)));
    }

    #[tokio::test]
    async fn a_panic_leaves_the_step_undecided_and_the_hand_free() {
        let hands = Hands { computing: Arc::new(Semaphore::new(1)), fetching: Semaphore::new(1) };
        let broken: Result<(), Trouble> = hands.compute(|| std::panic::resume_unwind(Box::new(()))).await;
        assert!(matches!(broken, Err(Trouble::Gap(gap)) if gap.code == "examiner_failed"));
        assert!(matches!(hands.compute(|| 1).await, Ok(1)));
    }
}
