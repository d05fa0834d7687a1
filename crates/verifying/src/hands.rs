//! How much one examiner does at a time, whoever awaits it, and how much it does for one badge.

mod crew;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tokio::sync::SemaphorePermit;

pub(crate) use crew::Crew;
pub use crew::{Bounds, Overloaded, Place};

use crate::report::Trouble;

/// Documents up to this are read where it is asked for: that takes no longer than handing them to another thread.
const READ_AT_ONCE: usize = 16 << 10;

/// What the crew does for one examination, and what that has taken so far.
pub(crate) struct Hands {
    crew: Arc<Crew>,
    /// Nanoseconds of processor time.
    spent: Arc<AtomicU64>,
    /// Something was not computed any more.
    is_exhausted: AtomicBool,
}

impl Hands {
    /// Hands for a new examination, which has spent nothing yet.
    pub(crate) fn of(crew: &Arc<Crew>) -> Self {
        Self { crew: Arc::clone(crew), spent: Arc::default(), is_exhausted: AtomicBool::new(false) }
    }

    /// Runs arithmetic that a stranger's document can make long on a thread of its own, so that an event loop may await
    /// it. A panic there, which should not happen, leaves the step undecided, and so does an examination that has used up
    /// its time; each single computation has bounds of its own, by which it ends.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        self.afford()?;
        let permit = self.crew.hand().await?;
        let spent = Arc::clone(&self.spent);
        let working = tokio::task::spawn_blocking(move || {
            // Held by the work and not by whoever waits for it: who goes away does not stop the work.
            let _permit = permit;
            timed(&spent, work)
        });
        working.await.map_err(|_| failed())
    }

    /// Reads a document of so many bytes: work that grows with them and with nothing else, and so needs no other thread
    /// where they are few. Otherwise like [`Hands::compute`].
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        if bytes > READ_AT_ONCE {
            return self.compute(work).await;
        }
        self.afford()?;
        catch_unwind(AssertUnwindSafe(|| timed(&self.spent, work))).map_err(|_| failed())
    }

    fn afford(&self) -> Result<(), Trouble> {
        if self.spent() < self.crew.bounds().computing {
            return Ok(());
        }
        self.is_exhausted.store(true, Ordering::Relaxed);
        Err(spent())
    }

    /// That something was left out, if it was. Also a step that a badge can do without must not be left out unseen.
    pub(crate) fn left_out(&self) -> Option<Trouble> {
        self.is_exhausted.load(Ordering::Relaxed).then(spent)
    }

    /// Processor time spent so far.
    pub(crate) fn spent(&self) -> Duration {
        Duration::from_nanos(self.spent.load(Ordering::Relaxed))
    }

    /// Waits until one more of our own documents may be looked up; it may as long as the permit is held.
    pub(crate) async fn asking(&self) -> Option<SemaphorePermit<'_>> {
        self.crew.asking().await
    }
}

/// Does the work, and adds what it took.
fn timed<T>(spent: &AtomicU64, work: impl FnOnce() -> T) -> T {
    let begun = processor_time();
    let outcome = work();
    let took = processor_time().saturating_sub(begun);
    spent.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    outcome
}

/// What this thread has computed so far; unlike the time on the wall, other programs do not change it.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

fn spent() -> Trouble {
    Trouble::gap(
        "budget_spent",
        "Examining all of this would take more computing than one badge may use here, so it was not finished.",
    )
}

