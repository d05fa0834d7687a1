//! The faces a certificate is written with, and which of them has a character.

use std::sync::{Arc, OnceLock};

use accolade_imaging::fonts;
use krilla::text::Font;
use rustybuzz::ttf_parser;

/// How a text speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Names and headings: a serif, where it has the characters.
    Display,
    /// Everything else.
    Plain,
    /// Labels and what must stand out.
    Strong,
}

/// One face, ready to be shaped with and to be embedded.
pub(crate) struct Face {
    /// What is embedded.
    pub(crate) font: Font,
    /// What shapes.
    pub(crate) shaper: rustybuzz::Face<'static>,
}

impl Face {
    fn read(bytes: &'static [u8], index: u32) -> Option<Arc<Self>> {
        let font = Font::new(bytes.into(), index)?;
        let shaper = rustybuzz::Face::from_slice(bytes, index)?;
        Some(Arc::new(Self { font, shaper }))
    }

    /// Whether the face draws a character; what is never drawn needs no face.
    pub(crate) fn has(&self, character: char) -> bool {
        is_ignorable(character)
            || self.shaper.glyph_index(character).is_some_and(|id| id != ttf_parser::GlyphId(0))
    }

    /// Font units to fractions of the size; one that fits no font is 0.
    pub(crate) fn em(&self, units: i32) -> f32 {
        i16::try_from(units).map_or(0.0, f32::from) / self.font.units_per_em()
    }
}

struct Faces {
    display: Vec<Arc<Face>>,
    plain: Vec<Arc<Face>>,
    strong: Vec<Arc<Face>>,
}

static FACES: OnceLock<Faces> = OnceLock::new();

/// The faces of a voice in the order in which they are asked.
pub(crate) fn faces(voice: Voice) -> &'static [Arc<Face>] {
    let faces = FACES.get_or_init(read);
    match voice {
        Voice::Display => &faces.display,
        Voice::Plain => &faces.plain,
        Voice::Strong => &faces.strong,
    }
}

/// The bold cuts first for what is strong, then the others: a character without a bold cut is better plain than missing.
fn read() -> Faces {
    let mut plain = Vec::new();
    let mut strong = Vec::new();
    for face in fonts::faces() {
        if let Some(read) = Face::read(face.bytes, face.index) {
            if face.bold { strong.push(read) } else { plain.push(read) }
        }
    }
    strong.extend(plain.iter().cloned());
    let serif = Face::read(dejavu::serif_condensed::regular(), 0);
    let display = serif.into_iter().chain(plain.iter().cloned()).collect();
    Faces { display, plain, strong }
}

/// Characters that say something about their neighbours and have no shape of their own.
pub(crate) fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{034F}' | '\u{FE00}'..='\u{FE0F}')
}
