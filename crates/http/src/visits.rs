//! Who may have a badge examined now: so many at once for each address, and over all as many as the examiner takes.
//!
//! An examination may wait for slow servers elsewhere; waiting costs little, so many may wait, but none without bound.

use std::collections::HashMap;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use accolade_verifying::{Examiner, Place};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::{Kind, Problem};
use crate::state::AppState;

/// Examinations open for one address.
const ONE: usize = 16;

/// The examinations that are open now.
#[derive(Clone, Default)]
pub(crate) struct Visits(Arc<Mutex<HashMap<Option<IpAddr>, usize>>>);

impl Visits {
    /// Opens a visit of `client`, which ends when what comes back is dropped, or refuses with 503.
    pub(crate) fn open(&self, client: Option<IpAddr>, examiner: &Examiner) -> Result<Visit, Problem> {
        let mut open = self.lock();
        let own = open.get(&client).copied().unwrap_or_default();
        if own >= ONE {
            let detail = "too many examinations are open for this address; try again in a moment";
            return Err(Problem::retry_after(Kind::Overloaded, detail, 2));
        }
        let place = examiner.try_enter().map_err(|overloaded| {
            let seconds = overloaded.retry_after.as_secs().max(1);
            Problem::retry_after(Kind::Overloaded, &overloaded.to_string(), seconds)
        })?;
        open.insert(client, own + 1);
        drop(open);
        Ok(Visit { visits: self.clone(), client, _place: place })
    }

    /// A panic elsewhere leaves the counts as they are, which is right.
    fn lock(&self) -> MutexGuard<'_, HashMap<Option<IpAddr>, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open examination.
///
/// As the first argument of a handler it is taken before the body is read: arguments are asked in their order, and the
/// first refusal ends it.
pub(crate) struct Visit {
    visits: Visits,
    client: Option<IpAddr>,
    _place: Place,
}

impl FromRequest for Visit {
    type Error = Problem;
    type Future = Ready<Result<Visit, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(AppState::of(req).and_then(|state| state.visits.open(state.rates.client(req), &state.examiner)))
    }
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
    use std::sync::Arc;

    use accolade_core::{Clock, Timestamp};
    use accolade_verifying::{Bounds, EgressSettings, ExaminerParts};

    use super::*;

    struct Fixed;
    impl Clock for Fixed {
        fn now(&self) -> Timestamp {
            Timestamp::from_unix_seconds(1_795_000_000).unwrap()
        }
    }

    fn examiner(places: usize) -> Examiner {
        let parts = ExaminerParts { clock: Arc::new(Fixed), egress: EgressSettings::default(), local: None };
        Examiner::bounded(parts, Bounds { places, ..Bounds::default() }).unwrap()
    }

    fn address(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn one_address_cannot_take_every_place() {
        let (visits, examiner) = (Visits::default(), examiner(ONE + 2));
        let open: Vec<_> =
            (0..ONE).map(|_| visits.open(address(1), &examiner).unwrap_or_else(|_| panic!("full"))).collect();
        assert!(visits.open(address(1), &examiner).is_err_and(|problem| problem.kind == Kind::Overloaded));
        assert!(visits.open(address(2), &examiner).is_ok());
        drop(open);
        assert!(visits.open(address(1), &examiner).is_ok());
        assert!(visits.lock().is_empty());
    }

    #[test]
    fn all_together_cannot_take_more_than_there_is() {
        let (visits, examiner) = (Visits::default(), examiner(20));
        let open: Vec<_> = (0..=255).filter_map(|last| visits.open(address(last), &examiner).ok()).collect();
        assert_eq!(open.len(), 20);
        let refused = visits.open(address(0), &examiner);
        assert!(refused.is_err_and(|problem| problem.kind == Kind::Overloaded));
        assert_eq!(visits.lock().len(), 20, "who is refused leaves no trace");
    }
}
