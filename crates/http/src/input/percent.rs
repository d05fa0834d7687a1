//! Percent-encoding, read strictly.

/// What `%C3%BC` means; `None` where a `%` is not followed by two digits, or the bytes are not UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_rightly_encoded_is_decoded() {
        for (text, meaning) in [
            ("", ""),
            ("a", "a"),
            ("%41%62", "Ab"),
            ("a%253A", "a%3A"),
            ("%C3%BC%e2%82%AC", "\u{fc}\u{20ac}"),
        ] {
            assert_eq!(percent_decoded(text).as_deref(), Some(meaning), "{text}");
        }
        for bad in ["%", "%4", "a%4", "%4g", "%+1", "%\u{fc}", "%ff", "%C3"] {
            assert_eq!(percent_decoded(bad), None, "{bad}");
        }
    }
}
