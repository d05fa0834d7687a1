//! Where the pictures of an achievement are.

use crate::office::Desk;

/// Where the pictures of an achievement are. All of them are ours and public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageLinks {
    /// The picture itself: PNG or SVG.
    pub original: String,
    /// PNG of 90 pixels a side.
    pub side_90: String,
    /// PNG of 200 pixels a side.
    pub side_200: String,
    /// PNG of 400 pixels a side.
    pub side_400: String,
    /// PNG of 600 pixels a side.
    pub side_600: String,
    /// PNG of 1200 × 627 pixels, for link previews. Nobody's name is in it.
    pub card: String,
}

impl Desk {
    /// The pictures of `achievement`. `named` is the `image.id` of the Achievement that is shown: where it is one of our
    /// pictures, which keep their bytes for ever, an award goes on showing the one it was made with.
    pub(super) fn image_links(&self, achievement: &str, named: Option<&str>) -> ImageLinks {
        let images = format!("{}/public/images/", self.addresses.base());
        let id =
            named.and_then(|url| url.strip_prefix(&images)).and_then(|file| file.split(['.', '/']).next());
        let ours = id.map(|id| format!("{images}{id}"));
        let original = match (named, &ours) {
            (Some(named), Some(_)) => named.to_owned(),
            _ => self.addresses.badge_image(achievement),
        };
        let side = |side: u32| match &ours {
            Some(ours) => format!("{ours}/{side}.png"),
            None => original.clone(),
        };
        ImageLinks {
            side_90: side(90),
            side_200: side(200),
            side_400: side(400),
            side_600: side(600),
            original,
            card: self.addresses.card(achievement),
        }
    }
}
