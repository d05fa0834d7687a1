//! Hostile and careless documents: the CAN and CTX cases that this crate answers for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use std::fmt::Write;
use std::time::Duration;

use accolade_linked_data::{
    Budget, Error, HashAlgorithm, NQuadsError, Options, canonicalize, canonicalize_nquads, contexts, json,
};
use serde_json::{Value, json};

/// A sound credential to spoil.
fn credential() -> Value {
    json!({
        "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": "did:example:issuer", "type": ["Profile"], "name": "Issuer"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:subject",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:2",
                "type": ["Achievement"],
                "name": "Applied Data Skills",
                "description": "Does things with data.",
                "criteria": {"narrative": "Attend, hand in, present."}
            }
        }
    })
}

fn refusal(document: &Value) -> Error {
    match canonicalize(document, &Options::default()) {
        Err(error) => error,
        Ok(text) => panic!("accepted {document}\n{text}"),
    }
}

#[track_caller]
fn assert_refused(document: &Value, code: &str, pointer: &str) {
    let error = refusal(document);
    assert_eq!((error.code(), error.pointer()), (code, Some(pointer)), "{error}");
}

#[test]
fn the_sound_credential_is_accepted() {
    let text = canonicalize(&credential(), &Options::default()).unwrap();
    assert_eq!(text.lines().count(), 14, "{text}");
}

/// CTX-1.
#[test]
fn an_undefined_term_is_refused_with_its_pointer() {
    let mut document = credential();
    document["credentialSubject"]["favouriteColour"] = json!("blue");
    assert_refused(&document, "undefined_term", "/credentialSubject/favouriteColour");
    let mut document = credential();
    document["credentialSubject"]["achievement"]["criteria"] = json!([{"narrative": "a", "x/y": 1}]);
    assert_refused(&document, "undefined_term", "/credentialSubject/achievement/criteria/0/x~1y");
}

#[test]
fn an_undefined_type_is_refused_with_its_pointer() {
    let mut document = credential();
    document["type"] = json!(["VerifiableCredential", "Diploma"]);
    assert_refused(&document, "undefined_type", "/type/1");
}

/// CTX-2.
#[test]
fn an_unknown_context_is_refused_and_never_fetched() {
    for url in [
        "https://evil.example/v1",
        "http://127.0.0.1:1/",
        "file:///etc/passwd",
        "https://www.w3.org/ns/credentials/v2#x",
        "v2",
        "",
    ] {
        let mut document = credential();
        document["@context"][1] = json!(url);
        assert_eq!(refusal(&document).code(), "context_not_allowed", "{url}");
    }
}

/// CTX-4: a context further in may say more, but never anything else.
#[test]
fn a_nested_context_cannot_redefine_what_is_protected() {
    let mut document = credential();
    document["credentialSubject"]["achievement"]["@context"] = json!({"name": "https://evil.example/name"});
    assert_refused(&document, "protected_term_redefinition", "/credentialSubject/achievement/@context");
    document["credentialSubject"]["achievement"]["@context"] = Value::Null;
    assert_refused(&document, "invalid_context_nullification", "/credentialSubject/achievement/@context");
}

/// CTX-5.
#[test]
fn contexts_in_another_order_are_not_taken_for_the_same() {
    let mut document = credential();
    document["@context"] = json!([contexts::OB_V3P0, contexts::CREDENTIALS_V2]);
    let sound = canonicalize(&credential(), &Options::default()).unwrap();
    match canonicalize(&document, &Options::default()) {
        Ok(text) => assert_eq!(text, sound, "the order may only matter by being refused"),
        Err(error) => assert_eq!(error.code(), "protected_term_redefinition"),
    }
}

/// CTX-6.
#[test]
fn a_term_of_version_two_under_version_one_is_refused() {
    let mut document = credential();
    document["@context"][0] = json!(contexts::CREDENTIALS_V1);
    document["@context"][1] = json!(contexts::OB_EXTENSIONS);
    document["type"] = json!(["VerifiableCredential"]);
    document["credentialSubject"] = json!({"id": "did:example:subject"});
    document["issuer"] = json!("did:example:issuer");
    canonicalize(&document, &Options::default()).unwrap();
    document["name"] = json!("a term that only version two defines");
    assert_refused(&document, "undefined_term", "/name");
}

