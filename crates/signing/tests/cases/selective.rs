//! `ecdsa-sd-2023` as issuer, holder and verifier use it.

use accolade_core::Timestamp;
use accolade_linked_data::Options;
use accolade_signing::data_integrity::{self, ProofError, ProofOptions, Suite, selective};
use accolade_signing::{KeyType, PrivateKey, PublicKey, Signer};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Counted, ED25519, P256, P384, RSA, with};

/// With nodes that have no id, alike and not, in lists and out of them, a graph of its own, and a context inside.
fn document() -> Value {
    let identity = |hash| json!({"type": "IdentityObject", "hashed": false, "identityHash": hash, "identityType": "emailAddress"});
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "https://badges.example/public/credentials/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Applied Data Skills",
        "issuer": {"id": "https://badges.example/public/issuers/1", "type": ["Profile"], "name": "Universität"},
        "validFrom": "2026-11-23T10:00:00Z",
        "validUntil": "2036-11-23T10:00:00Z",
        "credentialStatus": {
            "id": "https://badges.example/status/1#7",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "7",
            "statusListCredential": "https://badges.example/status/1"
        },
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [identity("one@learners.example"), identity("two@learners.example")],
            "creditsEarned": 3.5,
            "achievement": {
                "id": "https://badges.example/public/achievements/1",
                "type": ["Achievement"],
                "name": "Data",
                "description": "Can work with data.",
                "criteria": {"narrative": "Finish the course."}
            },
            "result": [{"type": ["Result"], "value": "8"}, {"type": ["Result"], "value": "9"}]
        },
        "evidence": [{"type": ["Evidence"]}, {"type": ["Evidence"]}, {"type": ["Evidence"], "name": "A \"talk\""}],
        "endorsement": [{
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:7e1f3a52-0000-4000-8000-000000000001",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": "https://peer.example/", "type": ["Profile"]},
            "validFrom": "2026-11-23T10:00:00Z",
            "credentialSubject": {
                "id": "https://badges.example/public/achievements/1",
                "type": ["EndorsementSubject"],
                "endorsementComment": "Good."
            },
            "proof": [{
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdfc-2022",
                "created": "2026-11-23T10:00:00Z",
                "verificationMethod": "https://peer.example/#key",
                "proofPurpose": "assertionMethod",
                "proofValue": "z1111"
            }]
        }],
        "https://words.example/quote": {"@list": ["first", {"@value": "zweitens", "@language": "de"}]}
    })
}

fn options() -> ProofOptions {
    let created = Timestamp::parse("2026-11-23T10:00:00Z").unwrap();
    ProofOptions::new(created, "https://badges.example/public/issuers/1#zDn")
}

fn base_proof(document: &Value, pointers: &[&str]) -> Result<Value, ProofError> {
    selective::create_base(document, pointers, &options(), &P256, &Counted::new())
}

/// The document with its base proof, as the holder gets it.
fn secured(document: &Value, pointers: &[&str]) -> Value {
    with(document, "", "proof", base_proof(document, pointers).unwrap())
}

fn derived(pointers: &[&str]) -> Value {
    selective::derive(&secured(&document(), &[]), pointers).unwrap()
}

fn verify(secured: &Value) -> Result<(), &'static str> {
    verify_by(secured, P256.public_key())
}

fn verify_by(secured: &Value, key: &PublicKey) -> Result<(), &'static str> {
    let (document, proofs) = data_integrity::split(secured).unwrap();
    data_integrity::verify(&document, &proofs[0], key).map_err(|error| error.code())
}

fn code<T: std::fmt::Debug>(result: Result<T, ProofError>) -> &'static str {
    result.unwrap_err().code()
}

#[test]
fn a_holder_shows_what_he_chooses_and_it_verifies() {
    let shown = derived(&["/name", "/credentialSubject/result/1/value"]);
    assert_eq!(verify(&shown), Ok(()));
    assert_eq!(shown["name"], "Applied Data Skills");
    assert_eq!(
        shown["credentialSubject"],
        json!({"type": ["AchievementSubject"], "result": [{"type": ["Result"], "value": "9"}]})
    );
    for hidden in ["learners.example", "Finish the course", "Evidence", "peer.example", "zweitens", "\"8\""] {
        assert!(!shown.to_string().contains(hidden), "{hidden} is still there");
    }
}

