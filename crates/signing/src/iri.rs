//! Telling absolute IRIs from everything else.

/// A scheme, a colon, and something behind it without blanks or control characters. What is fetched or
/// canonicalised is looked at more closely there.
pub(crate) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.is_empty()
        && !rest.contains(|other: char| other.is_whitespace() || other.is_control())
}
