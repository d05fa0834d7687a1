//! Requirements: how they are read, and what holds of any facts in any order.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests may fail like tests"
)]

use accolade_core::requirement::{Fact, Kind, LeafState, MAX_DEPTH, Outcome, Source};
use accolade_core::{Hours, Requirements, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

const COMPETENCY: [&str; 3] = ["low", "middle", "high"];

fn competency() -> Vec<String> {
    COMPETENCY.map(str::to_owned).to_vec()
}

fn read(tree: &Value) -> Requirements {
    Requirements::parse(tree, "", &competency()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn faults(tree: &Value) -> Vec<(String, &'static str)> {
    let faults = Requirements::parse(tree, "/r", &competency()).unwrap_err();
    faults.into_iter().map(|fault| (fault.pointer, fault.rule)).collect()
}

fn leaf(id: &str) -> Value {
    json!({"id": id, "kind": "workshop", "title": id})
}

fn fact(id: &str, requirement: &str) -> Fact {
    Fact {
        id: id.to_owned(),
        requirement: requirement.to_owned(),
        at: Timestamp::parse("2026-11-23T10:00:00Z").unwrap(),
        source: Source::Instructor,
        outcome: Outcome::default(),
        hours: None,
        has_evidence: false,
        withdrawn: false,
    }
}

fn course() -> Value {
    json!({"allOf": [
        {"nOf": [leaf("day-1"), leaf("day-2"), leaf("day-3")], "n": 2},
        {"id": "test", "kind": "assessment", "title": "Test", "passMark": 60, "weight": 2},
        {"anyOf": [
            {"id": "project", "kind": "project", "title": "Project", "rubricLevel": "middle", "evidenceNeeded": true},
            {"id": "prior", "kind": "prior-credential", "title": "Basics", "achievement": "https://example.edu/achievements/basics"}
        ]},
        {"id": "practice", "kind": "hours", "title": "Practice", "hours": 10, "confirmedBy": ["learner"],
            "due": "2026-12-01T00:00:00Z", "iri": "https://example.edu/activities/practice"}
    ]})
}

#[test]
fn a_tree_reads_back_as_what_it_was_written_from() {
    let tree = read(&course());
    assert_eq!(read(&tree.to_value()), tree);
    let ids: Vec<_> = tree.leaves().iter().map(|leaf| leaf.id.as_str()).collect();
    assert_eq!(ids, ["day-1", "day-2", "day-3", "test", "project", "prior", "practice"]);
    assert_eq!(
        tree.prior().iter().map(|prior| prior.as_str()).collect::<Vec<_>>(),
        ["https://example.edu/achievements/basics"]
    );
    assert_eq!(tree.leaf("practice").unwrap().kind, Kind::Hours);
    assert_eq!(tree.leaf_of_iri("https://example.edu/activities/practice").unwrap().id, "practice");
    assert!(tree.leaf("day-4").is_none() && tree.leaf_of_iri("urn:example:y").is_none());
    assert_eq!(read(&leaf("alone")).leaves().len(), 1, "one leaf alone is a tree");
}

#[test]
fn every_fault_is_found_at_once_and_where_it_is() {
    let told = faults(&json!({"allOf": [
        {"id": "A", "kind": "workshop", "title": "x"},
        {"id": "a", "kind": "work shop", "title": "x", "due": "tomorrow", "weight": 0},
        {"id": "a", "kind": "seminar", "titel": "x", "passMark": 60},
        {"nOf": [leaf("b")], "n": 2},
        {"nOf": [leaf("c")]},
        {"anyOf": []},
        {"allOf": [leaf("d")], "anyOf": [leaf("e")]},
        {"id": "f", "kind": "assessment", "title": "x", "passMark": 60, "rubricLevel": "low"},
        {"id": "g", "kind": "assessment", "title": "x", "rubricLevel": "highest"},
        {"id": "h", "kind": "assessment", "title": "x", "passMark": 101},
        {"id": "i", "kind": "hours", "title": "x"},
        {"id": "j", "kind": "prior-credential", "title": "x", "hours": 3},
        {"id": "k", "kind": "workshop", "title": "x", "confirmedBy": []},
        {"id": "l", "kind": "workshop", "title": "x", "confirmedBy": ["teacher"], "iri": "urn:example:y"},
        {"id": "m", "kind": "workshop", "title": "x", "iri": "urn:example:y"},
        7
    ]}));
    for wanted in [
        ("/r/allOf/0/id", "code"),
        ("/r/allOf/1/kind", "choice"),
        ("/r/allOf/1/due", "date_time"),
        ("/r/allOf/1/weight", "range"),
        ("/r/allOf/2/id", "repeated"),
        ("/r/allOf/2/titel", "unknown_member"),
        ("/r/allOf/2/title", "required"),
        ("/r/allOf/2/passMark", "contradiction"),
        ("/r/allOf/3/n", "range"),
        ("/r/allOf/4/n", "required"),
        ("/r/allOf/5/anyOf", "empty"),
        ("/r/allOf/6/anyOf", "contradiction"),
        ("/r/allOf/7/rubricLevel", "contradiction"),
        ("/r/allOf/8/rubricLevel", "choice"),
        ("/r/allOf/9/passMark", "range"),
        ("/r/allOf/10/hours", "required"),
        ("/r/allOf/11/hours", "contradiction"),
        ("/r/allOf/11/achievement", "required"),
        ("/r/allOf/12/confirmedBy", "empty"),
        ("/r/allOf/13/confirmedBy/0", "choice"),
        ("/r/allOf/14/iri", "repeated"),
        ("/r/allOf/15", "wrong_type"),
    ] {
        assert!(told.contains(&(wanted.0.to_owned(), wanted.1)), "{wanted:?} is missing in {told:?}");
    }
    assert_eq!(told.len(), 22, "{told:?}");
}

#[test]
fn a_tree_is_neither_too_deep_nor_too_large() {
    let nested = |depth: usize| (1..depth).fold(leaf("x"), |inner, _| json!({"allOf": [inner]}));
    read(&nested(MAX_DEPTH));
    assert_eq!(faults(&nested(MAX_DEPTH + 1)).first().unwrap().1, "too_deep");
    let many = |count: usize| json!({"allOf": (0..count).map(|n| leaf(&n.to_string())).collect::<Vec<_>>()});
    read(&many(200));
    assert_eq!(faults(&many(201)), [("/r/allOf".to_owned(), "too_many")]);
    let two = json!({"allOf": [many(150), {"anyOf": (200..300).map(|n| leaf(&n.to_string())).collect::<Vec<_>>()}]});
    assert_eq!(faults(&two).iter().map(|fault| fault.1).collect::<Vec<_>>(), ["too_many"]);
}

#[test]
fn a_course_is_walked_step_by_step() {
    let tree = read(&course());
    let mut facts = Vec::new();
    let begun = tree.progress(&facts);
    assert!(!begun.satisfied && begun.share == 0.0);
    assert_eq!(begun.next_steps.len(), 7);
    facts.extend([fact("1", "day-1"), fact("2", "day-3")]);
    let days = tree.progress(&facts);
    assert_eq!(
        days.next_steps,
        ["test", "project", "prior", "practice"],
        "the third day is not needed any more"
    );
    facts.push(Fact { outcome: Outcome { score: Some(59.9), ..Outcome::default() }, ..fact("3", "test") });
    assert_eq!(tree.progress(&facts).leaves[3].state, LeafState::NotEnough);
    facts.push(Fact { outcome: Outcome { score: Some(60.0), ..Outcome::default() }, ..fact("4", "test") });
    assert_eq!(tree.progress(&facts).leaves[3].best.as_deref(), Some("4"));
    let high = Outcome { level: Some("high".into()), ..Outcome::default() };
    facts.push(Fact { outcome: high.clone(), ..fact("5", "project") });
    assert_eq!(tree.progress(&facts).leaves[4].state, LeafState::EvidenceMissing);
    facts.push(Fact { outcome: high, has_evidence: true, ..fact("6", "project") });
    assert_eq!(tree.progress(&facts).leaves[4].state, LeafState::Done);
    let piece =
        |id: &str, hours: f64, source| Fact { hours: Hours::new(hours), source, ..fact(id, "practice") };
    facts.push(piece("7", 10.0, Source::Instructor));
    assert_eq!(tree.progress(&facts).leaves[6].state, LeafState::Unconfirmed);
    facts.push(piece("8", 4.5, Source::Learner));
    let half = tree.progress(&facts);
    assert_eq!((half.leaves[6].state, half.leaves[6].share), (LeafState::NotEnough, 0.45));
    assert!(!half.satisfied && half.next_steps == ["practice"]);
    facts.push(piece("9", 5.5, Source::Learner));
    let done = tree.progress(&facts);
    assert!(done.satisfied && done.share == 1.0 && done.next_steps.is_empty(), "{done:?}");
    facts[1].withdrawn = true;
    assert!(!tree.progress(&facts).satisfied, "what is withdrawn counts for nothing");
}

#[test]
fn what_failed_is_not_done_and_what_is_late_says_so() {
    let tree = read(&json!({"id": "a", "kind": "assignment", "title": "A", "due": "2026-11-23T10:00:00Z"}));
    let failed = Fact { outcome: Outcome { success: Some(false), ..Outcome::default() }, ..fact("1", "a") };
    assert_eq!(tree.progress(std::slice::from_ref(&failed)).leaves[0].state, LeafState::NotEnough);
    let later = Fact { at: Timestamp::parse("2026-11-23T10:00:01Z").unwrap(), ..fact("2", "a") };
    let late = tree.progress(&[failed.clone(), later.clone()]);
    assert!(late.satisfied && late.leaves[0].late);
    let in_time = tree.progress(&[failed, later, fact("3", "a")]);
    assert!(in_time.satisfied && !in_time.leaves[0].late);
    assert_eq!(in_time.leaves[0].best.as_deref(), Some("3"), "of equals the earlier");
}

#[test]
fn the_highest_mark_counts() {
    let tree = read(&json!({"id": "a", "kind": "assessment", "title": "A", "passMark": 50}));
    let scored = |id: &str, score: f64| Fact {
        outcome: Outcome { score: Some(score), ..Outcome::default() },
        ..fact(id, "a")
    };
    let progress = tree.progress(&[
        scored("1", 70.0),
        scored("2", 90.0),
        scored("3", 101.0),
        scored("4", f64::NAN),
        scored("5", 20.0),
    ]);
    assert_eq!(progress.leaves[0].best.as_deref(), Some("2"));
}

#[test]
fn a_level_above_the_required_one_is_enough() {
    let tree = read(&json!({"id": "a", "kind": "project", "title": "A", "rubricLevel": "middle"}));
    for (level, is_done) in [("low", false), ("middle", true), ("high", true), ("other", false)] {
        let shown =
            Fact { outcome: Outcome { level: Some(level.into()), ..Outcome::default() }, ..fact("1", "a") };
        assert_eq!(tree.progress(&[shown]).satisfied, is_done, "{level}");
    }
}

const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Trees over some of six leaves of all kinds.
fn trees() -> impl Strategy<Value = Value> {
    let kinds = prop_oneof![
        Just(json!({"kind": "workshop"})),
        Just(json!({"kind": "assessment", "passMark": 50})),
        Just(json!({"kind": "project", "rubricLevel": "middle"})),
        Just(json!({"kind": "hours", "hours": 3})),
        Just(json!({"kind": "seminar", "evidenceNeeded": true, "due": "2026-11-23T10:00:02Z"})),
        Just(json!({"kind": "assignment", "confirmedBy": ["learner", "event"], "weight": 7})),
    ];
    let leaves = prop::collection::vec(kinds, 1..=IDS.len()).prop_map(|kinds| {
        let named = kinds.into_iter().zip(IDS).map(|(mut leaf, id)| {
            leaf["id"] = id.into();
            leaf["title"] = id.into();
            leaf
        });
        named.collect::<Vec<_>>()
    });
    (leaves, prop::collection::vec((0..4_u8, 1..4_usize), 1..6)).prop_map(|(leaves, groups)| {
        let mut waiting = leaves;
        for (kind, size) in groups {
            let size = size.min(waiting.len());
            let of: Vec<Value> = waiting.drain(..size).collect();
            waiting.push(match kind {
                0 => json!({"anyOf": of}),
                1 => json!({"nOf": of, "n": 1 + size / 2}),
                _ => json!({"allOf": of}),
            });
        }
        json!({"allOf": waiting})
    })
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let one = (
        0..12_u8,
        prop::sample::select(&IDS[..]),
        0..5_i64,
        prop::sample::select(Source::WORDS),
        (
            prop::option::of(any::<bool>()),
            prop::option::of(0..120_u8),
            prop::option::of(prop::sample::select(&COMPETENCY[..])),
        ),
        prop::option::of(1..4_u8),
        any::<bool>(),
        prop::bool::weighted(0.15),
    );
    let made = one.prop_map(
        |(id, requirement, second, source, (success, score, level), hours, has_evidence, withdrawn)| Fact {
            id: id.to_string(),
            requirement: requirement.to_owned(),
            at: Timestamp::parse("2026-11-23T10:00:00Z").unwrap().plus_seconds(second),
            source: source.1,
            outcome: Outcome { success, score: score.map(f64::from), level: level.map(str::to_owned) },
            hours: hours.and_then(|hours| Hours::new(f64::from(hours))),
            has_evidence,
            withdrawn,
        },
    );
    prop::collection::vec(made, 0..16)
}

/// Facts that differ in their ids, as a database has them.
fn each_once(facts: Vec<Fact>) -> Vec<Fact> {
    let numbered = facts.into_iter().enumerate();
    numbered.map(|(number, fact)| Fact { id: format!("{number:02}"), ..fact }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_and_the_repetition_of_facts_do_not_matter(
        tree in trees(),
        (facts, shuffled) in facts().prop_flat_map(|facts| {
            let twice = facts.iter().chain(&facts).cloned().collect::<Vec<_>>();
            (Just(facts), Just(twice).prop_shuffle())
        }),
    ) {
        let tree = read(&tree);
        prop_assert_eq!(tree.progress(&shuffled), tree.progress(&facts));
    }

    #[test]
    fn one_more_fact_never_leads_less_far(tree in trees(), facts in facts()) {
        let tree = read(&tree);
        let facts = each_once(facts);
        let mut before = tree.progress(&[]);
        for count in 1..=facts.len() {
            let after = tree.progress(&facts[..count]);
            prop_assert!(after.share >= before.share, "{before:?} {after:?}");
            prop_assert!(after.satisfied || !before.satisfied);
            for (one, other) in before.leaves.iter().zip(&after.leaves) {
                prop_assert!(other.state >= one.state && other.share >= one.share);
            }
            before = after;
        }
    }

    #[test]
    fn a_withdrawn_fact_is_as_good_as_none(tree in trees(), facts in facts()) {
        let tree = read(&tree);
        let facts = each_once(facts);
        let left: Vec<Fact> = facts.iter().filter(|fact| !fact.withdrawn).cloned().collect();
        prop_assert_eq!(tree.progress(&facts), tree.progress(&left));
    }

    #[test]
    fn what_is_satisfied_is_whole_and_what_is_not_has_next_steps(tree in trees(), facts in facts()) {
        let progress = read(&tree).progress(&facts);
        prop_assert_eq!(progress.satisfied, progress.share == 1.0);
        prop_assert_eq!(progress.satisfied, progress.next_steps.is_empty());
        prop_assert!((0.0..=1.0).contains(&progress.share));
        for leaf in progress.leaves {
            prop_assert_eq!(leaf.state == LeafState::Done, leaf.share == 1.0);
            prop_assert!(!leaf.late || leaf.state == LeafState::Done);
            prop_assert_eq!(leaf.state == LeafState::Open, leaf.best.is_none());
            let is_next = progress.next_steps.contains(&leaf.id);
            prop_assert!(!(is_next && leaf.state == LeafState::Done));
        }
    }

    /// Doing every next step, well and by everybody's word, satisfies the tree.
    #[test]
    fn the_next_steps_lead_to_the_end(tree in trees(), facts in facts()) {
        let tree = read(&tree);
        let mut facts = each_once(facts);
        for (number, step) in tree.progress(&facts).next_steps.into_iter().enumerate() {
            let best = Outcome { success: Some(true), score: Some(100.0), level: Some("high".into()) };
            for source in [Source::Event, Source::Instructor] {
                facts.push(Fact {
                    source,
                    outcome: best.clone(),
                    hours: Hours::new(100.0),
                    has_evidence: true,
                    ..fact(&format!("x{number}{}", source.as_str()), &step)
                });
            }
        }
        prop_assert!(tree.progress(&facts).satisfied);
    }

    #[test]
    fn every_tree_reads_back_as_itself(tree in trees()) {
        let tree = read(&tree);
        prop_assert_eq!(read(&tree.to_value()), tree);
    }

    #[test]
    fn no_request_makes_the_reader_stumble(tree in anything()) {
        let _ = Requirements::parse(&tree, "", &competency());
        let _ = accolade_core::MicroCredential::parse(&tree, "");
    }
}

/// Documents of the words that requests have, put together anyhow.
fn anything() -> impl Strategy<Value = Value> {
    const NAMES: [&str; 18] = [
        "allOf",
        "anyOf",
        "nOf",
        "n",
        "id",
        "kind",
        "title",
        "hours",
        "passMark",
        "due",
        "iri",
        "levels",
        "duration",
        "maximum",
        "workload",
        "competency",
        "code",
        "types",
    ];
    const TEXTS: [&str; 9] = ["a", "hours", "assessment", "P2D", "P9999Y", "EQF", "dreyfus", "", "\u{202e}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(&TEXTS[..]).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 80, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(&NAMES[..]), inner), 0..6).prop_map(|members| {
                members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            }),
        ]
    })
}

