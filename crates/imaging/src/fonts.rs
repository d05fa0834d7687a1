//! The fonts every picture and certificate is written with: the same on every machine, because the system's are never read.
//!
//! Noto Sans (Latin, Greek, Cyrillic) comes first, DejaVu Sans (Arabic, Hebrew, Armenian, Georgian, symbols) after it, then
//! what [`add`] was given at the start of the program: Chinese, Japanese and Korean need a font of 5 to 20 MB, which no
//! package of the registry ships. What no font has is told by [`missing`] and never left out in silence.

use std::sync::{Arc, OnceLock};

use usvg::fontdb;

/// One face of one font.
#[derive(Clone, Copy)]
pub struct Face {
    /// The family's name, as the font states it.
    pub family: &'static str,
    /// Whether this is the bold cut.
    pub bold: bool,
    /// The whole font file.
    pub bytes: &'static [u8],
    /// Which face of the file: 0 but in collections (`.ttc`).
    pub index: u32,
    id: fontdb::ID,
    place: usize,
}

/// Fonts could not be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FontError {
    /// The bytes of the file at this place of the list hold no face that can be read.
    #[error("this is not a TrueType or OpenType font")]
    NotAFont {
        /// Which of the files, from 0.
        position: usize,
    },
    /// Something was drawn already, or fonts were added before: what is drawn must not change while the program runs.
    #[error("fonts can be added only once, before anything is drawn")]
    TooLate,
}

struct Fonts {
    faces: Vec<Face>,
    shapers: Vec<rustybuzz::Face<'static>>,
    database: Arc<fontdb::Database>,
}

static ADDED: OnceLock<Vec<&'static [u8]>> = OnceLock::new();
static FONTS: OnceLock<Fonts> = OnceLock::new();

/// Adds font files (`.ttf`, `.otf`, `.ttc`) after the ones that are built in, in this order. Once, before anything is drawn;
/// they are kept until the program ends.
///
/// # Errors
/// [`FontError::NotAFont`] when one of the files cannot be read, [`FontError::TooLate`] when it is not the start any more.
pub fn add(files: Vec<Vec<u8>>) -> Result<(), FontError> {
    let is_no_font = |file: &Vec<u8>| rustybuzz::ttf_parser::Face::parse(file, 0).is_err();
    if let Some(position) = files.iter().position(is_no_font) {
        return Err(FontError::NotAFont { position });
    }
    if FONTS.get().is_some() {
        return Err(FontError::TooLate);
    }
    let kept = files.into_iter().map(|file| &*file.leak()).collect();
    ADDED.set(kept).map_err(|_| FontError::TooLate)
}

/// All faces in the order in which they are asked for a character.
pub fn faces() -> &'static [Face] {
    &fonts().faces
}

/// The same faces for usvg; its generic families are all Noto Sans.
pub fn database() -> &'static Arc<fontdb::Database> {
    &fonts().database
}

/// The characters of `text` that no font has, each once, in the order in which they come.
pub fn missing(text: &str) -> Vec<char> {
    let mut missing: Vec<char> = Vec::new();
    for character in text.chars() {
        let invisible = character.is_whitespace() || character.is_control() || is_format(character);
        if !invisible && !missing.contains(&character) && face_for(character, false).is_none() {
            missing.push(character);
        }
    }
    missing
}

impl Face {
    /// The same face as the shaper wants it.
    pub(crate) fn shaper(&self) -> Option<&'static rustybuzz::Face<'static>> {
        fonts().shapers.get(self.place)
    }
}

/// The first face that has this character: of the wanted weight where there is one, otherwise of the other.
pub(crate) fn face_for(character: char, bold: bool) -> Option<&'static Face> {
    let has = |face: &&Face| face.shaper().is_some_and(|shaper| shaper.glyph_index(character).is_some());
    faces()
        .iter()
        .filter(|face| face.bold == bold)
        .find(has)
        .or_else(|| faces().iter().filter(|face| face.bold != bold).find(has))
}

/// Options under which usvg reads nothing but what it is given: these fonts, no file, no address. Embedded PNGs are taken
/// when `embedded` says so of their bytes.
pub fn svg_options() -> usvg::Options<'static> {
    usvg::Options {
        font_family: "Noto Sans".to_owned(),
        fontdb: database().clone(),
        font_resolver: resolver(),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, data, _| crate::picture::embedded(&data)),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    }
}

/// Marks that join, part or direct, and draw nothing: no font needs them.
pub(crate) fn is_format(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn fonts() -> &'static Fonts {
    FONTS.get_or_init(|| {
        let mut files =
            vec![notosans::REGULAR_TTF, notosans::BOLD_TTF, dejavu::sans::regular(), dejavu::sans::bold()];
        files.extend(ADDED.get().into_iter().flatten());
        load(&files)
    })
}

fn load(files: &[&'static [u8]]) -> Fonts {
    let mut database = fontdb::Database::new();
    let (mut faces, mut shapers) = (Vec::new(), Vec::new());
    for bytes in files.iter().copied() {
        for id in database.load_font_source(fontdb::Source::Binary(Arc::new(bytes))) {
            let Some(info) = database.face(id) else { continue };
            let Some(shaper) = rustybuzz::Face::from_slice(bytes, info.index) else { continue };
            let family = info.families.first().map(|(name, _)| name.clone()).unwrap_or_default();
            faces.push(Face {
                family: family.leak(),
                bold: info.weight >= fontdb::Weight::SEMIBOLD,
                bytes,
                index: info.index,
                id,
                place: shapers.len(),
            });
            shapers.push(shaper);
        }
    }
    for set in [
        fontdb::Database::set_serif_family::<&str>,
        fontdb::Database::set_sans_serif_family,
        fontdb::Database::set_cursive_family,
        fontdb::Database::set_fantasy_family,
        fontdb::Database::set_monospace_family,
    ] {
        set(&mut database, "Noto Sans");
    }
    Fonts { faces, shapers, database: Arc::new(database) }
}

/// usvg's own choice of a fallback goes by the order of loading alone and may answer with a bold face for a light one.
fn resolver() -> usvg::FontResolver<'static> {
    usvg::FontResolver {
        select_font: usvg::FontResolver::default_font_selector(),
        select_fallback: Box::new(|character, used, _| {
            let bold = used
                .first()
                .and_then(|id| faces().iter().find(|face| face.id == *id))
                .is_some_and(|face| face.bold);
            face_for(character, bold).map(|face| face.id).filter(|id| !used.contains(id))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_faces_come_in_their_order() {
        let names: Vec<(&str, bool)> = faces().iter().map(|face| (face.family, face.bold)).collect();
        let expected =
            [("Noto Sans", false), ("Noto Sans", true), ("DejaVu Sans", false), ("DejaVu Sans", true)];
        assert_eq!(names, expected);
    }

    #[test]
    fn arabic_hebrew_greek_and_cyrillic_are_written_and_what_is_not_is_told() {
        assert_eq!(missing("Zażółć Ελληνικά Русский العربية עברית «✓» \u{200f}a\u{300}"), Vec::<char>::new());
        assert_eq!(missing("汉A汉字"), ['汉', '字']);
    }

    #[test]
    fn what_is_not_a_font_is_not_added() {
        assert_eq!(add(vec![b"no font".to_vec()]), Err(FontError::NotAFont { position: 0 }));
    }
}
