//! Pictures from strangers: read once, made harmless, then safe to keep, serve and draw.

use std::sync::Arc;

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

/// A picture is refused. Its text says what to do, and may be shown to who uploaded it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// More than 4 MiB.
    #[error("the picture is larger than 4 MiB")]
    TooLarge,
    /// Neither PNG nor SVG, whatever its name says.
    #[error("this is neither a PNG nor an SVG picture")]
    UnknownFormat,
    /// The file breaks its own format.
    #[error("the picture is damaged: {0}")]
    Damaged(&'static str),
    /// The picture goes beyond a bound that keeps reading and drawing it cheap.
    #[error("the picture is refused: {0}")]
    Limit(&'static str),
    /// The drawing uses something that cannot be made harmless or drawn alike everywhere.
    #[error("the drawing cannot be used: {0}")]
    Unsupported(String),
    /// Wider than high or the other way round by more than one part in a hundred.
    #[error("a badge's picture is square; this one is {width} × {height}")]
    NotSquare {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// Below 64 pixels.
    #[error(
        "the picture is too small: {width} × {height} pixels, where 600 × 600 is good and 64 × 64 the least"
    )]
    TooSmall {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// A size nobody derives.
    #[error("pictures are made with 16 to 2048 pixels a side")]
    Side,
    /// Drawing failed, though the picture was read: a fault of this program.
    #[error("the picture could not be drawn")]
    Drawing,
}

/// Something about an accepted picture that whoever made it may want to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// A name for programs: `small`, `opaque-corners`, `low-contrast`, `empty-margin`, `not-square`, `missing-glyphs`,
    /// `removed`.
    pub id: &'static str,
    /// For people, in English.
    pub detail: String,
}

/// A picture that was checked and made harmless: PNG or SVG.
///
/// A PNG keeps its pixels' bytes and loses everything but them (text, colour profile, camera data). An SVG is written anew:
/// shapes and colours, text as outlines; no script, event, animation, link, style sheet or address survives.
#[derive(Clone)]
pub struct Picture {
    format: Format,
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    warnings: Vec<Warning>,
}

impl Picture {
    /// Reads a picture by its content; what the file is called does not count.
    ///
    /// # Errors
    /// [`PictureError`]: larger than 4 MiB, more than 4096 pixels a side or 16 million pixels, damaged, not square, below
    /// 64 pixels, or (SVG) needing more than its budget of elements, references and painting.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let _ = bytes;
        Err(PictureError::UnknownFormat)
    }

    /// The picture of a design; drawn by us, so nothing in it can be refused.
    ///
    /// # Errors
    /// [`PictureError::Drawing`] if the program is at fault.
    pub fn of_design(design: &crate::Design) -> Result<Self, PictureError> {
        Self::read(design.svg().as_bytes())
    }

    /// PNG or SVG.
    pub fn format(&self) -> Format {
        self.format
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

    /// A square PNG of this many pixels a side, 16 to 2048; [`SIDES`] are the ones that are served. The same picture and side
    /// give the same bytes.
    ///
    /// # Errors
    /// [`PictureError::Side`], and [`PictureError::Drawing`] if the program is at fault.
    pub fn png(&self, side: u32) -> Result<Vec<u8>, PictureError> {
        let _ = side;
        Err(PictureError::Drawing)
    }
}

/// An `<image>` inside of a drawing.
pub(crate) fn embedded(data: Arc<Vec<u8>>) -> Option<usvg::ImageKind> {
    let _ = data;
    None
}
