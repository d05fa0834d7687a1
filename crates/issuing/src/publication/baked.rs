//! Baked badges: an award inside of its picture, put together from the stored bytes when it is asked for.
//!
//! The picture of a credential holds both versions of the award, each in its own place: whoever downloads it knows neither
//! which version the reader at hand understands nor that there are two. A reader of 3.0 looks for `openbadgecredential`, one
//! of 2.0 for `openbadges`, and neither looks at the other's place. The image of the 2.0 Assertion holds that alone.

use accolade_baking::{Version, bake};
use accolade_store::achievements;
use accolade_store::credentials::{Credential, CredentialStatus};
use serde_json::Value;

use super::awards::erased;
use super::{AWARD_SECONDS, AssertionForm, PNG, Publication, STATUS_SECONDS, SVG};
use crate::OfficeError;
use crate::credentials::Opened;
use crate::office::Desk;

impl Desk {
    /// The 3.0 credential and the 2.0 Assertion in the picture, as `PNG` or as `SVG`.
    pub(super) fn baked_credential(
        &self,
        id: &str,
        content_type: &'static str,
        key: Option<&str>,
    ) -> Result<Option<Publication>, OfficeError> {
        let row = match self.open_award(id, key)? {
            None => return Ok(None),
            Some(Opened::Erased) => return Ok(Some(erased(&self.addresses.credential(id)))),
            Some(Opened::Open(award)) => award.row,
        };
        let image = self.picture_in(&row)?;
        let image = if content_type == SVG { self.svg_to_bake(&image) } else { self.image_to_bake(&image) }?;
        image
            .map(|image| Ok(Publication::new(with_both(&image, &row)?, content_type, AWARD_SECONDS)))
            .transpose()
    }

    /// The hosted 2.0 Assertion in the picture as PNG. While the award is not in force, its address says so.
    pub(super) fn baked_assertion(
        &self,
        id: &str,
        key: Option<&str>,
    ) -> Result<Option<Publication>, OfficeError> {
        let row = match self.open_award(id, key)? {
            Some(Opened::Open(award)) if award.row.record.status == CredentialStatus::Active => award.row,
            _ => return self.published_assertion(id, AssertionForm::Json, key),
        };
        let Some(image) = self.image_to_bake(&self.picture_in(&row)?)? else { return Ok(None) };
        let baked =
            bake(&image, Version::V2, text(&row.documents.assertion)?).map_err(OfficeError::corrupt)?;
        Ok(Some(Publication::new(baked, PNG, STATUS_SECONDS)))
    }

    /// The id of the picture that the credential names; of one that names none of ours, the achievement's as it is now.
    fn picture_in(&self, row: &Credential) -> Result<String, OfficeError> {
        let document: Value =
            serde_json::from_slice(&row.documents.document).map_err(OfficeError::corrupt)?;
        let named = document.pointer("/credentialSubject/achievement/image/id").and_then(Value::as_str);
        if let Some(id) = named.and_then(|url| self.addresses.image_named(url)) {
            return Ok(id);
        }
        let achievement = &row.record.achievement_id;
        let achievement =
            self.store.read("publication.achievement", |db| achievements::get(db, achievement))?;
        let missing = || OfficeError::corrupt("an award's achievement is gone");
        self.picture_of(&achievement.ok_or_else(missing)?)
    }
}

fn with_both(image: &[u8], row: &Credential) -> Result<Vec<u8>, OfficeError> {
    let documents = &row.documents;
    let with_2_0 = bake(image, Version::V2, text(&documents.assertion)?).map_err(OfficeError::corrupt)?;
    bake(&with_2_0, Version::V3, text(&documents.document)?).map_err(OfficeError::corrupt)
}

fn text(document: &[u8]) -> Result<&str, OfficeError> {
    std::str::from_utf8(document).map_err(OfficeError::corrupt)
}
