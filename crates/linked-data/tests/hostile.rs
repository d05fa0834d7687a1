//! Hostile and careless documents: the contexts of a document and what they let through (cases CTX-1 to CTX-12).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use accolade_linked_data::{ContextLoader, Options, canonicalize, contexts};
use serde_json::{Value, json};
use support::sound::{assert_refused, credential, refusal};

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

/// CTX-4, as far as it goes here (verifiers refuse nested contexts altogether): a context further in may say more, but never anything else.
#[test]
fn a_nested_context_cannot_redefine_what_is_protected() {
    let mut document = credential();
    document["credentialSubject"]["achievement"]["@context"] = json!({"name": "https://evil.example/name"});
    assert_refused(&document, "protected_term_redefinition", "/credentialSubject/achievement/@context");
    document["credentialSubject"]["achievement"]["@context"] = Value::Null;
    assert_refused(&document, "invalid_context_nullification", "/credentialSubject/achievement/@context");
}

/// CTX-5, as far as it goes here: another order is refused or means the same, and twice is as good as once. That a proof's contexts are the
/// document's, in their order, is a rule of those who verify.
#[test]
fn contexts_in_another_order_or_twice_never_mean_something_else() {
    let sound = canonicalize(&credential(), &Options::default()).unwrap();
    let with = |contexts: Value| {
        let mut document = credential();
        document["@context"] = contexts;
        canonicalize(&document, &Options::default())
    };
    let (first, second) = (contexts::CREDENTIALS_V2, contexts::OB_V3P0);
    for same in [json!([first, first, second]), json!([first, second, second])] {
        assert_eq!(with(same).as_ref(), Ok(&sound));
    }
    match with(json!([second, first])) {
        Ok(text) => assert_eq!(text, sound),
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
    document["credentialSubject"]["achievement"]["name"] = json!({"@type": "@json", "@value": {"a": 1}});
    let text = canonicalize(&document, &Options::default()).unwrap();
    assert!(text.contains(r#""{\"a\":1}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"#), "{text}");
    let sound = canonicalize(&credential(), &Options::default()).unwrap();
    let around = json!({"@set": [credential()]});
    assert_eq!(canonicalize(&around, &Options::default()).unwrap(), sound);
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
    for document in [json!({}), json!("text"), json!({"@id": "urn:x"})] {
        assert_refused(&document, "dropped_value", "");
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

/// A loader is asked for what is not built in, and cannot put anything in the place of what is.
#[test]
fn a_loader_cannot_take_the_place_of_a_built_in_context() {
    struct Evil;
    impl ContextLoader for Evil {
        fn load(&self, url: &str) -> Option<Arc<Value>> {
            assert!(!contexts::is_known(url), "asked for {url}");
            Some(Arc::new(json!({"@context": {"name": "https://evil.example/name", "nickname": "urn:n"}})))
        }
    }
    let sound = canonicalize(&credential(), &Options::default()).unwrap();
    let options = Options { loader: Some(&Evil), ..Options::default() };
    assert_eq!(canonicalize(&credential(), &options).unwrap(), sound);
    let mut document = credential();
    document["@context"].as_array_mut().unwrap().insert(0, json!("https://evil.example/v1"));
    document["nickname"] = json!("x");
    canonicalize(&document, &options).unwrap();
    assert_eq!(refusal(&document).code(), "context_not_allowed", "what a loader answered is forgotten");
    assert_eq!(canonicalize(&credential(), &Options::default()).unwrap(), sound);
}

/// Contexts that differ in what stands before them are different contexts, whichever was read first.
#[test]
fn a_built_in_context_after_an_inline_one_is_not_kept_for_others() {
    let sound = canonicalize(&credential(), &Options::default()).unwrap();
    let mut document = credential();
    document["@context"] =
        json!([{"@vocab": "https://evil.example/"}, contexts::CREDENTIALS_V2, contexts::OB_V3P0]);
    document["nickname"] = json!("x");
    assert!(
        canonicalize(&document, &Options::default()).unwrap().contains("<https://evil.example/nickname>")
    );
    document["@context"] = json!([contexts::CREDENTIALS_V2, contexts::OB_V3P0]);
    assert_refused(&document, "undefined_term", "/nickname");
    assert_eq!(canonicalize(&credential(), &Options::default()).unwrap(), sound);
}

/// What is wrong goes to logs and replies, however long it is in the document.
#[test]
fn an_error_repeats_only_the_beginning_of_what_is_wrong() {
    let long = "é".repeat(500_000);
    for document in [
        json!({&long: 1}),
        json!({"@type": long}),
        json!({"@id": long, "urn:p": 1}),
        json!({"@context": long, "urn:p": 1}),
        json!({"@context": [[long]], "urn:p": 1}),
        json!({"@context": {"x": {"@id": "urn:x", "@container": long}}, "urn:p": 1}),
        json!({"urn:p": {"@value": 1, "@language": long}}),
        json!({"urn:p": {&long: {"@id": 1}}}),
    ] {
        let error = refusal(&document);
        assert!(error.to_string().len() < 1_000, "{}", error.code());
        assert!(error.pointer().unwrap().len() < 2_100);
    }
}

/// CTX-13, as far as it goes here: there is nothing in this crate that could fetch.
#[test]
fn the_crate_has_no_network_no_files_and_no_clock() {
    fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { sources(&path, into) } else { into.push(path) }
        }
    }
    let mut files = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut files);
    assert!(files.len() > 30, "{files:?}");
    for file in files {
        let text = support::read(&file);
        for name in ["std::net", "std::fs", "std::time", "std::process", "std::env"] {
            assert!(!text.contains(name), "{} in {}", name, file.display());
        }
    }
}
