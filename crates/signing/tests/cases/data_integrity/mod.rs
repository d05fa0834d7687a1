//! Data Integrity: `eddsa-rdfc-2022` here, what holds for every suite, and for some, in the files beside.

mod chains;
mod contexts;
mod every_suite;
mod expectations;
mod malformed;
mod prepared;
mod secured;

use accolade_core::Timestamp;
use accolade_linked_data::Options;
use accolade_signing::PublicKey;
use accolade_signing::data_integrity::{self, Proof, ProofError, ProofOptions, Suite};
use serde_json::{Value, json};

use crate::support::{ED25519, P256, with};

const METHOD: &str = "https://badges.example/public/issuers/1#z6Mk";

fn document() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "https://badges.example/public/credentials/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Applied Data Skills",
        "issuer": {"id": "https://badges.example/public/issuers/1", "type": ["Profile"], "name": "University"},
        "validFrom": "2026-11-23T10:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:7e1f3a52-0000-4000-8000-000000000000",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example/public/achievements/1",
                "type": ["Achievement"],
                "name": "Applied Data Skills",
                "description": "Can work with data.",
                "criteria": {"narrative": "Finish the course."}
            }
        }
    })
}

fn options() -> ProofOptions {
    ProofOptions::new(Timestamp::parse("2026-11-23T10:00:00Z").unwrap(), METHOD)
}

fn proof() -> Value {
    data_integrity::sign(&document(), &options(), &ED25519).unwrap()
}

fn verify(document: &Value, proof: &Value) -> Result<(), &'static str> {
    data_integrity::verify(document, proof, ED25519.public_key()).map_err(|error| error.code())
}

#[test]
fn a_signed_document_verifies_and_the_proof_says_all_it_must() {
    let proof = proof();
    assert_eq!(verify(&document(), &proof), Ok(()));
    let mut names: Vec<_> = proof.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["created", "cryptosuite", "proofPurpose", "proofValue", "type", "verificationMethod"]);
    assert_eq!(proof["created"], "2026-11-23T10:00:00Z");
    assert_eq!(proof, self::proof(), "Ed25519 signs the same document alike each time");
}

#[test]
fn the_order_and_spacing_of_the_json_do_not_matter_but_the_contents_do() {
    let text = serde_json::to_string_pretty(&document()).unwrap();
    assert_eq!(verify(&serde_json::from_str(&text).unwrap(), &proof()), Ok(()));
    let changed = with(&document(), "/credentialSubject/achievement", "name", json!("Applied Data Skill"));
    assert_eq!(verify(&changed, &proof()), Err("bad_signature"));
    let other_key = PublicKey::from_multibase("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2").unwrap();
    let refused = data_integrity::verify(&document(), &proof(), &other_key);
    assert_eq!(refused, Err(ProofError::BadSignature));
}

#[test]
fn di_1_and_di_14_a_document_without_a_proof_at_its_root_has_none() {
    let secured = with(&document(), "", "proof", json!([proof()]));
    let (document, proofs) = data_integrity::split(&secured).unwrap();
    assert_eq!((document, proofs), (self::document(), vec![proof()]));
    let single = with(&self::document(), "", "proof", proof());
    assert_eq!(data_integrity::split(&single).unwrap().1, vec![proof()]);
    let moved = with(&self::document(), "/credentialSubject", "proof", proof());
    let mut null = self::document();
    null["proof"] = Value::Null;
    for none in [self::document(), moved, null, with(&self::document(), "", "proof", json!([]))] {
        assert_eq!(data_integrity::split(&none), Err(ProofError::NoProof));
    }
    assert_eq!(data_integrity::split(&json!([])).unwrap_err().code(), "bad_document");
    let text = with(&self::document(), "", "proof", json!("z"));
    assert_eq!(data_integrity::split(&text).unwrap_err().code(), "bad_document");
}

#[test]
fn a_document_that_still_has_its_proof_is_neither_signed_nor_verified() {
    let secured = with(&document(), "", "proof", json!([proof()]));
    assert_eq!(verify(&secured, &proof()), Err("bad_document"));
    assert_eq!(data_integrity::sign(&secured, &options(), &ED25519).unwrap_err().code(), "bad_document");
}

