//! Status lists: the bytes as `encodedList`, as what is in it before base64url, as its bits, and as index and size.

use accolade_signing::status_list::{self, Bitstring, DecodeOptions, StatusListError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// Small enough to be passed by a short input, as a gzip bomb passes the real ones.
const SMALL: DecodeOptions = DecodeOptions { max_bytes: 20_000, min_entries: 64 };

/// Reads the bytes in all four ways.
pub(crate) fn hold_for(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        decoded(text);
        index(text);
    }
    decoded(&format!("u{}", URL_SAFE_NO_PAD.encode(bytes)));
    bits(bytes);
}

/// The texts to begin with.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut list = Bitstring::new(1_024);
    for index in [0, 7, 8, 600, 1_023] {
        list.set(index, true).unwrap();
    }
    let packed = |encoded: String| URL_SAFE_NO_PAD.decode(&encoded[1..]).unwrap();
    let twice = [packed(list.encode()), packed(list.encode())].concat();
    [
        ("list", list.encode().into_bytes()),
        ("gzip", packed(list.encode())),
        ("members", twice),
        ("long", packed(Bitstring::new(200_000).encode())),
        ("index", b"\"18446744073709551615\"".to_vec()),
        ("number", b"1e3".to_vec()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into()
}

fn decoded(encoded: &str) {
    let found = Bitstring::decode(encoded, &SMALL);
    assert_eq!(Bitstring::decode(encoded, &SMALL), found, "the same twice");
    let Ok(list) = found else { return };
    assert!(list.as_bytes().len() <= SMALL.max_bytes && list.len() >= SMALL.min_entries);
    let again = Bitstring::decode(&list.encode(), &SMALL);
    assert_eq!(again.as_ref(), Ok(&list), "what we write we read");
    statuses(&list);
}

fn bits(bytes: &[u8]) {
    let list = Bitstring::from_bytes(bytes.to_vec());
    let read = Bitstring::decode(&list.encode(), &SMALL);
    match bytes.len() {
        0..8 => assert!(matches!(read, Err(StatusListError::TooShort { .. }))),
        8..=20_000 => assert_eq!(read, Ok(list)),
        _ => assert!(matches!(read, Err(StatusListError::TooLarge { .. }))),
    }
    statuses(&Bitstring::from_bytes(bytes.to_vec()));
}

/// Every size at the ends and somewhere in the middle, against the bits taken one by one.
fn statuses(list: &Bitstring) {
    let bytes = list.as_bytes();
    for size in 0..=9 {
        let entries = list.len().checked_div(size).unwrap_or(0);
        for index in [0, 1, entries / 2, entries.wrapping_sub(1), entries, usize::MAX] {
            let expected = (1..=8).contains(&size) && list.len().is_multiple_of(size) && index < entries;
            let value = (0..size).fold(0_u32, |value, offset| {
                let at = index.wrapping_mul(size).wrapping_add(offset);
                let bit = bytes.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
                value * 2 + u32::from(bit)
            });
            let found = list.status(index, size).ok().map(u32::from);
            assert_eq!(found, expected.then_some(value), "index {index}, size {size}, {} bits", list.len());
        }
    }
}

/// An index is a plain decimal number and nothing that merely reads like one.
fn index(text: &str) {
    let texts = [Value::from(text), serde_json::from_str(text).unwrap_or_default()];
    for value in texts {
        let found = status_list::index(&value);
        if let (Ok(index), Value::String(text)) = (&found, &value) {
            assert_eq!(index.to_string(), *text);
        }
        if let (Ok(index), Value::Number(number)) = (&found, &value) {
            assert_eq!(number.as_u64(), u64::try_from(*index).ok());
        }
        assert!(
            !matches!(value, Value::Object(_) | Value::Array(_) | Value::Null | Value::Bool(_))
                || found.is_err()
        );
        if let Ok(size) = status_list::size(Some(&value)) {
            assert!((1..=8).contains(&size) && value.is_number());
        }
    }
}
