//! What holds of any input at all.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use accolade_core::Timestamp;
use accolade_core::check;
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Names that documents use, so that the walk gets somewhere.
const NAMES: &[&str] = &[
    "@context",
    "id",
    "type",
    "name",
    "issuer",
    "credentialSubject",
    "achievement",
    "criteria",
    "narrative",
    "identifier",
    "identityHash",
    "hashed",
    "result",
    "resultDescription",
    "achievedLevel",
    "rubricCriterionLevel",
    "value",
    "valueMin",
    "credentialStatus",
    "statusListIndex",
    "proof",
    "endorsement",
    "validFrom",
    "validUntil",
    "creditsEarned",
    "other~/\u{202e}",
];

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(NAMES).prop_map(Value::from),
        "(https:|urn:|data:|ext:|sha256\\$)?[%{}$a-z0-9 ._-]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        let name = prop::sample::select(NAMES).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn no_document_makes_the_checks_stumble_and_every_pointer_leads_into_it(document in json()) {
        let checks =
            [check::credential, check::endorsement, check::profile, check::achievement, check::embedded_proof];
        for check in checks {
            for finding in check(&document) {
                let parent = finding.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                prop_assert!(document.pointer(parent).is_some(), "{finding:?}");
                prop_assert!(!finding.detail.is_empty());
            }
        }
    }

    #[test]
    fn every_moment_that_a_text_can_name_reads_back_as_itself(seconds in -62_167_219_200..253_402_300_800_i64) {
        let moment = Timestamp::from_unix_seconds(seconds).unwrap();
        prop_assert_eq!(Timestamp::parse(&moment.to_string()).unwrap(), moment);
    }

    #[test]
    fn no_text_makes_the_readers_of_short_texts_stumble(text in any::<String>()) {
        let _ = Timestamp::parse(&text);
        let _ = accolade_core::Date::parse(&text);
        let _ = accolade_core::Uri::parse(text.clone());
        let _ = accolade_core::LanguageCode::parse(text.clone());
        let _ = accolade_core::EmailAddress::parse(text.clone());
        let _ = accolade_core::CompactJws::parse(text);
    }
}
