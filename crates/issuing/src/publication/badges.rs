//! Published achievements: the 3.0 Achievement, the 2.0 BadgeClass, and its image.

use accolade_core::achievement::Achievement;
use accolade_core::class::Class;
use accolade_core::v2::{BadgeClass, BadgeLinks};
use accolade_store::achievements as store;
use serde::Serialize;
use serde_json::Value;

use super::{DOCUMENT_SECONDS, JSON_LD, Publication, badge_image, uri};
use crate::OfficeError;
use crate::office::Desk;

/// A document with the contexts that define its terms in front.
#[derive(Serialize)]
struct InContext<T> {
    #[serde(rename = "@context")]
    context: [&'static str; 2],
    #[serde(flatten)]
    document: T,
}

impl Desk {
    /// The 3.0 Achievement as it stands in credentials awarded now.
    pub(super) fn published_achievement_document(
        &self,
        id: &str,
    ) -> Result<Option<Publication>, OfficeError> {
        let Some((_, document)) = self.typed_achievement(id)? else { return Ok(None) };
        let body = serde_json::to_vec(&InContext { context: accolade_core::OB_CONTEXTS, document })
            .map_err(OfficeError::corrupt)?;
        Ok(Some(Publication::new(body, JSON_LD, DOCUMENT_SECONDS).also(JSON_LD, self.addresses.badge(id))))
    }

    /// The 2.0 BadgeClass.
    pub(super) fn published_badge(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some((row, achievement)) = self.typed_achievement(id)? else { return Ok(None) };
        let links = BadgeLinks {
            id: uri(self.addresses.badge(id))?,
            issuer: uri(self.addresses.issuer_v2(&row.issuer_id))?,
            image: uri(self.addresses.badge_image(id))?,
        };
        let body = BadgeClass::from_achievement(&achievement, links).to_json();
        Ok(Some(
            Publication::new(body, JSON_LD, DOCUMENT_SECONDS).also(JSON_LD, self.addresses.achievement(id)),
        ))
    }

    /// The image that was uploaded, or a plain one. Both may be SVG, and an uploaded one is a stranger's.
    pub(super) fn published_badge_image(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some(row) = self.store.read("publication.achievement", |db| store::get(db, id))? else {
            return Ok(None);
        };
        let document: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        let uploaded = document.pointer("/image/id").and_then(Value::as_str).and_then(badge_image::uploaded);
        let image = match uploaded.and_then(Result::ok) {
            Some(image) => image,
            None => badge_image::drawn(document.get("name").and_then(Value::as_str).unwrap_or_default()),
        };
        let mut publication = Publication::new(image.bytes, image.content_type, DOCUMENT_SECONDS);
        publication.sandbox = true;
        Ok(Some(publication))
    }

    fn typed_achievement(&self, id: &str) -> Result<Option<(store::Achievement, Achievement)>, OfficeError> {
        let Some(row) = self.store.read("publication.achievement", |db| store::get(db, id))? else {
            return Ok(None);
        };
        let typed =
            Achievement::from_value(self.published_achievement(&row)?).map_err(OfficeError::corrupt)?;
        Ok(Some((row, typed)))
    }
}
