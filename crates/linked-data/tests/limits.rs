//! What a document may cost: cases CAN-2 to CAN-9, and all else that costs more than it looks.
//!
//! No clock here: a budget counts, so each refusal is the same on every machine. What the refusals cost is measured by
//! `cargo run --release -p accolade-linked-data --example refusals`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use accolade_linked_data::{Budget, Error, Options, canonicalize, json};
use serde_json::{Value, json};
use support::poison::{self, Poison};
use support::sound::{credential, refusal};

fn limit(outcome: Result<String, Error>, name: &str) -> &'static str {
    match outcome {
        Err(Error::ComplexityLimit { limit }) => limit,
        Err(other) => panic!("{name}: {other}"),
        Ok(_) => panic!("{name}: accepted"),
    }
}

/// CAN-2 and all others. Contexts are read twice, because what the first reading leaves in caches must not show.
#[test]
fn every_poisoned_document_goes_past_the_same_limit_each_time() {
    for (name, case) in poison::cases() {
        let first = limit(case.canonicalize(Budget::default()), name);
        if name.contains("context") || name.contains("pack") {
            assert_eq!(limit(case.canonicalize(Budget::default()), name), first, "{name}");
        }
        if let Some(Err(error)) = case.expand() {
            assert_eq!(error.code(), "complexity_limit", "{name}: {error}");
        }
    }
}

/// CAN-2, CAN-4, CAN-5.
#[test]
fn the_limit_that_is_passed_is_the_one_that_fits() {
    let cases = poison::cases();
    for (name, expected) in [
        ("a clique of 10 blank nodes", "work"),
        ("a chain of 10,000 blank nodes", "blank_nodes"),
        ("a chain of 8,000 blank nodes", "depth"),
        ("200 named graphs", "graphs"),
        ("a pack whose terms lead to one another", "work"),
        ("a long subject of many quads", "bytes"),
        ("a long vocabulary", "context_text"),
    ] {
        let (_, case) = cases.iter().find(|(known, _)| *known == name).expect(name);
        assert_eq!(limit(case.canonicalize(Budget::default()), name), expected, "{name}");
    }
}

/// CAN-9.
#[test]
fn the_work_that_a_graph_needs_is_the_same_on_every_run() {
    let least = |predicate: &str| {
        let line = |n| format!("_:n{n} <{predicate}> _:n{} .\n", (n + 1) % 7);
        let ring = Poison::Graph((0..7).map(line).collect());
        let is_enough = |work: &u32| ring.canonicalize(Budget { work: *work, ..Budget::default() }).is_ok();
        (0..10_000).find(is_enough).unwrap()
    };
    let first = least("urn:p");
    assert!(first > 7, "telling seven blank nodes apart costs something");
    assert_eq!(first, least("urn:p"));
    assert!(least(&format!("urn:{}", "p".repeat(2_000))) > first, "longer texts to hash cost more");
}

/// CAN-9.
#[test]
fn the_same_document_needs_the_same_budget_on_every_run() {
    let document = credential();
    let is_enough = |work: u32| {
        let budget = Budget { work, ..Budget::default() };
        canonicalize(&document, &Options { budget, ..Options::default() }).is_ok()
    };
    let least = |()| (0..5_000).find(|work| is_enough(*work)).unwrap();
    assert_eq!(least(()), least(()), "the first run fills the cache, the second finds it full");
}

