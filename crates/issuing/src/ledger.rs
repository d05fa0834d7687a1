//! What every act leaves behind: a row of the audit log, and a row of the outbox for those who want to hear of it.
//! Both are written in the act's own transaction and hold ids only, nothing personal.

use accolade_core::Timestamp;
use accolade_store::audit::{self, Entry};
use accolade_store::outbox::{self, Message};
use accolade_store::{StoreError, Tx};
use serde_json::Value;

use crate::Caller;
use crate::office::Desk;

/// An act, ready to be written down.
pub(crate) struct Act {
    pub(crate) audit: Entry,
    pub(crate) message: Message,
}

impl Act {
    /// `verb` such as `credential.award`, done to `subject`; `detail` holds ids and words, nothing personal.
    pub(crate) fn new(
        desk: &Desk,
        caller: &Caller,
        verb: &str,
        subject: &str,
        now: Timestamp,
        detail: &Value,
    ) -> Act {
        let detail = detail.to_string();
        Act {
            audit: Entry {
                id: desk.new_id(),
                at: now,
                actor: caller.key_id.clone(),
                verb: verb.to_owned(),
                subject: subject.to_owned(),
                detail: detail.clone(),
            },
            message: Message {
                id: desk.new_id(),
                topic: verb.to_owned(),
                subject: subject.to_owned(),
                payload: detail,
                created_at: now,
                available_at: now,
                attempts: 0,
                delivered_at: None,
            },
        }
    }

    /// Writes both rows.
    pub(crate) fn write(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        audit::insert(tx, &self.audit)?;
        outbox::insert(tx, &self.message)
    }
}
