//! JSON Canonicalization Scheme ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)).

use std::fmt::Write;

use serde_json::{Number, Value};

use crate::number;

/// Writes a JSON value in canonical form: members sorted by UTF-16 code units, numbers as ECMAScript prints them.
///
/// Duplicate members, lone surrogates and integers beyond 2^53 cannot be told here any more; [`json::parse`](crate::json::parse)
/// refuses them at the door.
///
/// ```
/// let value = serde_json::json!({"b": 1.0, "a": [true, null, "é\n"]});
/// assert_eq!(accolade_linked_data::jcs::canonicalize(&value), r#"{"a":[true,null,"é\n"],"b":1}"#);
/// ```
#[must_use]
pub fn canonicalize(value: &Value) -> String {
    let mut out = String::with_capacity(1_024);
    write_value(&mut out, value);
    out
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            // Byte order and UTF-16 order differ only above the surrogates.
            members.sort_by(|(a, _), (b, _)| {
                if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
            });
            out.push('{');
            for (at, (name, member)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_string(out, name);
                out.push(':');
                write_value(out, member);
            }
            out.push('}');
        }
    }
}

fn write_number(out: &mut String, number: &Number) {
    /// Up to here every integer is a double of its own.
    const EXACT: u64 = 1 << 53;
    match (number.as_u64(), number.as_i64()) {
        (Some(whole), _) if whole <= EXACT => {
            let _ = write!(out, "{whole}");
        }
        (None, Some(whole)) if whole.unsigned_abs() <= EXACT => {
            let _ = write!(out, "{whole}");
        }
        _ => out.push_str(&number::ecmascript(number.as_f64().unwrap_or(0.0))),
    }
}

fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| b < b' ' || b == b'"' || b == b'\\') {
        let Some((before, after)) = rest.split_at_checked(at) else { break };
        out.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\r') => out.push_str("\\r"),
            Some(other) => {
                let _ = write!(out, "\\u{:04x}", u32::from(other));
            }
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// CAN-13.
    #[test]
    fn members_are_sorted_by_utf_16_code_units() {
        let value =
            json!({"\u{1F600}": 1, "\u{FB33}": 2, "\u{20ac}": 3, "1": 4, "\r": 5, "\u{80}": 6, "\u{f6}": 7});
        let expected =
            "{\"\\r\":5,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":3,\"\u{1F600}\":1,\"\u{FB33}\":2}";
        assert_eq!(canonicalize(&value), expected);
    }

    #[test]
    fn control_characters_are_escaped_and_the_rest_is_left_alone() {
        assert_eq!(
            canonicalize(&json!("\u{0}\u{1f}\u{7f}\"\\/\u{2028}")),
            "\"\\u0000\\u001f\u{7f}\\\"\\\\/\u{2028}\""
        );
    }

    /// CAN-14.
    #[test]
    fn text_is_not_normalised() {
        assert_ne!(canonicalize(&json!("\u{e9}")), canonicalize(&json!("e\u{301}")));
    }

    /// CAN-12.
    #[test]
    fn equal_numbers_are_written_alike() {
        for (text, expected) in [
            ("1.0", "1"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("1e2", "100"),
            ("1E-7", "1e-7"),
            ("4.50", "4.5"),
            ("333333333.33333329", "333333333.3333333"),
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(canonicalize(&value), expected, "{text}");
        }
    }
}
