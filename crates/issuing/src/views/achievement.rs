//! What the page of an achievement is made of.

use accolade_store::{achievements as store, issuers};
use serde_json::Value;

use super::{ImageLinks, IssuerCard};
use crate::ids::is_id;
use crate::office::Desk;
use crate::{Achievement, Office, OfficeError};

/// An achievement with everything its page says.
#[derive(Debug, Clone, PartialEq)]
pub struct AchievementSheet {
    /// The achievement.
    pub achievement: Achievement,
    /// The 3.0 Achievement as it stands in credentials awarded now.
    pub document: Value,
    /// Its issuer.
    pub issuer: IssuerCard,
    /// Its pictures.
    pub image: ImageLinks,
}

/// An achievement in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AchievementCard {
    /// Its id in this house.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is, in a few sentences.
    pub description: Option<String>,
    /// `achievementType`, such as `MicroCredential`.
    pub achievement_type: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// Its page.
    pub page: String,
    /// Its pictures.
    pub image: ImageLinks,
}

impl Office {
    /// What the page of an achievement is made of. `None` where there is none.
    pub fn view_achievement(&self, id: &str) -> Result<Option<AchievementSheet>, OfficeError> {
        if !is_id(id) {
            return Ok(None);
        }
        let desk = &*self.desk;
        let found = desk.store.read("view.achievement", |db| {
            let Some(row) = store::get(db, id)? else { return Ok::<_, OfficeError>(None) };
            Ok(issuers::get(db, &row.issuer_id)?.map(|issuer| (row, issuer)))
        })?;
        let Some((row, issuer)) = found else { return Ok(None) };
        let profile = serde_json::from_str(&issuer.document).map_err(OfficeError::corrupt)?;
        let document = desk.published_achievement(&row)?;
        Ok(Some(AchievementSheet {
            achievement: desk.shown_achievement(&row)?,
            issuer: desk.issuer_card(&row.issuer_id, &profile),
            image: desk.image_links(id, document.pointer("/image/id").and_then(Value::as_str)),
            document,
        }))
    }
}

impl Desk {
    pub(super) fn achievement_card(&self, row: &store::Achievement) -> Result<AchievementCard, OfficeError> {
        let document = self.published_achievement(row)?;
        let text = |member: &str| document.get(member).and_then(Value::as_str).map(str::to_owned);
        Ok(AchievementCard {
            id: row.id.clone(),
            name: text("name").unwrap_or_default(),
            description: text("description"),
            achievement_type: text("achievementType"),
            language: text("inLanguage"),
            page: self.addresses.achievement(&row.id),
            image: self.image_links(&row.id, document.pointer("/image/id").and_then(Value::as_str)),
        })
    }
}
