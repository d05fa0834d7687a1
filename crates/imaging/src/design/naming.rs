//! A design from nothing but a name.

mod words;

use sha2::{Digest, Sha256};

use self::words::{GENERAL, MEANINGS};
use super::icons;
use super::level::Level;
use super::palette::NAMED;
use super::ribbon;
use super::ring::Ring;
use super::shape::Shape;
use super::texture::Texture;
use super::{Design, Emblem};

/// The design of a name.
pub(super) fn design(name: &str) -> Design {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = digest.iter().copied();
    let mut pick = |count: usize| usize::from(bytes.next().unwrap_or(0)) % count.max(1);
    let palette = NAMED.get(pick(NAMED.len())).map_or(NAMED[0], |named| *named);
    let shape = Shape::ALL.get(pick(Shape::ALL.len())).copied().unwrap_or(Shape::Circle);
    let ring = Ring::ALL.get(1 + pick(Ring::ALL.len() - 1)).copied().unwrap_or(Ring::Line);
    let texture = Texture::ALL.get(pick(Texture::ALL.len())).copied().unwrap_or(Texture::Plain);
    let general = GENERAL.get(pick(GENERAL.len())).copied().unwrap_or("star");
    let icon = icons::named(meaning(&name).unwrap_or(general)).unwrap_or(super::FALLBACK);
    let ribbon = ribbon::fitted(&name).is_ok().then(|| name.clone());
    let emblem = level_code(&name).map_or(Emblem::Icon(icon.0), Emblem::Monogram);
    Design { shape, ring, texture, emblem, ribbon, palette: palette.1, level: None::<Level> }
}

fn meaning(name: &str) -> Option<&'static str> {
    let name = format!("{} ", name.to_lowercase());
    let begins = |stem: &&str| {
        let mut places = name.match_indices(*stem).map(|(place, _)| place);
        places.any(|place| {
            let before = name.get(..place).and_then(|start| start.chars().next_back());
            // Chinese has no spaces between words, and Arabic joins its article to them.
            before.is_none_or(|before| !before.is_alphabetic()) || !stem.is_ascii()
        })
    };
    MEANINGS.iter().find(|(_, stems)| stems.iter().any(begins)).map(|(icon, _)| *icon)
}

/// A level of the [Common European Framework of Reference](https://www.coe.int/en/web/common-european-framework-reference-languages)
/// among the words of a name, which says more than any icon.
fn level_code(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_alphanumeric());
    words.map(str::to_uppercase).find(|word| matches!(word.as_str(), "A1" | "A2" | "B1" | "B2" | "C1" | "C2"))
}
