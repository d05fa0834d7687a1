//! The `Accept` header ([RFC 9110, 12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)), as far as it matters for what
//! we offer.

/// One range of an `Accept` header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range<'a> {
    media_type: &'a str,
    /// Thousandths.
    pub(super) quality: u16,
}

/// How exactly a range means a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exactness {
    /// `*/*`
    Anything,
    /// `application/*`
    Kind,
    /// `application/json`
    Named,
}

impl Range<'_> {
    /// How exactly this range means `media_type`; `None` where it does not.
    pub(super) fn means(&self, media_type: &str) -> Option<Exactness> {
        if self.media_type.eq_ignore_ascii_case(media_type) {
            return Some(Exactness::Named);
        }
        let kind = self.media_type.strip_suffix("/*")?;
        if kind == "*" {
            return Some(Exactness::Anything);
        }
        let (offered, _) = media_type.split_once('/')?;
        kind.eq_ignore_ascii_case(offered).then_some(Exactness::Kind)
    }
}

/// Every range of the header, in its order. What cannot be read is left out.
pub(super) fn ranges(accept: &str) -> Vec<Range<'_>> {
    accept.split(',').filter_map(range).collect()
}

/// `type/subtype;q=0.5`; other parameters do not matter for what we offer.
fn range(text: &str) -> Option<Range<'_>> {
    let mut parts = text.split(';').map(str::trim);
    let media_type = parts.next().filter(|name| name.contains('/'))?;
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some(Range { media_type, quality: quality.map_or(1000, thousandths) })
}

/// `0.5` is 500. What cannot be read counts as 1, as if it were not there.
fn thousandths(quality: &str) -> u16 {
    match quality.split_once('.') {
        None if quality == "0" => 0,
        Some(("0", digits)) if digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            let places = digits.bytes().chain([b'0'; 3]).take(3);
            places.fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'))
        }
        _ => 1000,
    }
}