#[test]
fn what_a_holder_must_show_is_always_there() {
    let shown = selective::derive::<&str>(&secured(&document(), &["/credentialSubject/type"]), &[]).unwrap();
    assert_eq!(verify(&shown), Ok(()));
    for member in ["@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialStatus"] {
        assert_eq!(shown[member], document()[member], "{member}");
    }
    assert_eq!(shown["credentialSubject"], json!({"type": ["AchievementSubject"]}));
    assert_eq!(shown.get("name"), None);
}

#[test]
fn what_a_holder_must_show_cannot_be_taken_out_or_changed() {
    let shown = derived(&["/name"]);
    for member in ["issuer", "validFrom", "validUntil", "credentialStatus", "type", "name"] {
        let without = with(&shown, "", member, Value::Null);
        assert!(verify(&without).is_err(), "without {member}");
    }
    let later = with(&shown, "", "validUntil", json!("2046-11-23T10:00:00Z"));
    assert_eq!(verify(&later), Err("bad_signature"));
    let more = with(&shown, "", "description", json!("With honours."));
    assert!(verify(&more).is_err());
    let other = with(&shown, "", "name", json!("Applied Data Skill"));
    assert_eq!(verify(&other), Err("bad_signature"));
    let options = with(&shown, "/proof", "created", json!("2026-11-23T10:00:01Z"));
    assert_eq!(verify(&options), Err("bad_signature"));
}

#[test]
fn the_end_of_a_proof_cannot_be_written_in_other_words() {
    let options =
        ProofOptions { expires: Some(Timestamp::parse("2027-01-01T00:00:00Z").unwrap()), ..options() };
    let proof = selective::create_base(&document(), &["/name"], &options, &P256, &Counted::new()).unwrap();
    let shown = selective::derive::<&str>(&with(&document(), "", "proof", proof), &[]).unwrap();
    assert_eq!(verify(&shown), Ok(()));
    let end = json!({"@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": "2027-01-01T00:00:00Z"});
    let without = with(&shown, "/proof", "expires", Value::Null);
    assert_eq!(verify(&without), Err("bad_signature"));
    let reworded = with(&without, "/proof", "https://w3id.org/security#expiration", end);
    assert_eq!(verify(&reworded), Err("bad_proof_option"));
}

#[test]
fn any_part_can_be_shown_even_of_graphs_and_of_nodes_that_are_alike() {
    for pointers in [
        &["/evidence/0"][..],
        &["/evidence/1/type", "/evidence/2"],
        &["/credentialSubject/identifier/1/identityHash", "/credentialSubject/achievement/criteria"],
        &["/endorsement/0/credentialSubject/endorsementComment"],
        &["/endorsement/0/proof/0/proofValue", "/endorsement/0/issuer"],
        &["/https:~1~1words.example~1quote"],
        &["/credentialSubject"],
        &["/evidence", "/endorsement", "/name"],
        &["/type", "/id", "/issuer/type/0"],
        &[""],
    ] {
        assert_eq!(verify(&derived(pointers)), Ok(()), "{pointers:?}");
    }
    let (document, _) = data_integrity::split(&derived(&[""])).unwrap();
    assert_eq!(document, self::document());
}

#[test]
fn a_base_proof_is_verified_by_itself_and_never_as_a_derived_one() {
    let secured = secured(&document(), &["/name"]);
    let (document, proofs) = data_integrity::split(&secured).unwrap();
    assert_eq!(selective::verify_base(&document, &proofs[0], P256.public_key()), Ok(()));
    assert_eq!(verify(&secured), Err("base_proof"));
    for member in ["name", "evidence"] {
        let changed = with(&document, "", member, Value::Null);
        assert!(selective::verify_base(&changed, &proofs[0], P256.public_key()).is_err(), "without {member}");
    }
    let changed = with(&document, "/credentialSubject/achievement", "name", json!("Date"));
    assert_eq!(code(selective::verify_base(&changed, &proofs[0], P256.public_key())), "bad_signature");

    let shown = derived(&["/name"]);
    let (document, proofs) = data_integrity::split(&shown).unwrap();
    assert_eq!(code(selective::verify_base(&document, &proofs[0], P256.public_key())), "derived_proof");
    assert_eq!(code(selective::derive(&shown, &["/name"])), "derived_proof");
}