/// CTX-8.
#[test]
fn relative_identifiers_are_refused() {
    for (id, code) in [
        ("badge", "relative_iri"),
        ("/badge", "relative_iri"),
        ("", "relative_iri"),
        ("#x", "relative_iri"),
        ("https://a.example/ b", "relative_iri"),
        ("https://a.example/> <urn:x", "relative_iri"),
        ("@id", "dropped_value"),
        ("@foo", "dropped_value"),
    ] {
        let mut document = credential();
        document["credentialSubject"]["id"] = json!(id);
        assert_refused(&document, code, "/credentialSubject/id");
    }
    let mut document = credential();
    document["credentialSubject"]["achievement"]["image"] = json!("image.png");
    assert_refused(&document, "relative_iri", "/credentialSubject/achievement/image");
}

/// CTX-9.
#[test]
fn keywords_do_what_json_ld_says_and_lose_nothing() {
    let mut document = credential();
    document["@included"] = json!([{"id": "urn:x", "name": "loose"}]);
    let text = canonicalize(&document, &Options::default()).unwrap();
    assert!(text.contains("<urn:x> <https://schema.org/name> \"loose\" ."), "{text}");
    for (name, value, code) in [
        ("@graph", json!([{"id": "urn:x"}]), "dropped_value"),
        ("@graph", json!(["text"]), "dropped_value"),
        ("@included", json!("text"), "dropped_value"),
        ("@included", json!({"@value": "text"}), "dropped_value"),
        ("@reverse", json!({"name": "text"}), "invalid_reverse_property_value"),
        ("@reverse", json!({"@id": "urn:x"}), "invalid_reverse_property_map"),
        ("@nest", json!("text"), "invalid_nest_value"),
        ("@nest", json!({"unknown": 1}), "undefined_term"),
        ("@set", json!([]), "invalid_set_or_list_object"),
        ("@list", json!([]), "invalid_set_or_list_object"),
        ("@value", json!("text"), "invalid_value_object"),
        ("@foo", json!("text"), "undefined_term"),
        ("@type", json!(1), "invalid_type_value"),
        ("@id", json!("urn:x"), "colliding_keywords"),
    ] {
        let mut document = credential();
        document[name] = value;
        assert_eq!(refusal(&document).code(), code, "{name}: {}", document[name]);
    }
}

#[test]
fn what_rdf_cannot_hold_is_refused() {
    for value in [
        json!({"@value": null}),
        json!({"@value": "x", "@language": "not a tag"}),
        json!({"@value": "x", "@direction": "rtl"}),
        json!({"@language": "en"}),
    ] {
        let mut document = credential();
        document["credentialSubject"]["achievement"]["name"] = value;
        assert_refused(&document, "dropped_value", "/credentialSubject/achievement/name");
    }
    for document in [json!({}), json!([]), json!("text"), json!({"@id": "urn:x"})] {
        if document != json!([]) {
            assert_refused(&document, "dropped_value", "");
        }
    }
}

