//! Published pictures: in every size, the card of an achievement, and the image of a 2.0 BadgeClass.

use accolade_imaging::Card;
use accolade_store::{achievements, issuers};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{DOCUMENT_SECONDS, HASHED_SECONDS, PNG, Publication, SVG};
use crate::OfficeError;
use crate::images::{ImageForm, read_data_uri};
use crate::office::Desk;

impl Desk {
    /// A picture by the hash of its bytes: it never changes.
    pub(super) fn published_image(
        &self,
        id: &str,
        form: ImageForm,
    ) -> Result<Option<Publication>, OfficeError> {
        Ok(match form {
            ImageForm::Svg => self.image_svg(id)?.map(|bytes| picture(bytes, SVG, HASHED_SECONDS)),
            ImageForm::Png => self.image_png(id)?.map(|bytes| picture(bytes, PNG, HASHED_SECONDS)),
            ImageForm::Side(side) => {
                self.image_side(id, side)?.map(|bytes| picture(bytes, PNG, HASHED_SECONDS))
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
        Ok(card.map(|bytes| picture(bytes, PNG, DOCUMENT_SECONDS)))
    }

    /// The achievement's picture as it is now, as PNG: an address that documents signed before there were pictures name.
    pub(super) fn published_badge_image(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some(row) = self.store.read("publication.achievement", |db| achievements::get(db, id))? else {
            return Ok(None);
        };
        if row.image_id.is_none()
            && let Some((bytes, content_type)) = uploaded_long_ago(&row.document)?
        {
            return Ok(Some(picture(bytes, content_type, DOCUMENT_SECONDS)));
        }
        let image = self.image_png(&self.picture_of(&row)?)?;
        Ok(image.map(|bytes| picture(bytes, PNG, DOCUMENT_SECONDS)))
    }
}

/// A picture may be SVG, and a stranger may have drawn it.
pub(super) fn picture(bytes: Vec<u8>, content_type: &'static str, seconds: u32) -> Publication {
    let mut publication = Publication::new(bytes, content_type, seconds);
    publication.sandbox = true;
    publication
}

fn name_in(document: &str) -> Result<String, OfficeError> {
    let document: Value = serde_json::from_str(document).map_err(OfficeError::corrupt)?;
    Ok(document.get("name").and_then(Value::as_str).unwrap_or_default().to_owned())
}

/// The image that stands in the document itself, as such were stored before there were pictures.
fn uploaded_long_ago(document: &str) -> Result<Option<(Vec<u8>, &'static str)>, OfficeError> {
    let document: Value = serde_json::from_str(document).map_err(OfficeError::corrupt)?;
    let uploaded = document.pointer("/image/id").and_then(Value::as_str).and_then(read_data_uri);
    Ok(uploaded.and_then(Result::ok).map(|bytes| {
        let content_type = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") { PNG } else { SVG };
        (bytes, content_type)
    }))
}
