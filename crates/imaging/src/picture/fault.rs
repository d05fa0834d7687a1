//! Why a picture is refused, and what could be better about one that is not.

/// A picture is refused. Its text says what to do, and may be shown to who uploaded it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// More than 4 MiB.
    #[error("the picture is larger than 4 MiB; a badge of 600 × 600 pixels needs far less")]
    TooLarge,
    /// Neither PNG nor SVG, whatever its name says.
    #[error("this is neither a PNG nor an SVG picture")]
    UnknownFormat,
    /// The file breaks its own format.
    #[error("the picture is damaged: {0}")]
    Damaged(&'static str),
    /// The picture goes beyond a bound that keeps reading and drawing it cheap.
    #[error("the picture is too much to draw: {0}")]
    Limit(&'static str),
    /// The drawing uses something that cannot be made harmless or drawn alike everywhere.
    #[error("the drawing cannot be used: {0}")]
    Unsupported(&'static str),
    /// Wider than high or the other way round by more than one part in a hundred; for logos, by more than four to one.
    #[error(
        "the picture is not square enough: it is {width} × {height}, and a badge's picture is as wide as high"
    )]
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

impl PictureError {
    /// A name for programs; it never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "image_too_large",
            Self::UnknownFormat => "image_unknown_format",
            Self::Damaged(_) => "image_damaged",
            Self::Limit(_) => "image_too_complex",
            Self::Unsupported(_) => "image_unsupported",
            Self::NotSquare { .. } => "image_not_square",
            Self::TooSmall { .. } => "image_too_small",
            Self::Side => "image_side",
            Self::Drawing => "image_not_drawn",
        }
    }
}

/// Something about an accepted picture that whoever made it may want to mend. Its text is English and for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// Below 600 pixels.
    #[error("the picture is small: {width} × {height} pixels; 600 × 600 or more looks sharp everywhere")]
    Small {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// White corners instead of transparent ones.
    #[error("the corners are white and not transparent: on a dark page the badge stands in a white box")]
    OpaqueCorners,
    /// Light on white, or all of one shade.
    #[error("the picture has little contrast ({ratio}): it may hardly be seen on a white page")]
    LowContrast {
        /// Such as `1.4 : 1`.
        ratio: String,
    },
    /// Much room around what is drawn.
    #[error(
        "the picture fills only {percent} % of its width: cut the margin off, so that it is not smaller than others"
    )]
    EmptyMargin {
        /// The greater of the filled width and height, of the whole.
        percent: u32,
    },
    /// Nothing visible at all.
    #[error("nothing can be seen in the picture")]
    Empty,
    /// Something was left out to make the drawing harmless.
    #[error(
        "left out of the drawing, because a badge's picture must be the same everywhere and do nothing: {what}"
    )]
    Removed {
        /// A list in words.
        what: String,
    },
    /// Text with characters that no font here has.
    #[error(
        "the text of the drawing has characters no font of this server has ({characters}): turn text into outlines"
    )]
    MissingGlyphs {
        /// The first of them.
        characters: String,
    },
}

impl Warning {
    /// A name for programs; it never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Small { .. } => "small",
            Self::OpaqueCorners => "opaque_corners",
            Self::LowContrast { .. } => "low_contrast",
            Self::EmptyMargin { .. } => "empty_margin",
            Self::Empty => "empty",
            Self::Removed { .. } => "removed",
            Self::MissingGlyphs { .. } => "missing_glyphs",
        }
    }
}
