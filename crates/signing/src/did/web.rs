//! `did:web`: the identifier is a place on the web ([did:web](https://w3c-ccg.github.io/did-method-web/)).

use super::DidError;

const PREFIX: &str = "did:web:";
const SCHEME: &str = "https://";

/// The `did:web` of a path below a public URL: `https://badges.example/a` with `["public", "issuers", "7"]` gives
/// `did:web:badges.example:a:public:issuers:7`; a port becomes `%3A8443`.
///
/// The scheme is not part of a `did:web`; resolvers always use https, so the URL should be one.
pub fn did_web(public_url: &str, segments: &[&str]) -> Result<String, DidError> {
    let rest = public_url
        .strip_prefix(SCHEME)
        .or_else(|| public_url.strip_prefix("http://"))
        .ok_or(DidError::BadIdentifier("the public URL is not an http or https one"))?;
    let mut parts = rest.trim_end_matches('/').split('/').chain(segments.iter().copied());
    let host = parts.next().unwrap_or_default().to_ascii_lowercase().replace(':', "%3A");
    let mut did = format!("{PREFIX}{host}");
    for part in parts {
        did.push(':');
        did.push_str(part);
    }
    did_web_url(&did)?;
    Ok(did)
}

/// Where the document of a `did:web` (without fragment) is: `https://host/a/b/did.json`, or
/// `https://host/.well-known/did.json` where there is no path.
///
/// A port is written `%3A8443`; other escapes stay as they are. Parts that would change the meaning of a path (`..`, empty
/// ones, escaped slashes or dots) are refused, and so are
/// user names, IP literals in brackets and anything that is no host name with an optional port.
pub fn did_web_url(did: &str) -> Result<String, DidError> {
    let rest = did.strip_prefix(PREFIX).ok_or(DidError::BadIdentifier("it does not start with did:web:"))?;
    let mut parts = rest.split(':');
    let host = host(parts.next().unwrap_or_default())?;
    let mut path = String::new();
    for part in parts {
        if !is_path_segment(part) {
            return Err(DidError::BadIdentifier("a path segment of the did:web is not allowed"));
        }
        path.push('/');
        path.push_str(part);
    }
    let path = if path.is_empty() { "/.well-known" } else { &path };
    Ok(format!("{SCHEME}{host}{path}/did.json"))
}

fn host(part: &str) -> Result<String, DidError> {
    let refused = DidError::BadIdentifier("the did:web does not start with a host name");
    let (name, port) = match part.split_once("%3A").or_else(|| part.split_once("%3a")) {
        Some((name, port)) => (name, Some(port)),
        None => (part, None),
    };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err(refused);
    }
    match port {
        None => Ok(name.to_owned()),
        Some(port)
            if !port.starts_with('0')
                && port.bytes().all(|byte| byte.is_ascii_digit())
                && port.parse::<u16>().is_ok() =>
        {
            Ok(format!("{name}:{port}"))
        }
        Some(_) => Err(refused),
    }
}

/// Characters that need no escape, and escapes of characters that do: UTF-8 beyond ASCII, a blank, and the like. An escaped
/// slash, dot or percent sign would change the meaning of the path for somebody who decodes once too often, and an escaped
/// letter would spell one identifier in two ways.
fn is_path_segment(part: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let mut decoded = Vec::with_capacity(part.len());
    let mut bytes = part.bytes();
    while let Some(byte) = bytes.next() {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let escaped = match byte {
            b'%' => match (bytes.next().and_then(digit), bytes.next().and_then(digit)) {
                (Some(high), Some(low)) => high * 16 + low,
                _ => return false,
            },
            byte if is_plain(byte) => {
                decoded.push(byte);
                continue;
            }
            _ => return false,
        };
        if is_plain(escaped) || escaped.is_ascii_control() || b"/\\%?#:".contains(&escaped) {
            return false;
        }
        decoded.push(escaped);
    }
    !part.is_empty() && part != "." && part != ".." && std::str::from_utf8(&decoded).is_ok()
}
