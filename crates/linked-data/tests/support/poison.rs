//! Documents and graphs made to cost more than they look: each has to be refused, and quickly.

use std::fmt::Write;
use std::sync::Arc;

use accolade_linked_data::{
    Budget, ContextLoader, Error, HashAlgorithm, NQuadsError, Options, canonicalize, canonicalize_nquads,
    contexts, expand,
};
use serde_json::{Map, Value, json};

/// What to read.
pub(crate) enum Poison {
    Document(Value),
    Graph(String),
}

/// A loader with ten contexts, each of whose terms leads to the next.
struct Pack;

impl ContextLoader for Pack {
    fn load(&self, url: &str) -> Option<Arc<Value>> {
        let number: u32 = url.strip_prefix("https://pack.example/")?.parse().ok()?;
        let term = |n| {
            (
                format!("t{n}"),
                json!({"@id": format!("urn:t{n}"), "@context": format!("https://pack.example/{}", number + 1)}),
            )
        };
        let terms: Map<String, Value> = if number < 9 { (0..10).map(term).collect() } else { Map::new() };
        Some(Arc::new(json!({"@context": terms})))
    }
}

impl Poison {
    /// Reads it as it is read before signing.
    pub(crate) fn canonicalize(&self, budget: Budget) -> Result<String, Error> {
        let options = Options { budget, loader: Some(&Pack), ..Options::default() };
        match self {
            Self::Document(document) => canonicalize(document, &options),
            Self::Graph(text) => match canonicalize_nquads(text, HashAlgorithm::Sha256, budget) {
                Ok(canonical) => Ok(canonical.text),
                Err(NQuadsError::Refused(error)) => Err(error),
                Err(other) => panic!("{other}"),
            },
        }
    }

    /// Expands it, if it is a document.
    pub(crate) fn expand(&self) -> Option<Result<Value, Error>> {
        match self {
            Self::Document(document) => {
                Some(expand(document, &Options { loader: Some(&Pack), ..Options::default() }))
            }
            Self::Graph(_) => None,
        }
    }
}

fn clique(nodes: usize) -> Poison {
    let mut graph = String::new();
    for a in 0..nodes {
        for b in (0..nodes).filter(|b| *b != a) {
            let _ = writeln!(graph, "_:n{a} <urn:p> _:n{b} .");
        }
    }
    Poison::Graph(graph)
}

fn chain(nodes: usize) -> Poison {
    Poison::Graph((0..nodes).fold(String::new(), |mut graph, n| {
        let _ = writeln!(graph, "_:n{n} <urn:p> _:n{} .", n + 1);
        graph
    }))
}

/// Hubs that look alike, each with leaves that look alike.
fn stars(hubs: usize, leaves: usize, predicate: &str) -> Poison {
    let mut graph = String::new();
    for hub in 0..hubs {
        for leaf in 0..leaves {
            let _ = writeln!(graph, "_:h{hub} <{predicate}> _:l{hub}x{leaf} .");
        }
    }
    Poison::Graph(graph)
}

fn terms(count: usize) -> Map<String, Value> {
    (0..count).map(|n| (format!("t{n}"), json!(format!("urn:t{n}")))).collect()
}

fn nested(levels: usize, core: Value, around: impl Fn(Value) -> Value) -> Value {
    (0..levels).fold(core, |inner, _| around(inner))
}

/// Contexts within contexts, in each of which terms lead to one another and to the next context.
pub(crate) fn chains(levels: usize, terms: usize) -> Value {
    nested(levels, json!({}), |inner| {
        let link = |n| (format!("t{n:03}"), json!(format!("t{:03}:x", n + 1)));
        let mut context: Map<String, Value> = (0..terms).map(link).collect();
        let last = json!({"@id": "urn:x:", "@prefix": true, "@context": inner});
        context.insert(format!("t{terms:03}"), last);
        context.into()
    })
}

/// Graphs that are hard to label.
fn graphs() -> Vec<(&'static str, Poison)> {
    let long = format!("urn:{}", "p".repeat(100_000));
    vec![
        ("a clique of 10 blank nodes", clique(10)),
        ("a clique of 16 blank nodes", clique(16)),
        ("a clique of 40 blank nodes", clique(40)),
        ("a chain of 10,000 blank nodes", chain(10_000)),
        ("a chain of 8,000 blank nodes", chain(8_000)),
        ("two stars of 4,000 leaves", stars(2, 4_000, "urn:p")),
        ("forty stars of 200 leaves", stars(40, 200, "urn:p")),
        ("two stars with a long predicate", stars(2, 100, &long)),
        (
            "200 named graphs",
            Poison::Document(
                (0..200)
                    .map(|n| json!({"@id": format!("urn:g{n}"), "@graph": [{"@id": "urn:s", "urn:p": n}]}))
                    .collect(),
            ),
        ),
    ]
}

