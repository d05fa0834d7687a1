//! Safe mode: whatever would be lost on the way to RDF is an error that says where it stands. Each row is one thing that `jsonld.js`
//! calls unsafe (its name stands in the first column), or that it loses without a word.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

use accolade_linked_data::{Direction, Options, canonicalize, expand};
use serde_json::{Value, json};

/// Contexts of the rows: terms with every container.
fn context() -> Value {
    json!({
        "id": "@id",
        "nothing": "urn:nothing",
        "blank": "urn:blank",
        "p": "urn:p",
        "link": {"@id": "urn:link", "@type": "@id"},
        "word": {"@id": "urn:word", "@type": "@vocab"},
        "back": {"@reverse": "urn:back"},
        "byId": {"@id": "urn:byId", "@container": "@id"},
        "byType": {"@id": "urn:byType", "@container": "@type"},
        "list": {"@id": "urn:list", "@container": "@list"},
        "tongue": {"@id": "urn:tongue", "@container": "@language"},
        "graph": {"@id": "urn:graph", "@container": "@graph"},
        "named": {"@id": "urn:named", "@container": ["@graph", "@id"]},
        "byNull": {"@id": "urn:byNull", "@container": "@index", "@index": "nothing"},
        "byBlank": {"@id": "urn:byBlank", "@container": "@index", "@index": "blank"},
        "raw": {"@id": "urn:raw", "@type": "@json", "@container": "@graph"},
        "K": {"@id": "urn:K", "@context": {"scoped": "urn:scoped"}}
    })
}

