//! Idempotency keys: the same request twice is one act and one reply.

use accolade_core::Timestamp;
use accolade_store::idempotency::{self, Reply};
use accolade_store::{StoreError, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::office::Desk;
use crate::{Caller, ConflictKind, Fault, Office, OfficeError};

/// A caller's name for one act: 1 to 255 visible ASCII characters. Names are per API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Reads a key.
    pub fn parse(text: &str) -> Result<IdempotencyKey, Fault> {
        let fits = (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits {
            Ok(IdempotencyKey(text.to_owned()))
        } else {
            Err(Fault::new("", "idempotency_key", "an Idempotency-Key has 1 to 255 visible ASCII characters"))
        }
    }

    /// The text of the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How long a reply can be asked for again: a week, longer than any client retries.
const REPLY_LIFETIME_SECONDS: i64 = 7 * 24 * 60 * 60;

impl Office {
    /// Forgets the replies under idempotency keys that are older than a week, and says how many there were. An
    /// `externalId` goes on protecting its award: that one is for ever.
    pub fn forget_old_replies(&self) -> Result<usize, OfficeError> {
        let before = self.desk.now().plus_seconds(-REPLY_LIFETIME_SECONDS);
        Ok(self.desk.store.write("idempotency.forget", |tx| idempotency::forget(tx, before))?)
    }
}

/// One request under an idempotency key, or under none.
pub(crate) struct Once<'a> {
    key: Option<(&'a str, String)>,
    caller: &'a str,
}

impl<'a> Once<'a> {
    /// `request` is the whole request in one canonical text: its operation, its path, its body.
    pub(crate) fn new(
        desk: &Desk,
        caller: &'a Caller,
        key: Option<&'a IdempotencyKey>,
        request: &[&str],
    ) -> Self {
        // Keyed, because a request may hold an e-mail address that a plain hash would let others guess.
        let key = key.map(|key| (key.as_str(), desk.keyed_digest(request)));
        Once { key, caller: &caller.key_id }
    }

    /// The reply of the first time, where there was one. Another request under the same key is a conflict.
    pub(crate) fn replay<T: DeserializeOwned>(&self, desk: &Desk) -> Result<Option<T>, OfficeError> {
        let Some((key, fingerprint)) = &self.key else { return Ok(None) };
        let saved = desk.store.read("idempotency", |db| idempotency::get(db, self.caller, key))?;
        let Some(saved) = saved else { return Ok(None) };
        if saved.fingerprint != *fingerprint {
            return Err(OfficeError::conflict(ConflictKind::IdempotencyKeyReused, None));
        }
        serde_json::from_slice(&saved.body).map(Some).map_err(OfficeError::corrupt)
    }

    /// Whether there is a key, under which the reply is to be kept.
    pub(crate) fn keeps(&self) -> bool {
        self.key.is_some()
    }

    /// The row that saves the reply, which tells of `subject`; `None` without a key.
    pub(crate) fn row<T: Serialize>(
        &self,
        subject: &str,
        reply: &T,
        now: Timestamp,
    ) -> Result<Option<Reply>, OfficeError> {
        let Some((key, fingerprint)) = &self.key else { return Ok(None) };
        Ok(Some(Reply {
            caller_id: self.caller.to_owned(),
            key: (*key).to_owned(),
            fingerprint: fingerprint.clone(),
            // Status and headers are HTTP's; what is replayed here is the office's own answer.
            status: 0,
            headers: String::new(),
            body: serde_json::to_vec(reply).map_err(OfficeError::corrupt)?,
            created_at: now,
            subject: Some(subject.to_owned()),
        }))
    }

    /// The reply to give after the transaction: its own, or that of the faster request.
    pub(crate) fn conclude<T: DeserializeOwned>(
        &self,
        desk: &Desk,
        ended: Result<T, GivenUp>,
    ) -> Result<T, OfficeError> {
        match ended {
            Ok(reply) => Ok(reply),
            Err(GivenUp::Refused(error)) => Err(error),
            Err(GivenUp::Raced) => self.replayed(desk),
        }
    }

    /// The reply of the faster request under this key.
    pub(crate) fn replayed<T: DeserializeOwned>(&self, desk: &Desk) -> Result<T, OfficeError> {
        self.replay(desk)?
            .ok_or_else(|| OfficeError::corrupt("a reply under this idempotency key was there and is gone"))
    }
}

/// Saves a reply in the act's own transaction, before anything else is written there.
pub(crate) fn save(tx: &mut Tx<'_>, row: Option<&Reply>) -> Result<(), GivenUp> {
    match row {
        Some(row) if !idempotency::insert(tx, row)? => Err(GivenUp::Raced),
        _ => Ok(()),
    }
}

/// How a transaction under an idempotency key can end without having written anything.
pub(crate) enum GivenUp {
    /// Another request under the same key was faster: replay its reply.
    Raced,
    /// Refused, for good.
    Refused(OfficeError),
}

impl From<StoreError> for GivenUp {
    fn from(error: StoreError) -> Self {
        GivenUp::Refused(error.into())
    }
}

impl From<OfficeError> for GivenUp {
    fn from(error: OfficeError) -> Self {
        GivenUp::Refused(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_ascii_of_bounded_length() {
        assert!(IdempotencyKey::parse("6f1c:moodle/42").is_ok());
        for bad in ["", "a b", "é", "a\n", &"x".repeat(256)] {
            assert!(IdempotencyKey::parse(bad).is_err(), "{bad:?}");
        }
    }
}
