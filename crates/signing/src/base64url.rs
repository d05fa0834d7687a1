//! Base64url without padding, in its one canonical form (RFC 4648 section 5, RFC 7515 appendix C).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn encode_onto(bytes: impl AsRef<[u8]>, text: &mut String) {
    URL_SAFE_NO_PAD.encode_string(bytes, text);
}

/// Encodes into room made at the end, in one go; of long texts a `String` would be looked through again.
pub(crate) fn encode_into(bytes: impl AsRef<[u8]>, out: &mut Vec<u8>) {
    let bytes = bytes.as_ref();
    let start = out.len();
    // Four characters for three bytes, rounded up.
    out.resize(start + bytes.len().div_ceil(3) * 4, 0);
    let room = out.get_mut(start..).unwrap_or_default();
    let written = URL_SAFE_NO_PAD.encode_slice(bytes, room).unwrap_or(0);
    out.truncate(start + written);
}

/// `None` for padding, foreign characters, white space, an impossible length, or unused bits that are not zero:
/// two texts must never stand for the same bytes.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_onto_a_buffer_is_what_is_encoded_alone() {
        for length in 0..20 {
            let mut out = b"x.".to_vec();
            encode_into(vec![0xfb; length], &mut out);
            assert_eq!(out, format!("x.{}", encode(vec![0xfb; length])).into_bytes());
        }
    }

    #[test]
    fn only_the_canonical_text_of_some_bytes_is_read() {
        assert_eq!(decode("AQ"), Some(vec![1]));
        for text in ["AR", "AQ==", "A", "A Q", "AQ\n", "+A", "/A", "A\u{e9}"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}
