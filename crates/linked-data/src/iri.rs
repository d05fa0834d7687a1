//! IRIs: what is absolute, what can stand in N-Quads, and resolution by [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-5).

use std::ops::Deref;
use std::sync::Arc;

/// What stands before the first colon, and after it. (The standard library's search is made for longer ways than to the end of a scheme.)
pub(crate) fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == b':')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The scheme of an absolute IRI, without its colon.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = split_at_colon(text)?;
    let mut bytes = scheme.bytes();
    let well_formed = bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    well_formed.then_some(scheme)
}

/// Whether a text has a scheme.
pub(crate) fn is_absolute(text: &str) -> bool {
    scheme(text).is_some()
}

/// Whether a text is a blank node identifier.
pub(crate) fn is_blank(text: &str) -> bool {
    text.starts_with("_:")
}

/// Whether a text is a blank node identifier that N-Quads can write
/// ([BLANK_NODE_LABEL](https://www.w3.org/TR/n-quads/#grammar-production-BLANK_NODE_LABEL)).
pub(crate) fn is_sound_blank(text: &str) -> bool {
    let Some(label) = text.strip_prefix("_:") else { return false };
    label.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}' | '\u{203f}' | '\u{2040}'))
        && !label.ends_with('.')
}

/// Whether an IRI is absolute and holds nothing that could end or break an IRI in N-Quads.
pub(crate) fn is_well_formed(text: &str) -> bool {
    let is_forbidden = |byte: u8| {
        (byte <= b' ')
            | (byte == b'<')
            | (byte == b'>')
            | (byte == b'"')
            | (byte == b'{')
            | (byte == b'|')
            | (byte == b'}')
            | (byte == b'^')
            | (byte == b'`')
            | (byte == b'\\')
    };
    // Without a way out in the middle sixteen bytes are looked at in one go; identifiers are long, and mostly sound.
    let look = |(forbidden, fragment): (bool, bool), byte| {
        (forbidden | is_forbidden(byte), fragment | (byte == b'#'))
    };
    let (forbidden, fragment) = text.bytes().fold((false, false), look);
    is_absolute(text)
        && !forbidden
        && !(fragment && text.bytes().filter(|byte| *byte == b'#').nth(1).is_some())
}

/// An IRI (or what stands in its place) that a context gives: looked at once, and ready to be written as often as it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// In angle brackets.
    written: Arc<str>,
    is_well_formed: bool,
}

impl Known {
    /// The IRI as N-Quads writes it, if it can stand there.
    pub(crate) fn written(&self) -> Option<&str> {
        self.is_well_formed.then_some(&*self.written)
    }
}

impl<T: AsRef<str>> From<T> for Known {
    fn from(text: T) -> Self {
        let text = text.as_ref();
        Self { written: format!("<{text}>").into(), is_well_formed: is_well_formed(text) }
    }
}

impl Deref for Known {
    type Target = str;

    fn deref(&self) -> &str {
        self.written.get(1..self.written.len() - 1).unwrap_or_default()
    }
}

/// The five parts of a reference; `None` is a part that is not there, which differs from an empty one.
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

