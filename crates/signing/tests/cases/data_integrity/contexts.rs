//! CTX: what contexts could do to a signature.

use accolade_linked_data::contexts;
use accolade_signing::data_integrity::{self, ProofOptions, Suite};
use serde_json::{Value, json};

use super::{document, options, proof, verify};
use crate::support::{ED25519, with};

fn sign(document: &Value) -> Result<Value, &'static str> {
    data_integrity::sign(document, &options(), &ED25519).map_err(|error| error.code())
}

fn in_context(context: Value) -> Value {
    with(&document(), "", "@context", context)
}

#[test]
fn ctx_1_a_term_without_a_meaning_is_neither_signed_nor_verified() {
    let changed = with(&document(), "/credentialSubject", "grade", json!("A"));
    assert_eq!(sign(&changed), Err("undefined_term"));
    assert_eq!(verify(&changed, &proof()), Err("undefined_term"));
}

#[test]
fn ctx_2_a_context_that_is_not_built_in_is_not_fetched() {
    let changed = in_context(json!([contexts::CREDENTIALS_V2, contexts::OB_V3P0, "https://evil.example/v1"]));
    assert_eq!(sign(&changed), Err("context_not_allowed"));
    assert_eq!(verify(&changed, &proof()), Err("context_not_allowed"));
}

// A context that changes no meaning changes no signature either; that none stands there at all is the examiner's rule.
#[test]
fn ctx_4_a_context_inside_the_document_does_not_change_what_is_verified() {
    for context in [
        json!({"name": "https://evil.example/name"}),
        json!({"@language": "de"}),
        json!({"type": "https://evil.example/type"}),
        json!(null),
    ] {
        let changed = match context {
            Value::Null => {
                let mut changed = document();
                changed["credentialSubject"]["achievement"]["@context"] = Value::Null;
                changed
            }
            context => with(&document(), "/credentialSubject/achievement", "@context", context),
        };
        assert!(verify(&changed, &proof()).is_err(), "{changed}");
    }
}

#[test]
fn ctx_5_contexts_that_change_a_meaning_make_the_proof_void() {
    let (v2, ob) = (contexts::CREDENTIALS_V2, contexts::OB_V3P0);
    for other in [
        json!([v2]),
        json!([ob]),
        json!([v2, ob, {"@language": "de"}]),
        json!([v2, ob, {"https": {"@id": "https://evil.example/", "@prefix": true}, "urn": {"@id": "https://evil.example/", "@prefix": true}}]),
        json!([v2, ob, {"DataIntegrityProof": "https://evil.example/"}]),
        json!([v2, ob, null]),
        json!([v2, ob, ["https://evil.example/"]]),
    ] {
        assert!(verify(&in_context(other.clone()), &proof()).is_err(), "{other}");
    }
}

#[test]
fn ctx_6_a_version_1_context_with_version_2_terms_is_refused() {
    let changed = in_context(json!([contexts::CREDENTIALS_V1, contexts::OB_V3P0]));
    assert!(sign(&changed).is_err());
    assert!(verify(&changed, &proof()).is_err());
}

#[test]
fn ctx_8_a_relative_identifier_or_type_is_refused() {
    let id = with(&document(), "/credentialSubject/achievement", "id", json!("achievements/1"));
    assert_eq!(sign(&id), Err("relative_iri"));
    let kind = with(&document(), "/credentialSubject", "type", json!(["AchievementSubject", "Extra"]));
    assert_eq!(sign(&kind), Err("undefined_type"));
}

#[test]
fn ctx_9_keywords_at_the_top_do_not_get_past_the_signature() {
    for (name, value) in [
        ("@graph", json!([{"@id": "urn:x:1", "https://schema.org/name": "x"}])),
        ("@included", json!([{"@id": "urn:x:1", "https://schema.org/name": "x"}])),
        ("@reverse", json!({"https://schema.org/about": {"@id": "urn:x:1"}})),
        ("@nest", json!({"description": "x"})),
        ("@set", json!([])),
    ] {
        assert!(verify(&with(&document(), "", name, value), &proof()).is_err(), "{name}");
    }
}

fn jcs() -> Value {
    let options = ProofOptions { suite: Some(Suite::EddsaJcs2022), ..options() };
    data_integrity::sign(&document(), &options, &ED25519).unwrap()
}

#[test]
fn a_jcs_proof_keeps_the_context_it_was_made_in() {
    let proof = jcs();
    assert_eq!(proof["@context"], document()["@context"]);
    assert_eq!(verify(&document(), &proof), Ok(()));
    let without = with(&proof, "", "@context", Value::Null);
    assert_eq!(verify(&document(), &without), Err("bad_signature"));
}

#[test]
fn behind_the_contexts_of_a_jcs_proof_the_document_may_go_on() {
    let mut more = document()["@context"].clone();
    more.as_array_mut().unwrap().push(contexts::OB_EXTENSIONS.into());
    let longer = in_context(more.clone());
    assert_eq!(verify(&longer, &jcs()), Ok(()));
    assert_eq!(*data_integrity::verified_document(&longer, &jcs()).unwrap(), document());
    assert_eq!(*data_integrity::verified_document(&longer, &proof()).unwrap(), longer);
    let (v2, ob) = (contexts::CREDENTIALS_V2, contexts::OB_V3P0);
    for other in
        [json!([ob, v2]), json!([v2]), json!(v2), json!([contexts::OB_EXTENSIONS, v2, ob]), Value::Null]
    {
        assert_eq!(verify(&in_context(other.clone()), &jcs()), Err("bad_proof_option"), "{other}");
    }
    let of_the_document = with(&jcs(), "", "@context", more.clone());
    assert_eq!(verify(&in_context(more), &of_the_document), Err("bad_signature"));
}

#[test]
fn a_jcs_proof_needs_no_context_at_all() {
    let plain = json!({"name": "a", "number": 1.5});
    let options = ProofOptions { suite: Some(Suite::EddsaJcs2022), ..options() };
    let proof = data_integrity::sign(&plain, &options, &ED25519).unwrap();
    assert_eq!(proof.get("@context"), None);
    assert_eq!(verify(&plain, &proof), Ok(()));
    assert_eq!(verify(&with(&plain, "", "number", json!(1.25)), &proof), Err("bad_signature"));
}

#[test]
fn a_jcs_proof_is_not_made_over_numbers_that_readers_round() {
    let options = ProofOptions { suite: Some(Suite::EddsaJcs2022), ..options() };
    let sign = |document: &Value| data_integrity::sign(document, &options, &ED25519);
    for number in [json!(9_007_199_254_740_993_u64), json!(-9_007_199_254_740_993_i64), json!(u64::MAX)] {
        assert_eq!(sign(&json!({"a": [{"b": number}]})).unwrap_err().code(), "bad_document", "{number}");
    }
    let largest = json!({"a": 9_007_199_254_740_992_u64});
    let proof = sign(&largest).unwrap();
    assert_eq!(verify(&largest, &proof), Ok(()));
    assert_eq!(verify(&json!({"a": 9_007_199_254_740_993_u64}), &proof), Err("bad_document"));
    assert_eq!(verify(&largest, &with(&proof, "", "more", json!(u64::MAX))), Err("bad_document"));
}

#[test]
fn what_is_no_object_has_no_place_for_a_proof() {
    let options = ProofOptions { suite: Some(Suite::EddsaJcs2022), ..options() };
    for document in [json!("x"), json!([1]), json!(null)] {
        assert_eq!(data_integrity::sign(&document, &options, &ED25519).unwrap_err().code(), "bad_document");
        assert_eq!(verify(&document, &jcs()), Err("bad_document"));
    }
}
