//! SVG from strangers: measured, read by usvg with nothing to read from, written anew.
//!
//! What usvg writes are shapes, paints, clips and masks; it has no words for script, events, animation, links, style sheets or
//! foreign elements, so none can survive.

use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use tiny_skia::{Pixmap, Transform};
use usvg::roxmltree::{Document, ParsingOptions};

use super::{PictureError, budget, pixels, png, references};
use crate::fonts;

const MAX_DEPTH: usize = 128;
const MAX_ELEMENTS: usize = 20_000;
const MAX_ATTRIBUTES: usize = 200;
const MAX_STYLE_BYTES: usize = 64 << 10;
const MAX_STYLE_RULES: usize = 400;
/// Rules times elements: each rule is tried on each element.
const MAX_STYLING: usize = 1_000_000;
const MAX_LETTERS: usize = 2_000;
const MAX_CLEAN_BYTES: usize = 4 << 20;
const MAX_EMBEDDED_BYTES: usize = 1 << 20;
const MAX_EMBEDDED_PIXELS: u64 = 2_000_000;
const MAX_EMBEDDED: usize = 8;
/// Writing again what was written changes nothing any more after so many rounds.
const MAX_ROUNDS: usize = 4;

/// A checked drawing.
pub(super) struct Clean {
    pub(super) text: String,
    pub(super) tree: usvg::Tree,
    pub(super) removed: Removed,
}

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct Removed {
    /// In words, each kind once.
    pub(super) kinds: Vec<&'static str>,
    /// Characters without glyph.
    pub(super) characters: Vec<char>,
}

impl Removed {
    fn add(&mut self, kind: &'static str) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }
}

/// Whether these bytes begin like an SVG: text, and an `svg` element near its start.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    let near = start.get(..start.len().min(4_096)).unwrap_or_default();
    start.starts_with(b"<")
        && (near.windows(4).any(|at| at == b"<svg") || near.windows(5).any(|at| at == b":svg "))
}

/// Checks, reads and writes anew.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean, PictureError> {
    let text = std::str::from_utf8(bytes).map_err(|_| PictureError::Unsupported("its text is not UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let removed = survey(text)?;
    let mut tree = parse(text)?;
    budget::check(&tree)?;
    let mut text = write(&tree);
    // Numbers are rounded as they are written: what is kept must be what is read from it.
    for _ in 0..MAX_ROUNDS {
        tree = parse(&text)?;
        let again = write(&tree);
        if again == text {
            break;
        }
        text = again;
    }
    if text.len() > MAX_CLEAN_BYTES {
        return Err(PictureError::Limit("with its text turned into outlines, it is larger than 4 MiB"));
    }
    budget::check(&tree)?;
    Ok(Clean { text, tree, removed })
}

fn parse(text: &str) -> Result<usvg::Tree, PictureError> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 200_000, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|_| PictureError::Damaged("it is not well-formed XML"))?;
    references::check(&document)?;
    usvg::Tree::from_xmltree(&document, &fonts::svg_options()).map_err(|error| match error {
        usvg::Error::InvalidSize => {
            PictureError::Damaged("it has no size: neither viewBox nor width and height")
        }
        usvg::Error::ElementsLimitReached => PictureError::Limit("it has too many elements"),
        _ => PictureError::Damaged("it is not an SVG drawing"),
    })
}

fn write(tree: &usvg::Tree) -> String {
    let options = usvg::WriteOptions {
        coordinates_precision: 4,
        transforms_precision: 6,
        indent: usvg::Indent::None,
        attributes_indent: usvg::Indent::None,
        ..usvg::WriteOptions::default()
    };
    tree.to_string(&options)
}

/// Width and height in its own units, rounded.
pub(super) fn size(tree: &usvg::Tree) -> (u32, u32) {
    let size = tree.size().to_int_size();
    (size.width(), size.height())
}