/// Contexts that are long to read.
fn context_bombs() -> Vec<(&'static str, Poison)> {
    let two: Value = (0..20_000)
        .map(|n| Value::from(if n % 2 == 0 { contexts::OB_V2 } else { contexts::OB_V1 }))
        .collect();
    let scoped = |n: usize| (format!("t{n}"), json!({"@id": format!("urn:t{n}"), "@context": []}));
    let recursive = nested(
        60,
        json!({}),
        |inner| json!({"a": {"@id": "urn:a", "@context": inner}, "b": {"@id": "urn:b"}, "c": "urn:c"}),
    );
    let types: Vec<&str> = (0..60_000).map(|n| ["Achievement", "Profile", "Image"][n % 3]).collect();
    let chain: Map<String, Value> =
        (0..20_000).map(|n| (format!("t{n:05}"), json!(format!("t{:05}:x", n + 1)))).collect();
    let document = |value| Poison::Document(value);
    vec![
        ("20,000 contexts", document(json!({"@context": two, "name": "x"}))),
        ("a context of 150,000 terms over and over", {
            let again = json!({"@context": {"b": "urn:b"}, "t1": 1});
            document(json!({"@context": terms(150_000), "t1": {"@context": {"a": "urn:a"}, "t1": again}}))
        }),
        (
            "two contexts of 48,000 terms",
            document(json!({"@context": terms(48_000), "t1": {"@context": {"a": "urn:a"}, "a": "x"}})),
        ),
        (
            "30,000 terms with contexts of their own",
            document(json!({"@context": (0..30_000).map(scoped).collect::<Map<String, Value>>(), "t1": "x"})),
        ),
        (
            "60,000 nodes with a context each",
            document((0..40_000).map(|n| json!({"@context": {"t": "urn:t"}, "t": n})).collect()),
        ),
        ("contexts within contexts", {
            let around = |inner| json!({"a": [inner, {"b": 1}]});
            let mut value = nested(50, json!("x"), around);
            value["@context"] = json!([recursive, terms(3_000)]);
            document(value)
        }),
        (
            "contexts within contexts, each a chain of terms",
            document(json!({"@context": chains(20, 118), "urn:p": "x"})),
        ),
        (
            "100,000 nulls for a context of a property",
            document(json!({
                "@context": {"p": {"@id": "urn:p", "@context": vec![Value::Null; 100_000]}},
                "p": (0..60_000).collect::<Value>()
            })),
        ),
        (
            "100,000 nulls for a context of a type",
            document(json!({
                "@context": {"T": {"@id": "urn:T", "@context": vec![Value::Null; 100_000]}},
                "@graph": (0..20_000).map(|n| json!({"@type": "T", "urn:p": n})).collect::<Value>()
            })),
        ),
        (
            "60,000 terms of a long prefix",
            document({
                let mut context: Map<String, Value> =
                    (0..60_000).map(|n| (format!("a{n}"), json!("e:0"))).collect();
                context.insert(
                    "e".to_owned(),
                    json!({"@id": format!("urn:{}", "x".repeat(2_000)), "@prefix": true}),
                );
                json!({"@context": context, "urn:p": 1})
            }),
        ),
        (
            "a pack whose terms lead to one another",
            document(json!({"@context": "https://pack.example/0", "t1": 1})),
        ),
        (
            "60,000 types with contexts",
            document(json!({
                "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0], "type": types, "name": "x"
            })),
        ),
        ("terms that lead to one another", document(json!({"@context": chain, "name": 1}))),
        (
            "a long vocabulary",
            document(json!({
                "@context": {"@vocab": format!("urn:{}", "v".repeat(500_000))},
                "@graph": (0..50_000).map(|n| json!({"a": n})).collect::<Value>()
            })),
        ),
        (
            "a long term",
            document(json!({
                "@context": {"a": format!("urn:{}", "v".repeat(500_000))},
                "@graph": (0..50_000).map(|n| json!({"a": n})).collect::<Value>()
            })),
        ),
        (
            "a long base",
            document(json!({
                "@context": {"@base": format!("https://a.example/{}", "a/".repeat(250_000))},
                "@graph": (0..30_000).map(|n| json!({"@id": format!("{n}"), "urn:p": n})).collect::<Value>()
            })),
        ),
    ]
}

/// Short documents with a long text that comes again and again in what they mean.
fn repetitions() -> Vec<(&'static str, Poison)> {
    let long = format!("urn:{}", "x".repeat(500_000));
    let many = || (0..60_000).collect::<Value>();
    // Not by `json!`, which copies what is put into it.
    let around = |inner| Value::Object(Map::from_iter([("@nest".to_owned(), inner)]));
    let nest = |core| nested(100, core, around);
    let document = |value| Poison::Document(value);
    vec![
        ("a long subject of many quads", document(json!({"@id": long, "urn:p": many()}))),
        ("a long predicate of many quads", document(json!({"@id": "urn:s", &long: many()}))),
        (
            "a long key of an index map",
            document(json!({
                "@context": {"p": {"@id": "urn:p", "@container": "@index", "@index": "urn:i"}},
                "p": {&long: (0..30_000).map(|n| json!({"urn:q": n})).collect::<Value>()}
            })),
        ),
        (
            "a long key of an id map",
            document(json!({
                "@context": {"p": {"@id": "urn:p", "@container": "@id"}},
                "p": {&long: (0..30_000).map(|n| json!({"urn:q": n})).collect::<Value>()}
            })),
        ),
        (
            "a long key of a type map",
            document(json!({
                "@context": {"p": {"@id": "urn:p", "@container": "@type"}},
                "p": {&long: (0..30_000).map(|n| json!({"urn:q": n})).collect::<Value>()}
            })),
        ),
        (
            "a long name of a graph",
            document(
                json!({"@id": long, "@graph": (0..30_000).map(|n| json!({"urn:q": n})).collect::<Value>()}),
            ),
        ),
        (
            "a wide map nested deep",
            document(nest((0..150_000).map(|n| (format!("urn:p{n}"), Value::from(n))).collect())),
        ),
    ]
}

/// Everything, with a name for each.
pub(crate) fn cases() -> Vec<(&'static str, Poison)> {
    [graphs(), context_bombs(), repetitions()].into_iter().flatten().collect()
}
