//! Published pictures: in every size, the card of an achievement, and the image of a 2.0 BadgeClass.

use accolade_imaging::Card;
use accolade_store::{achievements, issuers};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{DOCUMENT_SECONDS, HASHED_SECONDS, PNG, Publication, SVG};
use crate::OfficeError;
use crate::images::ImageForm;
use crate::office::Desk;

impl Desk {
    /// A picture by the hash of its bytes: it never changes.
    pub(super) fn published_image(
        &self,
        id: &str,
        form: ImageForm,
    ) -> Result<Option<Publication>, OfficeError> {
        Ok(match form {
            ImageForm::Svg => self.image_svg(id)?.map(|bytes| Publication::new(bytes, SVG, HASHED_SECONDS)),
            ImageForm::Png => self.image_png(id)?.map(|bytes| Publication::new(bytes, PNG, HASHED_SECONDS)),
            ImageForm::Side(side) => {
                self.image_side(id, side)?.map(|bytes| Publication::new(bytes, PNG, HASHED_SECONDS))
            }
        })
    }

    /// The wide picture of an achievement: its badge, its name, its issuer. Nobody who earned it is on it.
    pub(super) fn published_card(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let found = self.store.read("publication.card", |db| {
            let Some(achievement) = achievements::get(db, id)? else { return Ok::<_, OfficeError>(None) };
            let issuer = issuers::get(db, &achievement.issuer_id)?;
            Ok(issuer.map(|issuer| (achievement, issuer)))
        })?;
        let Some((achievement, issuer)) = found else { return Ok(None) };
        let (title, name) = (name_in(&achievement.document)?, name_in(&issuer.document)?);
        // Whoever renames either gets another card; the old one stays what it was.
        let digest = Sha256::digest(format!("{title}\0{name}"));
        let digest: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let image = self.picture_of(&achievement)?;
        let card = self.rendition(&image, &format!("card-{digest}"), |picture| {
            accolade_imaging::card(&Card { picture, title: &title, issuer: &name, caption: None })
        })?;
        Ok(card.map(|bytes| Publication::new(bytes, PNG, DOCUMENT_SECONDS)))
    }

    /// The achievement's picture as it is now, as PNG: an address that documents signed before there were pictures name.
    pub(super) fn published_badge_image(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some(row) = self.store.read("publication.achievement", |db| achievements::get(db, id))? else {
            return Ok(None);
        };
        let image = self.image_png(&self.picture_of(&row)?)?;
        Ok(image.map(|bytes| Publication::new(bytes, PNG, DOCUMENT_SECONDS)))
    }
}

fn name_in(document: &str) -> Result<String, OfficeError> {
    let document: Value = serde_json::from_str(document).map_err(OfficeError::corrupt)?;
    Ok(document.get("name").and_then(Value::as_str).unwrap_or_default().to_owned())
}
