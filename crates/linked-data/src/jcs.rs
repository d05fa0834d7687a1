//! JSON Canonicalization Scheme ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)).

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

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
    let mut writer = Writer { out: String::with_capacity(1_024), members: Vec::new() };
    writer.value(value);
    writer.out
}

struct Writer<'v> {
    out: String,
    /// The members of the objects being written, one object above the other: one allocation for all of them.
    members: Vec<(&'v str, &'v Value)>,
}

impl<'v> Writer<'v> {
    fn value(&mut self, value: &'v Value) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Number(number) => push_number(&mut self.out, number),
            Value::String(text) => push_string(&mut self.out, text),
            Value::Array(items) => self.array(items),
            Value::Object(map) => self.object(map),
        }
    }

    fn array(&mut self, items: &'v [Value]) {
        self.out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.value(item);
        }
        self.out.push(']');
    }

    fn object(&mut self, map: &'v Map<String, Value>) {
        let mark = self.members.len();
        self.members.extend(map.iter().map(|(name, member)| (name.as_str(), member)));
        let own = self.members.get_mut(mark..).unwrap_or_default();
        // Members mostly stand in order already: to see that costs less than to begin a sort.
        if !own.is_sorted_by(|(a, _), (b, _)| by_utf_16(a, b) != Ordering::Greater) {
            own.sort_unstable_by(|(a, _), (b, _)| by_utf_16(a, b));
        }
        self.out.push('{');
        for at in mark..mark + map.len() {
            let Some(&(name, member)) = self.members.get(at) else { break };
            if at > mark {
                self.out.push(',');
            }
            push_string(&mut self.out, name);
            self.out.push(':');
            self.value(member);
        }
        self.out.push('}');
        self.members.truncate(mark);
    }
}

/// The order of UTF-16 code units, told from UTF-8. It is the order of bytes, but that characters beyond U+FFFF (first byte 0xF0 and
/// up), which UTF-16 writes with surrogates, come before U+E000 to U+FFFF (first byte 0xEE or 0xEF).
fn by_utf_16(a: &str, b: &str) -> Ordering {
    match a.bytes().zip(b.bytes()).find(|(a, b)| a != b) {
        None => a.len().cmp(&b.len()),
        Some((0xf0.., 0xee | 0xef)) => Ordering::Less,
        Some((0xee | 0xef, 0xf0..)) => Ordering::Greater,
        Some((a, b)) => a.cmp(&b),
    }
}

fn push_number(out: &mut String, number: &Number) {
    /// Up to here every integer is a double of its own.
    const EXACT: u64 = 1 << 53;
    match (number.as_u64(), number.as_i64()) {
        (Some(whole), _) if whole <= EXACT => number::push_integer(out, whole, false),
        (None, Some(whole)) if whole.unsigned_abs() <= EXACT => {
            number::push_integer(out, whole.unsigned_abs(), true);
        }
        _ => out.push_str(&number::ecmascript(number.as_f64().unwrap_or(0.0))),
    }
}

/// A JSON string as RFC 8785 writes it (section 3.2.2.2); serde_json writes strings alike.
pub(crate) fn push_string(out: &mut String, text: &str) {
    let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    out.push('"');
    let mut rest = text;
    // To look for any special character without stopping takes vector instructions, and mostly there is none.
    let any = text.bytes().fold(false, |any, byte| any | is_special(byte));
    while any && let Some(at) = rest.bytes().position(is_special) {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let mut chars = after.chars();
        match chars.next().map(u32::from) {
            Some(0x22) => out.push_str("\\\""),
            Some(0x5c) => out.push_str("\\\\"),
            Some(0x08) => out.push_str("\\b"),
            Some(0x09) => out.push_str("\\t"),
            Some(0x0a) => out.push_str("\\n"),
            Some(0x0c) => out.push_str("\\f"),
            Some(0x0d) => out.push_str("\\r"),
            Some(other) => {
                out.push_str("\\u00");
                number::push_hex(out, other.to_le_bytes().first().copied().unwrap_or(0));
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

    /// CAN-13, against the definition.
    #[test]
    fn the_order_told_from_utf_8_is_that_of_utf_16() {
        let characters = [
            'a',
            '\u{7f}',
            'é',
            '\u{7ff}',
            '\u{800}',
            '\u{d7ff}',
            '\u{e000}',
            '\u{ffff}',
            '\u{10000}',
            '\u{10ffff}',
        ];
        let mut texts = vec![String::new()];
        for first in characters {
            texts.push(first.into());
            texts.extend(characters.map(|second| String::from_iter([first, second])));
        }
        for a in &texts {
            for b in &texts {
                assert_eq!(by_utf_16(a, b), a.encode_utf16().cmp(b.encode_utf16()), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn members_come_in_order_from_whatever_order_at_every_level() {
        let value: Value = serde_json::from_str(r#"{"b":{"d":1,"c":[{"f":2,"e":3}]},"a":{}}"#).unwrap();
        assert_eq!(canonicalize(&value), r#"{"a":{},"b":{"c":[{"e":3,"f":2}],"d":1}}"#);
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
