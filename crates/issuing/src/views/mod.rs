//! What pages are made of: typed, owned data about an award, an achievement, an issuer, and no HTML.
//!
//! A view holds only what its reader may see. Whoever makes a page of it need not ask again.

mod achievement;
mod catalogue;
mod credential;
mod image;
mod issuer;

pub use achievement::{AchievementCard, AchievementSheet};
pub use catalogue::{Catalogue, CatalogueEntry, CatalogueFilter};
pub use credential::{CredentialSheet, CredentialView};
pub use image::ImageLinks;
pub use issuer::{IssuerCard, IssuerSheet};
