//! Idempotency keys: the same request twice is one act and one reply.

use crate::Fault;

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
