//! What one examination may still spend on the network.

use std::time::Duration;

use tokio::time::Instant;

use super::{EgressError, EgressSettings};

/// Requests, bytes and time left to one examination.
#[derive(Debug)]
pub struct Allowance {
    requests: u32,
    bytes: usize,
    deadline: Instant,
}

impl Allowance {
    /// A full allowance, its time running from now.
    pub fn new(settings: &EgressSettings) -> Self {
        Self {
            requests: settings.max_requests,
            bytes: settings.max_total_bytes,
            deadline: Instant::now() + settings.total_timeout,
        }
    }

    /// The time left.
    pub(super) fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Takes one request out and tells how long it may take at most.
    pub(super) fn spend(&mut self) -> Result<Duration, EgressError> {
        self.requests = self.requests.checked_sub(1).ok_or(EgressError::Spent)?;
        let left = self.left();
        if left.is_zero() { Err(EgressError::Spent) } else { Ok(left) }
    }

    /// Takes the bytes of a document out: whatever was fetched is held until the examination is over.
    pub(super) fn hold(&mut self, bytes: usize) -> Result<(), EgressError> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(EgressError::Spent)?;
        Ok(())
    }
}