fn failed() -> Trouble {
    Trouble::gap("examiner_failed", "This verifier failed at this step; that is our fault, not the badge's.")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn crew(hands: usize, queue: usize) -> Arc<Crew> {
        Crew::new(Bounds { hands, queue, places: 2, ..Bounds::default() })
    }

    /// A computation that has begun, and ends when told so.
    async fn busy(crew: &Arc<Crew>) -> (tokio::task::JoinHandle<bool>, mpsc::Sender<()>) {
        let hands = Hands::of(crew);
        let (begun, begins) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        let task = tokio::spawn(async move {
            hands.compute(move || (begun.send(()).is_ok(), ended.recv().is_ok())).await.is_ok()
        });
        while begins.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        (task, end)
    }

    #[tokio::test]
    async fn no_more_is_computed_at_a_time_than_allowed_even_if_nobody_waits_for_it_any_more() {
        let crew = crew(1, 8);
        let (first, end) = busy(&crew).await;
        first.abort();
        assert!(first.await.is_err(), "nobody waits for it any more");
        let second = Hands::of(&crew);
        let second = tokio::spawn(async move { second.compute(|| 2).await.ok() });
        tokio::task::yield_now().await;
        assert_eq!(crew.computing.available_permits(), 0, "but it still works");
        assert!(!second.is_finished());
        assert!(end.send(()).is_ok());
        assert_eq!(second.await.ok(), Some(Some(2)));
    }

    #[tokio::test]
    async fn a_panic_leaves_the_step_undecided_and_the_hand_free() {
        let crew = crew(1, 8);
        let hands = Hands::of(&crew);
        let broken: Result<(), Trouble> = hands.compute(|| std::panic::resume_unwind(Box::new(()))).await;
        assert!(matches!(broken, Err(Trouble::Gap(gap)) if gap.code == "examiner_failed"));
        assert!(matches!(hands.compute(|| 1).await, Ok(1)));
        for bytes in [1, READ_AT_ONCE + 1] {
            let broken: Result<(), Trouble> =
                hands.read(bytes, || std::panic::resume_unwind(Box::new(()))).await;
            assert!(matches!(broken, Err(Trouble::Gap(gap)) if gap.code == "examiner_failed"));
        }
    }

    #[tokio::test]
    async fn a_small_document_is_read_at_once_and_a_large_one_elsewhere() {
        let hands = Hands::of(&crew(1, 8));
        let here = std::thread::current().id();
        let place = || std::thread::current().id();
        assert!(hands.read(READ_AT_ONCE, place).await.is_ok_and(|there| there == here));
        assert!(hands.read(READ_AT_ONCE + 1, place).await.is_ok_and(|there| there != here));
        assert!(hands.spent() > Duration::ZERO);
    }

    #[tokio::test]
    async fn nobody_is_let_in_while_too_many_wait_for_a_hand() {
        let crew = crew(1, 2);
        let (first, end) = busy(&crew).await;
        let wait = || {
            let hands = Hands::of(&crew);
            tokio::spawn(async move { hands.compute(|| ()).await.is_ok() })
        };
        let (second, third) = (wait(), wait());
        drop(crew.try_enter().ok());
        while crew.waiting.load(Ordering::Relaxed) < 2 {
            tokio::task::yield_now().await;
        }
        assert!(crew.try_enter().is_err_and(|refused| refused.retry_after > Duration::ZERO));
        third.abort();
        assert!(third.await.is_err());
        assert!(crew.try_enter().is_ok(), "who goes away leaves the queue");
        assert!(end.send(()).is_ok());
        assert!(first.await.is_ok_and(|done| done) && second.await.is_ok_and(|done| done));
        assert_eq!(crew.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn what_one_examination_computes_is_summed_up_and_ends_at_its_budget() {
        let crew = Crew::new(Bounds { computing: Duration::from_millis(20), ..Bounds::default() });
        let hands = Hands::of(&crew);
        let toil = || {
            let begun = processor_time();
            while processor_time().saturating_sub(begun) < Duration::from_millis(8) {
                std::hint::spin_loop();
            }
        };
        let mut done = 0;
        let end = loop {
            match hands.compute(toil).await {
                Ok(()) => done += 1,
                Err(trouble) => break trouble,
            }
        };
        assert_eq!((done, end.code()), (3, "budget_spent"));
        assert!(hands.spent() >= Duration::from_millis(24));
        assert!(
            Hands::of(&crew).compute(|| ()).await.is_ok(),
            "the next examination has a budget of its own"
        );
    }
}
