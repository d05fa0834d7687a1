//! Ids are lower-case UUID text. Anything else cannot exist, and never reaches the database.

use crate::OfficeError;

/// Whether `text` has the form of an id.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

/// Whether `text` has the form of a picture's id: a SHA-256 in lower-case hexadecimal.
pub(crate) fn is_image_id(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// An id that may exist; another looks like a missing one.
pub(crate) fn possible(id: &str) -> Result<(), OfficeError> {
    if is_id(id) { Ok(()) } else { Err(OfficeError::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lower_case_uuids_can_exist() {
        assert!(is_id("0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10"));
        for bad in [
            "",
            "0B9C3C1E-7D0F-4C5E-9D0A-2F6A1C8A9B10",
            "0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b1",
            "../../etc/passwd",
            "a\0",
        ] {
            assert!(!is_id(bad), "{bad:?}");
        }
    }
}
