//! Pictures: taken in, made harmless, kept under the hash of their bytes, and handed out in every size.
//!
//! A picture belongs to nobody: whoever brings the same bytes gets the same address. What is signed names that address, so
//! that what was awarded keeps its picture for ever.

mod data_uri;
mod design;
mod illustration;
mod keep;
mod renditions;
mod wish;

use std::sync::Arc;

use accolade_imaging::PictureError;
use bytes::Bytes;

pub use design::{DesignPicture, DesignWords, design_words};
pub use keep::{ImageWarning, KeptImage};

pub(crate) use illustration::{Depicts, Illustration, as_asked, as_published, both};
pub(crate) use renditions::BAKED_SIDE;

use crate::{Office, OfficeError};

/// A form of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImageForm {
    /// PNG: the picture itself where it is one, otherwise drawn with 600 pixels a side.
    Png,
    /// SVG; only of pictures that are.
    Svg,
    /// A PNG with so many pixels a side, one of [`IMAGE_SIDES`].
    Side(u32),
}

/// The sides, in pixels, that pictures are handed out in.
pub const IMAGE_SIDES: [u32; 4] = accolade_imaging::SIDES;

/// A picture that was fetched for a request that named it by its address elsewhere.
#[derive(Debug)]
pub(crate) struct Brought {
    url: String,
    bytes: Bytes,
}

impl Office {
    /// The same office with what stands at `url`. The office goes nowhere itself: where a request names a picture elsewhere it
    /// says [`OfficeError::ImageElsewhere`], and is asked again with the picture at hand.
    pub fn with_image(&self, url: impl Into<String>, bytes: impl Into<Bytes>) -> Office {
        let brought = Brought { url: url.into(), bytes: bytes.into() };
        Office { desk: self.desk.clone(), brought: Some(Arc::new(brought)) }
    }
}

/// A picture was refused: the caller's to mend, but for drawing, which is ours.
fn refused(at: &str, error: &PictureError) -> OfficeError {
    if matches!(error, PictureError::Side | PictureError::Drawing) {
        return OfficeError::Drawing(error.to_string());
    }
    OfficeError::rejected(at, error.code(), error.to_string())
}
