//! Definitions that a document brings itself: which are taken.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

use accolade_linked_data::contexts::inline::{Refusal, check};
use accolade_linked_data::contexts::{CREDENTIALS_V2, OB_V3P0};
use accolade_linked_data::{Options, canonicalize};
use serde_json::{Value, json};

fn outcome(definitions: &Value) -> Result<(), Refusal> {
    check(definitions.as_object().unwrap(), &[CREDENTIALS_V2, OB_V3P0])
}

#[test]
fn names_for_what_nobody_has_a_name_for_are_taken() {
    for fine in [
        json!({}),
        json!({"volumeOfLearning": "http://data.europa.eu/snb/model/elm/volumeOfLearning"}),
        json!({"mode": {"@id": "http://data.europa.eu/snb/model/elm/mode", "@type": "@id"}}),
        json!({"length": {"@id": "https://example.org/length", "@type": "http://www.w3.org/2001/XMLSchema#duration"}}),
        json!({"Course_2": "https://example.org/terms#Course"}),
    ] {
        assert_eq!(outcome(&fine), Ok(()), "{fine}");
    }
}

#[test]
fn whatever_could_change_what_stands_there_is_refused() {
    let iri = "https://example.org/x";
    let name = |name: &str| Err(Refusal::Name(name.to_owned()));
    let definition = || Err(Refusal::Definition("x".to_owned()));
    for (definitions, refusal) in [
        // Keywords, and names that are no names.
        (json!({"@vocab": iri}), name("@vocab")),
        (json!({"@base": iri}), name("@base")),
        (json!({"@import": CREDENTIALS_V2}), name("@import")),
        (json!({"@propagate": false}), name("@propagate")),
        (json!({"@protected": true, "x": iri}), name("@protected")),
        (json!({"@version": 1.1}), name("@version")),
        (json!({"@language": "en"}), name("@language")),
        (json!({"@type": {"@container": "@set"}}), name("@type")),
        (json!({"a:b": iri}), name("a:b")),
        (json!({"https://example.org/x": iri}), name("https://example.org/x")),
        (json!({"did": iri}), name("did")),
        (json!({"HTTPS": iri}), name("HTTPS")),
        (json!({"": iri}), name("")),
        (json!({"ñ": iri}), name("ñ")),
        // Names that are taken, also within other terms.
        (json!({"name": "https://evil.example/name"}), Err(Refusal::Taken("name".into()))),
        (json!({"validUntil": iri}), Err(Refusal::Taken("validUntil".into()))),
        (json!({"statusListIndex": iri}), Err(Refusal::Taken("statusListIndex".into()))),
        (json!({"achievedLevel": iri}), Err(Refusal::Taken("achievedLevel".into()))),
        (json!({"type": iri}), Err(Refusal::Taken("type".into()))),
        // Definitions that do more than give a name.
        (json!({"x": null}), definition()),
        (json!({"x": {"@id": null}}), definition()),
        (json!({"x": "@id"}), definition()),
        (json!({"x": "@type"}), definition()),
        (json!({"x": "name"}), definition()),
        (json!({"x": "schema:name"}), definition()),
        (json!({"x": "urn:example:x"}), definition()),
        (json!({"x": "_:b"}), definition()),
        (json!({"x": "https://"}), definition()),
        (json!({"x": "https:///x"}), definition()),
        (json!({"x": "https://example.org/a b"}), definition()),
        (json!({"x": {"@id": iri, "@context": {}}}), definition()),
        (json!({"x": {"@id": iri, "@container": "@list"}}), definition()),
        (json!({"x": {"@id": iri, "@container": "@graph"}}), definition()),
        (json!({"x": {"@id": iri, "@protected": true}}), definition()),
        (json!({"x": {"@id": iri, "@prefix": true}}), definition()),
        (json!({"x": {"@id": iri, "@nest": "@nest"}}), definition()),
        (json!({"x": {"@id": iri, "@language": "en"}}), definition()),
        (json!({"x": {"@reverse": iri}}), definition()),
        (json!({"x": {"@id": iri, "@type": "@json"}}), definition()),
        (json!({"x": {"@id": iri, "@type": "@vocab"}}), definition()),
        (json!({"x": {"@id": iri, "@type": "@none"}}), definition()),
        (
            json!({"x": {"@id": iri, "@type": "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"}}),
            definition(),
        ),
        (json!({"x": {"@type": "@id"}}), definition()),
        // Prefixes: an address could be written with one.
        (json!({"x": "https://example.org/"}), definition()),
        (json!({"x": "https://example.org/terms#"}), definition()),
        (json!({"x": "https://example.org/?q="}), definition()),
        (json!({"x": [iri]}), definition()),
        // Meanings that have a name.
        (json!({"x": "https://www.w3.org/2018/credentials#validUntil"}), Err(Refusal::Meaning("x".into()))),
        (
            json!({"x": {"@id": "https://www.w3.org/2018/credentials#credentialStatus", "@type": "@id"}}),
            Err(Refusal::Meaning("x".into())),
        ),
        (json!({"x": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}), Err(Refusal::Meaning("x".into()))),
        (
            json!({"x": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"}),
            Err(Refusal::Meaning("x".into())),
        ),
        (json!({"x": "https://schema.org/name"}), Err(Refusal::Meaning("x".into()))),
        (json!({"x": "https://w3id.org/security#assertionMethod"}), Err(Refusal::Meaning("x".into()))),
    ] {
        assert_eq!(outcome(&definitions), refusal, "{definitions}");
    }
}

#[test]
fn a_map_is_bounded() {
    let of = |count: usize| {
        let terms =
            (0..count).map(|number| (format!("x{number}"), json!(format!("https://example.org/{number}"))));
        Value::Object(terms.collect())
    };
    assert_eq!(outcome(&of(64)), Ok(()));
    assert_eq!(outcome(&of(65)), Err(Refusal::TooMany));
    let long = json!({"x": format!("https://example.org/{}", "x".repeat(300))});
    assert_eq!(outcome(&long), Err(Refusal::Definition("x".into())));
    assert!(matches!(outcome(&json!({"x".repeat(65): "https://example.org/x"})), Err(Refusal::Name(_))));
}

/// What the rule is for: no map that is taken gives the same statements in other words of the standards.
#[test]
fn a_map_that_is_taken_leaves_every_other_word_as_it_was() {
    let map = json!({"volumeOfLearning": "http://data.europa.eu/snb/model/elm/volumeOfLearning", "x": "https://example.org/x"});
    outcome(&map).unwrap();
    let document = |contexts: Value| {
        json!({
            "@context": contexts,
            "id": "https://example.org/1",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": "N",
            "validUntil": "2029-01-01T00:00:00Z",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "achievement": {"id": "urn:uuid:1", "type": ["Achievement"], "name": "A", "criteria": {"narrative": "c"}, "description": "d"}
            }
        })
    };
    let with = canonicalize(&document(json!([CREDENTIALS_V2, OB_V3P0, map])), &Options::default());
    assert_eq!(with, canonicalize(&document(json!([CREDENTIALS_V2, OB_V3P0])), &Options::default()));
    assert!(with.is_ok(), "{with:?}");
}
