use accolade_signing::did::{self, ASSERTION_METHOD, DocumentKey, KeyForm};
use serde_json::{Map, Value, json};

use crate::support::{ED25519, P256, RSA, with};

const DID: &str = "did:web:badges.example";

fn document() -> Value {
    let key = |fragment: &str, signer: &accolade_signing::Signer, form| DocumentKey {
        id: format!("{DID}#{fragment}"),
        key: signer.public_key().clone(),
        form,
    };
    did::did_document(
        DID,
        &[
            key("proof", &ED25519, KeyForm::Multikey),
            key("jwt", &P256, KeyForm::JsonWebKey),
            key("rsa", &RSA, KeyForm::Multikey),
        ],
    )
}

fn find(document: &Value, id: &str) -> Result<did::VerificationMethod, &'static str> {
    did::find_method(document, DID, id, ASSERTION_METHOD).map_err(|error| error.code())
}

#[test]
fn did_key_is_the_key_and_back() {
    for signer in [&*ED25519, &*P256] {
        let key = signer.public_key();
        let did = did::did_key(key).unwrap();
        assert_eq!(&did::parse_did_key(&did).unwrap(), key);
        let method = did::did_key_method(key).unwrap();
        assert_eq!(method.split('#').next(), Some(did.as_str()));
        assert_eq!(&did::parse_did_key_method(&method).unwrap(), key);
    }
    assert_eq!(did::did_key(RSA.public_key()), None);
}

// DI-6
#[test]
fn a_did_key_whose_fragment_is_another_key_is_refused() {
    let ours = did::did_key(ED25519.public_key()).unwrap();
    let theirs = P256.public_key().to_multibase().unwrap();
    for method in [
        format!("{ours}#{theirs}"),
        format!("{ours}#"),
        format!("{ours}#keys-1"),
        ours.clone(),
        "did:key:#".into(),
    ] {
        assert!(did::parse_did_key_method(&method).is_err(), "{method}");
    }
    assert_eq!(did::parse_did_key("did:web:a").unwrap_err().code(), "bad_identifier");
    assert_eq!(did::parse_did_key("did:key:z6Mk").unwrap_err().code(), "bad_multikey");
}

#[test]
fn did_web_names_a_path_below_the_public_url() {
    for (url, segments, did) in [
        (
            "https://badges.example",
            &["public", "issuers", "7"][..],
            "did:web:badges.example:public:issuers:7",
        ),
        ("https://Badges.example/", &["i"], "did:web:badges.example:i"),
        ("https://badges.example:8443/a/b", &["i"], "did:web:badges.example%3A8443:a:b:i"),
        ("http://127.0.0.1:8080", &["i"], "did:web:127.0.0.1%3A8080:i"),
        ("https://badges.example", &[], "did:web:badges.example"),
    ] {
        assert_eq!(did::did_web(url, segments).as_deref(), Ok(did), "{url}");
    }
    for (url, segments) in [
        ("ftp://badges.example", &["i"][..]),
        ("https://", &["i"]),
        ("https://badges.example", &[""]),
        ("https://badges.example", &["a/b"]),
        ("https://badges.example/?q", &["a"]),
        ("https://user@badges.example", &["a"]),
    ] {
        assert!(did::did_web(url, segments).is_err(), "{url} {segments:?}");
    }
}

// SSRF-21
#[test]
fn did_web_is_resolved_over_https_and_nowhere_else() {
    for (did, url) in [
        ("did:web:badges.example", "https://badges.example/.well-known/did.json"),
        ("did:web:badges.example:a:b", "https://badges.example/a/b/did.json"),
        ("did:web:badges.example%3A8443:a", "https://badges.example:8443/a/did.json"),
    ] {
        assert_eq!(did::did_web_url(did).as_deref(), Ok(url));
    }
    for did in [
        "did:web:",
        "did:web::a",
        "did:web:badges.example:",
        "did:web:badges.example::a",
        "did:web:badges.example:..",
        "did:web:badges.example:.:a",
        "did:web:badges.example:%2e%2e",
        "did:web:badges.example:a%2fb",
        "did:web:badges.example:a/b",
        "did:web:badges.example/a",
        "did:web:badges.example?x",
        "did:web:badges.example#f",
        "did:web:user@badges.example",
        "did:web:badges.example%3A",
        "did:web:badges.example%3A0",
        "did:web:badges.example%3A99999",
        "did:web:badges.example%3Ax",
        "did:web:badges.example%3A80%3A80",
        "did:web:badges..example",
        "did:web:[%3A%3A1]",
        "did:web:b\u{e4}dges.example",
        "did:web:badges.example ",
        "did:key:z6Mk",
    ] {
        assert!(did::did_web_url(did).is_err(), "{did}");
    }
}

#[test]
fn every_key_of_a_document_is_found_by_its_id() {
    let document = document();
    for (fragment, signer) in [("proof", &*ED25519), ("jwt", &*P256), ("rsa", &*RSA)] {
        let found = find(&document, &format!("{DID}#{fragment}")).unwrap();
        assert_eq!(&found.key, signer.public_key());
        assert_eq!((found.controller.as_str(), found.expires, found.revoked), (DID, None, None));
    }
    assert_eq!(find(&document, "did:web:badges.example#other"), Err("no_method"));
    assert_eq!(document["verificationMethod"][0]["type"], "Multikey");
    assert_eq!(document["verificationMethod"][1]["type"], "JsonWebKey");
    assert_eq!(document["verificationMethod"][2]["type"], "JsonWebKey", "an RSA key has no Multikey form");
    assert_eq!(document["assertionMethod"][0], "did:web:badges.example#proof");
}

