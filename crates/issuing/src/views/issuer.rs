//! What the page of an issuer is made of.

use accolade_store::{achievements, issuers as store, signing_keys};
use serde_json::Value;

use super::AchievementCard;
use crate::ids::is_id;
use crate::issuers::Named;
use crate::office::Desk;
use crate::{Issuer, Office, OfficeError, Publicly, SigningKey};

/// How many achievements an issuer's page shows.
const MOST_ACHIEVEMENTS: u32 = 200;

/// An issuer with everything its page says.
#[derive(Debug, Clone, PartialEq)]
pub struct IssuerSheet {
    /// The issuer.
    pub issuer: Issuer,
    /// The 3.0 Profile with its keys, as published.
    pub document: Value,
    /// Its logo: a URL or a data URI.
    pub image: Option<String>,
    /// In a few words.
    pub card: IssuerCard,
    /// Its achievements, newest first: 200 at most.
    pub achievements: Vec<AchievementCard>,
    /// Whether it has more achievements than are listed.
    pub more: bool,
    /// Its signing keys, newest first: those in use, the retired, and the compromised, which no document lists any more.
    pub keys: Vec<SigningKey>,
}

/// An issuer in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerCard {
    /// Its id in this house.
    pub id: String,
    /// The `issuer.id` inside credentials.
    pub profile_id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its home page, an http or https URL as it was registered.
    pub url: Option<String>,
    /// Where people write to.
    pub email: Option<String>,
    /// Its logo: a URL or a data URI.
    pub image: Option<String>,
    /// Its page here.
    pub page: String,
}

impl Office {
    /// What the page of an issuer is made of. `None` where there is none.
    pub fn view_issuer(&self, id: &str) -> Result<Option<IssuerSheet>, OfficeError> {
        if !is_id(id) {
            return Ok(None);
        }
        let desk = &*self.desk;
        let found = desk.store.read("view.issuer", |db| {
            let Some(row) = store::get(db, id)? else { return Ok::<_, OfficeError>(None) };
            let keys = signing_keys::of_issuer(db, id)?;
            Ok(Some((row, keys, achievements::page(db, id, None, MOST_ACHIEVEMENTS)?)))
        })?;
        let Some((row, keys, page)) = found else { return Ok(None) };
        let named = Named::of(&row)?;
        let Some(published) = self.publication(&Publicly::Issuer(id.to_owned()))? else { return Ok(None) };
        Ok(Some(IssuerSheet {
            issuer: desk.shown_issuer(&row)?,
            document: serde_json::from_slice(&published.body).map_err(OfficeError::corrupt)?,
            image: named.profile.pointer("/image/id").and_then(Value::as_str).map(str::to_owned),
            card: desk.issuer_card(id, &named.profile),
            achievements: page
                .items
                .iter()
                .map(|row| desk.achievement_card(row))
                .collect::<Result<_, _>>()?,
            more: page.next.is_some(),
            keys: keys.iter().map(|key| desk.shown_key(&named, key)).collect::<Result<_, _>>()?,
        }))
    }
}

impl Desk {
    /// The issuer as `profile` has it: the one stored, or the one inside a signed credential.
    pub(super) fn issuer_card(&self, id: &str, profile: &Value) -> IssuerCard {
        let text = |member: &str| profile.get(member).and_then(Value::as_str).map(str::to_owned);
        IssuerCard {
            id: id.to_owned(),
            profile_id: text("id").unwrap_or_default(),
            name: text("name").unwrap_or_default(),
            description: text("description"),
            url: text("url"),
            email: text("email"),
            image: profile.pointer("/image/id").and_then(Value::as_str).map(str::to_owned),
            page: self.addresses.issuer(id),
        }
    }
}
