//! Data URIs ([RFC 2397](https://www.rfc-editor.org/rfc/rfc2397)).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The bytes in a data URI, whatever media type it states; `None` for a URI of another scheme. What the bytes are is for
/// whoever looks at them to say.
pub(crate) fn read(uri: &str) -> Option<Result<Vec<u8>, &'static str>> {
    let (scheme, rest) = uri.split_once(':')?;
    scheme.eq_ignore_ascii_case("data").then(|| bytes(rest))
}

fn bytes(rest: &str) -> Result<Vec<u8>, &'static str> {
    let (media_type, data) = rest.split_once(',').ok_or("this data URI has no comma before its data")?;
    let mut parts = media_type.split(';');
    if !matches!(parts.next(), Some("image/png" | "image/svg+xml")) {
        return Err("an image in a data URI is image/png or image/svg+xml");
    }
    if parts.any(|part| part.eq_ignore_ascii_case("base64")) {
        STANDARD.decode(data).map_err(|_| "the data of this data URI is not base64")
    } else {
        Ok(percent_decoded(data))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_uri_is_base64_or_percent_encoded_and_an_image() {
        for (uri, bytes) in [
            ("data:image/png;base64,iVBORw==", &b"\x89PNG"[..]),
            ("DATA:image/svg+xml;charset=utf-8;base64,PHN2Zy8+", b"<svg/>"),
            ("data:image/svg+xml,%3Csvg xmlns='x'%3E%3c/svg%3E", b"<svg xmlns='x'></svg>"),
            ("data:image/svg+xml,100%", b"100%"),
        ] {
            assert_eq!(read(uri), Some(Ok(bytes.to_vec())), "{uri}");
        }
        for bad in ["data:image/png", "data:image/png;base64,%%%", "data:text/html,<script>", "data:,x"] {
            assert!(read(bad).unwrap().is_err(), "{bad}");
        }
        assert_eq!(read("https://example.org/data:image/png,x"), None);
        assert_eq!(read("image.png"), None);
    }
}
