//! Opened signing keys, kept ready.

use crate::{Office, OfficeError};

/// Signers by key id.
#[derive(Default)]
pub(crate) struct Signers {}

impl Office {
    pub(crate) fn try_master_key(&self) -> Result<(), OfficeError> {
        Ok(())
    }
}
