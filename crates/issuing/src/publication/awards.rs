//! Published awards: the stored bytes, and the status lists that tell whether they are in force.

use accolade_core::v2::RevokedAssertion;
use accolade_store::credentials::CredentialStatus;
use accolade_store::status_lists;
use serde_json::json;

use super::{
    AWARD_SECONDS, AssertionForm, CredentialForm, JOSE, JSON_LD, PNG, Publication, STATUS_SECONDS, SVG, VC,
    VC_JWT, uri,
};
use crate::OfficeError;
use crate::credentials::Opened;
use crate::office::Desk;

impl Desk {
    /// The 3.0 credential, byte for byte as signed. Its status stands in its status list, so it stays as it is when revoked.
    pub(super) fn published_credential(
        &self,
        id: &str,
        form: CredentialForm,
        key: Option<&str>,
    ) -> Result<Option<Publication>, OfficeError> {
        let url = self.addresses.credential(id);
        let documents = match self.open_award(id, key)? {
            None => return Ok(None),
            Some(Opened::Erased) => return Ok(Some(erased(&url))),
            Some(Opened::Open(award)) => award.row.documents,
        };
        Ok(Some(match form {
            CredentialForm::Json => Publication::new(documents.document, VC, AWARD_SECONDS)
                .also(VC_JWT, format!("{url}.jwt"))
                .also(PNG, self.addresses.credential_png(id))
                .also(JSON_LD, self.addresses.assertion(id)),
            CredentialForm::Png => return self.baked_credential(id, PNG, key),
            CredentialForm::Svg => return self.baked_credential(id, SVG, key),
            CredentialForm::Jwt => {
                Publication::new(documents.jwt, VC_JWT, AWARD_SECONDS).also(VC, format!("{url}.json"))
            }
        }))
    }

    /// The 2.0 Assertion. While it is not in force, its address says so, in either form: 2.0 knows no suspension.
    pub(super) fn published_assertion(
        &self,
        id: &str,
        form: AssertionForm,
        key: Option<&str>,
    ) -> Result<Option<Publication>, OfficeError> {
        let url = self.addresses.assertion(id);
        let row = match self.open_award(id, key)? {
            None => return Ok(None),
            Some(Opened::Erased) => return Ok(Some(erased_assertion(&url))),
            Some(Opened::Open(award)) => award.row,
        };
        if row.record.status != CredentialStatus::Active {
            let body = RevokedAssertion::new(uri(url)?, row.record.status_reason.as_deref()).to_json();
            return Ok(Some(Publication::new(body, JSON_LD, STATUS_SECONDS).gone()));
        }
        Ok(Some(match form {
            AssertionForm::Json => Publication::new(row.documents.assertion, JSON_LD, STATUS_SECONDS)
                .also(JOSE, format!("{url}.jws"))
                .also(PNG, self.addresses.assertion_image(id))
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
}

/// What is left at every address of an erased award.
pub(super) fn erased(url: &str) -> Publication {
    let body = json!({ "id": url, "erased": true }).to_string();
    Publication::new(body, "application/json", STATUS_SECONDS).gone()
}

/// The same of a 2.0 assertion: to its verifiers, which know no erasure, it is revoked.
fn erased_assertion(url: &str) -> Publication {
    let body = json!({ "id": url, "erased": true, "revoked": true }).to_string();
    Publication::new(body, "application/json", STATUS_SECONDS).gone()
}