/// Each member of the budget is counted to the unit.
#[test]
fn every_limit_can_be_reached_exactly() {
    let document = json!({"urn:p": [{"urn:q": "a"}, {"@id": "urn:g", "@graph": [{"@id": "urn:s", "urn:q": {"urn:r": 1}}]}]});
    let full = Budget::default();
    let with = |budget: Budget| canonicalize(&document, &Options { budget, ..Options::default() });
    /// A limit, the least that is enough, and a budget with so much of it.
    type Limited = (&'static str, u32, fn(u32) -> Budget);
    let limits: [Limited; 5] = [
        ("nodes", 11, |n| Budget { nodes: n, ..Budget::default() }),
        ("depth", 7, |n| Budget { depth: n, ..Budget::default() }),
        ("quads", 5, |n| Budget { quads: n, ..Budget::default() }),
        ("blank_nodes", 3, |n| Budget { blank_nodes: n, ..Budget::default() }),
        ("graphs", 1, |n| Budget { graphs: n, ..Budget::default() }),
    ];
    for (limit, least, make) in limits {
        assert!(with(make(least)).is_ok(), "{limit}: {:?}", with(make(least)));
        assert_eq!(with(make(least - 1)), Err(Error::ComplexityLimit { limit }), "{limit}");
    }
    assert!(with(full).is_ok());
}

/// CAN-6.
#[test]
fn a_document_nested_too_deep_is_refused() {
    let text = format!("{}{}", "{\"urn:p\":".repeat(129), "1") + &"}".repeat(129);
    assert_eq!(json::parse(text.as_bytes()).unwrap_err().kind.code(), "too_deep");
    let deep = (0..200).fold(json!(1), |inner, _| json!({"urn:p": inner}));
    assert_eq!(refusal(&deep).code(), "complexity_limit");
}

/// The deepest document allowed is read on the stack of an ordinary thread (2 MiB), whatever it is made of.
#[test]
fn the_deepest_document_fits_on_the_stack() {
    let objects = (0..125).fold(json!({"urn:q": 1}), |inner, _| json!({"urn:p": inner}));
    let lists = (0..62).fold(json!({"urn:q": 1}), |inner, _| json!({"urn:p": {"@list": inner}}));
    let arrays = (0..60).fold(json!({"urn:q": 1}), |inner, _| json!({"urn:p": [inner]}));
    let graphs =
        (0..62).fold(json!({"urn:q": 1}), |inner, _| json!({"@id": "urn:s", "urn:r": {"@graph": inner}}));
    let nests = (0..120).fold(json!({"urn:q": 1}), |inner, _| json!({"@nest": inner}));
    let contexts =
        (0..40).fold(json!({"t": "urn:t"}), |inner, _| json!({"t": {"@id": "urn:t", "@context": inner}}));
    let contexts = json!({"@context": contexts, "t": "x"});
    let chains = [(1, 118), (2, 118), (7, 118), (10, 118), (20, 118), (50, 30), (60, 10), (55, 1), (3, 35)];
    let chained = chains.into_iter().flat_map(|(levels, terms)| {
        let context = json!({"@context": poison::chains(levels, terms), "urn:p": "x"});
        let below = [20, 60, 100, 120].map(|depth| {
            (0..depth).fold(context.clone(), |inner, _| {
                Value::Object([("urn:p".to_owned(), inner)].into_iter().collect())
            })
        });
        below.into_iter().chain([context])
    });
    for document in [objects, lists, arrays, graphs, nests, contexts].into_iter().chain(chained) {
        let read = std::thread::Builder::new()
            .stack_size(2 << 20)
            .spawn(move || canonicalize(&document, &Options::default()));
        let outcome = read.unwrap().join().unwrap();
        assert!(
            outcome.is_ok() || outcome.as_ref().is_err_and(|error| error.code() == "complexity_limit"),
            "{outcome:?}"
        );
    }
}

#[test]
fn many_threads_read_the_same() {
    let expected = canonicalize(&credential(), &Options::default()).unwrap();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            std::thread::spawn(|| {
                (0..50).map(|_| canonicalize(&credential(), &Options::default()).unwrap()).collect::<Vec<_>>()
            })
        })
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap().iter().all(|text| *text == expected));
    }
}

#[test]
fn a_thousand_equal_items_are_no_hard_case() {
    let mut document = credential();
    let evidence: Vec<Value> =
        (0..1_000).map(|n| json!({"type": ["Evidence"], "name": format!("Part {n}")})).collect();
    document["evidence"] = json!(evidence);
    assert_eq!(canonicalize(&document, &Options::default()).unwrap().lines().count(), 14 + 3_000);
    let same: Vec<Value> = (0..6).map(|_| json!({"type": ["Evidence"], "name": "Part"})).collect();
    document["evidence"] = json!(same);
    assert_eq!(canonicalize(&document, &Options::default()).unwrap().lines().count(), 14 + 18);
}