#[test]
fn only_the_issuers_p256_key_signs_and_verifies() {
    let shown = derived(&["/name"]);
    for signer in [&*ED25519, &*P384, &*RSA] {
        let made = selective::create_base::<&str>(&document(), &[], &options(), signer, &Counted::new());
        assert_eq!(code(made), "key_alg_mismatch");
        assert_eq!(verify_by(&shown, signer.public_key()), Err("key_alg_mismatch"));
        let (document, proofs) = data_integrity::split(&secured(&document(), &[])).unwrap();
        let verified = selective::verify_base(&document, &proofs[0], signer.public_key());
        assert_eq!(code(verified), "key_alg_mismatch");
    }
    let entropy = Counted::new();
    let _first = PrivateKey::generate(KeyType::P256, &entropy).unwrap();
    let other = Signer::new(&PrivateKey::generate(KeyType::P256, &entropy).unwrap()).unwrap();
    assert_eq!(verify_by(&shown, other.public_key()), Err("bad_signature"));
    let options = ProofOptions { suite: Some(Suite::EcdsaSd2023), ..options() };
    assert_eq!(code(data_integrity::sign(&document(), &options, &P256)), "unsupported_suite");
}

#[test]
fn statements_of_another_proof_do_not_fit() {
    let (first, second) = (derived(&["/name"]), derived(&["/name"]));
    assert_ne!(first["proof"]["proofValue"], second["proof"]["proofValue"], "ECDSA draws anew each time");
    let other = with(&document(), "", "name", json!("Master of Everything"));
    let other = selective::derive(&secured(&other, &[]), &["/name"]).unwrap();
    assert_eq!(verify(&other), Ok(()));
    assert_eq!(verify(&with(&other, "", "proof", first["proof"].clone())), Err("bad_signature"));
}

#[test]
fn pointers_that_lead_nowhere_or_cut_something_apart_are_errors() {
    let secured = secured(&document(), &[]);
    for pointer in [
        "/nobody",
        "name",
        "/name/0",
        "/evidence/3",
        "/evidence/-",
        "/evidence/01",
        "/@context",
        "/@context/0",
        "/endorsement/0/@context/1",
        "/proof",
        "/proof/proofValue",
        "/name~2",
        // A list is one thing, and so are a text and its language.
        "/https:~1~1words.example~1quote/@list/1",
        "/https:~1~1words.example~1quote/@list/1/@value",
        "/https:~1~1words.example~1quote/@list/1/@language",
    ] {
        assert_eq!(code(selective::derive(&secured, &[pointer])), "bad_pointer", "{pointer}");
        assert_eq!(code(base_proof(&document(), &[pointer])), "bad_pointer", "{pointer}");
    }
}

#[test]
fn what_cannot_be_signed_is_refused_before_anything_is_signed() {
    let undefined = with(&document(), "", "favouriteColour", json!("blue"));
    assert_eq!(code(base_proof(&undefined, &[])), "undefined_term");
    assert_eq!(code(base_proof(&secured(&document(), &[]), &[])), "bad_document");
    let follows = ProofOptions { previous_proof: vec!["urn:uuid:1".into()], ..options() };
    let made = selective::create_base::<&str>(&document(), &[], &follows, &P256, &Counted::new());
    assert_eq!(code(made), "bad_proof_option");
    let other = ProofOptions { suite: Some(Suite::EcdsaRdfc2019), ..options() };
    let made = selective::create_base::<&str>(&document(), &[], &other, &P256, &Counted::new());
    assert_eq!(code(made), "bad_proof_option");
    let many: Vec<Value> = (0..selective::MOST_SIGNATURES).map(|number| json!(number)).collect();
    let many = with(&document(), "", "https://words.example/number", many.into());
    assert_eq!(code(base_proof(&many, &[])), "complexity_limit");
    let small = Options {
        budget: accolade_linked_data::Budget { quads: 50, ..Default::default() },
        ..Options::default()
    };
    let derived = selective::derive_with(&secured(&document(), &[]), &["/name"], &small);
    assert_eq!(code(derived), "complexity_limit");
}

