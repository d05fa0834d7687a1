//! DI, CTX, TIME: proofs, the words a badge uses, and its dates.

use accolade_signing::did;
use accolade_verifying::Submission;
use serde_json::{Value, json};

use super::{Case, case};
use crate::stage::{Stage, document};

pub(super) const CASES: &[Case] = &[
    case("di_01_no_proof", "no_proof", |stage| stage.tampered(|badge| badge["proof"] = json!([]))),
    case("di_02_a_proof_that_names_no_key", "bad_proof_option", |stage| {
        stage.tampered(|badge| badge["proof"][0]["verificationMethod"] = "".into())
    }),
    case("di_04_a_key_for_logging_in", "relationship", |stage| {
        stage.of_changed_school(|profile| {
            let methods = profile.as_object_mut().unwrap().remove("assertionMethod").unwrap();
            profile["authentication"] = methods;
        })
    }),
    case("di_05_a_key_of_somebody_else", "controller", |stage| {
        stage.of_changed_school(|profile| {
            profile["verificationMethod"][0]["controller"] = "https://evil.example/issuers/1".into();
        })
    }),
    case("di_06_another_key_in_the_fragment", "bad_identifier", |stage| {
        let ours = did::did_key(stage.school.ed25519.public_key()).unwrap();
        let theirs = stage.evil.ed25519.public_key().to_multibase().unwrap();
        let mut badge = stage.evil.plain_badge();
        badge["issuer"]["id"] = ours.clone().into();
        let mut signed = stage.evil.sign(&badge);
        signed["proof"][0]["verificationMethod"] = format!("{ours}#{theirs}").into();
        document(&signed)
    }),
    case("di_08_a_proof_value_of_a_megabyte", "bad_json", |stage| {
        stage.tampered(|badge| badge["proof"][0]["proofValue"] = format!("z{}", "2".repeat(1 << 20)).into())
    }),
    case("di_09_a_key_that_was_revoked", "key_revoked", |stage| {
        stage.of_changed_school(|profile| {
            profile["verificationMethod"][0]["revoked"] = "2026-11-01T00:00:00Z".into();
        })
    }),
    case("di_10_an_option_that_was_not_signed", "bad_signature", |stage| {
        stage.tampered(|badge| badge["proof"][0]["nonce"] = "x".into())
    }),
    case("di_12_a_good_proof_by_the_wrong_one", "bad_signature", |stage| {
        let theirs = stage.evil.sign(&stage.school.badge())["proof"][0].clone();
        stage.tampered(|badge| {
            badge["proof"][0]["nonce"] = "x".into();
            badge["proof"].as_array_mut().unwrap().insert(0, theirs);
        })
    }),
    case("di_12_a_thousand_proofs", "too_many_proofs", |stage| {
        stage.tampered(|badge| badge["proof"] = vec![badge["proof"][0].clone(); 1_000].into())
    }),
    case("di_13_a_proof_that_follows_itself", "no_previous_proof", |stage| {
        stage.tampered(|badge| {
            badge["proof"][0]["id"] = "urn:proof:1".into();
            badge["proof"][0]["previousProof"] = "urn:proof:1".into();
        })
    }),
    case("di_14_a_proof_inside_the_subject", "undefined_term", |stage| {
        stage.tampered(|badge| {
            let proof = badge.as_object_mut().unwrap().remove("proof").unwrap();
            badge["credentialSubject"]["proof"] = proof;
        })
    }),
    case("di_16_a_member_that_was_added", "undefined_term", |stage| {
        stage.tampered(|badge| badge["credentialSubject"]["achievement"]["grade"] = json!(1))
    }),
    case("ctx_01_a_word_nobody_has_defined", "undefined_term", |stage| {
        stage.tampered(|badge| badge["credentialSubject"]["secretGrade"] = "A".into())
    }),
    case("ctx_02_a_vocabulary_of_the_attackers", "context_not_allowed", |stage| {
        let inside = stage.inside("127.0.0.1");
        stage.tampered(|badge| badge["@context"].as_array_mut().unwrap().push(inside.into()))
    }),
    case("ctx_02_a_vocabulary_written_out_ten_thousand_times", "context_not_allowed", |stage| {
        let inline: Vec<Value> =
            (0..10_000).map(|n| json!({ format!("t{n}"): "https://x.example/t" })).collect();
        stage.tampered(|badge| badge["@context"].as_array_mut().unwrap().extend(inline))
    }),
    case("ctx_04_a_vocabulary_in_the_middle", "nested_context", |stage| {
        stage.tampered(|badge| {
            badge["credentialSubject"]["@context"] = "https://www.w3.org/ns/credentials/v2".into();
        })
    }),
    case("ctx_05_vocabularies_out_of_order", "context_order", |stage| {
        stage.tampered(|badge| badge["@context"].as_array_mut().unwrap().reverse())
    }),
    case("ctx_06_the_older_vocabulary_with_newer_words", "context_version", |stage| {
        stage.tampered(|badge| badge["@context"][0] = "https://www.w3.org/2018/credentials/v1".into())
    }),
    case("ctx_08_a_name_that_depends_on_the_place", "relative_iri", |stage| {
        stage.tampered(|badge| badge["credentialSubject"]["achievement"]["id"] = "achievements/1".into())
    }),
    case("ctx_09_statements_hidden_in_a_keyword", "keyword_not_allowed", |stage| {
        stage.tampered(|badge| badge["@included"] = vec![json!({ "id": "urn:x:1" }); 1_000].into())
    }),
    case("time_04_a_date_that_is_none", "bad_date", |stage| starting(stage, "2026-11-23T10:00:00")),
    case("time_04_a_year_of_five_digits", "bad_date", |stage| starting(stage, "10000-01-01T00:00:00Z")),
    case("time_05_another_start_in_the_claims", "claim_mismatch", |stage| {
        stage.claims(|claims| claims["nbf"] = (claims["nbf"].as_i64().unwrap() + 1).into())
    }),
    case("time_06_a_start_beyond_the_grace", "not_yet_valid", |stage| {
        starting(stage, "2026-11-23T10:05:01Z")
    }),
    case("time_06_an_end_of_a_second_ago", "expired", |stage| {
        stage.signed(|badge| badge["validUntil"] = "2026-11-23T09:59:59Z".into())
    }),
];

fn starting(stage: &Stage, from: &str) -> Submission {
    stage.signed(|badge| badge["validFrom"] = from.into())
}
