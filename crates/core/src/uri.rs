//! Absolute URIs.

use crate::text::text;

text! {
    /// An absolute URI: `https://…`, `did:…`, `urn:uuid:…`, `data:…`
    /// ([OB 3.0, URI](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.derived.uri.class); [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986)).
    Uri, is_absolute, NotAUri, "an absolute URI, such as https://example.edu/badges/1 or urn:uuid:…"
}

impl Uri {
    /// The `urn:uuid:` form of a UUID's text, as [`crate::random_uuid`] gives it.
    pub fn urn_uuid(uuid: &str) -> Result<Self, NotAUri> {
        Self::parse(format!("urn:uuid:{uuid}"))
    }

    /// Takes a constant of this crate, of which a test shows that it is a URI.
    pub(crate) fn trusted(text: &'static str) -> Self {
        Self(text.to_owned())
    }
}

/// Whether the text is an absolute URI: scheme, colon and at least one more character, all of them allowed, percent
/// signs followed by two digits; `http(s)` with a host, `urn:` and `did:` with their parts. Letters beyond ASCII may
/// stand in it (an IRI), invisible characters may not.
pub(crate) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let scheme_is_fine = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    scheme_is_fine && !rest.is_empty() && rest.chars().all(may_stand_in_uri) && percent_is_fine(rest) && {
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => has_host(rest),
            "urn" => rest.split_once(':').is_some_and(|(space, name)| space.len() > 1 && !name.is_empty()),
            "did" => rest.split_once(':').is_some_and(|(method, id)| !method.is_empty() && !id.is_empty()),
            "data" => rest.contains(','),
            _ => true,
        }
    }
}

/// Whether the text is an absolute URI with one of the two web schemes.
pub(crate) fn is_web(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    is_absolute(text) && matches!(scheme.as_deref(), Some("http" | "https"))
}

fn may_stand_in_uri(c: char) -> bool {
    let is_delimiter = matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | '\u{fffd}');
    !(is_delimiter || c.is_control() || c.is_whitespace() || crate::invisible::is_invisible(c))
}

fn percent_is_fine(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let mut next = after.bytes();
        (0..2).all(|_| next.next().is_some_and(|byte| byte.is_ascii_hexdigit()))
    })
}

fn has_host(after_scheme: &str) -> bool {
    let Some(rest) = after_scheme.strip_prefix("//") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    let host = host_and_port.strip_prefix('[').map_or_else(
        || host_and_port.split(':').next().unwrap_or_default(),
        |ipv6| ipv6.split(']').next().unwrap_or_default(),
    );
    !host.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_uri_has_a_scheme_and_something_behind_it() {
        for text in [
            "https://example.edu/badges/1",
            "http://127.0.0.1:8080/public/issuers/1",
            "https://[::1]:8080/",
            "did:web:example.edu%3A8080:issuers:1",
            "did:example:123",
            "urn:uuid:f6ab24cd-86e8-4eaf-b8c6-ded74e8fd41c",
            "data:image/png;base64,iVBORw0KGgo=",
            "mailto:a@example.com",
            "https://exämple.edu/größe",
        ] {
            assert!(is_absolute(text), "{text}");
        }
        for text in [
            "",
            "example.edu",
            "/badges/1",
            "//example.edu/1",
            "https:",
            "https://",
            "https:///path",
            "https://exa mple.edu",
            "https://example.edu/%zz",
            "https://example.edu/{{id}}",
            "urn:uuid",
            "did:web",
            "data:nothing",
            "1x:abc",
            "https://example.edu/\u{202e}",
            "https://example.edu/\n",
        ] {
            assert!(!is_absolute(text), "{text}");
        }
    }
}
