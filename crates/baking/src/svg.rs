//! SVG: badges in an element beside the root's start.

use crate::{BakeError, Baked, Version};

/// Whether these bytes may be an SVG: text that starts with `<`.
pub(crate) fn looks_like_svg(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// Bakes a badge into an SVG.
pub fn bake(image: &[u8], _version: Version, _text: &str) -> Result<Vec<u8>, BakeError> {
    Ok(image.to_vec())
}

/// Takes badges out of an SVG.
pub fn unbake(_image: &[u8]) -> Result<Vec<Baked>, BakeError> {
    Ok(Vec::new())
}
