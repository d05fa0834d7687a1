//! The real clock and the real randomness; everywhere else both come in as arguments.

use accolade_core::{Clock, Entropy, Timestamp};

/// The machine's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the real time comes in")]
    #[expect(clippy::expect_used, reason = "no badge may be dated by a clock that cannot be read")]
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

/// The operating system's random numbers.
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is where real randomness comes in")]
    #[expect(clippy::expect_used, reason = "no identifier or key may be made without randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random numbers");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn priv_04_an_id_is_128_random_bits_that_tell_neither_time_nor_order() {
        let ids: Vec<String> = (0..100_000).map(|_| accolade_core::random_uuid(&SystemEntropy)).collect();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        // The version and the variant are fixed; every other digit takes all its values about as often, the first ones too.
        for place in (0..36).filter(|place| ![8, 13, 14, 18, 19, 23].contains(place)) {
            let mut counts = [0_u32; 16];
            for id in &ids {
                let digit =
                    id.as_bytes().get(place).copied().map(char::from).and_then(|c| c.to_digit(16)).unwrap();
                if let Some(count) = usize::try_from(digit).ok().and_then(|digit| counts.get_mut(digit)) {
                    *count += 1;
                }
            }
            assert!(counts.iter().all(|count| (5_700..=6_800).contains(count)), "digit {place}: {counts:?}");
        }
    }
}
