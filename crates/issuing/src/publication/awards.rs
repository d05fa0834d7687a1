//! Published awards: the stored bytes, and the status lists that tell whether they are in force.

use accolade_core::v2::RevokedAssertion;
use accolade_store::credentials::{self as store, Credential, CredentialStatus};
use accolade_store::status_lists;

use super::{
    AssertionForm, CredentialForm, FIXED_SECONDS, JOSE, JSON_LD, Publication, STATUS_SECONDS, VC, VC_JWT, uri,
};
use crate::OfficeError;
use crate::office::Desk;

impl Desk {
    /// The 3.0 credential, byte for byte as signed. Its status stands in its status list, so it stays as it is when revoked.
    pub(super) fn published_credential(
        &self,
        id: &str,
        form: CredentialForm,
    ) -> Result<Option<Publication>, OfficeError> {
        let Some(row) = self.stored(id)? else { return Ok(None) };
        let url = self.addresses.credential(id);
        Ok(Some(match form {
            CredentialForm::Json => Publication::new(row.documents.document, VC, FIXED_SECONDS)
                .also(VC_JWT, format!("{url}.jwt"))
                .also(JSON_LD, self.addresses.assertion(id)),
            CredentialForm::Jwt => {
                Publication::new(row.documents.jwt, VC_JWT, FIXED_SECONDS).also(VC, format!("{url}.json"))
            }
        }))
    }

    /// The 2.0 Assertion. While it is not in force, its address says so, in either form: 2.0 knows no suspension.
    pub(super) fn published_assertion(
        &self,
        id: &str,
        form: AssertionForm,
    ) -> Result<Option<Publication>, OfficeError> {
        let Some(row) = self.stored(id)? else { return Ok(None) };
        let url = self.addresses.assertion(id);
        if row.record.status != CredentialStatus::Active {
            let body = RevokedAssertion::new(uri(url)?, row.record.status_reason.as_deref()).to_json();
            return Ok(Some(Publication::new(body, JSON_LD, STATUS_SECONDS).gone()));
        }
        Ok(Some(match form {
            AssertionForm::Json => Publication::new(row.documents.assertion, JSON_LD, STATUS_SECONDS)
                .also(JOSE, format!("{url}.jws"))
                .also(VC, self.addresses.credential(id)),
            AssertionForm::Jws => {
                Publication::new(row.documents.assertion_jws, JOSE, STATUS_SECONDS).also(JSON_LD, url)
            }
        }))
    }

    /// A status list as it was last signed.
    pub(super) fn published_status_list(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let list = self.store.read("publication.status_list", |db| status_lists::get(db, id))?;
        Ok(list.map(|list| Publication::new(list.document, VC, STATUS_SECONDS)))
    }

    fn stored(&self, id: &str) -> Result<Option<Credential>, OfficeError> {
        Ok(self.store.read("publication.credential", |db| store::get(db, id))?)
    }
}