#[test]
fn a_document_is_good_linked_data() {
    let mut profile = Map::from_iter([("id".to_owned(), json!("https://badges.example/issuers/7"))]);
    did::add_methods(&mut profile, "https://badges.example/issuers/7", &[]);
    assert_eq!(profile["verificationMethod"], json!([]));
    let contexts = document()["@context"].as_array().unwrap().clone();
    assert!(contexts.iter().all(|url| accolade_linked_data::contexts::is_known(url.as_str().unwrap())));
    let quads = accolade_linked_data::canonicalize(&document(), &Default::default()).unwrap();
    assert_eq!(quads.matches("<https://w3id.org/security#controller>").count(), 3);
}

// DI-4
#[test]
fn a_key_listed_for_another_purpose_is_not_for_assertions() {
    let document = document();
    let ids = document[ASSERTION_METHOD].clone();
    let document = with(&with(&document, "", "authentication", ids), "", ASSERTION_METHOD, json!([]));
    assert_eq!(find(&document, "did:web:badges.example#proof"), Err("relationship"));
    let document = with(&document, "", ASSERTION_METHOD, Value::Null);
    assert_eq!(find(&document, "did:web:badges.example#proof"), Err("relationship"));
}

// DI-5
#[test]
fn a_key_or_document_of_another_controller_is_refused() {
    let method = "did:web:badges.example#proof";
    for controller in [json!("did:web:evil.example"), json!("did:web:badges.example/"), json!(7), Value::Null]
    {
        let document = with(&document(), "/verificationMethod/0", "controller", controller.clone());
        assert_eq!(find(&document, method), Err("controller"), "{controller}");
    }
    for id in [json!("did:web:evil.example"), Value::Null] {
        assert_eq!(find(&with(&document(), "", "id", id), method), Err("controller"));
    }
}

#[test]
fn a_method_may_stand_whole_in_the_relationship_or_by_a_relative_id() {
    let mut document = document();
    let method = document["verificationMethod"][0].clone();
    document["verificationMethod"] = json!([]);
    document[ASSERTION_METHOD] = json!([method]);
    assert!(find(&document, "did:web:badges.example#proof").is_ok());
    let mut relative = self::document();
    relative["verificationMethod"][0]["id"] = json!("#proof");
    relative[ASSERTION_METHOD] = json!("#proof");
    assert!(find(&relative, "did:web:badges.example#proof").is_ok());
    assert_eq!(find(&relative, "did:web:evil.example#proof"), Err("no_method"));
    for document in [relative, self::document()] {
        assert_eq!(find(&document, "#proof").unwrap().id, "did:web:badges.example#proof");
        assert_eq!(find(&document, "#other"), Err("no_method"));
        assert_eq!(find(&document, "proof"), Err("no_method"));
    }
}

#[test]
fn a_document_that_lists_a_method_twice_is_ambiguous() {
    let method = "did:web:badges.example#proof";
    let mut document = document();
    let mut second = document["verificationMethod"][1].clone();
    second["id"] = json!(method);
    document["verificationMethod"].as_array_mut().unwrap().push(second.clone());
    assert_eq!(find(&document, method), Err("ambiguous_kid"));
    let mut document = self::document();
    document[ASSERTION_METHOD].as_array_mut().unwrap().push(second);
    assert_eq!(find(&document, method), Err("ambiguous_kid"));
}

#[test]
fn a_method_needs_exactly_one_public_key_and_no_private_one() {
    let method = "did:web:badges.example#proof";
    let change = |member, value| with(&document(), "/verificationMethod/0", member, value);
    assert_eq!(find(&change("publicKeyJwk", P256.public_key().to_jwk()), method), Err("bad_document"));
    assert_eq!(find(&change("publicKeyMultibase", Value::Null), method), Err("bad_document"));
    assert_eq!(find(&change("secretKeyMultibase", json!("z3u2")), method), Err("bad_document"));
    assert_eq!(find(&change("publicKeyMultibase", json!("z6Mk")), method), Err("bad_multikey"));
    assert_eq!(find(&with(&document(), "", "verificationMethod", json!(7)), method), Err("bad_document"));
}

#[test]
fn the_end_of_a_key_is_handed_on() {
    let ended = with(&document(), "/verificationMethod/0", "expires", json!("2026-11-23T10:00:00Z"));
    let ended = with(&ended, "/verificationMethod/0", "revoked", json!("2026-11-22T10:00:00Z"));
    let method = find(&ended, "did:web:badges.example#proof").unwrap();
    assert_eq!(method.expires.unwrap().to_string(), "2026-11-23T10:00:00Z");
    assert_eq!(method.revoked.unwrap().to_string(), "2026-11-22T10:00:00Z");
    let unclear = with(&document(), "/verificationMethod/0", "expires", json!("tomorrow"));
    assert_eq!(find(&unclear, "did:web:badges.example#proof"), Err("bad_document"));
}
