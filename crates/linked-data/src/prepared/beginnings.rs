//! Beginnings of canonical texts that were hashed before.

use std::sync::Mutex;

use hashbrown::HashMap;
use sha2::Sha256;

/// Kept at most, which is some 50 kB. Where more are possible, those beyond are hashed anew each time.
const CAPACITY: usize = 256;

/// The state of the hash after the part of the text that comes before everything filled in.
///
/// That part still has labels of blank nodes in it, which depend on what is filled in elsewhere; but there are only so many ways to
/// give them. In a full credential it is a fifth of the text, and hashing is nearly all that filling in costs.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    states: Mutex<HashMap<Vec<usize>, Sha256>>,
}

impl Beginnings {
    /// The state for a key, which tells all that the text depends on; `make` hashes the text.
    pub(super) fn get(&self, key: impl Iterator<Item = usize>, make: impl FnOnce() -> Sha256) -> Sha256 {
        let key: Vec<usize> = key.collect();
        // Nobody waits here: where another thread looks something up, hashing is as fast.
        let Ok(mut states) = self.states.try_lock() else { return make() };
        if let Some(state) = states.get(&key) {
            return state.clone();
        }
        let state = make();
        if states.len() < CAPACITY {
            states.insert(key, state.clone());
        }
        state
    }
}
