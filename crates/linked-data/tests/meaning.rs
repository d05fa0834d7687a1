//! What the parts of JSON-LD mean, one small document each, so that a failure names its part. The W3C's suites test them all at length.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use std::sync::Arc;

use accolade_linked_data::{Error, Options, canonicalize, expand};
use serde_json::{Value, json};

#[track_caller]
fn assert_means(document: &Value, lines: &[&str]) {
    let text = canonicalize(document, &Options::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    let expanded = expand(document, &Options::default()).unwrap();
    assert_eq!(canonicalize(&expanded, &Options::default()).unwrap(), text, "expanded: {expanded}");
}

fn refusal(document: &Value) -> Error {
    canonicalize(document, &Options::default()).expect_err(&document.to_string())
}

/// `@protected`: the same again is fine, anything else is not, and only a property's own context may override.
#[test]
fn protected_terms_stay_what_they_are() {
    let protected = json!({"@protected": true, "p": "urn:p", "id": "@id"});
    let with = |more: Value| json!({"@context": [protected, more], "p": 1});
    canonicalize(&with(json!({"p": "urn:p"})), &Options::default()).unwrap();
    for other in [json!({"p": "urn:q"}), json!({"p": null}), json!({"p": {"@id": "urn:p", "@type": "@id"}})] {
        assert_eq!(refusal(&with(other)).code(), "protected_term_redefinition");
    }
    assert_eq!(refusal(&with(Value::Null)).code(), "invalid_context_nullification");
    let scoped = json!({"q": {"@id": "urn:q", "@context": {"p": "urn:other"}}});
    let document = json!({"@context": [protected, scoped], "id": "urn:s", "q": {"id": "urn:o", "p": "x"}});
    assert_means(&document, &["<urn:o> <urn:other> \"x\" .", "<urn:s> <urn:q> <urn:o> ."]);
    let typed = json!({"T": {"@id": "urn:T", "@context": {"p": "urn:other"}}});
    let document = json!({"@context": [protected, typed], "@type": "T", "p": 1});
    assert_eq!(refusal(&document).code(), "protected_term_redefinition");
}

/// A property-scoped context holds within the property's values, and on into the nodes below them.
#[test]
fn scoped_contexts_hold_below_their_property() {
    let context = json!({"q": {"@id": "urn:q", "@context": {"p": "urn:p", "down": "urn:down"}}});
    let document = json!({"@context": context, "@id": "urn:a",
        "q": {"@id": "urn:b", "down": {"@id": "urn:c", "p": "x"}}});
    assert_means(
        &document,
        &["<urn:a> <urn:q> <urn:b> .", "<urn:b> <urn:down> <urn:c> .", "<urn:c> <urn:p> \"x\" ."],
    );
    let outside = json!({"@context": context, "@id": "urn:a", "p": 1});
    assert_eq!(refusal(&outside).code(), "undefined_term");
}

/// A type-scoped context holds for the node of the type only, unless it says `@propagate`.
#[test]
fn type_scoped_contexts_end_with_their_node_unless_propagated() {
    let document = |propagate: Value| {
        let mut inner = json!({"p": "urn:p"});
        if propagate.is_boolean() {
            inner["@propagate"] = propagate;
        }
        json!({"@context": {"T": {"@id": "urn:T", "@context": inner}, "q": "urn:q"},
            "@id": "urn:a", "@type": "T", "p": "x", "q": {"@id": "urn:b", "p": "y"}})
    };
    assert_eq!(refusal(&document(Value::Null)).pointer(), Some("/q/p"));
    assert_means(
        &document(json!(true)),
        &[
            "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> .",
            "<urn:a> <urn:p> \"x\" .",
            "<urn:a> <urn:q> <urn:b> .",
            "<urn:b> <urn:p> \"y\" .",
        ],
    );
}

/// An embedded context with `@propagate: false` ends where the next node begins.
#[test]
fn contexts_that_are_not_propagated_end_at_the_next_node() {
    let document =
        json!({"@context": {"@propagate": false, "p": "urn:p", "q": "urn:q"}, "p": "x", "q": {"p": "y"}});
    assert_eq!(refusal(&document).pointer(), Some("/q/p"));
    // By the letter the member counts in a context that stands alone only, not in one of an array.
    let document = json!({"@context": [{"@propagate": false, "p": "urn:p"}], "p": {"p": "y"}});
    canonicalize(&document, &Options::default()).unwrap();
}

/// `@json`: the value as it is, in JCS.
#[test]
fn json_literals_are_kept_as_they_are() {
    let context = json!({"j": {"@id": "urn:j", "@type": "@json"}});
    let datatype = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>";
    let document =
        json!({"@context": context, "@id": "urn:a", "j": {"b": [1.0, null, "é\u{7}"], "a": {"@id": 1}}});
    let literal = r#""{\"a\":{\"@id\":1},\"b\":[1,null,\"é\\u0007\"]}""#;
    assert_means(&document, &[&format!("<urn:a> <urn:j> {literal}^^{datatype} .")]);
    let document = json!({"@context": context, "@id": "urn:a", "j": null});
    assert_means(&document, &[&format!("<urn:a> <urn:j> \"null\"^^{datatype} .")]);
    let document = json!({"@id": "urn:a", "urn:j": {"@type": "@json", "@value": []}});
    assert_means(&document, &[&format!("<urn:a> <urn:j> \"[]\"^^{datatype} .")]);
}

/// Containers: `@language`, `@index` (with and without a property), `@id`, `@type`, `@graph`, and `@none` for no key.
#[test]
fn containers_give_their_keys_to_their_values() {
    let with = |container: Value, value: Value| json!({"@context": {"c": container, "T": "urn:T"}, "@id": "urn:a", "c": value});
    let language =
        with(json!({"@id": "urn:c", "@container": "@language"}), json!({"DE": "x", "@none": ["y"]}));
    assert_means(&language, &["<urn:a> <urn:c> \"x\"@de .", "<urn:a> <urn:c> \"y\" ."]);
    let index = with(json!({"@id": "urn:c", "@container": "@index"}), json!({"k": "x", "l": ["y"]}));
    assert_means(&index, &["<urn:a> <urn:c> \"x\" .", "<urn:a> <urn:c> \"y\" ."]);
    assert_eq!(
        expand(&index, &Options::default()).unwrap()[0]["urn:c"],
        json!([{"@value": "x", "@index": "k"}, {"@value": "y", "@index": "l"}])
    );
    let keyed = with(
        json!({"@id": "urn:c", "@container": "@index", "@index": "urn:key"}),
        json!({"k": {"@id": "urn:b"}}),
    );
    assert_means(&keyed, &["<urn:a> <urn:c> <urn:b> .", "<urn:b> <urn:key> \"k\" ."]);
    let id = with(json!({"@id": "urn:c", "@container": "@id"}), json!({"urn:b": {"urn:p": "x"}}));
    assert_means(&id, &["<urn:a> <urn:c> <urn:b> .", "<urn:b> <urn:p> \"x\" ."]);
    let of_type = with(json!({"@id": "urn:c", "@container": "@type"}), json!({"T": "urn:b"}));
    assert_means(
        &of_type,
        &["<urn:a> <urn:c> <urn:b> .", "<urn:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> ."],
    );
    let graph = with(
        json!({"@id": "urn:c", "@container": ["@graph", "@id"]}),
        json!({"urn:g": {"@id": "urn:b", "urn:p": "x"}}),
    );
    assert_means(&graph, &["<urn:a> <urn:c> <urn:g> .", "<urn:b> <urn:p> \"x\" <urn:g> ."]);
}

/// In a plain graph container each value has a graph of its own, however the arrays are nested.
#[test]
fn each_value_of_a_graph_container_has_a_graph_of_its_own() {
    let context = json!({"g": {"@id": "urn:g", "@container": "@graph"}});
    let node = |id: &str| json!({"@id": id, "urn:p": "x"});
    let document = json!({"@context": context, "@id": "urn:a", "g": [[node("urn:b"), [node("urn:c")]], {"@set": [node("urn:d")]}]});
    let text = canonicalize(&document, &Options::default()).unwrap();
    let graphs: Vec<&str> = text.lines().filter(|line| line.starts_with("<urn:a>")).collect();
    assert_eq!(graphs.len(), 3, "{text}");
}

/// `@list`, by the term and by the value, empty, and in one another.
#[test]
fn lists_keep_their_order() {
    let context = json!({"l": {"@id": "urn:l", "@container": "@list"}});
    let document = json!({"@context": context, "@id": "urn:a", "l": []});
    assert_means(&document, &["<urn:a> <urn:l> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> ."]);
    let by_value = json!({"@id": "urn:a", "urn:l": {"@list": ["b", "a"]}});
    let by_term = json!({"@context": context, "@id": "urn:a", "l": ["b", "a"]});
    let text = canonicalize(&by_value, &Options::default()).unwrap();
    assert_eq!(canonicalize(&by_term, &Options::default()).unwrap(), text);
    assert_eq!(text.lines().count(), 5, "{text}");
    let nested = json!({"@context": context, "@id": "urn:a", "l": [["b"], "a", []]});
    let expanded = expand(&nested, &Options::default()).unwrap();
    assert_eq!(
        expanded[0]["urn:l"],
        json!([{"@list": [{"@list": [{"@value": "b"}]}, {"@value": "a"}, {"@list": []}]}])
    );
}

/// What is an array after expansion is a list of its own where the term makes lists: also a set.
#[test]
fn sets_and_json_literals_in_list_containers() {
    let context = json!({"l": {"@id": "urn:l", "@container": "@list"},
        "j": {"@id": "urn:j", "@container": "@list", "@type": "@json"}});
    let of = |member: &str, value: Value| {
        let document = json!({"@context": context, "@id": "urn:a", member: value});
        expand(&document, &Options::default()).unwrap()[0][format!("urn:{member}")].clone()
    };
    let x = json!({"@value": "x"});
    assert_eq!(of("l", json!([{"@set": ["x"]}])), json!([{"@list": [{"@list": [x]}]}]));
    assert_eq!(of("l", json!({"@set": ["x"]})), json!([{"@list": [x]}]));
    assert_eq!(of("j", json!([{"a": 1}])), json!([{"@list": [{"@value": [{"a": 1}], "@type": "@json"}]}]));
}

/// Right under the key of a map a type's context still holds; within `@set` it does not.
#[test]
fn a_set_in_a_map_ends_what_is_not_propagated() {
    let inner = json!({"e": "urn:inner:", "b": {"@id": "urn:b", "@container": "@index"}});
    let context =
        json!({"e": {"@id": "urn:outer:", "@prefix": true}, "T": {"@id": "urn:T", "@context": inner}});
    let with = |value: Value| {
        let document = json!({"@context": context, "@id": "urn:s", "@type": "T", "b": {"k": value}});
        canonicalize(&document, &Options::default()).unwrap()
    };
    assert!(with(json!([{"e:k": 1}])).contains("<urn:inner:k>"));
    assert!(with(json!({"@set": [{"e:k": 1}]})).contains("<urn:outer:k>"));
}

/// A vocabulary may be relative to the one before it.
#[test]
fn a_vocabulary_is_read_by_the_one_before_it() {
    let document = json!({"@context": [{"@vocab": "urn:v:"}, {"@vocab": ""}], "@id": "urn:a", "p": "x"});
    assert_means(&document, &["<urn:a> <urn:v:p> \"x\" ."]);
}

/// `@nest` is for people: its members belong to the node, or to the value.
#[test]
fn nested_members_belong_to_their_node() {
    let context = json!({"labels": "@nest", "p": {"@id": "urn:p", "@nest": "labels"}});
    let document =
        json!({"@context": context, "@id": "urn:a", "labels": [{"p": "x"}, {"labels": {"urn:q": "y"}}]});
    assert_means(&document, &["<urn:a> <urn:p> \"x\" .", "<urn:a> <urn:q> \"y\" ."]);
    let document = json!({"@id": "urn:a", "urn:p": {"@value": "v", "@nest": {"@language": "de"}}});
    assert_means(&document, &["<urn:a> <urn:p> \"v\"@de ."]);
}

/// A document that is one `@graph` is the default graph; beside anything else, or in an array, it is a graph of its own.
#[test]
fn a_graph_that_is_the_whole_document_is_the_default_graph() {
    let node = json!([{"@id": "urn:a", "urn:p": "x"}]);
    assert_means(&json!({"@graph": node}), &["<urn:a> <urn:p> \"x\" ."]);
    assert_means(&json!({"@graph": node, "urn:q": null}), &["<urn:a> <urn:p> \"x\" ."]);
    assert_means(&json!([{"@graph": node}]), &["<urn:a> <urn:p> \"x\" _:c14n0 ."]);
    assert_means(&json!({"@id": "urn:g", "@graph": node}), &["<urn:a> <urn:p> \"x\" <urn:g> ."]);
}

/// `@included`: nodes that stand beside this one.
#[test]
fn a_graph_that_is_lost_must_be_json_ld_all_the_same() {
    let graph = |id: Value| json!({"@id": "@direction", "urn:q": 1, "@graph": [{"@id": "urn:s", "urn:p": {"@id": id}}]});
    for base in [None, Some("https://base.example/")] {
        let options = Options { safe: false, base, ..Options::default() };
        assert_eq!(canonicalize(&graph("urn:o".into()), &options).unwrap(), "");
        let broken = graph(json!({"id": "urn:o"}));
        let refused = canonicalize(&broken, &options).unwrap_err();
        assert_eq!(refused.code(), "invalid_id_value");
        assert_eq!(expand(&broken, &options).unwrap_err(), refused);
    }
}

#[test]
fn included_nodes_stand_for_themselves() {
    let document = json!({"@id": "urn:a", "urn:p": "x", "@included": [{"@id": "urn:b", "urn:p": "y"}]});
    assert_means(&document, &["<urn:a> <urn:p> \"x\" .", "<urn:b> <urn:p> \"y\" ."]);
    let document = json!({"@id": "urn:a", "urn:p": "x", "@included": [[], {"@set": []}]});
    assert_means(&document, &["<urn:a> <urn:p> \"x\" ."]);
    let document = json!({"@id": "urn:a", "urn:p": "x", "@included": [{"@list": []}]});
    assert!(canonicalize(&document, &Options { safe: false, ..Options::default() }).is_err());
}

/// `@reverse`, as a member and as a term.
#[test]
fn reversed_properties_point_back() {
    let document = json!({"@context": {"r": {"@reverse": "urn:p"}}, "@id": "urn:a",
        "r": {"@id": "urn:b"}, "@reverse": {"urn:q": [{"@id": "urn:c"}], "r": {"@id": "urn:d"}}});
    assert_means(
        &document,
        &["<urn:a> <urn:p> <urn:d> .", "<urn:b> <urn:p> <urn:a> .", "<urn:c> <urn:q> <urn:a> ."],
    );
    let document = json!({"@id": "urn:a", "@reverse": {"@nest": {"urn:p": {"@id": "urn:x"}}}});
    assert_eq!(refusal(&document).code(), "invalid_reverse_property_map");
}

/// `@import`: a remote context with some of its settings changed.
#[test]
fn imported_contexts_can_be_adjusted() {
    let remote = json!({"@context": {"p": "urn:p", "q": {"@id": "urn:q", "@type": "@id"}}});
    let loader = support::Given(vec![("https://a.example/c", Arc::new(remote))]);
    let options = Options { loader: Some(&loader), ..Options::default() };
    let import = |more: Value| {
        let mut context = more;
        context["@import"] = json!("https://a.example/c");
        canonicalize(&json!({"@context": context, "@id": "urn:a", "p": "x", "q": "urn:b"}), &options)
    };
    assert_eq!(import(json!({})).unwrap(), "<urn:a> <urn:p> \"x\" .\n<urn:a> <urn:q> <urn:b> .\n");
    assert_eq!(
        import(json!({"q": "urn:q"})).unwrap(),
        "<urn:a> <urn:p> \"x\" .\n<urn:a> <urn:q> \"urn:b\" .\n"
    );
    assert_eq!(import(json!({"@import": 1, "@propagate": 1})).unwrap_err().code(), "invalid_propagate_value");
}

/// Numbers as the reference prints them, control characters as RDFC-1.0 escapes them, Unicode as it is: nothing is normalised.
#[test]
fn literals_are_written_as_the_standards_say() {
    let integer = "^^<http://www.w3.org/2001/XMLSchema#integer>";
    let double = "^^<http://www.w3.org/2001/XMLSchema#double>";
    for (value, expected) in [
        (json!(36.0), format!("\"36\"{integer}")),
        (json!(-0.0), format!("\"0\"{integer}")),
        (json!(1.5), format!("\"1.5E0\"{double}")),
        (json!(1e21), format!("\"1.0E21\"{double}")),
        (json!(1e20), format!("\"100000000000000000000\"{integer}")),
        (json!(true), "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>".to_owned()),
        (
            json!("\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f}\u{7f}\"\\"),
            r#""\u0000\b\t\n\u000B\f\r\u001F\u007F\"\\""#.to_owned(),
        ),
        (json!("\u{e9}"), "\"\u{e9}\"".to_owned()),
        (json!("e\u{301}"), "\"e\u{301}\"".to_owned()),
        (json!("\u{80}\u{fffe}\u{1f600}"), "\"\u{80}\u{fffe}\u{1f600}\"".to_owned()),
    ] {
        let text = canonicalize(&json!({"@id": "urn:a", "urn:p": value}), &Options::default()).unwrap();
        assert_eq!(text, format!("<urn:a> <urn:p> {expected} .\n"));
    }
}
