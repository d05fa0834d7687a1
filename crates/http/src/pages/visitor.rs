//! Who looks at a page: the language he gets, the key he came with.

use accolade_publishing::Language;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};
use url::form_urlencoded;

use crate::negotiation::Choice;

/// What a page depends on besides its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Visitor {
    /// The language he prefers; `None` where any will do, and the one of what he looks at is best.
    pub(crate) preferred: Option<Language>,
    /// The language was asked for in the address, so `Accept-Language` did not matter.
    asked: bool,
}

impl Visitor {
    pub(crate) fn of(req: &HttpRequest) -> Visitor {
        let asked = query_value(req, "lang").as_deref().and_then(Language::parse);
        let accepted = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let preferred = asked.or_else(|| Language::preferred(None, accepted));
        Visitor { preferred, asked: asked.is_some() }
    }

    /// The language of pages that show nothing with a language of its own.
    pub(crate) fn language(self) -> Language {
        self.preferred.unwrap_or_default()
    }

    /// `Vary` of a page that was the outcome of `choice`, or that is all there is at its address.
    pub(crate) fn vary(self, choice: Option<Choice>) -> Option<HeaderValue> {
        match (choice, self.asked) {
            (Some(choice), true) => Some(choice.vary()),
            (Some(choice), false) => Some(choice.vary_with_language()),
            (None, true) => None,
            (None, false) => Some(HeaderValue::from_static("Accept-Language")),
        }
    }
}

/// The longest value of a query parameter of a page.
const LONGEST: usize = 2048;

/// The value of a query parameter; the first where it stands there twice, `None` where it is empty or longer than any of ours.
pub(crate) fn query_value(req: &HttpRequest, name: &str) -> Option<String> {
    let query = req.query_string();
    if query.is_empty() {
        return None;
    }
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let (_, value) = pairs.find(|(known, _)| known == name)?;
    (1..=LONGEST).contains(&value.len()).then(|| value.into_owned())
}

/// The key of a sharing link. What cannot be one opens nothing and is not looked at.
pub(crate) fn share_key(req: &HttpRequest) -> Option<String> {
    let could_be = |key: &String| {
        key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    query_value(req, "key").filter(could_be)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn request(uri: &str, accepted: &str) -> HttpRequest {
        TestRequest::with_uri(uri).insert_header((header::ACCEPT_LANGUAGE, accepted)).to_http_request()
    }

    #[test]
    fn the_address_decides_the_language_before_the_browser() {
        for (uri, accepted, language, vary) in [
            ("/?lang=de", "fr", Some(Language::De), None),
            ("/?lang=tlh", "fr", Some(Language::Fr), Some("Accept-Language")),
            ("/", "fr-CA, en;q=0.5", Some(Language::Fr), Some("Accept-Language")),
            ("/", "", None, Some("Accept-Language")),
        ] {
            let visitor = Visitor::of(&request(uri, accepted));
            assert_eq!(visitor.preferred, language, "{uri} {accepted}");
            assert_eq!(visitor.vary(None), vary.map(HeaderValue::from_static), "{uri} {accepted}");
        }
    }

    #[test]
    fn what_cannot_be_a_key_is_none() {
        for (query, key) in [
            ("key=AbC-_09", Some("AbC-_09")),
            ("utm=1&key=a&key=b", Some("a")),
            ("key=", None),
            ("key=a%0d%0aX", None),
            ("key=%3Cscript%3E", None),
            ("Key=a", None),
        ] {
            assert_eq!(share_key(&request(&format!("/?{query}"), "")).as_deref(), key, "{query}");
        }
        assert_eq!(share_key(&request(&format!("/?key={}", "x".repeat(65)), "")), None);
    }
}
