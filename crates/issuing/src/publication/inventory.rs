//! Which public documents an issuer has, for whoever takes all of them along.

use accolade_store::{issuers, status_lists};

use crate::{Caller, Office, OfficeError, Scope};

impl Office {
    /// The ids of an issuer's status lists, open and closed, oldest first. They are few.
    pub fn status_lists(&self, caller: &Caller, issuer: &str) -> Result<Vec<String>, OfficeError> {
        caller.needs(Scope::IssuersRead)?;
        caller.sees(issuer)?;
        self.desk.store.read("status_lists", |db| {
            issuers::get(db, issuer)?.ok_or(OfficeError::NotFound)?;
            Ok(status_lists::ids_of_issuer(db, issuer)?)
        })
    }
}
