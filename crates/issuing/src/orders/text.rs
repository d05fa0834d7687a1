//! Texts that must not reach a credential: NUL, the placeholders that templates and scripts leave behind, and links that
//! would run something or lead nowhere when a person follows them.

use serde_json::Value;

use super::form::escape;
use crate::Fault;

/// Members whose text names a person or thing and is shown to people.
const NAMES: &[&str] = &[
    "name",
    "givenName",
    "familyName",
    "additionalName",
    "patronymicName",
    "familyNamePrefix",
    "honorificPrefix",
    "honorificSuffix",
    "official",
    "targetName",
    "caption",
];

/// Members that people follow as links.
const LINKS: &[&str] = &["url", "targetUrl"];

/// Schemes that no identifier on a badge may have: a page that made a link of it would run it or open a local file.
const DANGEROUS: &[&str] = &["javascript", "vbscript", "file", "blob", "about", "filesystem", "view-source"];

/// Walks a whole request: no NUL anywhere, no placeholder in any name, no dangerous link.
pub(crate) fn sound_throughout(value: &Value, at: &str, faults: &mut Vec<Fault>) {
    match value {
        Value::String(text) if text.contains('\0') => {
            faults.push(Fault::new(at, "nul", "a text may not contain U+0000"));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                sound_throughout(item, &format!("{at}/{index}"), faults);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let pointer = format!("{at}/{}", escape(name));
                let shown = NAMES.contains(&name.as_str()).then(|| member.as_str()).flatten();
                if let Some(detail) = shown.and_then(placeholder) {
                    faults.push(Fault::new(pointer.clone(), "placeholder", detail));
                }
                if let Some(detail) = member.as_str().and_then(|text| unsafe_link(name, text)) {
                    faults.push(Fault::new(pointer.clone(), "url", detail));
                }
                sound_throughout(member, &pointer, faults);
            }
        }
        _ => {}
    }
}

/// Why the member `name` cannot hold that link, `None` where it can, or where it holds none.
fn unsafe_link(name: &str, text: &str) -> Option<&'static str> {
    // Browsers drop control characters and white space before they read the scheme.
    let read: String = text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let scheme = read.split_once(':').map(|(scheme, _)| scheme.to_lowercase()).unwrap_or_default();
    if LINKS.contains(&name) && !matches!(scheme.as_str(), "http" | "https") {
        return Some("this must be an http or https URL");
    }
    (matches!(name, "id" | "image") && DANGEROUS.contains(&scheme.as_str()))
        .then_some("a URI of this scheme is not allowed here")
}

/// Why `name` cannot be the name of anything, `None` where it can.
pub(crate) fn placeholder(name: &str) -> Option<String> {
    let lower = name.trim().to_lowercase();
    if lower.is_empty() {
        return Some("a name may not be empty".to_owned());
    }
    let unfilled = ["{{", "}}", "${", "<%", "%>", "[object"].iter().any(|mark| lower.contains(mark));
    // Case counts: there are people whose name is Null.
    let void = name
        .split_whitespace()
        .all(|word| matches!(word, "undefined" | "null" | "NaN" | "nil" | "(null)" | "<null>"));
    (unfilled || void).then(|| format!("`{}` looks like a placeholder that was not filled in", name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_names() {
        for bad in [
            "undefined",
            "undefined undefined",
            "{{name}}",
            "null",
            "NaN",
            "${first}",
            "[object Object]",
            " ",
        ] {
            assert!(placeholder(bad).is_some(), "{bad}");
        }
        for good in [
            "Ana Ruiz",
            "Null Island Survey",
            "Undefined Behaviour in C",
            "Null",
            "李小龍",
            "O'Neill",
            "100%",
        ] {
            assert_eq!(placeholder(good), None, "{good}");
        }
    }

    #[test]
    fn links_that_run_something_are_told_from_links() {
        for (name, bad) in [
            ("url", "javascript:alert(1)"),
            ("url", "data:text/html,x"),
            ("url", "ftp://example.org/"),
            ("url", "www.example.org"),
            ("targetUrl", "urn:x:y"),
            ("id", "javascript:alert(1)"),
            ("id", " JaVaScRiPt:alert(1)"),
            ("id", "java\nscript:alert(1)"),
            ("id", "file:///etc/passwd"),
        ] {
            assert!(unsafe_link(name, bad).is_some(), "{name}: {bad}");
        }
        for (name, good) in [
            ("url", "https://example.org/"),
            ("id", "urn:uuid:6b8f3c9e-2d3a-4a6f-9a52-0f6f6f0b8a01"),
            ("id", "data:image/png;base64,AAAA"),
            ("narrative", "javascript: a language"),
        ] {
            assert_eq!(unsafe_link(name, good), None, "{name}: {good}");
        }
    }

    #[test]
    fn a_nul_is_found_however_deep() {
        let mut faults = Vec::new();
        sound_throughout(&serde_json::json!({"a/b": [{"c": "x\u{0}"}]}), "", &mut faults);
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].pointer.as_str(), faults[0].rule.as_str()), ("/a~1b/0/c", "nul"));
    }
}
