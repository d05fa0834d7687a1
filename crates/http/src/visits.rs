//! How many examinations are open at once, over all and for each address.
//!
//! An examination may wait for slow servers elsewhere; waiting costs little, so many may wait, but none without bound.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::problem::{Kind, Problem};

/// Examinations open over all.
const ALL: usize = 256;
/// Examinations open for one address.
const ONE: usize = 16;

/// The examinations that are open now.
#[derive(Clone, Default)]
pub(crate) struct Visits(Arc<Mutex<HashMap<Option<IpAddr>, usize>>>);

impl Visits {
    /// Opens a visit of `client`, which ends when what comes back is dropped, or refuses with 503.
    pub(crate) fn open(&self, client: Option<IpAddr>) -> Result<Visit, Problem> {
        let mut open = self.lock();
        let all: usize = open.values().sum();
        let own = open.get(&client).copied().unwrap_or_default();
        if all >= ALL || own >= ONE {
            let detail = "too many examinations are open; try again in a moment";
            return Err(Problem::retry_after(Kind::Overloaded, detail, 2));
        }
        open.insert(client, own + 1);
        drop(open);
        Ok(Visit { visits: self.clone(), client })
    }

    /// A panic elsewhere leaves the counts as they are, which is right.
    fn lock(&self) -> MutexGuard<'_, HashMap<Option<IpAddr>, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open examination.
pub(crate) struct Visit {
    visits: Visits,
    client: Option<IpAddr>,
}

impl Drop for Visit {
    fn drop(&mut self) {
        let mut open = self.visits.lock();
        match open.get_mut(&self.client) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.client)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn one_address_cannot_take_every_place() {
        let visits = Visits::default();
        let open: Vec<_> =
            (0..ONE).map(|_| visits.open(address(1)).unwrap_or_else(|_| panic!("full"))).collect();
        assert!(visits.open(address(1)).is_err_and(|problem| problem.kind == Kind::Overloaded));
        assert!(visits.open(address(2)).is_ok());
        drop(open);
        assert!(visits.open(address(1)).is_ok());
        assert!(visits.lock().is_empty());
    }

    #[test]
    fn all_together_cannot_take_more_than_there_is() {
        let visits = Visits::default();
        let open: Vec<_> = (0..=255).filter_map(|last| visits.open(address(last)).ok()).collect();
        assert_eq!(open.len(), ALL);
        assert!(visits.open(address(0)).is_err());
    }
}
