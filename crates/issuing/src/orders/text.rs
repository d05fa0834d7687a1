//! Texts that must not reach a credential: NUL, and the placeholders that templates and scripts leave behind.

use serde_json::Value;

use super::form::escape;
use crate::Fault;

/// Members whose text names a person or thing and is shown to people.
const NAMES: &[&str] = &["name", "givenName", "familyName", "targetName", "caption"];

/// Walks a whole request: no NUL anywhere, no placeholder in any name.
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
                sound_throughout(member, &pointer, faults);
            }
        }
        _ => {}
    }
}

/// Why `name` cannot be the name of anything, `None` where it can.
pub(crate) fn placeholder(name: &str) -> Option<String> {
    let lower = name.trim().to_lowercase();
    if lower.is_empty() {
        return Some("a name may not be empty".to_owned());
    }
    let unfilled = ["{{", "}}", "${", "<%", "%>", "[object"].iter().any(|mark| lower.contains(mark));
    let void = lower.split_whitespace().all(|word| matches!(word, "undefined" | "null" | "nan" | "(null)"));
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
        for good in
            ["Ana Ruiz", "Null Island Survey", "Undefined Behaviour in C", "李小龍", "O'Neill", "100%"]
        {
            assert_eq!(placeholder(good), None, "{good}");
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
