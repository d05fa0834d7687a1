//! Both roads lead to the same place.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::Prepared;
use crate::{Error, Options, canonical_hash, canonicalize, contexts};

/// Texts that are no IRI, or make two things one, or sort and escape in unlike ways.
const AWKWARD: [&str; 26] = [
    "",
    " ",
    "\"",
    "\\",
    "a\nb\t\u{7}\u{7f}",
    "é😀\u{fb33}",
    "_:b0",
    "_:c14n0",
    "relative",
    "../up",
    "@id",
    "@nonsense",
    "https://a.example/1",
    "https://a.example/2",
    "https://zz.example/",
    "https://a.example/ b",
    "https://a.example/#x#y",
    "urn:a",
    "urn:b",
    "did:example:1",
    "xsd:string",
    "1EdTech:x",
    "hole:0:0;",
    "\"^^<urn:x>",
    "<urn:a>",
    "~",
];

fn id() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Null),
        1 => prop::sample::select(vec!["urn:a", "urn:b", "https://a.example/1", "did:example:1"]).prop_map(Value::from),
        2 => "https://[a-c]\\.example/[1-9]".prop_map(Value::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    "[a-c \"é]{0,3}"
}

fn identifier() -> impl Strategy<Value = Value> {
    (text(), text(), any::<bool>()).prop_map(|(hash, salt, hashed)| {
        json!({"type": "IdentityObject", "hashed": hashed, "identityHash": hash, "identityType": "name", "salt": salt})
    })
}

fn alignment() -> impl Strategy<Value = Value> {
    (id(), text(), id()).prop_map(
        |(id, name, url)| json!({"id": id, "type": ["Alignment"], "targetName": name, "targetUrl": url}),
    )
}

fn achievement() -> impl Strategy<Value = Value> {
    (id(), text(), vec(text(), 0..3), vec(alignment(), 0..3), vec(text(), 0..3)).prop_map(
        |(id, name, tags, alignments, allowed)| {
            json!({
                "id": id, "type": ["Achievement"], "name": name, "tag": tags, "alignment": alignments,
                "criteria": {"narrative": "n"},
                "resultDescription": [{"id": "urn:r", "type": ["ResultDescription"], "name": "R", "allowedValue": allowed}],
            })
        },
    )
}

fn subject() -> impl Strategy<Value = Value> {
    (id(), vec(identifier(), 0..3), achievement())
        .prop_map(|(id, identifiers, achievement)| {
            json!({"id": id, "type": ["AchievementSubject"], "identifier": identifiers, "achievement": achievement})
        })
}

fn credential() -> impl Strategy<Value = Value> {
    (id(), text(), vec(subject(), 1..3), vec(id(), 0..3)).prop_map(|(id, name, subjects, evidence)| {
        let evidence: Vec<Value> =
            evidence.into_iter().map(|id| json!({"id": id, "type": ["Evidence"], "name": "E"})).collect();
        json!({
            "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0],
            "id": id, "type": ["VerifiableCredential", "AchievementCredential"], "name": name,
            "issuer": {"id": "https://a.example/1", "type": ["Profile"], "name": "I"},
            "validFrom": "2026-01-01T00:00:00Z", "credentialSubject": subjects, "evidence": evidence,
        })
    })
}

/// Null members are left out, as they are in what anybody writes.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter(|(_, member)| !member.is_null())
            .map(|(name, member)| (name, without_nulls(member)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// The strings of a document that may be holes, with their pointers.
fn strings(value: &Value, pointer: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((pointer.to_owned(), text.clone())),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| strings(item, &format!("{pointer}/{at}"), found));
        }
        Value::Object(map) => map
            .iter()
            .filter(|(name, _)| !["@context", "type"].contains(&name.as_str()))
            .for_each(|(name, member)| strings(member, &format!("{pointer}/{name}"), found)),
        _ => {}
    }
}