#[test]
fn di_2_every_member_of_the_proof_must_be_there_and_right() {
    for (member, value) in [
        ("type", Value::Null),
        ("type", json!("Ed25519Signature2020")),
        ("type", json!(["DataIntegrityProof"])),
        ("cryptosuite", Value::Null),
        ("cryptosuite", json!(7)),
        ("proofPurpose", Value::Null),
        ("proofPurpose", json!("authentication")),
        ("proofPurpose", json!("AssertionMethod")),
        ("verificationMethod", Value::Null),
        ("verificationMethod", json!("")),
        ("verificationMethod", json!("#key")),
        ("verificationMethod", json!({"id": METHOD})),
        ("verificationMethod", json!("https://a b")),
        ("created", json!("2026-11-23")),
        ("created", json!("2026-11-23T10:00:00")),
        ("created", json!(1_795_428_000)),
        ("expires", json!("soon")),
        ("previousProof", json!([])),
        ("previousProof", json!({})),
        ("previousProof", json!("relative")),
        ("previousProof", json!(["urn:a", 7])),
        ("id", json!("relative")),
        ("id", json!("_:b0")),
        ("id", json!([])),
        ("domain", json!([])),
        ("domain", json!(["a", {}])),
        ("domain", json!({"@value": "a"})),
        ("challenge", json!(7)),
        ("challenge", json!(["a"])),
        ("nonce", json!(true)),
        ("expires", json!(["2030-01-01T00:00:00Z"])),
        ("proofValue", Value::Null),
    ] {
        assert_eq!(
            verify(&document(), &with(&proof(), "", member, value.clone())),
            Err("bad_proof_option"),
            "{member} {value}"
        );
    }
    for (suite, code) in [
        ("eddsa-jcs-2022", "bad_signature"),
        ("eddsa-2022", "bad_signature"),
        ("ecdsa-rdfc-2019", "key_alg_mismatch"),
        ("ecdsa-jcs-2019", "key_alg_mismatch"),
        ("eddsa-rdfc-2023", "unsupported_suite"),
        ("Ed25519Signature2020", "unsupported_suite"),
        ("", "unsupported_suite"),
    ] {
        let other_suite = with(&proof(), "", "cryptosuite", json!(suite));
        assert_eq!(verify(&document(), &other_suite), Err(code), "{suite}");
    }
    assert_eq!(verify(&document(), &with(&proof(), "", "cryptosuite", json!([]))), Err("bad_proof_option"));
    let mut unknown_type = with(&proof(), "", "type", json!("JsonWebSignature2020"));
    assert_eq!(verify(&document(), &unknown_type), Err("bad_proof_option"));
    unknown_type.as_object_mut().unwrap().remove("cryptosuite");
    assert_eq!(verify(&document(), &unknown_type), Err("unsupported_suite"));
    assert_eq!(verify(&document(), &json!("x")), Err("bad_document"));
}

#[test]
fn di_8_a_proof_value_is_z_and_64_bytes() {
    let value = proof()["proofValue"].as_str().unwrap().to_owned();
    let encode = |bytes: &[u8]| format!("z{}", bs58::encode(bytes).into_string());
    let bytes = bs58::decode(&value[1..]).into_vec().unwrap();
    for bad in [
        String::new(),
        "z".into(),
        value[1..].to_owned(),
        format!("u{}", &value[1..]),
        format!("{value}0"),
        format!("{value} "),
        encode(&bytes[1..]),
        encode(&[&bytes[..], &[0]].concat()),
        encode(&[&[0x30, 0x44], &bytes[..]].concat()),
        format!("z{}", "1".repeat(100_000)),
    ] {
        let proof = with(&proof(), "", "proofValue", json!(bad));
        assert_eq!(verify(&document(), &proof), Err("bad_proof_option"), "{bad:.40}");
    }
    let mut flipped = bytes;
    flipped[5] ^= 1;
    let proof = with(&proof(), "", "proofValue", json!(encode(&flipped)));
    assert_eq!(verify(&document(), &proof), Err("bad_signature"));
}

#[test]
fn di_9_a_proof_ends_when_it_says() {
    let end = Timestamp::parse("2026-11-23T11:00:00Z").unwrap();
    let options = ProofOptions { expires: Some(end), ..options() };
    let proof = data_integrity::sign(&document(), &options, &ED25519).unwrap();
    assert_eq!(verify(&document(), &proof), Ok(()));
    let read = Proof::read(&proof).unwrap();
    assert_eq!(read.verification_method, METHOD);
    assert!(!read.is_expired(end.plus_seconds(-1)));
    assert!(read.is_expired(end));
    assert!(!Proof::read(&self::proof()).unwrap().is_expired(end));
    let prolonged = with(&proof, "", "expires", json!("2026-11-23T12:00:00Z"));
    assert_eq!(verify(&document(), &prolonged), Err("bad_signature"));
}

