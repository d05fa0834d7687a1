//! What pages are made of.

use accolade_issuing::{Achievement, Award, Issuer, SigningKey};
use serde_json::Value;

/// Who sees an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody, with the recipient's name.
    Public,
    /// Who has the address; without the name.
    Unlisted,
    /// Who has the sharing link.
    Private,
}

/// A credential as a visitor may see it.
#[derive(Debug, Clone)]
pub enum CredentialView {
    /// It may be seen.
    Open(Box<CredentialSheet>),
    /// It is private, and the visitor has no key.
    Locked {
        /// Its page.
        page: String,
    },
    /// It was erased.
    Erased {
        /// Its page.
        page: String,
    },
}

/// A credential that may be seen.
#[derive(Debug, Clone)]
pub struct CredentialSheet {
    /// The award.
    pub award: Award,
    /// The stored 3.0 credential.
    pub document: Value,
    /// The recipient's name, where it may be shown.
    pub recipient_name: Option<String>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Whether it was opened by a right key.
    pub shared: bool,
    /// Who issued it.
    pub issuer: IssuerCard,
    /// The achievement's page.
    pub achievement_page: String,
    /// Whether its end has passed.
    pub expired: bool,
    /// Whether its beginning is still to come.
    pub not_yet_valid: bool,
    /// The page of the credential that replaced it.
    pub superseded_by: Option<String>,
    /// The suite of its proof.
    pub proof_suite: Option<String>,
    /// Its pictures.
    pub image: ImageLinks,
    /// Whether search engines may list it.
    pub indexable: bool,
}

/// An achievement.
#[derive(Debug, Clone)]
pub struct AchievementSheet {
    /// The achievement.
    pub achievement: Achievement,
    /// As published.
    pub document: Value,
    /// Who awards it.
    pub issuer: IssuerCard,
    /// Its pictures.
    pub image: ImageLinks,
}

/// An issuer.
#[derive(Debug, Clone)]
pub struct IssuerSheet {
    /// The issuer.
    pub issuer: Issuer,
    /// As published.
    pub document: Value,
    /// What it awards.
    pub achievements: Vec<AchievementCard>,
    /// Whether there are more.
    pub more: bool,
    /// Its keys.
    pub keys: Vec<SigningKey>,
    /// Its logo.
    pub image: Option<String>,
}

/// An issuer beside what it issued.
#[derive(Debug, Clone)]
pub struct IssuerCard {
    /// Its id in this house.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub page: String,
    /// Its website.
    pub url: Option<String>,
    /// Its logo.
    pub image: Option<String>,
    /// Who it is.
    pub description: Option<String>,
    /// The `issuer.id` inside credentials.
    pub profile_id: String,
}

/// An achievement in a list.
#[derive(Debug, Clone)]
pub struct AchievementCard {
    /// Its id in this house.
    pub id: String,
    /// Its page.
    pub page: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Its pictures.
    pub image: ImageLinks,
    /// `achievementType`.
    pub achievement_type: Option<String>,
    /// The language it is described in.
    pub in_language: Option<String>,
}

/// The addresses of a picture in its sizes.
#[derive(Debug, Clone, Default)]
pub struct ImageLinks {
    /// 200 px.
    pub small: String,
    /// 400 px.
    pub medium: String,
    /// 600 px.
    pub large: String,
    /// The drawing, where there is one.
    pub svg: Option<String>,
    /// The preview card, 1200 × 627.
    pub card: String,
    /// What it shows.
    pub caption: Option<String>,
}