#[test]
fn what_is_done_says_so_in_the_credential_by_the_descriptions_of_the_achievement() {
    use accolade_core::achievement::Achievement;
    use accolade_core::{Class, Uri};
    let tree = read(&course());
    let achievement = "https://example.edu/achievements/a";
    let mut described = Achievement::from_value(json!({
        "id": achievement, "type": ["Achievement"], "name": "A", "description": "A", "criteria": {"narrative": "x"}
    }))
    .unwrap();
    tree.describe(&mut described);
    tree.describe(&mut described);
    let described = described.to_value();
    let kinds: Vec<_> = described["resultDescription"]
        .as_array()
        .unwrap()
        .iter()
        .map(|description| {
            let text = |name: &str| description[name].as_str().unwrap_or_default().to_owned();
            (text("id").replace(achievement, ""), text("resultType"), text("requiredValue"))
        })
        .collect();
    assert_eq!(kinds.len(), 7, "once each, however often");
    assert!(kinds.contains(&("#requirement-test".into(), "Percent".into(), "60".into())), "{kinds:?}");
    assert!(kinds.contains(&("#requirement-practice".into(), "RawScore".into(), "10".into())), "{kinds:?}");
    assert!(kinds.contains(&("#requirement-day-1".into(), "Status".into(), String::new())), "{kinds:?}");

    let mark = |id: &str, score: f64| Fact {
        outcome: Outcome { score: Some(score), ..Outcome::default() },
        ..fact(id, "test")
    };
    let piece = |id: &str, hours: f64| Fact {
        hours: Hours::new(hours),
        source: Source::Learner,
        ..fact(id, "practice")
    };
    let shown = Fact {
        outcome: Outcome { level: Some("high".into()), ..Outcome::default() },
        has_evidence: true,
        ..fact("p", "project")
    };
    let mut facts = vec![
        fact("d", "day-2"),
        mark("low", 59.0),
        mark("good", 72.5),
        mark("less", 61.0),
        piece("h1", 4.0),
        piece("h2", 6.5),
        shown,
    ];
    let uri = Uri::parse(achievement.to_owned()).unwrap();
    let told = |facts: &[Fact]| -> Vec<Value> {
        tree.earned(&uri, facts)
            .into_iter()
            .map(|earned| {
                let ids: Vec<_> = earned.facts.iter().map(|fact| fact.id.clone()).collect();
                json!([ids, earned.results.iter().map(Class::to_value).collect::<Vec<_>>()])
            })
            .collect()
    };
    let first = told(&facts);
    let of = |fragment: &str| format!("{achievement}#{fragment}");
    assert_eq!(
        first,
        [
            json!([["d"], [{"type": ["Result"], "resultDescription": of("requirement-day-2"), "status": "Completed"}]]),
            json!([["good"], [{"type": ["Result"], "resultDescription": of("requirement-test"), "value": "72.5"}]]),
            json!([["p"], [
                {"type": ["Result"], "resultDescription": of("requirement-project"), "status": "Completed"},
                {"type": ["Result"], "resultDescription": of("competency"), "achievedLevel": of("competency-high")}
            ]]),
            json!([["h1", "h2"], [{"type": ["Result"], "resultDescription": of("requirement-practice"), "value": "10.5"}]]),
        ]
    );
    facts.reverse();
    assert_eq!(told(&facts), first);
}