/// What jsonld.js calls it, the document (a context is added), our code, the place.
type Row = (&'static str, Value, &'static str, &'static str);

fn names() -> Vec<Row> {
    vec![
        ("invalid property", json!({"unknown": 1}), "undefined_term", "/unknown"),
        ("invalid property", json!({"p": [{"p": 1}, {"a/b": 1}]}), "undefined_term", "/p/1/a~1b"),
        ("invalid property", json!({"@nest": {"unknown": 1}}), "undefined_term", "/@nest/unknown"),
        ("invalid property", json!({"p": {"scoped": 1}}), "undefined_term", "/p/scoped"),
        ("invalid property", json!({"@foo": 1}), "undefined_term", "/@foo"),
        ("blank node predicate", json!({"_:b": 1}), "undefined_term", "/_:b"),
        ("relative property reference", json!({"urn:a b": 1}), "undefined_term", "/urn:a b"),
        ("relative type reference", json!({"@type": "Unknown", "p": 1}), "undefined_type", "/@type"),
        ("relative type reference", json!({"@type": ["K", "k"], "p": 1}), "undefined_type", "/@type/1"),
        ("relative type reference", json!({"@type": "@foo", "p": 1}), "undefined_type", "/@type"),
        (
            "relative type reference",
            json!({"byType": {"Unknown": {"p": 1}}}),
            "undefined_type",
            "/byType/Unknown",
        ),
        (
            "relative @type reference",
            json!({"p": {"@value": "x", "@type": "y"}}),
            "invalid_typed_value",
            "/p",
        ),
        ("relative @type reference", json!({"@type": "_:a b", "p": 1}), "undefined_type", "/@type"),
        ("(property of an index)", json!({"byNull": {"k": {"p": 1}}}), "undefined_term", "/byNull/k"),
        ("(property of an index)", json!({"byBlank": {"k": [{"p": 1}]}}), "undefined_term", "/byBlank/k/0"),
    ]
}

fn identifiers() -> Vec<Row> {
    vec![
        ("relative @id reference", json!({"id": "x", "p": 1}), "relative_iri", "/id"),
        ("relative subject reference", json!({"p": {"id": "", "p": 1}}), "relative_iri", "/p/id"),
        ("relative object reference", json!({"link": "x"}), "relative_iri", "/link"),
        ("relative object reference", json!({"link": ["urn:x", "/y"]}), "relative_iri", "/link/1"),
        ("relative object reference", json!({"word": "x"}), "relative_iri", "/word"),
        ("relative object reference", json!({"list": [{"id": "x"}]}), "relative_iri", "/list/0/id"),
        ("relative graph reference", json!({"id": "g", "@graph": [{"p": 1}]}), "relative_iri", "/id"),
        ("relative graph reference", json!({"named": {"g": {"p": 1}}}), "relative_iri", "/named/g"),
        ("relative subject reference", json!({"byId": {"x": {"p": 1}}}), "relative_iri", "/byId/x"),
        ("relative subject reference", json!({"back": {"id": "x"}}), "relative_iri", "/back/id"),
        ("reserved @id value", json!({"id": "@foo", "p": 1}), "dropped_value", "/id"),
        ("null @id value", json!({"link": "@type"}), "dropped_value", "/link"),
        ("relative subject reference", json!({"id": "_:a b", "p": 1}), "relative_iri", "/id"),
        ("relative subject reference", json!({"p": {"id": "_:", "p": 1}}), "relative_iri", "/p/id"),
    ]
}

fn values() -> Vec<Row> {
    vec![
        ("null @value value", json!({"p": {"@value": null}}), "dropped_value", "/p"),
        ("null @value value", json!({"list": [1, {"@value": null}]}), "dropped_value", "/list/1"),
        ("invalid @language value", json!({"p": {"@value": "x", "@language": "a b"}}), "dropped_value", "/p"),
        ("invalid @language value", json!({"tongue": {"a b": "x"}}), "dropped_value", "/tongue/a b"),
        ("invalid @language value", json!({"p": 1, "@language": "a b"}), "dropped_value", "/@language"),
        ("object with only @language", json!({"p": {"@language": "en"}}), "dropped_value", "/p"),
        (
            "rdfDirection not set",
            json!({"p": [{"@value": "x", "@direction": "rtl"}]}),
            "dropped_value",
            "/p/0",
        ),
        ("free-floating scalar", json!({"@graph": ["x", {"p": 1}]}), "dropped_value", "/@graph/0"),
        ("free-floating scalar", json!({"p": 1, "@graph": {"@value": 1}}), "dropped_value", "/@graph"),
        ("free-floating scalar", json!({"graph": "x"}), "dropped_value", "/graph"),
        ("free-floating scalar", json!({"graph": [[{"p": 1}, 3]]}), "dropped_value", "/graph/0/1"),
        (
            "object with only @value",
            json!({"named": {"urn:g": {"@value": 1}}}),
            "dropped_value",
            "/named/urn:g",
        ),
        ("object with only @list", json!({"@graph": [{"@list": [1]}]}), "dropped_value", "/@graph/0"),
        ("object with only @list", json!({"graph": {"@list": [1]}}), "dropped_value", "/graph"),
        ("object with only @id", json!({"@graph": [{"@id": "urn:x"}]}), "dropped_value", "/@graph/0"),
        ("object with only @id", json!({"@id": "urn:x", "p": null}), "dropped_value", ""),
        ("object with only @id", json!({"@id": "urn:x", "@reverse": {}}), "dropped_value", ""),
        ("empty object", json!({}), "dropped_value", ""),
        ("empty object", json!({"@graph": [{"p": 1}, {}]}), "dropped_value", "/@graph/1"),
        ("(lists of lists)", json!({"p": {"@list": [["x"]]}}), "dropped_value", "/p/@list/0"),
        ("(key of a list)", json!({"byId": {"urn:x": {"@list": [1]}}}), "dropped_value", "/byId/urn:x"),
        ("(key of a value)", json!({"byId": {"urn:x": "v"}}), "invalid_value_object", "/byId/urn:x"),
        ("object with only @id", json!({"@id": "urn:x", "@type": []}), "dropped_value", ""),
        ("object with only @value", json!({"raw": 1}), "dropped_value", "/raw"),
        ("empty object", json!({"@graph": {"@type": []}}), "dropped_value", "/@graph"),
        ("(a graph that says nothing)", json!({"graph": {"p": []}}), "dropped_value", "/graph"),
        ("(a graph that says nothing)", json!({"graph": [{"@included": []}]}), "dropped_value", "/graph/0"),
        ("(lists of lists)", json!({"p": {"@list": [1, {"@set": ["x"]}]}}), "dropped_value", "/p/@list/1"),
        (
            "(lists of lists)",
            json!({"p": {"@list": {"@set": ["x", []]}}}),
            "dropped_value",
            "/p/@list/@set/1",
        ),
    ]
}

fn refusal(document: &Value) -> (&'static str, String) {
    let error = canonicalize(document, &Options::default()).expect_err(&document.to_string());
    (error.code(), error.pointer().unwrap_or("none").to_owned())
}

#[test]
fn what_would_be_lost_is_refused_with_its_pointer() {
    for (name, mut document, code, pointer) in [names(), identifiers(), values()].into_iter().flatten() {
        document["@context"] = json!([context(), {"nothing": null, "blank": "_:b"}]);
        assert_eq!(refusal(&document), (code, pointer.to_owned()), "{name}: {document}");
        let loose = Options { safe: false, ..Options::default() };
        let is_error_anyway = matches!(code, "invalid_typed_value" | "invalid_value_object");
        assert_eq!(
            canonicalize(&document, &loose).is_err(),
            is_error_anyway,
            "without safe mode: {document}"
        );
    }
}

/// A context that passes over a part of itself says so at once, not only when the part is used.
#[test]
fn what_a_context_would_pass_over_is_refused_with_its_pointer() {
    for (name, context, code, pointer) in [
        ("reserved term", json!({"@foo": "urn:foo"}), "dropped_value", "/@context/@foo"),
        ("reserved @id value", json!([{}, {"x": {"@id": "@foo"}}]), "dropped_value", "/@context/1/x"),
        ("reserved @id value", json!({"x": "@foo"}), "dropped_value", "/@context/x"),
        ("reserved @reverse value", json!({"x": {"@reverse": "@foo"}}), "dropped_value", "/@context/x"),
        (
            "reserved term",
            json!({"x": {"@id": "urn:x", "@context": {"@foo": "urn:foo"}}}),
            "dropped_value",
            "/@context/x/@context/@foo",
        ),
        ("relative @vocab reference", json!({"@vocab": ""}), "relative_iri", "/@context/@vocab"),
        ("relative @vocab reference", json!({"@vocab": "x/"}), "relative_iri", "/@context/@vocab"),
    ] {
        let document = json!({"@context": context, "urn:p": 1});
        assert_eq!(refusal(&document), (code, pointer.to_owned()), "{name}");
        let loose = Options { safe: false, ..Options::default() };
        assert!(canonicalize(&document, &loose).is_ok(), "{name}");
    }
}

/// Both outputs of the walk refuse the same, but for the direction, which expanded JSON-LD keeps.
#[test]
fn expanding_refuses_what_canonicalising_refuses() {
    for (name, mut document, ..) in [names(), identifiers(), values()].into_iter().flatten() {
        document["@context"] = json!([context(), {"nothing": null, "blank": "_:b"}]);
        let expanded = expand(&document, &Options::default());
        match canonicalize(&document, &Options::default()) {
            _ if name == "rdfDirection not set" => assert!(expanded.is_ok()),
            outcome => assert_eq!(expanded.err(), outcome.err(), "{name}: {document}"),
        }
    }
}

#[test]
fn a_direction_is_kept_where_it_is_asked_for() {
    let document = json!({"urn:p": {"@value": "x", "@language": "AR", "@direction": "rtl"}});
    let with = |direction| canonicalize(&document, &Options { direction, ..Options::default() });
    assert_eq!(with(Direction::Lose).unwrap_err().code(), "dropped_value");
    let i18n = with(Direction::I18nDatatype).unwrap();
    assert!(i18n.contains("\"x\"^^<https://www.w3.org/ns/i18n#ar_rtl>"), "{i18n}");
    assert_eq!(with(Direction::CompoundLiteral).unwrap().lines().count(), 4);
}

/// What the reference passes over as well: absent is absent, and these members say nothing about a node.
#[test]
fn null_is_as_good_as_absent() {
    let document = |p: Value| json!({"@context": context(), "id": "urn:x", "word": "urn:y", "p": p});
    let without = canonicalize(&document(Value::Null), &Options::default()).unwrap();
    assert_eq!(without, "<urn:x> <urn:word> <urn:y> .\n");
    for nothing in [json!([]), json!([null]), json!({"@set": []}), json!({"@set": null})] {
        assert_eq!(canonicalize(&document(nothing), &Options::default()).unwrap(), without);
    }
}