#[test]
fn text_cannot_break_out_of_its_quad() {
    let mut document = credential();
    document["credentialSubject"]["achievement"]["name"] = json!("\" .\n<urn:evil> <urn:p> \"\u{7}\t\\");
    let text = canonicalize(&document, &Options::default()).unwrap();
    assert!(text.contains(r#""\" .\n<urn:evil> <urn:p> \"\u0007\t\\" ."#), "{text}");
    assert_eq!(text.lines().count(), 14);
}

/// CTX-12, as far as it goes without packs of contexts: a loader's context that includes itself.
#[test]
fn a_context_that_includes_itself_is_refused() {
    let context = json!({"@context": ["https://a.example/loop", {"x": "https://a.example/x"}]});
    let loader = support::Given(vec![("https://a.example/loop", std::sync::Arc::new(context))]);
    let options = Options { loader: Some(&loader), ..Options::default() };
    let document = json!({"@context": "https://a.example/loop", "x": 1});
    assert_eq!(canonicalize(&document, &options).unwrap_err().code(), "recursive_context_inclusion");
}

/// Contexts of a document never reach another document.
#[test]
fn an_inline_context_leaves_nothing_behind() {
    let sound = canonicalize(&credential(), &Options::default()).unwrap();
    for turn in 0..50 {
        let mut document = credential();
        let inline = json!({"favouriteColour": format!("https://a.example/{turn}#colour")});
        document["@context"].as_array_mut().unwrap().push(inline);
        document["credentialSubject"]["favouriteColour"] = json!("blue");
        let text = canonicalize(&document, &Options::default()).unwrap();
        assert!(text.contains(&format!("<https://a.example/{turn}#colour>")), "{text}");
        document["@context"].as_array_mut().unwrap().pop();
        assert_eq!(refusal(&document).code(), "undefined_term");
    }
    assert_eq!(canonicalize(&credential(), &Options::default()).unwrap(), sound);
}

/// Processor time of this thread, so that a busy machine does not matter; nothing where the system does not tell.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn assert_too_complex(outcome: impl FnOnce() -> Result<String, Error>, what: &str) {
    let begin = processor_time();
    let error = outcome().expect_err(what);
    assert_eq!(error.code(), "complexity_limit", "{what}: {error}");
    // The bound of a quarter of a second holds for optimised builds; others are some forty times slower.
    let bound = if cfg!(debug_assertions) { Duration::from_secs(10) } else { Duration::from_millis(250) };
    if let (Some(begin), Some(end)) = (begin, processor_time()) {
        assert!(end - begin < bound, "{what} takes {:?}", end - begin);
    }
}

fn canonical(nquads: &str) -> Result<String, Error> {
    match canonicalize_nquads(nquads, HashAlgorithm::Sha256, Budget::default()) {
        Ok(canonical) => Ok(canonical.text),
        Err(NQuadsError::Refused(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

/// CAN-2, and larger ones.
#[test]
fn a_clique_of_blank_nodes_is_refused_quickly() {
    for nodes in [10, 16, 40] {
        let mut graph = String::new();
        for a in 0..nodes {
            for b in (0..nodes).filter(|b| *b != a) {
                let _ = writeln!(graph, "_:n{a} <urn:p> _:n{b} .");
            }
        }
        assert_too_complex(|| canonical(&graph), &format!("clique of {nodes}"));
    }
}

/// CAN-4.
#[test]
fn a_chain_of_ten_thousand_blank_nodes_is_refused_quickly() {
    let chain: String = (0..10_000).fold(String::new(), |mut graph, n| {
        let _ = writeln!(graph, "_:n{n} <urn:p> _:n{} .", n + 1);
        graph
    });
    assert_too_complex(|| canonical(&chain), "chain");
}

/// CAN-5.
#[test]
fn two_hundred_named_graphs_are_refused() {
    let graphs: Vec<Value> = (0..200)
        .map(|n| json!({"@id": format!("urn:g{n}"), "@graph": [{"@id": "urn:s", "urn:p": n}]}))
        .collect();
    assert_too_complex(|| canonicalize(&json!(graphs), &Options::default()), "graphs");
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
    for document in [objects, lists, arrays, graphs, nests, contexts] {
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

#[test]
fn contexts_are_paid_for_from_the_budget() {
    let many: Value = (0..20_000)
        .map(|n| Value::String(if n % 2 == 0 { contexts::OB_V2 } else { contexts::OB_V1 }.to_owned()))
        .collect();
    assert_too_complex(
        || canonicalize(&json!({"@context": many, "name": "x"}), &Options::default()),
        "contexts",
    );
    let wide: serde_json::Map<String, Value> =
        (0..100_000).map(|n| (format!("t{n}"), json!(format!("urn:t{n}")))).collect();
    let nested = json!({"@context": wide, "t1": {"@context": {"a": "urn:a"}, "t1": {"@context": {"b": "urn:b"}, "t1": 1}}});
    assert_too_complex(|| canonicalize(&nested, &Options::default()), "wide contexts");
}

#[test]
fn terms_that_lead_to_one_another_do_not_exhaust_the_stack() {
    let chain: serde_json::Map<String, Value> =
        (0..20_000).map(|n| (format!("t{n:05}"), json!(format!("t{:05}:x", n + 1)))).collect();
    let error = refusal(&json!({"@context": chain, "name": 1}));
    assert_eq!(error.code(), "complexity_limit", "{error}");
    let nested = (0..100).fold(json!({}), |inner, _| json!({"t": {"@id": "urn:t", "@context": inner}}));
    let outcome = canonicalize(&json!({"@context": nested, "t": "x"}), &Options::default());
    assert!(outcome.is_ok() || outcome.unwrap_err().code() == "complexity_limit");
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
