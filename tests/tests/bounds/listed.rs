//! Every case of the threat list about verification stands under its number: as a test somewhere in the sources, or here with
//! the reason why it does not.

use std::collections::BTreeSet;
use std::path::Path;

/// The numbers that the list has, by kind.
const NUMBERS: &[(&str, &[u32])] = &[
    ("jws", &[1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20, 21, 22]),
    ("ed", &[1, 2, 4, 5]),
    ("vcj", &[1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17]),
    ("di", &[1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16]),
    ("ctx", &[1, 2, 4, 5, 6, 8, 9, 10, 12, 13]),
    ("can", &[1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16]),
    ("sl", &[1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18]),
    ("ssrf", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 24, 25, 26]),
    ("img", &[1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20]),
    ("jwk", &[1, 2, 4, 5]),
    ("time", &[1, 2, 4, 5, 6]),
];

/// Those that no test carries the number of: where they are looked at instead, or what they wait for.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "ctx_10",
        "crates/linked-data/src/contexts.rs: the contexts are compiled in, and a test holds their hashes",
    ),
    ("ctx_12", "there are no contexts but those compiled in, so nobody can add one that includes itself"),
    ("can_1", "crates/linked-data/tests: the published suite of RDF canonicalization"),
    ("can_9", "fuzz/properties/rdfc.rs: the same dataset needs the same work on every run"),
    ("can_13", "crates/linked-data/tests: the order of names by UTF-16"),
    ("can_14", "crates/linked-data/tests: nothing is normalised"),
    ("can_16", "crates/linked-data/tests: the published numbers"),
    ("sl_14", "about issuing: tests/tests/store and tests/tests/api"),
    (
        "sl_16",
        "about issuing: a kill between revoking and publishing; lists are made from the table when asked for",
    ),
    ("sl_17", "about issuing: tests/tests/store"),
    ("sl_18", "about issuing: tests/tests/api"),
    ("img_2", "about pictures that an issuer uploads: interop/browser opens them"),
    ("time_2", "about the order of what is recorded: it goes by sequence, tests/tests/store"),
];

#[test]
fn every_number_of_the_list_is_the_name_of_a_test_or_says_where_it_is() {
    let mut found = BTreeSet::new();
    for folder in ["crates", "tests"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder), &mut found);
    }
    let known = |id: &str| ELSEWHERE.iter().any(|(elsewhere, _)| *elsewhere == id);
    let all: Vec<String> = NUMBERS
        .iter()
        .flat_map(|(kind, numbers)| numbers.iter().map(move |n| format!("{kind}_{n}")))
        .collect();
    let lost: Vec<&String> = all.iter().filter(|id| !found.contains(*id) && !known(id)).collect();
    assert!(lost.is_empty(), "{lost:?} are no tests");
    let moved: Vec<&str> = ELSEWHERE.iter().map(|(id, _)| *id).filter(|id| found.contains(*id)).collect();
    assert!(moved.is_empty(), "{moved:?} are tests by now: take them off the list");
}

/// The numbers in names of tests and of cases, without leading zeros.
fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let names = text.split("fn ").chain(text.split("case(\n        \"")).chain(text.split("case(\""));
            found.extend(names.filter_map(number_of));
        }
    }
}

fn number_of(name: &str) -> Option<String> {
    let (kind, rest) = name.split_once('_')?;
    let (number, _) = rest.split_once('_')?;
    let is_listed = NUMBERS.iter().any(|(listed, _)| *listed == kind);
    let number: u32 = number.parse().ok().filter(|_| is_listed)?;
    Some(format!("{kind}_{number}"))
}
