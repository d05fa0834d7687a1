//! Statements as they are, and as they are not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test, a missing value is a failure")]

use serde_json::{Value, json};

use super::*;
use crate::form::Fault;

fn passed() -> Value {
    json!({
        "id": "6690E6C9-3ef0-4ed3-8b37-7f3964730bee",
        "actor": {"objectType": "Agent", "name": "Ana Ruiz", "mbox": "mailto:ana@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed", "display": {"en-US": "passed"}},
        "object": {
            "objectType": "Activity",
            "id": "https://lms.example.edu/quiz/7",
            "definition": {"name": {"de": "Prüfung", "en": "Skills test"}, "type": "http://adlnet.gov/expapi/activities/assessment"}
        },
        "result": {"score": {"scaled": 0.57, "raw": 57, "min": 0, "max": 100}, "success": true, "completion": true, "duration": "PT1H30M"},
        "context": {
            "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
            "contextActivities": {"parent": {"id": "https://lms.example.edu/course/1"}, "category": [{"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}]},
            "extensions": {"https://example.edu/x": null}
        },
        "timestamp": "2026-11-23T11:00:00.250+01:00",
        "stored": "2026-11-23T11:00:01Z",
        "authority": {"account": {"homePage": "https://lms.example.edu", "name": "lms"}},
        "version": "1.0.0"
    })
}

/// `passed`, with what the pointer names set to that.
fn with(pointer: &str, value: Value) -> Value {
    let mut statement = passed();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    statement.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(name.to_owned(), value);
    statement
}

fn without(pointer: &str) -> Value {
    let mut statement = passed();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    statement.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    statement
}

fn deed(statement: &Value) -> Deed {
    match Statement::parse(statement, "") {
        Ok(Statement { says: Says::Did(deed), .. }) => *deed,
        other => panic!("{statement}: {other:?}"),
    }
}

fn faults(statement: &Value) -> Vec<(String, &'static str)> {
    let told = |fault: Fault| (fault.pointer, fault.rule);
    Statement::parse(statement, "/3").unwrap_err().into_iter().map(told).collect()
}

#[test]
fn a_statement_says_who_did_what_and_how_well() {
    let statement = Statement::parse(&passed(), "").unwrap();
    assert_eq!(statement.id.as_deref(), Some("6690e6c9-3ef0-4ed3-8b37-7f3964730bee"));
    let known_by = KnownBy::Mbox("ana@example.org".to_owned());
    assert_eq!(statement.actor, Actor::Agent { name: Some("Ana Ruiz".to_owned()), known_by });
    assert_eq!(statement.at.unwrap().to_string(), "2026-11-23T10:00:00Z");
    let deed = deed(&passed());
    assert_eq!((deed.verb, deed.activity.as_str()), (Verb::Passed, "https://lms.example.edu/quiz/7"));
    assert_eq!(deed.title.as_deref(), Some("Skills test"));
    assert_eq!(deed.outcome, Outcome { success: Some(true), score: Some(57.0), level: None });
    assert_eq!(deed.hours.unwrap().iso(), "PT1H30M");
}

#[test]
fn what_a_record_store_adds_is_not_what_was_told() {
    let told = Statement::parse(&passed(), "").unwrap().told;
    let mut elsewhere = passed();
    elsewhere["stored"] = "2027-01-01T00:00:00Z".into();
    elsewhere.as_object_mut().unwrap().remove("authority");
    elsewhere["version"] = "1.0.3".into();
    assert_eq!(Statement::parse(&elsewhere, "").unwrap().told, told);
    assert_eq!(told["context"]["extensions"], json!({"https://example.edu/x": null}));
    assert_ne!(Statement::parse(&with("/result/score", json!({"scaled": 0.9})), "").unwrap().told, told);
}

#[test]
fn every_verb_says_whether_it_succeeded() {
    let bare = |verb: &str| {
        let mut statement = with("/verb", json!({ "id": verb }));
        statement.as_object_mut().unwrap().remove("result");
        statement
    };
    for (iri, success) in [
        ("http://adlnet.gov/expapi/verbs/passed", Some(true)),
        ("http://adlnet.gov/expapi/verbs/failed", Some(false)),
        ("http://adlnet.gov/expapi/verbs/completed", None),
        ("http://adlnet.gov/expapi/verbs/mastered", Some(true)),
        ("https://w3id.org/xapi/adl/verbs/satisfied", Some(true)),
        ("http://adlnet.gov/expapi/verbs/attended", None),
    ] {
        let deed = deed(&bare(iri));
        assert_eq!((deed.outcome.success, deed.verb.iri()), (success, iri));
        assert_eq!(Verb::of_iri(iri), Some(deed.verb));
    }
    for iri in ["http://adlnet.gov/expapi/verbs/initialized", "http://adlnet.gov/expapi/verbs/Passed"] {
        assert_eq!(Statement::parse(&bare(iri), "").unwrap().says, Says::Other, "{iri}");
    }
}

#[test]
fn a_mark_is_the_scaled_score_or_where_the_raw_one_lies() {
    for (score, mark) in [
        (json!({"scaled": 0.57}), Some(57.0)),
        (json!({"scaled": 0.99999}), Some(99.999)),
        (json!({"scaled": 1}), Some(100.0)),
        (json!({"scaled": -0.5}), Some(0.0)),
        (json!({"raw": 15, "min": 10, "max": 20}), Some(50.0)),
        (json!({"raw": 15, "min": 0, "max": 20, "scaled": 0.8}), Some(80.0)),
        (json!({"raw": 15, "max": 20}), None),
        (json!({"raw": 15}), None),
        (json!({}), None),
    ] {
        assert_eq!(deed(&with("/result/score", score.clone())).outcome.score, mark, "{score}");
    }
}

#[test]
fn a_level_of_competency_comes_as_an_extension() {
    let level = |code: Value| with("/result/extensions", json!({ LEVEL: code }));
    assert_eq!(deed(&level(json!("competent"))).outcome.level.as_deref(), Some("competent"));
    assert_eq!(faults(&level(json!(3))), [("/3/result/extensions/urn:accolade:level".to_owned(), "level")]);
}

#[test]
fn what_is_not_complete_completes_nothing() {
    let mut half = with("/verb/id", "http://adlnet.gov/expapi/verbs/completed".into());
    half["result"] = json!({"completion": false});
    assert_eq!(Statement::parse(&half, "").unwrap().says, Says::Other);
}

#[test]
fn a_learner_is_known_by_one_thing() {
    let known = |actor: Value| match Statement::parse(&with("/actor", actor), "").unwrap().actor {
        Actor::Agent { known_by, .. } => Some(known_by),
        Actor::Group => None,
    };
    let home_page = Uri::parse("https://lms.example.edu").unwrap();
    for (actor, expected) in [
        (json!({"mbox": "mailto:a@b.co"}), Some(KnownBy::Mbox("a@b.co".into()))),
        (
            json!({"openid": "https://ana.example.org/"}),
            Some(KnownBy::OpenId(Uri::parse("https://ana.example.org/").unwrap())),
        ),
        (
            json!({"name": "", "account": {"homePage": "https://lms.example.edu", "name": "42"}}),
            Some(KnownBy::Account { home_page, name: "42".into() }),
        ),
        (
            json!({"mbox_sha1sum": "EBD31E95054C018B10727CCFFD2EF2EC3A016EE9"}),
            Some(KnownBy::MboxSha1Sum("ebd31e95054c018b10727ccffd2ef2ec3a016ee9".into())),
        ),
        (json!({"objectType": "Group", "mbox": "mailto:a@b.co"}), None),
        (json!({"objectType": "Group", "member": [{"mbox": "mailto:a@b.co"}]}), None),
    ] {
        assert_eq!(known(actor.clone()), expected, "{actor}");
    }
}

#[test]
fn a_voiding_statement_names_the_one_that_does_not_hold() {
    let mut voiding = with("/verb", json!({"id": "http://adlnet.gov/expapi/verbs/voided"}));
    voiding["object"] = json!({"objectType": "StatementRef", "id": "E05AA883-acaf-40ad-bf54-02c8ce485fb0"});
    voiding["context"] = json!({});
    let says = Statement::parse(&voiding, "").unwrap().says;
    assert_eq!(says, Says::Voids("e05aa883-acaf-40ad-bf54-02c8ce485fb0".to_owned()));
    voiding["object"] = json!({"id": "https://lms.example.edu/quiz/7"});
    assert_eq!(faults(&voiding), [("/3/object".to_owned(), "contradiction")]);
}

#[test]
fn other_objects_are_read_and_say_nothing_here() {
    let about = |object: Value| {
        let mut statement = with("/object", object);
        statement.as_object_mut().unwrap().remove("context");
        Statement::parse(&statement, "").map(|statement| statement.says)
    };
    let planned = json!({
        "objectType": "SubStatement", "actor": {"mbox": "mailto:a@b.co"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}, "object": {"id": "https://lms.example.edu/quiz/7"}
    });
    for object in [
        json!({"objectType": "Agent", "mbox": "mailto:a@b.co"}),
        json!({"objectType": "Group", "member": []}),
        json!({"objectType": "StatementRef", "id": "e05aa883-acaf-40ad-bf54-02c8ce485fb0"}),
        planned.clone(),
    ] {
        assert_eq!(about(object.clone()), Ok(Says::Other), "{object}");
    }
    let mut third = planned.clone();
    third["object"] = planned.clone();
    let mut named = planned;
    named["id"] = "e05aa883-acaf-40ad-bf54-02c8ce485fb0".into();
    for (object, rule) in
        [(third, "too_deep"), (named, "unknown_member"), (json!({"objectType": "Thing"}), "choice")]
    {
        assert_eq!(about(object.clone()).unwrap_err().first().unwrap().rule, rule, "{object}");
    }
}

#[test]
fn faults_are_named_where_they_stand() {
    for (statement, pointer, rule) in [
        (json!("x"), "/3", "wrong_type"),
        (without("/actor"), "/3/actor", "required"),
        (without("/verb"), "/3/verb", "required"),
        (without("/object"), "/3/object", "required"),
        (with("/vreb", json!({})), "/3/vreb", "unknown_member"),
        (with("/result", Value::Null), "/3/result", "null"),
        (with("/id", json!("7")), "/3/id", "uuid"),
        (with("/id", json!("6690e6c9-3ef0-4ed3-8b37-7f3964730be")), "/3/id", "uuid"),
        (with("/version", json!("2.0.0")), "/3/version", "version"),
        (with("/version", json!("1.00")), "/3/version", "version"),
        (with("/timestamp", json!("2026-11-23T11:00:00")), "/3/timestamp", "date_time"),
        (with("/stored", json!("yesterday")), "/3/stored", "date_time"),
        (with("/actor", json!({"name": "Ana"})), "/3/actor", "one_identity"),
        (with("/actor/openid", json!("https://ana.example.org/")), "/3/actor", "one_identity"),
        (with("/actor/objectType", json!("Person")), "/3/actor/objectType", "choice"),
        (with("/actor/mbox", json!("ana@example.org")), "/3/actor/mbox", "mbox"),
        (with("/actor/mbox", json!("mailto:ana")), "/3/actor/mbox", "mbox"),
        (with("/actor", json!({"mbox_sha1sum": "abc"})), "/3/actor/mbox_sha1sum", "sha1"),
        (with("/actor", json!({"openid": "ana"})), "/3/actor/openid", "iri"),
        (
            with("/actor", json!({"account": {"homePage": "lms", "name": "1"}})),
            "/3/actor/account/homePage",
            "uri",
        ),
        (
            with("/actor", json!({"account": {"homePage": "https://lms.example.edu"}})),
            "/3/actor/account/name",
            "required",
        ),
        (with("/actor", json!({"objectType": "Group"})), "/3/actor/member", "required"),
        (with("/actor", json!({"objectType": "Group", "member": [{}]})), "/3/actor/member/0", "one_identity"),
        (with("/verb/id", json!("passed")), "/3/verb/id", "iri"),
        (with("/verb/display", json!("passed")), "/3/verb/display", "wrong_type"),
        (with("/verb/display", json!({"en_US": "passed"})), "/3/verb/display/en_US", "language"),
        (with("/verb/display", json!({"en": 1})), "/3/verb/display/en", "wrong_type"),
        (with("/object/id", json!("quiz/7")), "/3/object/id", "iri"),
        (without("/object/id"), "/3/object/id", "required"),
        (
            with("/object/definition/interactionType", json!("guess")),
            "/3/object/definition/interactionType",
            "choice",
        ),
        (
            with("/object/definition/extensions", json!({"x/y": 1})),
            "/3/object/definition/extensions/x~1y",
            "iri",
        ),
        (with("/result/score/scaled", json!(57)), "/3/result/score/scaled", "range"),
        (with("/result/score/raw", json!(101)), "/3/result/score/raw", "range"),
        (with("/result/score", json!({"min": 5, "max": 5})), "/3/result/score/max", "range"),
        (with("/result/success", json!("yes")), "/3/result/success", "wrong_type"),
        (with("/result/success", json!(false)), "/3/result/success", "contradiction"),
        (with("/result/duration", json!("90 minutes")), "/3/result/duration", "duration"),
        (with("/result/response", json!(["a"])), "/3/result/response", "wrong_type"),
        (with("/context/registration", json!("1")), "/3/context/registration", "uuid"),
        (with("/context/instructor", json!({})), "/3/context/instructor", "one_identity"),
        (with("/context/team", json!({"mbox": "mailto:a@b.co"})), "/3/context/team/objectType", "required"),
        (
            with("/context/contextActivities/child", json!([])),
            "/3/context/contextActivities/child",
            "unknown_member",
        ),
        (
            with("/context/contextActivities/category", json!([{"id": "x"}])),
            "/3/context/contextActivities/category/0/id",
            "iri",
        ),
        (
            with("/context/statement", json!({"objectType": "StatementRef", "id": "1"})),
            "/3/context/statement/id",
            "uuid",
        ),
        (with("/attachments", json!([{}])), "/3/attachments/0/usageType", "required"),
        (
            with(
                "/attachments",
                json!([{"usageType": "https://example.edu/u", "display": {}, "contentType": "text/plain", "length": 3, "sha2": "00"}]),
            ),
            "/3/attachments/0/fileUrl",
            "required",
        ),
    ] {
        let found = faults(&statement);
        assert!(found.contains(&(pointer.to_owned(), rule)), "{pointer} {rule}: {found:?}");
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let mut statement = with("/actor/mbox", json!("ana"));
    statement["verb"]["id"] = "x".into();
    statement["result"]["duration"] = "x".into();
    let pointers: Vec<String> = faults(&statement).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/3/actor/mbox", "/3/verb/id", "/3/result/duration"]);
}

mod hostile {
    use proptest::prelude::*;

    use super::*;

    /// Any JSON, made of names and texts that statements have.
    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            prop_oneof![
                Just("Group"),
                Just("SubStatement"),
                Just("P1DT1S"),
                Just("mailto:a@b"),
                Just("PT1.9H"),
                Just("http://adlnet.gov/expapi/verbs/passed")
            ]
            .prop_map(Value::from),
            ".{0,20}".prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 60, 6, |inner| {
            let names = prop_oneof![
                Just("objectType"),
                Just("actor"),
                Just("verb"),
                Just("object"),
                Just("result"),
                Just("id"),
                Just("score"),
                Just("duration"),
                Just("mbox"),
                Just("member"),
                Just("scaled"),
                Just("context"),
                Just("attachments"),
            ];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map(names.prop_map(str::to_owned), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_or_its_faults_have_places(value in json()) {
            match Statement::parse(&value, "/0") {
                Ok(_) => {}
                Err(faults) => {
                    prop_assert!(!faults.is_empty());
                    prop_assert!(faults.iter().all(|fault| fault.pointer.starts_with("/0")));
                }
            }
        }

        #[test]
        fn any_text_is_a_duration_or_none(text in "P?[0-9YMWDTHS.,-]{0,12}") {
            let _ = duration::read(&text);
        }
    }
}
