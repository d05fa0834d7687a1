//! What the types take, they write as a right document; what `check` passes, the types take.

use accolade_core::Class;
use accolade_core::check::{self, Finding};
use accolade_core::credential::AchievementCredential;
use serde_json::Value;

use crate::schemas::Schemas;
use crate::{mutations, vectors};

#[test]
fn the_types_never_write_what_the_schema_refuses_and_take_whatever_check_passes() {
    let Some(folder) = vectors::folder() else { return };
    let schemas = Schemas::read(&folder);
    let (mut faults, mut taken, mut passed) = (Vec::new(), 0, 0);
    for file in ["fullOpenBadge.json", "basicOpenBadgeCredential.json"] {
        let example = vectors::json(&folder, &format!("examples/ob30/{file}"));
        mutations::each(&example, |fault, document| {
            let broken = !check::credential(document).iter().all(beside_types);
            match AchievementCredential::from_value(document.clone()) {
                Ok(read) => {
                    taken += 1;
                    passed += i32::from(!broken);
                    if let Some(error) = schemas.credential.iter_errors(&read.to_value()).next() {
                        faults.push(format!("{fault}: written, but {error}"));
                    }
                }
                Err(why) if !broken => faults.push(format!("{fault}: passes, but {why}")),
                Err(_) => {}
            }
        });
    }
    assert!(taken > passed && passed > 100, "{taken} taken, {passed} passed");
    faults.truncate(20);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_the_types_write_and_read_again_is_the_same() {
    let Some(folder) = vectors::folder() else { return };
    for (name, example) in vectors::examples(&folder) {
        if vectors::is_endorsement(&example) {
            continue;
        }
        let read = AchievementCredential::from_value(example).unwrap();
        let text = read.to_json();
        let again = AchievementCredential::from_value(serde_json::from_str::<Value>(&text).unwrap()).unwrap();
        assert_eq!(again, read, "{name}");
        assert!(text.starts_with("{\"@context\":["), "{name}: {text}");
    }
}

/// Whether a finding is about something that types do not decide: warnings, and what the example itself breaks.
fn beside_types(finding: &Finding) -> bool {
    !finding.is_error() || finding.rule == "achieved-level-unknown"
}
