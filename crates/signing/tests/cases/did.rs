use accolade_signing::did::{self, ASSERTION_METHOD, AUTHENTICATION, DocumentKey, KeyForm};
use serde_json::{Map, Value, json};

use crate::support::{ED25519, P256, P384, RSA, from_base64url, with};

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
    for signer in [&*ED25519, &*P256, &*P384] {
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
fn di_6_a_did_key_whose_fragment_is_another_key_is_refused() {
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
}

/// The codec and these bytes, as a `did:key`.
fn made_of(codec: [u8; 2], key: &[u8]) -> String {
    format!("did:key:z{}", bs58::encode([&codec, key].concat()).into_string())
}

#[test]
fn a_malformed_did_key_is_told_by_its_published_error() {
    let (ed, p2, p3) = ([0xed, 0x01], [0x80, 0x24], [0x81, 0x24]);
    let good = did::did_key(ED25519.public_key()).unwrap();
    let compressed = |length: usize| [&[2], &vec![0xff; length][..]].concat();
    let [on_curve_2, on_curve_3] = [&*P256, &*P384].map(|signer| {
        let x = from_base64url(signer.public_key().to_jwk()["x"].as_str().unwrap());
        [&[2], &x[..]].concat()
    });
    for (did, published, code) in [
        ("did:web:a".to_owned(), "invalidDid", "bad_identifier"),
        ("dad:key:z6Mk".into(), "invalidDid", "bad_identifier"),
        ("did:key:".into(), "invalidDid", "bad_identifier"),
        ("did:key:6Mk".into(), "invalidDid", "bad_identifier"),
        (good.replace("key:z", "key:u"), "invalidDid", "bad_identifier"),
        (good.replace("key:z", "key:1:z"), "invalidDid", "bad_identifier"),
        (format!("{good}l"), "invalidDid", "bad_identifier"),
        (format!("{good}#x"), "invalidDid", "bad_identifier"),
        ("did:key:z".into(), "unsupportedPublicKeyType", "unsupported_key"),
        // secp256k1, X25519, P-521, RSA, BLS12-381 G2, and nothing known.
        (made_of([0xe7, 0x01], &on_curve_2), "unsupportedPublicKeyType", "unsupported_key"),
        (made_of([0xec, 0x01], &[9; 32]), "unsupportedPublicKeyType", "unsupported_key"),
        (made_of([0x82, 0x24], &[2; 67]), "unsupportedPublicKeyType", "unsupported_key"),
        (made_of([0x85, 0x24], &[1; 32]), "unsupportedPublicKeyType", "unsupported_key"),
        (made_of([0xeb, 0x01], &[1; 80]), "unsupportedPublicKeyType", "unsupported_key"),
        (made_of([0x12, 0x34], &[1; 32]), "unsupportedPublicKeyType", "unsupported_key"),
        (made_of(ed, &[1; 31]), "invalidPublicKeyLength", "bad_multikey"),
        (made_of(ed, &[1; 33]), "invalidPublicKeyLength", "bad_multikey"),
        (made_of(ed, &[]), "invalidPublicKeyLength", "bad_multikey"),
        (made_of(p2, &on_curve_2[..32]), "invalidPublicKeyLength", "bad_multikey"),
        (made_of(p2, &on_curve_3), "invalidPublicKeyLength", "bad_multikey"),
        (made_of(p3, &on_curve_2), "invalidPublicKeyLength", "bad_multikey"),
        (made_of(ed, &[0; 32]), "invalidPublicKey", "weak_key"),
        (made_of(p2, &compressed(32)), "invalidPublicKey", "weak_key"),
        (made_of(p3, &compressed(48)), "invalidPublicKey", "weak_key"),
        (made_of(p2, &[&[4], &on_curve_2[1..]].concat()), "invalidPublicKey", "weak_key"),
    ] {
        let error = did::parse_did_key(&did).unwrap_err();
        assert_eq!((error.published(), did::DidError::from(error).code()), (published, code), "{did}");
        assert!(did::did_key_document(&did).is_err());
    }
    assert!(did::parse_did_key(&made_of(p2, &on_curve_2)).is_ok());
    assert!(did::parse_did_key(&made_of(p3, &on_curve_3)).is_ok());
}

#[test]
fn the_document_of_a_did_key_lists_it_for_all_a_signing_key_may_do() {
    // The identifiers are the examples of the did:key method itself.
    for did in [
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
        "did:key:z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9",
    ] {
        let document = did::did_key_document(did).unwrap();
        let fragment = did.strip_prefix("did:key:").unwrap();
        let method = format!("{did}#{fragment}");
        assert_eq!(document["id"], did);
        assert_eq!(
            document["@context"],
            json!(["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"])
        );
        let expected =
            json!({"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": fragment});
        assert_eq!(document["verificationMethod"], json!([expected]));
        for relationship in [ASSERTION_METHOD, AUTHENTICATION, "capabilityInvocation", "capabilityDelegation"]
        {
            let found = did::find_method(&document, did, &method, relationship).unwrap();
            assert_eq!(found.key, did::parse_did_key(did).unwrap());
        }
        let none = did::find_method(&document, did, &method, "keyAgreement").unwrap_err();
        assert_eq!(none.code(), "relationship");
    }
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
fn ssrf_21_did_web_is_resolved_over_https_and_nowhere_else() {
    for (did, url) in [
        ("did:web:badges.example", "https://badges.example/.well-known/did.json"),
        ("did:web:badges.example:a:b", "https://badges.example/a/b/did.json"),
        ("did:web:badges.example%3A8443:a", "https://badges.example:8443/a/did.json"),
        ("did:web:badges.example%3a8443", "https://badges.example:8443/.well-known/did.json"),
        ("did:web:localhost%3A3000", "https://localhost:3000/.well-known/did.json"),
        ("did:web:xn--bdges-hra.example", "https://xn--bdges-hra.example/.well-known/did.json"),
        ("did:web:badges.example:users:a%20b", "https://badges.example/users/a%20b/did.json"),
        ("did:web:badges.example:%E6%A0%A1", "https://badges.example/%E6%A0%A1/did.json"),
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
        "did:web:badges.example:a%5Cb",
        "did:web:badges.example:a%252fb",
        "did:web:badges.example:%61",
        "did:web:badges.example:a%00",
        "did:web:badges.example:a%0A",
        "did:web:badges.example:a%3Fb",
        "did:web:badges.example:a%23b",
        "did:web:badges.example:a%3Ab",
        "did:web:badges.example:a%",
        "did:web:badges.example:a%2",
        "did:web:badges.example:a%zz",
        "did:web:badges.example:%FF",
        "did:web:badges.example%3A0443",
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
fn di_4_a_key_listed_for_another_purpose_is_not_for_assertions() {
    let document = document();
    let ids = document[ASSERTION_METHOD].clone();
    let document = with(&with(&document, "", "authentication", ids), "", ASSERTION_METHOD, json!([]));
    assert_eq!(find(&document, "did:web:badges.example#proof"), Err("relationship"));
    let document = with(&document, "", ASSERTION_METHOD, Value::Null);
    assert_eq!(find(&document, "did:web:badges.example#proof"), Err("relationship"));
}

// DI-5
#[test]
fn di_5_a_key_or_document_of_another_controller_is_refused() {
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
fn the_type_of_a_method_fits_the_form_of_its_key() {
    let change = |at: usize, kind: Value| {
        let place = format!("/verificationMethod/{at}");
        find(&with(&document(), &place, "type", kind), ["#proof", "#jwt"][at]).map(|_| ())
    };
    for (at, kind) in [
        (0, "Multikey"),
        (0, "Ed25519VerificationKey2020"),
        (0, "SomeKey2031"),
        (1, "JsonWebKey"),
        (1, "JsonWebKey2020"),
        (1, "SomeKey2031"),
    ] {
        assert_eq!(change(at, json!(kind)), Ok(()), "{kind}");
    }
    for (at, kind) in [
        (0, json!("JsonWebKey")),
        (0, json!("JsonWebKey2020")),
        (1, json!("Multikey")),
        (1, json!("Ed25519VerificationKey2020")),
        (0, Value::Null),
        (0, json!(["Multikey"])),
    ] {
        assert_eq!(change(at, kind.clone()), Err("bad_document"), "{kind}");
    }
    let p256 = json!(P256.public_key().to_multibase().unwrap());
    let mut document = with(&document(), "/verificationMethod/0", "publicKeyMultibase", p256);
    assert!(find(&document, "#proof").is_ok());
    document["verificationMethod"][0]["type"] = json!("Ed25519VerificationKey2020");
    assert_eq!(find(&document, "#proof"), Err("bad_document"));
}

#[test]
fn a_method_counts_only_under_the_relationship_it_is_listed_in() {
    let mut document = document();
    document[AUTHENTICATION] = json!(["#jwt"]);
    document[ASSERTION_METHOD] = json!(["#proof"]);
    let find = |id, relationship| {
        did::find_method(&document, DID, id, relationship).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(find("#jwt", AUTHENTICATION), Ok(()));
    assert_eq!(find("#proof", ASSERTION_METHOD), Ok(()));
    assert_eq!(find("#jwt", ASSERTION_METHOD), Err("relationship"));
    assert_eq!(find("#proof", AUTHENTICATION), Err("relationship"));
    // Embedded under one relationship, named under the other: the name leads nowhere.
    let mut embedded = self::document();
    let method = embedded["verificationMethod"][0].take();
    embedded["verificationMethod"] = json!([]);
    embedded[AUTHENTICATION] = json!([method]);
    assert!(did::find_method(&embedded, DID, "#proof", AUTHENTICATION).is_ok());
    assert_eq!(did::find_method(&embedded, DID, "#proof", ASSERTION_METHOD).unwrap_err().code(), "no_method");
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
