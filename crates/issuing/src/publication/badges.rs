//! Published achievements: the 3.0 Achievement and the 2.0 BadgeClass.

use accolade_core::achievement::Achievement;
use accolade_core::class::Class;
use accolade_core::v2::{BadgeClass, BadgeLinks};
use accolade_store::achievements as store;
use serde::Serialize;
use serde_json::Value;

use super::{DOCUMENT_SECONDS, JSON_LD, Publication, uri};
use crate::OfficeError;
use crate::achievements::contexts_of;
use crate::office::Desk;

/// A document with the contexts that define its terms in front.
#[derive(Serialize)]
struct InContext<T> {
    #[serde(rename = "@context")]
    context: Value,
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
        let body = in_context(document)?;
        Ok(Some(Publication::new(body, JSON_LD, DOCUMENT_SECONDS).also(JSON_LD, self.addresses.badge(id))))
    }

    /// The 3.0 Achievement as one of its versions had it.
    pub(super) fn published_version(
        &self,
        id: &str,
        version: u32,
    ) -> Result<Option<Publication>, OfficeError> {
        let Some(row) = self.achievement_as_of(id, version)? else { return Ok(None) };
        let body = in_context(self.typed(&row)?)?;
        Ok(Some(Publication::new(body, JSON_LD, DOCUMENT_SECONDS)))
    }

    /// The 2.0 BadgeClass.
    pub(super) fn published_badge(&self, id: &str) -> Result<Option<Publication>, OfficeError> {
        let Some((row, achievement)) = self.typed_achievement(id)? else { return Ok(None) };
        let links = BadgeLinks {
            id: uri(self.addresses.badge(id))?,
            issuer: uri(self.addresses.issuer_v2(&row.issuer_id))?,
            image: uri(self.addresses.image_png(&self.picture_of(&row)?))?,
        };
        let body = BadgeClass::from_achievement(&achievement, links).to_json();
        Ok(Some(
            Publication::new(body, JSON_LD, DOCUMENT_SECONDS).also(JSON_LD, self.addresses.achievement(id)),
        ))
    }

    fn typed_achievement(&self, id: &str) -> Result<Option<(store::Achievement, Achievement)>, OfficeError> {
        let Some(row) = self.store.read("publication.achievement", |db| store::get(db, id))? else {
            return Ok(None);
        };
        let typed = self.typed(&row)?;
        Ok(Some((row, typed)))
    }

    fn typed(&self, row: &store::Achievement) -> Result<Achievement, OfficeError> {
        Achievement::from_value(self.published_achievement(row)?).map_err(OfficeError::corrupt)
    }
}

fn in_context(achievement: Achievement) -> Result<Vec<u8>, OfficeError> {
    let context = contexts_of(&achievement.to_value());
    serde_json::to_vec(&InContext { context, document: achievement }).map_err(OfficeError::corrupt)
}