#[test]
fn di_10_every_option_of_the_proof_is_signed() {
    for (member, value) in [
        ("created", json!("2026-11-23T10:00:01Z")),
        ("created", Value::Null),
        ("verificationMethod", json!(format!("{METHOD}x"))),
        ("nonce", json!("n")),
        ("domain", json!("badges.example")),
        ("challenge", json!("c")),
        ("id", json!("urn:uuid:7")),
        ("expires", json!("2030-01-01T00:00:00Z")),
    ] {
        assert_eq!(verify(&document(), &with(&proof(), "", member, value)), Err("bad_signature"), "{member}");
    }
    // What stands in the proof under another name could say the same, or end it.
    for (name, value) in [
        ("comment", json!("x")),
        ("https://w3id.org/security#expiration", json!({"@value": "2020-01-01T00:00:00Z"})),
        ("http://purl.org/dc/terms/created", json!("2020-01-01T00:00:00Z")),
        ("@id", json!("urn:x:1")),
        ("@type", json!("DataIntegrityProof")),
    ] {
        assert_eq!(verify(&document(), &with(&proof(), "", name, value)), Err("bad_proof_option"), "{name}");
    }
}

#[test]
fn ctx_5_the_proof_cannot_bring_a_context_of_its_own() {
    let same = with(&proof(), "", "@context", document()["@context"].clone());
    assert_eq!(verify(&document(), &same), Ok(()));
    let other = with(&proof(), "", "@context", json!("https://www.w3.org/ns/credentials/v2"));
    assert_eq!(verify(&document(), &other), Err("bad_proof_option"));
    let without = with(&document(), "", "@context", Value::Null);
    assert_eq!(verify(&without, &proof()), Err("bad_document"));
}

/// Where the objects of a document stand, its contexts left out.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.push(at.to_owned());
            members.iter().filter(|(name, _)| *name != "@context").for_each(|(name, value)| {
                pointers(value, &format!("{at}/{name}"), found);
            });
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

#[test]
fn di_16_a_member_added_to_any_object_is_refused() {
    let mut found = Vec::new();
    pointers(&document(), "", &mut found);
    assert_eq!(found.len(), 5);
    for pointer in found {
        let changed = with(&document(), &pointer, "undefinedThing", json!("x"));
        assert_eq!(verify(&changed, &proof()), Err("undefined_term"), "{pointer}");
        let signed = data_integrity::sign(&changed, &options(), &ED25519);
        assert_eq!(signed.unwrap_err().code(), "undefined_term", "{pointer}");
    }
}

#[test]
fn only_an_ed25519_key_signs_and_verifies_this_suite() {
    let eddsa = ProofOptions { suite: Some(Suite::EddsaRdfc2022), ..options() };
    assert_eq!(data_integrity::sign(&document(), &eddsa, &P256).unwrap_err().code(), "key_alg_mismatch");
    let error = data_integrity::verify(&document(), &proof(), P256.public_key()).unwrap_err();
    assert_eq!(error.code(), "key_alg_mismatch");
    let relative = ProofOptions { verification_method: "#key".into(), ..options() };
    assert_eq!(
        data_integrity::sign(&document(), &relative, &ED25519).unwrap_err().code(),
        "bad_proof_option"
    );
}

#[test]
fn the_explained_steps_are_those_that_are_signed() {
    let explained = data_integrity::explain(&document(), &proof(), &Options::default()).unwrap();
    assert_eq!(explained.signing_input[..32], explained.options_hash);
    assert_eq!(explained.signing_input[32..], explained.document_hash);
    assert!(explained.canonical_options.contains("<https://w3id.org/security#cryptosuite>"));
    assert!(!explained.canonical_options.contains("proofValue"));
    let value = proof()["proofValue"].as_str().unwrap()[1..].to_owned();
    let signature = bs58::decode(value).into_vec().unwrap();
    assert_eq!(ED25519.public_key().verify(&explained.signing_input, &signature), Ok(()));
}
