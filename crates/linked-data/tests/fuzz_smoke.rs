//! The properties of the fuzz target, over its seeds and some thousand changed ones. It is no fuzzing, but it needs no nightly compiler.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

#[path = "../fuzz/properties.rs"]
mod properties;

use std::path::Path;

use accolade_linked_data::json as strict_json;
use serde_json::{Value, json};

/// A sequence of numbers that is the same on every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % sides
    }
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz"))
}

fn seeds() -> Vec<Vec<u8>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder().join("seeds")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// Names that a changed member may get.
const NAMES: [&str; 26] = [
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
];

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
fn change(value: &mut Value, left: &mut usize, other: &Value, dice: &mut Dice) {
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
                let key = map.keys().nth(dice.roll(map.len().max(1))).cloned().unwrap_or_default();
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
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, left, other, dice)),
        Value::Object(map) => map.values_mut().for_each(|member| change(member, left, other, dice)),
        _ => {}
    }
}

#[test]
fn the_properties_hold_for_the_seeds() {
    let seeds = seeds();
    assert!(seeds.len() >= 12);
    for seed in seeds {
        strict_json::parse(&seed).unwrap();
        properties::hold_for(&seed);
    }
}

#[test]
fn the_properties_hold_for_changed_seeds() {
    let seeds: Vec<Value> = seeds().iter().map(|seed| strict_json::parse(seed).unwrap()).collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for turn in 0..2_500 {
        let mut document = seeds[turn % seeds.len()].clone();
        for _ in 0..=dice.roll(3) {
            let (mut others, mut own) = (Vec::new(), Vec::new());
            parts(&seeds[dice.roll(seeds.len())], &mut others);
            parts(&document, &mut own);
            let (mut left, other) = (dice.roll(own.len()), others[dice.roll(others.len())]);
            change(&mut document, &mut left, other, &mut dice);
        }
        properties::hold_for(document.to_string().as_bytes());
    }
}
