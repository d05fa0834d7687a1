//! A bounded pool for calls that block: so many at once, so many in the queue, and the rest is told to come back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::web;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::problem::{Kind, Problem};

/// A bound on work that runs on blocking threads.
pub(crate) struct Pool {
    hands: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    patience: Duration,
}

impl Pool {
    /// `hands` calls at once and `queue` more waiting, none longer than `patience`.
    pub(crate) fn new(hands: usize, queue: usize, patience: Duration) -> Pool {
        Pool { hands: Arc::new(Semaphore::new(hands)), waiting: AtomicUsize::new(0), queue, patience }
    }

    /// Runs `work` on a blocking thread, or refuses with 503.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let place = self.hand().await?;
        // The place goes with the work: a client that hangs up does not make room for more of it.
        let held = move || {
            let _place = place;
            work()
        };
        web::block(held).await.map_err(|_| Problem::of_status(actix_web::http::StatusCode::BAD_GATEWAY))
    }

    async fn hand(&self) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(place) = self.hands.clone().try_acquire_owned() {
            return Ok(place);
        }
        let _ticket = Ticket::draw(&self.waiting, self.queue).ok_or_else(overloaded)?;
        match tokio::time::timeout(self.patience, self.hands.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(overloaded()),
        }
    }
}

fn overloaded() -> Problem {
    Problem::retry_after(Kind::Overloaded, "too much is going on; try again in a moment", 1)
}

/// A place in the queue, given back when dropped, also when the client went away.
struct Ticket<'a>(&'a AtomicUsize);

impl Ticket<'_> {
    fn draw(waiting: &AtomicUsize, queue: usize) -> Option<Ticket<'_>> {
        let ticket = Ticket(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < queue).then_some(ticket)
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_full_pool_refuses_instead_of_growing() {
        let pool = Pool::new(1, 0, Duration::from_millis(10));
        let taken = pool.hand().await.unwrap();
        assert_eq!(pool.run(|| ()).await.unwrap_err().kind, Kind::Overloaded);
        drop(taken);
        assert_eq!(pool.run(|| 7).await.unwrap(), 7);
    }

    #[actix_web::test]
    async fn who_waits_too_long_is_sent_away_and_leaves_his_place() {
        let pool = Pool::new(1, 1, Duration::from_millis(10));
        let taken = pool.hand().await.unwrap();
        for _ in 0..3 {
            assert_eq!(pool.run(|| ()).await.unwrap_err().kind, Kind::Overloaded);
        }
        drop(taken);
        assert!(pool.run(|| ()).await.is_ok());
    }
}
