//! Processed contexts kept between documents.
//!
//! Only contexts made of built-in ones come in here, so no document can leave anything of its own behind. The number is
//! bounded: past it the cache starts afresh, which costs a millisecond and cannot be used to fill memory.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use hashbrown::HashMap;

use super::ActiveContext;

/// Contexts kept at most.
const CAPACITY: usize = 1_024;

/// Which context was applied to which, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// [`ActiveContext::id`] of the context it was applied to.
    pub(super) parent: u64,
    /// Address of the local context, which stays where it is for as long as the key is used.
    pub(super) local: usize,
    pub(super) how: super::How,
}

pub(super) type Entries = HashMap<Key, Arc<ActiveContext>>;

static KEPT: RwLock<Option<Arc<Entries>>> = RwLock::new(None);
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

pub(super) fn fresh_id() -> u64 {
    NEXT_ID.fetch_add(1, Ordering::Relaxed)
}

/// What is kept now. Taken once per document; the reading itself then needs no lock.
pub(super) fn snapshot() -> Arc<Entries> {
    let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner);
    kept.clone().unwrap_or_default()
}

/// Keeps what a document has newly made.
pub(super) fn keep(made: Vec<(Key, Arc<ActiveContext>)>) {
    if made.is_empty() {
        return;
    }
    let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
    let mut entries = match kept.as_deref() {
        Some(old) if old.len() + made.len() <= CAPACITY => old.clone(),
        _ => Entries::new(),
    };
    for (key, context) in made.into_iter().take(CAPACITY) {
        entries.entry(key).or_insert(context);
    }
    *kept = Some(Arc::new(entries));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::options::Options;
    use crate::{canonicalize, contexts};

    #[test]
    fn nothing_of_a_document_itself_is_ever_kept() {
        let inline = json!({"x": {"@id": "urn:x", "@context": contexts::OB_V2P1}});
        for context in [
            json!([inline, contexts::DATA_INTEGRITY_V2, contexts::MULTIKEY_V1]),
            json!([contexts::CREDENTIALS_V2, inline]),
            json!([contexts::CREDENTIALS_V2, {"@propagate": false}, contexts::OB_V3P0]),
        ] {
            let document = json!({"@context": context, "@id": "urn:a", "type": "urn:T", "urn:p": 1});
            let _ = canonicalize(&document, &Options::default());
        }
        let kept = snapshot();
        assert!(!kept.is_empty());
        assert!(kept.values().all(|context| context.built_in));
    }
}
