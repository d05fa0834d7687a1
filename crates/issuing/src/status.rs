//! Revoke, suspend, reinstate.

use crate::{Award, Caller, Office, OfficeError};

impl Office {
    /// Revokes an award for good. Again is the same and changes nothing.
    pub fn revoke(&self, caller: &Caller, id: &str, reason: Option<&str>) -> Result<Award, OfficeError> {
        let _ = (caller, id, reason);
        Err(OfficeError::NotFound)
    }

    /// Puts an award out of force until it is reinstated.
    pub fn suspend(&self, caller: &Caller, id: &str, reason: Option<&str>) -> Result<Award, OfficeError> {
        let _ = (caller, id, reason);
        Err(OfficeError::NotFound)
    }

    /// Puts a suspended award back in force.
    pub fn reinstate(&self, caller: &Caller, id: &str, reason: Option<&str>) -> Result<Award, OfficeError> {
        let _ = (caller, id, reason);
        Err(OfficeError::NotFound)
    }
}
