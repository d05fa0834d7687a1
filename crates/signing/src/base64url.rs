//! Base64url without padding, in its one canonical form (RFC 4648 section 5, RFC 7515 appendix C).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn encode_onto(bytes: impl AsRef<[u8]>, text: &mut String) {
    URL_SAFE_NO_PAD.encode_string(bytes, text);
}

/// The two characters of every twelve bits.
static PAIRS: [[u8; 2]; 4096] = pairs();

#[expect(
    clippy::indexing_slicing,
    reason = "it is computed when the program is built, and fails there if at all"
)]
const fn pairs() -> [[u8; 2]; 4096] {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut pairs = [[0; 2]; 4096];
    let mut at = 0;
    while at < 4096 {
        pairs[at] = [ALPHABET[at >> 6], ALPHABET[at & 63]];
        at += 1;
    }
    pairs
}

/// Encodes behind what is there already. Payloads are long: `base64`, which takes six bits at a time, needs a tenth of an
/// ES256 signature for one.
pub(crate) fn encode_into(bytes: impl AsRef<[u8]>, out: &mut Vec<u8>) {
    let bytes = bytes.as_ref();
    let start = out.len();
    out.resize(start + bytes.len() / 6 * 8, 0);
    let (sixes, rest) = bytes.as_chunks::<6>();
    let (eights, _) = out.get_mut(start..).unwrap_or_default().as_chunks_mut::<8>();
    for (eight, &[a, b, c, d, e, f]) in eights.iter_mut().zip(sixes) {
        let pair = |high: u8, middle: u8, low: u8, shift: u32| {
            let bits = u32::from_be_bytes([0, high, middle, low]) >> shift;
            PAIRS.get(usize::try_from(bits & 0xfff).unwrap_or(0)).copied().unwrap_or_default()
        };
        let [[a0, a1], [b0, b1]] = [pair(a, b, c, 12), pair(a, b, c, 0)];
        let [[c0, c1], [d0, d1]] = [pair(d, e, f, 12), pair(d, e, f, 0)];
        *eight = [a0, a1, b0, b1, c0, c1, d0, d1];
    }
    let mut tail = [0; 7];
    let written = URL_SAFE_NO_PAD.encode_slice(rest, &mut tail).unwrap_or(0);
    out.extend_from_slice(tail.get(..written).unwrap_or_default());
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
        for length in 0..60_u8 {
            let mut out = b"x.".to_vec();
            let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(0x9d) ^ 0x5a).collect();
            encode_into(&bytes, &mut out);
            assert_eq!(out, format!("x.{}", encode(&bytes)).into_bytes());
        }
    }

    #[test]
    fn all_bits_are_encoded_in_their_place() {
        let bytes: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_be_bytes).collect();
        let mut out = Vec::new();
        encode_into(&bytes, &mut out);
        assert_eq!(out, encode(&bytes).into_bytes());
    }

    #[test]
    fn only_the_canonical_text_of_some_bytes_is_read() {
        assert_eq!(decode("AQ"), Some(vec![1]));
        for text in ["AR", "AQ==", "A", "A Q", "AQ\n", "+A", "/A", "A\u{e9}"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}
