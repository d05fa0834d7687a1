//! What all images have in common.

/// An image format that badges are baked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    /// PNG.
    Png,
    /// SVG.
    Svg,
}

/// The version of Open Badges whose place in the image is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Open Badges 2.0 (and older).
    V2,
    /// Open Badges 3.0.
    V3,
}

/// A badge found in an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baked {
    /// The version whose place it stood in.
    pub version: Version,
    /// The text as it stood there: JSON, a compact JWS, or (2.0 and older) the URL of an Assertion.
    pub text: String,
}

/// The image cannot be read, or is not one this crate bakes into.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BakeError {
    /// Neither PNG nor SVG.
    #[error("this is neither a PNG nor an SVG image")]
    UnknownImage,
    /// The image breaks its own format.
    #[error("the image is damaged: {0}")]
    Damaged(&'static str),
    /// The image goes beyond a limit of this crate.
    #[error("the image is refused: {0}")]
    Limit(&'static str),
    /// More than one badge of one version stands in the image.
    #[error("the image holds more than one badge, so it is not clear which one is meant")]
    Ambiguous,
    /// The text cannot be put into an image.
    #[error("this text cannot be baked: {0}")]
    Text(&'static str),
}

/// The kind of image these bytes start like; `None` for anything that is neither PNG nor SVG.
pub fn detect(bytes: &[u8]) -> Option<ImageKind> {
    if crate::png::is_png(bytes) {
        return Some(ImageKind::Png);
    }
    crate::svg::looks_like_svg(bytes).then_some(ImageKind::Svg)
}

/// Puts `text`, a credential of `version`, into a PNG or SVG; an older one of the same version is replaced.
///
/// # Errors
/// [`BakeError`] for bytes that are neither, for a broken image, and for text that the format cannot carry.
pub fn bake(bytes: &[u8], version: Version, text: &str) -> Result<Vec<u8>, BakeError> {
    match detect(bytes) {
        Some(ImageKind::Png) => crate::png::bake(bytes, version, text),
        Some(ImageKind::Svg) => crate::svg::bake(bytes, version, text),
        None => Err(BakeError::UnknownImage),
    }
}

/// Takes every badge out of an image of either kind.
pub fn unbake(bytes: &[u8]) -> Result<Vec<Baked>, BakeError> {
    match detect(bytes) {
        Some(ImageKind::Png) => crate::png::unbake(bytes),
        Some(ImageKind::Svg) => crate::svg::unbake(bytes),
        None => Err(BakeError::UnknownImage),
    }
}
