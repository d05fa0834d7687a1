//! Pictures from strangers: read once, made harmless, then safe to keep, serve and draw.

mod budget;
mod fault;
mod look;
pub(crate) mod pixels;
mod png;
mod references;
mod survey;
mod svg;

use std::sync::Arc;

use tiny_skia::Pixmap;

pub use fault::{PictureError, Warning};
pub(crate) use svg::embedded;

/// The sides, in pixels, that pictures are derived in.
pub const SIDES: [u32; 4] = [90, 200, 400, 600];

/// The two formats of a badge's picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics.
    Svg,
}

impl Format {
    /// `image/png` or `image/svg+xml`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }

    /// `png` or `svg`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

/// A picture that was checked and made harmless: PNG or SVG.
///
/// A PNG keeps its pixels' bytes and loses everything but them (text, colour profile, camera data). An SVG is written anew:
/// shapes and colours, text as outlines; no script, event, animation, link, style sheet or address survives.
#[derive(Clone)]
pub struct Picture {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    warnings: Vec<Warning>,
    drawing: Option<Arc<usvg::Tree>>,
}

/// More is not read.
const MAX_BYTES: usize = 4 << 20;
/// The least that can be seen.
const MIN_SIDE: u32 = 64;
/// What is drawn to judge a picture by.
const SAMPLE_SIDE: u32 = 96;

impl Picture {
    /// Reads a badge's picture by its content; what the file is called does not count. Reading [`Picture::bytes`] again gives
    /// the same bytes.
    ///
    /// # Errors
    /// [`PictureError`]: larger than 4 MiB, more than 4096 pixels a side or 16 million pixels, damaged, not square, below
    /// 64 pixels, or (SVG) needing more than its budget of elements, references and painting.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let picture = Self::read_any_shape(bytes)?;
        let (width, height) = (picture.width, picture.height);
        if width.abs_diff(height) * 100 > width.max(height) {
            return Err(PictureError::NotSquare { width, height });
        }
        Ok(picture)
    }

    /// Reads a picture that need not be square, such as an issuer's logo: up to four times as wide as high, or as high as wide.
    ///
    /// # Errors
    /// As [`Picture::read`].
    pub fn read_any_shape(bytes: &[u8]) -> Result<Self, PictureError> {
        if bytes.len() > MAX_BYTES {
            return Err(PictureError::TooLarge);
        }
        let mut picture = if png::is_png(bytes) {
            let png::Clean { bytes, width, height } = png::clean(bytes)?;
            Self { bytes, width, height, warnings: Vec::new(), drawing: None }
        } else if svg::is_svg(bytes) {
            let svg::Clean { text, tree, removed } = svg::clean(bytes)?;
            let (width, height) = svg::size(&tree);
            let warnings = look::removed(&removed);
            Self { bytes: text.into_bytes(), width, height, warnings, drawing: Some(Arc::new(tree)) }
        } else {
            return Err(PictureError::UnknownFormat);
        };
        let (width, height) = (picture.width, picture.height);
        if width > height.saturating_mul(4) || height > width.saturating_mul(4) {
            return Err(PictureError::NotSquare { width, height });
        }
        if width.max(height) < MIN_SIDE && picture.drawing.is_none() {
            return Err(PictureError::TooSmall { width, height });
        }
        // Drawn once, so that a picture which cannot be is refused now and not when it is served.
        let sample = picture.drawn(SAMPLE_SIDE)?;
        picture.warnings.extend(look::warnings(&picture, &sample));
        Ok(picture)
    }

    /// The picture of a design.
    ///
    /// # Errors
    /// [`PictureError`] only if the program is at fault.
    pub fn of_design(design: &crate::Design) -> Result<Self, PictureError> {
        Self::read(design.svg().as_bytes())
    }

    /// PNG or SVG.
    pub fn format(&self) -> Format {
        if self.drawing.is_some() { Format::Svg } else { Format::Png }
    }

    /// The harmless file, as it may be served.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// In pixels; of an SVG in its own units, rounded.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In pixels; of an SVG in its own units, rounded.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// What could be better about it.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// A square PNG of this many pixels a side, 16 to 2048; [`SIDES`] are the ones that are served. What is not square stands
    /// in the middle. The same picture and side give the same bytes.
    ///
    /// # Errors
    /// [`PictureError::Side`], and [`PictureError::Drawing`] if the program is at fault.
    pub fn png(&self, side: u32) -> Result<Vec<u8>, PictureError> {
        if !(16..=2_048).contains(&side) {
            return Err(PictureError::Side);
        }
        pixels::encode(&self.drawn(side)?)
    }

    /// The picture in the middle of a square of this many pixels a side.
    pub(crate) fn drawn(&self, side: u32) -> Result<Pixmap, PictureError> {
        match &self.drawing {
            Some(tree) => svg::draw(tree, side),
            None => pixels::fitted(&png::decode(&self.bytes)?, side),
        }
    }
}
