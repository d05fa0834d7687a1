//! JSON written fast: the payload of a token is all there is to write beside the signature, and serde_json takes a fifth of
//! a signature's time for it.

use std::io::Write as _;

use serde_json::{Map, Value};

/// Writes a value as serde_json would, byte for byte.
pub(crate) fn push(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        // Writing into a Vec cannot fail.
        Value::Number(number) => drop(write!(out, "{number}")),
        Value::String(text) => push_string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                push(out, item);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            push_members(out, members);
            out.push(b'}');
        }
    }
}

/// The members of an object without its braces, so that others can follow.
pub(crate) fn push_members(out: &mut Vec<u8>, members: &Map<String, Value>) {
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        push_string(out, name);
        out.push(b':');
        push(out, value);
    }
}

/// A string in quotes. To look for characters that need an escape without stopping at the first takes vector instructions,
/// and mostly there is none.
pub(crate) fn push_string(out: &mut Vec<u8>, text: &str) {
    let is_special = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
    out.reserve(text.len() + 2);
    if text.bytes().fold(false, |any, byte| any | is_special(byte)) {
        // Escapes are serde_json's business; into a Vec it always succeeds.
        drop(serde_json::to_writer(out, text));
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: &Value) -> String {
        let mut out = Vec::new();
        push(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    fn anything() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[ -~\u{0}-\u{20}]{0,40}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_serde_json_writes(value in anything()) {
            prop_assert_eq!(written(&value), value.to_string());
        }
    }
}
