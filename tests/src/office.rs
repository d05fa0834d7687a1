//! Offices for tests and benches.

use std::sync::Arc;

use accolade_core::{Clock, Entropy, Timestamp};
use accolade_issuing::{Office, OfficeParts};
use accolade_signing::MasterKey;
use accolade_store::Store;

/// An office with the machine's own time and randomness, as the program has it, on a migrated database.
///
/// # Panics
/// Where it cannot be opened.
pub fn office_on(database_url: &str) -> Office {
    let store = Store::open(database_url).unwrap();
    store.migrate().unwrap();
    Office::open(OfficeParts {
        store,
        master_key: MasterKey::from_bytes([7; 32]),
        public_url: "http://127.0.0.1:8080".to_owned(),
        clock: Arc::new(RealTime),
        entropy: Arc::new(RealRandomness),
    })
    .unwrap()
}

/// The machine's clock.
pub struct RealTime;

impl Clock for RealTime {
    #[expect(clippy::disallowed_methods, reason = "benches run in real time")]
    fn now(&self) -> Timestamp {
        let seconds = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        i64::try_from(seconds)
            .ok()
            .and_then(Timestamp::from_unix_seconds)
            .expect("the clock stands before the year 10000")
    }
}

/// The machine's random numbers.
pub struct RealRandomness;

impl Entropy for RealRandomness {
    #[expect(clippy::disallowed_methods, reason = "benches need ids that never repeat")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).unwrap();
    }
}