/// A text to fill in: awkward, one that the document has elsewhere, or an ordinary one.
fn filling() -> impl Strategy<Value = (Index, u8)> {
    (any::<Index>(), 0..4_u8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Filling in gives the canonical form of the document filled in, and the same error where it has none.
    #[test]
    fn both_roads_lead_to_the_same_place(
        document in credential().prop_map(without_nulls),
        holes in vec(any::<Index>(), 1..8),
        fillings in vec(vec(filling(), 8), 6),
    ) {
        let options = Options::default();
        let mut all = Vec::new();
        strings(&document, "", &mut all);
        let mut pointers: Vec<&str> = holes.iter().map(|hole| all[hole.index(all.len())].0.as_str()).collect();
        pointers.sort_unstable();
        pointers.dedup();
        let prepared = match Prepared::new(&document, &pointers, &options) {
            Ok(prepared) => prepared,
            Err(error) => return Err(TestCaseError::fail(format!("{pointers:?} of {document}: {error}"))),
        };
        for filling in fillings {
            let texts: Vec<&str> = pointers.iter().zip(&filling).map(|(pointer, (index, kind))| match kind {
                0 => *index.get(&AWKWARD),
                1 => index.get(&all).1.as_str(),
                _ if pointer.ends_with("id") => *index.get(&["urn:c", "https://b.example/5", "https://a.example/0"]),
                _ => *index.get(&["x", "y", "2026-01-01T00:00:00Z"]),
            }).collect();
            let filled = prepared.document(&texts).unwrap();
            let expected = canonicalize(&filled, &options);
            prop_assert_eq!(prepared.canonicalize(&texts), expected.clone(), "{} filled with {:?}", &document, &texts);
            prop_assert_eq!(prepared.canonical_hash(&texts), canonical_hash(&filled, &options));
            // Again, now that something may be kept from the first time.
            prop_assert_eq!(prepared.canonical_hash(&texts), canonical_hash(&filled, &options));
            prop_assert_eq!(prepared.json(&texts).unwrap(), filled.to_string());
        }
    }
}

fn full() -> Value {
    let identifier = |hash: &str| json!({"type": "IdentityObject", "hashed": true, "identityHash": hash, "identityType": "emailAddress"});
    json!({
        "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0],
        "id": "https://a.example/credentials/1", "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": "https://a.example/issuers/1", "type": ["Profile"], "name": "I"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:s", "type": ["AchievementSubject"], "identifier": [identifier("x"), identifier("y")],
            "achievement": {
                "id": "https://a.example/achievements/1", "type": ["Achievement"], "name": "A", "criteria": {"narrative": "n"},
                "alignment": [{"type": ["Alignment"], "targetName": "T", "targetUrl": "https://t.example/"}],
            },
        },
    })
}

const HOLES: [&str; 4] =
    ["/id", "/credentialSubject/id", "/credentialSubject/identifier/0/identityHash", "/validFrom"];

#[test]
fn a_credential_takes_the_fast_road_and_awkward_texts_leave_it() {
    let prepared = Prepared::new(&full(), &HOLES, &Options::default()).unwrap();
    let date = "2026-02-02T00:00:00Z";
    for (texts, is_fast) in [
        (["https://a.example/credentials/2", "urn:t", "z", date], true),
        // Sorted elsewhere.
        (["https://zz.example/", "https://0.example/", "\"\n", date], true),
        (["https://zz.example/", "https://zz.example/0", "\"\n", date], true),
        // Another scheme, which might be a prefix.
        (["did:example:1", "urn:t", "z", date], false),
        // Two nodes become one.
        (["https://b.example/", "https://b.example/", "z", date], false),
        (["https://a.example/issuers/1", "urn:t", "z", date], false),
        // Two blank nodes look alike.
        (["https://a.example/credentials/2", "urn:t", "y", date], false),
        (["relative", "urn:t", "z", date], false),
        (["_:b", "urn:t", "z", date], false),
    ] {
        assert_eq!(prepared.filling(&texts, &mut String::new()).is_some(), is_fast, "{texts:?}");
        let filled = prepared.document(&texts).unwrap();
        assert_eq!(prepared.canonicalize(&texts), canonicalize(&filled, &Options::default()), "{texts:?}");
    }
}

#[test]
fn whatever_labels_the_blank_nodes_get_the_hash_is_right() {
    let prepared = Prepared::new(&full(), &HOLES, &Options::default()).unwrap();
    for number in 0..200 {
        let texts = [format!("https://a.example/credentials/{number}"), format!("urn:{number}")];
        let texts = [&*texts[0], &*texts[1], "z", "2026-02-02T00:00:00Z"];
        assert!(prepared.filling(&texts, &mut String::new()).is_some());
        let filled = prepared.document(&texts).unwrap();
        assert_eq!(prepared.canonical_hash(&texts), canonical_hash(&filled, &Options::default()));
    }
}

#[test]
fn a_compact_identifier_in_the_sample_takes_the_general_road() {
    let mut document = full();
    document["credentialSubject"]["achievement"]["alignment"][0]["targetUrl"] = json!("schema:x");
    document["@context"].as_array_mut().unwrap().push(json!({"schema": "https://schema.org/"}));
    let hole = "/credentialSubject/achievement/alignment/0/targetUrl";
    let prepared = Prepared::new(&document, &[hole], &Options::default()).unwrap();
    for text in ["schema:y", "other:y"] {
        let filled = prepared.document(&[text]).unwrap();
        assert_eq!(prepared.canonicalize(&[text]), canonicalize(&filled, &Options::default()));
    }
}