fn split(text: &str) -> Parts<'_> {
    let (rest, fragment) = cut(text, '#');
    let (rest, query) = cut(rest, '?');
    let scheme = scheme(rest);
    let rest =
        scheme.map_or(rest, |s| rest.strip_prefix(s).and_then(|r| r.strip_prefix(':')).unwrap_or(rest));
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => match after.find('/').and_then(|at| after.split_at_checked(at)) {
            Some((authority, path)) => (Some(authority), path),
            None => (Some(after), ""),
        },
        None => (None, rest),
    };
    Parts { scheme, authority, path, query, fragment }
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// Resolves a reference against an absolute base.
pub(crate) fn resolve(base: &str, reference: &str) -> String {
    let relative = split(reference);
    let base = split(base);
    let (scheme, authority, path, query);
    if relative.scheme.is_some() {
        (scheme, authority) = (relative.scheme, relative.authority);
        (path, query) = (remove_dot_segments(relative.path), relative.query);
    } else if relative.authority.is_some() {
        (scheme, authority) = (base.scheme, relative.authority);
        (path, query) = (remove_dot_segments(relative.path), relative.query);
    } else {
        (scheme, authority) = (base.scheme, base.authority);
        if relative.path.is_empty() {
            (path, query) = (base.path.to_owned(), relative.query.or(base.query));
        } else if relative.path.starts_with('/') {
            (path, query) = (remove_dot_segments(relative.path), relative.query);
        } else {
            (path, query) = (remove_dot_segments(&merge(&base, relative.path)), relative.query);
        }
    }
    compose(&Parts { scheme, authority, path: &path, query, fragment: relative.fragment })
}

fn merge(base: &Parts<'_>, path: &str) -> String {
    if base.authority.is_some() && base.path.is_empty() {
        return format!("/{path}");
    }
    let directory = base.path.rfind('/').and_then(|at| base.path.get(..=at)).unwrap_or("");
    format!("{directory}{path}")
}

fn compose(parts: &Parts<'_>) -> String {
    let mut out = String::new();
    if let Some(scheme) = parts.scheme {
        out.push_str(scheme);
        out.push(':');
    }
    if let Some(authority) = parts.authority {
        out.push_str("//");
        out.push_str(authority);
    }
    out.push_str(parts.path);
    if let Some(query) = parts.query {
        out.push('?');
        out.push_str(query);
    }
    if let Some(fragment) = parts.fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

/// Section 5.2.4, in one pass: a path may have as many segments as a document has bytes.
fn remove_dot_segments(path: &str) -> String {
    let mut input = path;
    let mut output = String::with_capacity(path.len());
    while !input.is_empty() {
        if let Some(rest) = input.strip_prefix("../").or_else(|| input.strip_prefix("./")) {
            input = rest;
        } else if input.starts_with("/./") {
            input = input.get(2..).unwrap_or_default();
        } else if input == "/." {
            input = "/";
        } else if input.starts_with("/../") {
            input = input.get(3..).unwrap_or_default();
            drop_last_segment(&mut output);
        } else if input == "/.." {
            input = "/";
            drop_last_segment(&mut output);
        } else if input == "." || input == ".." {
            input = "";
        } else {
            let end = input.char_indices().skip(1).find(|&(_, c)| c == '/').map_or(input.len(), |(at, _)| at);
            let (segment, rest) = input.split_at_checked(end).unwrap_or((input, ""));
            output.push_str(segment);
            input = rest;
        }
    }
    output
}

fn drop_last_segment(output: &mut String) {
    output.truncate(output.rfind('/').unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 3986 section 5.4.
    #[test]
    fn references_resolve_as_the_rfc_shows() {
        let base = "http://a/b/c/d;p?q";
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("g..", "http://a/b/c/g.."),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("g#s/../x", "http://a/b/c/g#s/../x"),
        ] {
            assert_eq!(resolve(base, reference), expected, "{reference}");
        }
        assert_eq!(resolve("http://example.com", "g"), "http://example.com/g");
    }

    #[test]
    fn what_could_break_out_of_n_quads_is_not_well_formed() {
        for text in [
            "https://a.example/ b",
            "https://a.example/<b",
            "https://a.example/>",
            "https://a/\"",
            "https://a/{x}",
            "https://a/\\",
            "https://a/\n",
            "https://a/#b#c",
            "rel",
            ":x",
            "1a:b",
        ] {
            assert!(!is_well_formed(text), "{text}");
        }
        for text in
            ["https://a.example/é", "urn:uuid:1", "did:key:z6Mk#z6Mk", "xsd:anyURI", "mailto:a@b.example"]
        {
            assert!(is_well_formed(text), "{text}");
        }
    }
}
