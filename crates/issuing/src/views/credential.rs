//! What the page of an award is made of.

use accolade_core::Timestamp;
use serde_json::Value;

use super::{ImageLinks, IssuerCard};
use crate::credentials::{OpenAward, Opened};
use crate::ids::is_id;
use crate::office::Desk;
use crate::{Award, AwardStatus, Office, OfficeError, Visibility};

/// What somebody finds at the address of an award.
#[derive(Debug, Clone, PartialEq)]
pub enum CredentialView {
    /// The award.
    Open(Box<CredentialSheet>),
    /// It is private, and its share key was not brought: nothing of person or achievement may be shown.
    Locked {
        /// The page itself, without a key.
        page: String,
    },
    /// It was erased.
    Erased {
        /// The page itself.
        page: String,
    },
}

/// An award as its reader may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct CredentialSheet {
    /// The award, without the awarder's own number. Its links open what is shown here: where the reader came with the share
    /// key, every link has it, and `share` is there.
    pub award: Award,
    /// The signed 3.0 credential, as stored.
    pub document: Value,
    /// The recipient's name, only where it may be shown.
    pub recipient_name: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Whether the reader came with the share key: keep the page in no cache.
    pub shared: bool,
    /// The issuer as it stands in the signed credential.
    pub issuer: IssuerCard,
    /// The achievement's id in this house.
    pub achievement_id: String,
    /// The achievement's page.
    pub achievement_page: String,
    /// The moment for which `expired` and `not_yet_valid` hold.
    pub as_of: Timestamp,
    /// Whether `validUntil` is over.
    pub expired: bool,
    /// Whether `validFrom` is still to come.
    pub not_yet_valid: bool,
    /// The page of the award that replaced it.
    pub superseded_by: Option<String>,
    /// How it is signed, such as `eddsa-rdfc-2022`.
    pub proof_suite: Option<String>,
    /// The pictures of the achievement as it was when awarded.
    pub image: ImageLinks,
    /// Whether search engines may find the page: only of a public award in force, without a key.
    pub indexable: bool,
}

impl Office {
    /// What the page of an award is made of, for whoever brings `key`. `None` where there is no such award.
    pub fn view_credential(
        &self,
        id: &str,
        key: Option<&str>,
    ) -> Result<Option<CredentialView>, OfficeError> {
        if !is_id(id) {
            return Ok(None);
        }
        let desk = &*self.desk;
        let page = || desk.addresses.credential(id);
        match desk.open_award(id, key) {
            Ok(None) => Ok(None),
            Ok(Some(Opened::Erased)) => Ok(Some(CredentialView::Erased { page: page() })),
            Ok(Some(Opened::Open(award))) => {
                Ok(Some(CredentialView::Open(Box::new(desk.credential_sheet(*award)?))))
            }
            Err(OfficeError::Private) => Ok(Some(CredentialView::Locked { page: page() })),
            Err(error) => Err(error),
        }
    }
}

impl Desk {
    fn credential_sheet(&self, open: OpenAward) -> Result<CredentialSheet, OfficeError> {
        let document: Value =
            serde_json::from_slice(&open.row.documents.document).map_err(OfficeError::corrupt)?;
        let recipient_name = open.recipient_name(&document);
        let record = &open.row.record;
        let links = self.links_for_visitor(record, &self.names_of(record)?, open.shared);
        let award = Award { links: Some(links), external_id: None, ..self.linkless(record) };
        let as_of = self.now();
        let picture = document.pointer("/credentialSubject/achievement/image/id").and_then(Value::as_str);
        let profile = document.get("issuer").unwrap_or(&Value::Null);
        Ok(CredentialSheet {
            recipient_name,
            visibility: award.visibility,
            shared: open.shared,
            issuer: self.issuer_card(&record.issuer_id, profile),
            achievement_id: record.achievement_id.clone(),
            achievement_page: self.addresses.achievement(&record.achievement_id),
            expired: record.valid_until.is_some_and(|until| until <= as_of),
            not_yet_valid: record.valid_from > as_of,
            as_of,
            superseded_by: record.superseded_by.as_deref().map(|by| self.addresses.credential(by)),
            proof_suite: proof_suite(&document),
            image: self.image_links(&record.achievement_id, picture),
            indexable: award.visibility == Visibility::Public
                && award.status == AwardStatus::Active
                && !open.shared,
            award,
            document,
        })
    }
}

/// The suite of the first proof; its type where it names none.
fn proof_suite(document: &Value) -> Option<String> {
    let proof = document.get("proof")?;
    let proof = proof.get(0).unwrap_or(proof);
    let suite = proof.get("cryptosuite").or_else(|| proof.get("type"))?;
    suite.as_str().map(str::to_owned)
}