#[test]
fn a_text_that_goes_past_the_budget_is_refused_on_both_roads() {
    let many: Vec<u32> = (0..12).collect();
    let sample = json!({"@context": contexts::CREDENTIALS_V2, "id": "urn:a", "name": "n", "https://p.example/1": many});
    let prepared = Prepared::new(&sample, &["/id"], &Options::default()).unwrap();
    for length in [100, 100_000, 4_000_000] {
        let text = format!("urn:{}", "x".repeat(length));
        let filled = prepared.document(&[&text]).unwrap();
        let general = canonicalize(&filled, &Options::default());
        assert_eq!(general.is_ok(), length < 4_000_000);
        assert!(prepared.canonicalize(&[&text]) == general, "{length}");
    }
}

#[test]
fn what_has_no_place_of_its_own_in_the_rdf_is_no_hole() {
    let literal = |member: Value| json!({"@context": {"p": {"@id": "urn:p"}, "j": {"@id": "urn:j", "@type": "@json"}}, "@id": "urn:s", "p": member});
    for (document, hole) in [
        (literal(json!({"@value": "a", "@language": "en"})), "/p/@language"),
        (literal(json!({"@value": "a", "@type": "urn:t"})), "/p/@type"),
        (literal(json!({"@value": {"a": "b"}, "@type": "@json"})), "/p/@value/a"),
        (json!({"@context": {"j": {"@id": "urn:j", "@type": "@json"}}, "@id": "urn:s", "j": "text"}), "/j"),
        (literal(json!({"@id": "urn:o", "@type": "urn:t"})), "/p/@type"),
        (literal(json!({"@id": "urn:o", "@index": "i", "urn:q": 1})), "/p/@index"),
    ] {
        let error = Prepared::new(&document, &[hole], &Options::default()).unwrap_err();
        assert!(matches!(error, Error::NotAHole { .. }), "{document}: {error}");
        assert_eq!(error.pointer(), Some(hole), "{document}: {error}");
    }
}

#[test]
fn no_built_in_context_has_a_term_that_looks_like_an_iri() {
    fn check(context: &Value, url: &str) {
        let Value::Object(map) = context else {
            return context.as_array().into_iter().flatten().for_each(|context| check(context, url));
        };
        for (name, definition) in map {
            assert!(!name.contains(':'), "{url} has the term {name}");
            definition.get("@context").into_iter().for_each(|scoped| check(scoped, url));
        }
    }
    for url in contexts::urls() {
        let document: Value = serde_json::from_str(contexts::document(url).unwrap()).unwrap();
        check(&document["@context"], url);
    }
}

fn sample() -> Value {
    json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": "urn:example:1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "name": "A \"name\"",
        "credentialSubject": {"id": "did:example:1", "type": "BitstringStatusList"}
    })
}

#[test]
fn what_is_no_string_or_decides_how_others_are_read_is_no_hole() {
    for pointer in [
        "",
        "/missing",
        "/credentialSubject",
        "/@context",
        "/@context/0",
        "/type/1",
        "/credentialSubject/type",
        "id",
        "/name/0",
    ] {
        let error = Prepared::new(&sample(), &["/id", pointer], &Options::default()).unwrap_err();
        assert_eq!((error.code(), error.pointer()), ("not_a_hole", Some(pointer)), "{error}");
    }
    let twice = Prepared::new(&sample(), &["/id", "/id"], &Options::default());
    assert_eq!(twice.unwrap_err().code(), "not_a_hole");
}

#[test]
fn as_many_texts_as_holes_are_needed() {
    let prepared = Prepared::new(&sample(), &["/id", "/name"], &Options::default()).unwrap();
    assert_eq!(prepared.holes(), 2);
    for texts in [vec!["urn:a:b"], vec!["urn:a:b", "b", "c"]] {
        assert_eq!(prepared.canonicalize(&texts).unwrap_err().code(), "not_a_hole");
        assert_eq!(prepared.document(&texts).unwrap_err().code(), "not_a_hole");
        assert_eq!(prepared.json(&texts).unwrap_err().code(), "not_a_hole");
    }
}

#[test]
fn the_json_text_is_that_of_the_document() {
    let prepared =
        Prepared::new(&sample(), &["/name", "/credentialSubject/id"], &Options::default()).unwrap();
    for texts in [["plain", "did:example:2"], ["\"\\\u{7}\n\u{2028}é", ""], ["", "/name"]] {
        let document = prepared.document(&texts).unwrap();
        assert_eq!(prepared.json(&texts).unwrap(), document.to_string());
        assert_eq!(
            (&document["name"], &document["credentialSubject"]["id"]),
            (&json!(texts[0]), &json!(texts[1]))
        );
    }
}
