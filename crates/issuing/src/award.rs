//! Award: the numbered story.

use crate::{Award, AwardOrder, Caller, IdempotencyKey, Office, OfficeError};

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awarded {
    /// The award: new, or the one that was there.
    pub award: Award,
    /// Whether this order made it. A replayed reply is as it was the first time.
    pub created: bool,
}

impl Office {
    /// Awards an achievement.
    pub fn award(
        &self,
        caller: &Caller,
        achievement: &str,
        order: AwardOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Awarded, OfficeError> {
        let _ = (caller, achievement, order, key);
        Err(OfficeError::NotFound)
    }
}