/// Drawn in the middle of a transparent square.
pub(super) fn draw(tree: &usvg::Tree, side: u32) -> Result<Pixmap, PictureError> {
    let mut pixmap = Pixmap::new(side, side).ok_or(PictureError::Drawing)?;
    let (width, height, side) = (tree.size().width(), tree.size().height(), pixels::pixels(side));
    let scale = side / width.max(height);
    let (left, top) = ((side - width * scale) / 2.0, (side - height * scale) / 2.0);
    resvg::render(tree, Transform::from_row(scale, 0.0, 0.0, scale, left, top), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// An `<image>` inside of a drawing: a PNG that is small and clean, or nothing.
pub(crate) fn embedded(data: &Arc<Vec<u8>>) -> Option<usvg::ImageKind> {
    if data.len() > MAX_EMBEDDED_BYTES || !png::is_png(data) {
        return None;
    }
    let clean = png::clean(data).ok()?;
    let small = u64::from(clean.width) * u64::from(clean.height) <= MAX_EMBEDDED_PIXELS;
    (small && png::decode(&clean.bytes).is_ok()).then(|| usvg::ImageKind::PNG(Arc::new(clean.bytes)))
}

/// Counts while counting is cheap.
#[derive(Default)]
struct Survey {
    removed: Removed,
    depth: usize,
    elements: usize,
    styles: usize,
    rules: usize,
    letters: usize,
    embedded: usize,
    /// Depth of the `style` or `text` element that is open.
    within: Option<(Within, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Within {
    Style,
    Text,
}

/// Refuses what would be dear to read, and notes what will be left out.
fn survey(text: &str) -> Result<Removed, PictureError> {
    const BROKEN: PictureError = PictureError::Damaged("it is not well-formed XML");
    let mut reader = Reader::from_str(text);
    let mut survey = Survey::default();
    loop {
        match reader.read_event().map_err(|_| BROKEN)? {
            Event::Start(tag) => {
                survey.element(&tag)?;
                survey.enter(&tag)?;
            }
            Event::Empty(tag) => survey.element(&tag)?,
            Event::End(_) => survey.leave(),
            Event::Text(inner) => survey.text(&inner)?,
            Event::CData(inner) => survey.text(&inner)?,
            Event::DocType(doctype) if doctype.contains('[') => {
                return Err(PictureError::Unsupported(
                    "its document type defines entities: save it without them",
                ));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(survey.removed)
}

impl Survey {
    fn element(&mut self, tag: &BytesStart<'_>) -> Result<(), PictureError> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS || self.elements * self.rules > MAX_STYLING {
            return Err(PictureError::Limit("it has too many elements, or too many style rules for them"));
        }
        match tag.local_name().as_ref() {
            "script" => self.removed.add("scripts"),
            "foreignObject" => self.removed.add("foreign objects"),
            "animate" | "animateMotion" | "animateTransform" | "animateColor" | "set" => {
                self.removed.add("animation")
            }
            "a" => self.removed.add("links"),
            "image" | "feImage" => self.embedded += 1,
            "iframe" | "video" | "audio" | "object" | "embed" => self.removed.add("media"),
            _ => {}
        }
        if self.embedded > MAX_EMBEDDED {
            return Err(PictureError::Limit("more than eight pictures are embedded in it"));
        }
        // Unchecked: looking for doubles is what makes a tag of 80,000 attributes dear.
        for (place, attribute) in tag.attributes().with_checks(false).enumerate() {
            if place >= MAX_ATTRIBUTES {
                return Err(PictureError::Limit("an element has more than 200 attributes"));
            }
            let Ok(attribute) = attribute else { continue };
            self.attribute(attribute.key.local_name().as_ref(), &attribute.value);
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &str) {
        if name.len() > 2 && name.starts_with("on") {
            self.removed.add("event handlers");
        }
        let value = value.trim_start();
        if name == "href" && !value.starts_with('#') && !value.starts_with("data:image/png") {
            self.removed.add("addresses of other files");
        }
    }

    fn enter(&mut self, tag: &BytesStart<'_>) -> Result<(), PictureError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(PictureError::Limit("its elements stand more than 128 deep in each other"));
        }
        if self.within.is_none() {
            self.within = match tag.local_name().as_ref() {
                "style" => Some((Within::Style, self.depth)),
                "text" => Some((Within::Text, self.depth)),
                _ => None,
            };
        }
        Ok(())
    }

    fn leave(&mut self) {
        if self.within.is_some_and(|(_, depth)| depth == self.depth) {
            self.within = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn text(&mut self, text: &str) -> Result<(), PictureError> {
        match self.within {
            Some((Within::Style, _)) => self.style(text),
            Some((Within::Text, _)) => self.lettering(text),
            None => Ok(()),
        }
    }

    fn style(&mut self, sheet: &str) -> Result<(), PictureError> {
        self.styles += sheet.len();
        self.rules += sheet.matches('{').count() + sheet.matches(',').count();
        if self.styles > MAX_STYLE_BYTES || self.rules > MAX_STYLE_RULES {
            return Err(PictureError::Limit("its style sheet has more than 400 rules or 64 KiB"));
        }
        if sheet.contains("@import") || sheet.contains("@font-face") {
            self.removed.add("addresses of other files");
        }
        Ok(())
    }

    fn lettering(&mut self, text: &str) -> Result<(), PictureError> {
        self.letters += text.len();
        if self.letters > MAX_LETTERS {
            return Err(PictureError::Limit("it has more than 2,000 letters of text"));
        }
        for missing in fonts::missing(text) {
            if !self.removed.characters.contains(&missing) {
                self.removed.characters.push(missing);
            }
        }
        Ok(())
    }
}
