//! Changing an input: JSON by its parts, everything else by its bytes.

use serde_json::{Value, json};

use crate::properties::dice::Dice;

/// Names that a changed member may get.
const NAMES: [&str; 34] = [
    "@base",
    "@container",
    "@context",
    "@direction",
    "@graph",
    "@id",
    "@included",
    "@index",
    "@language",
    "@list",
    "@nest",
    "@none",
    "@prefix",
    "@propagate",
    "@protected",
    "@reverse",
    "@set",
    "@type",
    "@value",
    "@vocab",
    "@json",
    "urn:p",
    "a",
    "n",
    "_:b",
    "@foo",
    "id",
    "type",
    "proof",
    "issuer",
    "credentialStatus",
    "credentialSubject",
    "validUntil",
    "verifiableCredential",
];

/// Bytes that mean something in one of the formats.
const WORDS: [&[u8]; 20] = [
    b"\0",
    b"\xFF\xFE",
    b".",
    b"..",
    b"=",
    b"{",
    b"}",
    b"\"",
    b"\\u0000",
    b"]]>",
    b"<![CDATA[",
    b"<g>",
    b"&#x1F;",
    b"xmlns:openbadges=\"urn:x\"",
    b"\x7F\xFF\xFF\xFF",
    b"iTXt",
    b"\n%%\n",
    b"\n",
    b"-1",
    b"1e400",
];

/// The input with one thing changed, sometimes by a part of the other.
pub(super) fn change(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    match (serde_json::from_slice::<Value>(bytes), serde_json::from_slice::<Value>(other)) {
        (Ok(document), Ok(other)) if dice.roll(5) > 0 => {
            change_json(document, &other, dice).to_string().into_bytes()
        }
        _ => change_bytes(bytes, other, dice),
    }
}

fn change_bytes(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let (from, to) = (dice.roll(bytes.len() + 1), dice.roll(bytes.len() + 1));
    let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 64));
    let (before, part, after) = (&bytes[..from], &bytes[from..to], &bytes[to..]);
    match dice.roll(7) {
        0 => [before, after].concat(),
        1 => [before, part, part, after].concat(),
        2 => [before, WORDS[dice.roll(WORDS.len())], part, after].concat(),
        3 => [before, &other[dice.roll(other.len() + 1)..]].concat(),
        4 => before.to_vec(),
        _ => {
            let mut changed = bytes.to_vec();
            if let Some(byte) = changed.get_mut(from) {
                *byte ^= 1 << dice.roll(8);
            }
            changed
        }
    }
}

fn change_json(mut document: Value, other: &Value, dice: &mut Dice) -> Value {
    let (mut others, mut own) = (Vec::new(), Vec::new());
    parts(other, &mut others);
    parts(&document, &mut own);
    let (mut left, other) = (dice.roll(own.len()), others[dice.roll(others.len())].clone());
    change_at(&mut document, &mut left, &other, dice);
    document
}

/// Everything in a value, the value itself included.
fn parts<'v>(value: &'v Value, into: &mut Vec<&'v Value>) {
    into.push(value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| parts(item, into)),
        Value::Object(map) => map.values().for_each(|member| parts(member, into)),
        _ => {}
    }
}

/// Changes one of the values in a value; `left` counts down to it.
fn change_at(value: &mut Value, left: &mut usize, other: &Value, dice: &mut Dice) {
    if *left == 0 {
        let name = NAMES[dice.roll(NAMES.len())];
        let old = value.take();
        *value = match (dice.roll(7), old) {
            (0, _) => other.clone(),
            (1, _) => Value::from(name),
            (2, old) => json!([old, other]),
            (3, old) => json!({ name: old }),
            (4, Value::Object(mut map)) => {
                map.insert(name.to_owned(), other.clone());
                map.into()
            }
            (5, Value::Object(mut map)) => {
                let key = map.keys().nth(dice.roll(map.len())).cloned().unwrap_or_default();
                let moved = map.remove(&key).unwrap_or_default();
                map.insert(name.to_owned(), moved);
                map.into()
            }
            (6, old) => json!({"@context": {name: other}, "urn:p": old}),
            (_, old) => old,
        };
    }
    *left = left.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| change_at(item, left, other, dice)),
        Value::Object(map) => map.values_mut().for_each(|member| change_at(member, left, other, dice)),
        _ => {}
    }
}
