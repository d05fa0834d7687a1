//! What is read is written again.

use accolade_core::Class;
use accolade_core::credential::AchievementCredential;
use accolade_core::endorsement::EndorsementCredential;
use serde_json::{Value, json};

use crate::vectors;

/// Whole numbers have one form, and an issuer given as a bare URI is written out.
fn canonical(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(number) if number.fract() == 0.0 => json!(format!("{number:.0}").parse::<i64>().unwrap()),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, canonical(value))).collect())
        }
        other => other,
    }
}

#[test]
fn published_examples_are_written_as_they_were_read() {
    let Some(folder) = vectors::folder() else { return };
    for (name, example) in vectors::examples(&folder) {
        let written = if vectors::is_endorsement(&example) {
            EndorsementCredential::from_value(example.clone()).map(|credential| credential.to_value())
        } else {
            AchievementCredential::from_value(example.clone()).map(|credential| credential.to_value())
        };
        let written = written.unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(canonical(written), canonical(example), "{name}");
    }
}
