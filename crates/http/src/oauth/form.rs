//! The form of a token request: `application/x-www-form-urlencoded`, read strictly.

use std::collections::BTreeMap;

use super::refusal::Refusal;
use crate::input::percent_decoded;

/// The parameters of a request. They may be secrets, so they have no `Debug`.
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    /// Reads a form; a parameter that stands there twice is refused, one without a value counts as left out, and an unknown
    /// one stands in nobody's way ([RFC 6749, section 3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)).
    pub(super) fn parse(body: &[u8]) -> Result<Form, Refusal> {
        let unreadable = || Refusal::InvalidRequest("the form is not UTF-8, or wrongly percent-encoded");
        let text = std::str::from_utf8(body).map_err(|_| unreadable())?;
        let mut members = BTreeMap::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(name).ok_or_else(unreadable)?;
            let value = decoded(value).ok_or_else(unreadable)?;
            if members.insert(name, value).is_some() {
                return Err(Refusal::InvalidRequest("a parameter stands there twice"));
            }
        }
        Ok(Form(members))
    }

    /// The value of a parameter, if it has one.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// What a name or value of a form means: `+` is a space, `%C3%BC` is `ü`; `None` for what is not encoded so.
pub(super) fn decoded(text: &str) -> Option<String> {
    percent_decoded(&text.replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_empty_ones_are_none() {
        let form = Form::parse(b"grant_type=client_credentials&scope=a%3Ab+c%C3%BC&&x&y=")
            .unwrap_or_else(|_| panic!());
        assert_eq!(form.get("grant_type"), Some("client_credentials"));
        assert_eq!(form.get("scope"), Some("a:b c\u{fc}"));
        for nothing in ["x", "y", "z", ""] {
            assert_eq!(form.get(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        for bad in [
            &b"a=1&a=1"[..],
            b"a=1&%61=2",
            b"x&x",
            b"a=%",
            b"a=%4",
            b"a=%4g",
            b"a=%+1",
            b"%ff=1",
            b"a=%ff",
            b"\xff",
        ] {
            assert!(matches!(Form::parse(bad), Err(Refusal::InvalidRequest(_))), "{bad:?}");
        }
    }
}
