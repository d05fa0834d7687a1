//! A text that is needed for a moment, in memory kept by the thread.

use std::cell::RefCell;

/// More memory than this is given back to the system, so that one huge document is not paid for ever after.
const MOST_KEPT: usize = 1 << 18;

thread_local! {
    static KEPT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Lends an empty text. Canonical N-Quads that are only hashed are written here: so 20 kB are
/// not asked for anew, and grown, each time.
pub(crate) fn with<T>(use_it: impl FnOnce(&mut String) -> T) -> T {
    let mut text = KEPT.try_with(RefCell::take).unwrap_or_default();
    text.clear();
    let result = use_it(&mut text);
    if text.capacity() <= MOST_KEPT {
        // While a thread ends there may be nothing left to keep it in.
        let _ = KEPT.try_with(|kept| kept.replace(text));
    }
    result
}
