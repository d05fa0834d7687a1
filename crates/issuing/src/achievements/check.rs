//! Check: what an achievement lacks to be a micro-credential of a framework.

use accolade_core::micro_credential::check::{Profile, Report, check};
use accolade_store::issuers;
use serde_json::Value;

use super::{found, record};
use crate::issuers::Named;
use crate::{Caller, Office, OfficeError, Scope};

impl Office {
    /// Compares an achievement with the elements of a framework for micro-credentials.
    pub fn check_achievement(
        &self,
        caller: &Caller,
        id: &str,
        profile: Profile,
    ) -> Result<Report, OfficeError> {
        caller.needs(Scope::AchievementsRead)?;
        let (row, issuer) = self.desk.store.read("achievement.check", |db| {
            let row = found(db, caller, id)?;
            let issuer = issuers::get(db, &row.issuer_id)?.ok_or(OfficeError::NotFound)?;
            Ok::<_, OfficeError>((row, issuer))
        })?;
        let document: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        let record = record::micro_credential(&document)?;
        Ok(check(profile, &document, record.as_ref(), &Named::of(&issuer)?.profile))
    }
}