#[test]
fn what_a_holder_must_not_hide_is_signed_only_where_its_pointer_reaches() {
    const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
    let date = |text| json!({"@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": text});
    let without = |member| with(&document(), "", member, Value::Null);
    let end = json!({"id": document()["id"], "type": ["Evidence"], CREDENTIALS.to_owned() + "validUntil": date("2027-01-01T00:00:00Z")});
    for hidden in [
        // Under another name.
        with(&without("validUntil"), "", &format!("{CREDENTIALS}validUntil"), date("2027-01-01T00:00:00Z")),
        with(&document(), "", &format!("{CREDENTIALS}expirationDate"), date("2027-01-01T00:00:00Z")),
        with(
            &without("credentialStatus"),
            "",
            &format!("{CREDENTIALS}credentialStatus"),
            document()["credentialStatus"].clone(),
        ),
        with(
            &document(),
            "",
            &format!("{CREDENTIALS}credentialStatus"),
            json!({"id": "https://badges.example/status/2#1"}),
        ),
        // In a second description of the document, and of its status.
        with(&without("validUntil"), "", "evidence", json!([end])),
        with(
            &document(),
            "",
            "evidence",
            json!([{"id": document()["credentialStatus"]["id"], "type": ["Evidence"], "name": "N"}]),
        ),
    ] {
        assert_eq!(code(base_proof(&hidden, &[])), "bad_document", "{hidden}");
    }
    // Others may have an end, too.
    let peer = with(&document(), "/endorsement/0", "validUntil", json!("2030-01-01T00:00:00Z"));
    assert!(base_proof(&peer, &[]).is_ok());
}

#[test]
fn the_hash_is_the_suites_whatever_the_caller_reads_other_proofs_with() {
    let reading = Options { hash: accolade_linked_data::HashAlgorithm::Sha384, ..Options::default() };
    let proof =
        selective::create_base_with::<&str>(&document(), &[], &options(), &P256, &Counted::new(), &reading);
    let secured = with(&document(), "", "proof", proof.unwrap());
    let shown = selective::derive_with(&secured, &["/credentialSubject", "/evidence"], &reading).unwrap();
    assert_eq!(verify(&shown), Ok(()));
    let (document, proofs) = data_integrity::split(&shown).unwrap();
    assert_eq!(data_integrity::verify_with(&document, &proofs[0], P256.public_key(), &reading), Ok(()));
    let (document, proofs) = data_integrity::split(&secured).unwrap();
    assert_eq!(selective::verify_base_with(&document, &proofs[0], P256.public_key(), &reading), Ok(()));
}

#[test]
fn exactly_one_base_proof_is_derived_from_and_other_proofs_stay_behind() {
    let document = document();
    let sign = |signer| data_integrity::sign(&document, &options(), signer).unwrap();
    let base = base_proof(&document, &[]).unwrap();
    let several = with(&document, "", "proof", json!([sign(&ED25519), base.clone(), sign(&P256)]));
    let shown = selective::derive(&several, &["/name"]).unwrap();
    assert!(shown["proof"].is_object());
    assert_eq!(verify(&shown), Ok(()));

    let none = with(&document, "", "proof", json!([sign(&ED25519)]));
    assert_eq!(code(selective::derive(&none, &["/name"])), "no_base_proof");
    let two = with(&document, "", "proof", json!([base.clone(), base]));
    assert_eq!(code(selective::derive(&two, &["/name"])), "no_base_proof");
    assert_eq!(code(selective::derive(&document, &["/name"])), "no_proof");
}

#[test]
fn a_document_without_any_mandatory_member_needs_a_choice() {
    let bare = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": ["VerifiableCredential"],
        "name": "N",
        "description": "D"
    });
    let secured = secured(&bare, &[]);
    assert_eq!(code(selective::derive::<&str>(&secured, &[])), "nothing_chosen");
    let shown = selective::derive(&secured, &["/name"]).unwrap();
    assert_eq!(verify(&shown), Ok(()));
    assert_eq!(shown.get("description"), None);
}

/// Pointers to every value of a document.
fn pointers(value: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    match value {
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| pointers(item, &format!("{here}/{index}"), all));
        }
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{here}/{name}"), all);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_chosen_verifies_or_is_refused(picks in prop::collection::vec(any::<prop::sample::Index>(), 1..5)) {
        static SECURED: std::sync::LazyLock<(Value, Vec<String>)> = std::sync::LazyLock::new(|| {
            let mut all = Vec::new();
            pointers(&document(), "", &mut all);
            (secured(&document(), &[]), all)
        });
        let (secured, all) = &*SECURED;
        let chosen: Vec<&str> = picks.iter().map(|pick| pick.get(all).as_str()).collect();
        match selective::derive(secured, &chosen) {
            Ok(shown) => prop_assert_eq!(verify(&shown), Ok(()), "{:?}", chosen),
            Err(error) => {
                let cuts = |pointer: &&str| pointer.contains("@context") || pointer.contains("@list");
                prop_assert!(chosen.iter().any(cuts), "{:?}: {}", chosen, error);
                prop_assert_eq!(error.code(), "bad_pointer");
            }
        }
    }
}
