//! SVG from strangers: measured, read by usvg with nothing to read from, written anew.
//!
//! What usvg writes are shapes, paints, clips and masks; it has no words for script, events, animation, links, style sheets or
//! foreign elements, so none can survive.

use std::sync::Arc;

use tiny_skia::{Pixmap, Transform};
use usvg::roxmltree::{Document, ParsingOptions};

use super::survey::{Removed, survey};
use super::{PictureError, budget, pixels, png, references};
use crate::fonts;

const MAX_CLEAN_BYTES: usize = 4 << 20;
const MAX_EMBEDDED_BYTES: usize = 1 << 20;
const MAX_EMBEDDED_PIXELS: u64 = 2_000_000;
/// Writing again what was written changes nothing any more after so many rounds.
const MAX_ROUNDS: usize = 4;

/// A checked drawing.
pub(super) struct Clean {
    pub(super) text: String,
    pub(super) tree: usvg::Tree,
    pub(super) removed: Removed,
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
    guarded(|| checked(bytes))
}

/// usvg and its rasteriser panic on some numbers (regions of 10⁻⁹, strokes beyond their fixed point): a stranger's drawing
/// must not end more than itself.
fn guarded<T>(work: impl FnOnce() -> Result<T, PictureError>) -> Result<T, PictureError> {
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    outcome.unwrap_or(Err(PictureError::Damaged("its numbers cannot be drawn")))
}

fn checked(bytes: &[u8]) -> Result<Clean, PictureError> {
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
    // What is kept must be let in again, wherever it comes from.
    survey(&text)?;
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
    guarded(move || {
        resvg::render(tree, Transform::from_row(scale, 0.0, 0.0, scale, left, top), &mut pixmap.as_mut());
        Ok(pixmap)
    })
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
