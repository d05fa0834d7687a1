//! Badge images: the one that was uploaded, or a plain one drawn from the achievement's name, because a 2.0
//! BadgeClass must have an image that can be fetched.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::Fault;

/// The largest image that is taken in, in bytes.
const LARGEST: usize = 512 * 1024;

/// The bytes of an image and their media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImageBytes {
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// Draws a badge: the first letter of `name` on a disc whose colour is taken from the name. The same name gives the same bytes.
pub(crate) fn drawn(name: &str) -> ImageBytes {
    let hue = Sha256::digest(name).iter().take(2).fold(0_u32, |sum, byte| sum * 256 + u32::from(*byte)) % 360;
    let title = escaped(name);
    let initial: String =
        name.chars().find(|c| c.is_alphanumeric()).into_iter().flat_map(char::to_uppercase).collect();
    let initial = escaped(&initial);
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 200 200" role="img"><title>{title}</title><circle cx="100" cy="100" r="96" fill="hsl({hue}, 55%, 36%)"/><circle cx="100" cy="100" r="84" fill="none" stroke="#fff" stroke-width="4"/><text x="100" y="131" text-anchor="middle" font-family="sans-serif" font-size="88" fill="#fff">{initial}</text></svg>"##
    );
    ImageBytes { content_type: "image/svg+xml", bytes: svg.into_bytes() }
}

/// Reads an uploaded image out of its data URI: PNG or SVG, nothing else, at most 512 KiB. `None` for a URI of another scheme.
pub(crate) fn uploaded(uri: &str) -> Option<Result<ImageBytes, Fault>> {
    let rest = uri.strip_prefix("data:")?;
    Some(read_data_uri(rest).map_err(|detail| Fault::new("/image", "image", detail)))
}

fn read_data_uri(rest: &str) -> Result<ImageBytes, &'static str> {
    let (media_type, data) = rest.split_once(',').ok_or("this data URI has no comma before its data")?;
    let bytes = match media_type.strip_suffix(";base64") {
        Some(_) => STANDARD.decode(data).map_err(|_| "the data of this data URI is not base64")?,
        None => percent_decoded(data),
    };
    if bytes.len() > LARGEST {
        return Err("the image is larger than 512 KiB");
    }
    let content_type = match media_type.split(';').next() {
        Some("image/png") if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => "image/png",
        Some("image/png") => return Err("these bytes are no PNG image"),
        Some("image/svg+xml") if is_svg(&bytes) => "image/svg+xml",
        Some("image/svg+xml") => return Err("this text is no SVG image"),
        _ => return Err("an uploaded image is image/png or image/svg+xml"),
    };
    Ok(ImageBytes { content_type, bytes })
}

fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    (text.starts_with("<svg") || text.starts_with("<?xml") || text.starts_with("<!--"))
        && text.contains("<svg")
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digits = (byte == b'%').then(|| Some([ahead.next()?, ahead.next()?])).flatten();
        match digits.and_then(|pair| u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()) {
            Some(value) => {
                decoded.push(value);
                bytes = ahead;
            }
            None => decoded.push(byte),
        }
    }
    decoded
}

/// XML text: markup escaped, characters that XML 1.0 cannot hold left out.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => xml.push(c),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_badge_is_the_same_for_the_same_name_and_holds_no_markup_of_the_name() {
        let one = drawn("<script>alert(1)</script>");
        assert_eq!(one, drawn("<script>alert(1)</script>"));
        assert_ne!(one, drawn("Applied Data Skills"));
        let svg = String::from_utf8(one.bytes).unwrap();
        assert!(!svg.contains("<script"), "{svg}");
        assert!(svg.contains("&lt;script&gt;"), "{svg}");
    }

    #[test]
    fn png_and_svg_are_taken_and_nothing_else() {
        let png = format!("data:image/png;base64,{}", STANDARD.encode(b"\x89PNG\r\n\x1a\nrest"));
        assert_eq!(uploaded(&png).unwrap().unwrap().content_type, "image/png");
        let svg = uploaded("data:image/svg+xml,%3Csvg xmlns='x'%3E%3C/svg%3E").unwrap().unwrap();
        assert_eq!(svg.bytes, b"<svg xmlns='x'></svg>");
        for bad in [
            "data:image/png;base64,AAAA",
            "data:image/png;base64,%%%",
            "data:image/png",
            "data:text/html,<script>",
            "data:image/svg+xml,<html>",
            "data:image/jpeg;base64,/9j/",
        ] {
            assert!(uploaded(bad).unwrap().is_err(), "{bad}");
        }
        assert!(uploaded("https://example.org/i.png").is_none());
    }
}
