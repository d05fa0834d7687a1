//! JWS, ED, VCJ, JWK: tokens and the keys they name.

use accolade_verifying::Submission;
use serde_json::json;

use super::{Case, case};
use crate::stage::{Stage, part};

/// The neutral element as a Multikey, for which anybody can make signatures.
const SMALL_ORDER: &str = "z6MkeXATEjyXENzBXBxgC5EHk2JE5aqd7qMGGtDpLUH1e2Sj";
/// The order of Ed25519's group, least byte first.
const ORDER: [u8; 32] = [
    0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

pub(super) const CASES: &[Case] = &[
    case("jws_01_no_algorithm_and_a_signature", "alg_not_allowed", |stage| {
        stage.token(&json!({ "alg": "none", "kid": stage.school.method }), |_| ())
    }),
    case("jws_01_no_algorithm_and_no_signature", "not_compact_jws", |stage| {
        let token = stage.forged(&json!({ "alg": "none", "kid": stage.school.method }).to_string(), |_| ());
        Submission::Jwt(format!("{}.", token.rsplit_once('.').unwrap().0))
    }),
    case("jws_02_no_algorithm_in_other_letters", "alg_not_allowed", |stage| {
        stage.token(&json!({ "alg": "nOnE", "kid": stage.school.method }), |_| ())
    }),
    case("jws_03_a_public_key_as_a_secret", "alg_not_allowed", |stage| {
        stage.token(&json!({ "alg": "HS256", "kid": stage.school.kid }), |_| ())
    }),
    case("jws_04_another_algorithm_than_the_keys", "key_alg_mismatch", |stage| {
        stage.token(&json!({ "alg": "EdDSA", "kid": stage.school.kid }), |_| ())
    }),
    case("jws_05_a_signature_in_der", "bad_signature", |stage| es256(stage, &[0x30; 70])),
    case("jws_06_a_signature_of_zeros", "bad_signature", |stage| es256(stage, &[0; 64])),
    case("jws_09_the_attackers_key_in_the_header", "key_not_controlled_by_issuer", |stage| {
        stage.token(&json!({ "alg": "EdDSA", "jwk": stage.evil.ed25519.public_key().to_jwk() }), |_| ())
    }),
    case("jws_10_a_private_key_in_the_header", "private_member", |stage| {
        let mut jwk = stage.school.ed25519.public_key().to_jwk();
        jwk["d"] = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0".into();
        stage.token(&json!({ "alg": "EdDSA", "jwk": jwk }), |_| ())
    }),
    case("jws_12_a_header_that_points_elsewhere", "header_not_allowed", |stage| {
        let jku = stage.inside("127.0.0.1");
        stage.token(&json!({ "alg": "EdDSA", "kid": stage.school.method, "jku": jku }), |_| ())
    }),
    case("jws_13_a_key_name_of_a_megabyte", "too_large", |stage| {
        stage.token(&json!({ "alg": "EdDSA", "kid": "k".repeat(1 << 20) }), |_| ())
    }),
    case("jws_13_a_key_name_of_ten_kilobytes", "bad_kid", |stage| {
        stage.token(&json!({ "alg": "EdDSA", "kid": "k".repeat(10_000) }), |_| ())
    }),
    case("jws_13_a_key_name_that_is_a_path", "bad_kid", |stage| {
        stage.token(&json!({ "alg": "EdDSA", "kid": "../../etc/passwd\r\n" }), |_| ())
    }),
    case("jws_14_two_keys_of_one_name", "ambiguous_kid", |stage| {
        stage.token_of_changed_school(|profile| {
            let methods = profile["verificationMethod"].as_array_mut().unwrap();
            methods.push(methods[1].clone());
        })
    }),
    case("jws_16_a_weak_rsa_key", "weak_key", |stage| {
        stage.token_of_changed_school(|profile| {
            let kid = profile["verificationMethod"][1]["publicKeyJwk"]["kid"].clone();
            let modulus = part([0xC1; 128]);
            profile["verificationMethod"][1]["publicKeyJwk"] =
                json!({ "kty": "RSA", "n": modulus, "e": "AQ", "alg": "RS256", "kid": kid });
        })
    }),
    case("jws_17_the_key_of_another_issuer", "key_not_controlled_by_issuer", |stage| {
        crate::stage::document(&stage.evil.sign(&stage.school.badge()))
    }),
    case("jws_18_a_critical_header", "crit_not_allowed", |stage| {
        stage.token(&json!({ "alg": "EdDSA", "kid": stage.school.method, "crit": ["exp"] }), |_| ())
    }),
    case("jws_20_a_header_member_twice", "duplicate_member", |stage| {
        let header = format!(r#"{{"alg":"EdDSA","kid":"{0}","kid":"{0}"}}"#, stage.school.method);
        Submission::Jwt(stage.forged(&header, |_| ()))
    }),
    case("jws_21_a_hundred_thousand_dots", "not_compact_jws", |_| Submission::Jwt(".".repeat(100_000))),
    case("jws_22_a_token_as_json", "not_a_badge", |stage| {
        let token = stage.forged(&json!({ "alg": "EdDSA", "kid": stage.school.method }).to_string(), |_| ());
        let [header, payload, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
        let signatures = vec![json!({ "protected": header, "signature": signature }); 2];
        crate::stage::document(&json!({ "payload": payload, "signatures": signatures }))
    }),
    case("ed_01_a_key_of_small_order", "weak_key", |stage| {
        stage.of_changed_school(|profile| {
            profile["verificationMethod"][0]["publicKeyMultibase"] = SMALL_ORDER.into();
        })
    }),
    case("ed_02_a_signature_of_small_order", "bad_signature", |stage| {
        let mut signature = [0; 64];
        signature[0] = 1;
        with_signature(stage, |_| signature)
    }),
    case("ed_03_a_signature_in_its_second_form", "bad_signature", |stage| {
        with_signature(stage, |mut signature| {
            let mut carry = 0;
            for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
                carry += u16::from(*byte) + u16::from(order);
                *byte = carry.to_le_bytes()[0];
                carry >>= 8;
            }
            signature
        })
    }),
    case("ed_05_a_multikey_with_letters_that_are_none", "bad_multikey", |stage| {
        stage.of_changed_school(|profile| {
            profile["verificationMethod"][0]["publicKeyMultibase"] = "z0OIl".repeat(10_000).into();
        })
    }),
    case("vcj_01_a_time_as_text", "claim_type", |stage| stage.claims(|claims| claims["nbf"] = "9999".into())),
    case("vcj_02_a_time_that_is_no_whole_number", "claim_type", |stage| {
        stage.claims(|claims| claims["exp"] = json!(1.5))
    }),
    case("vcj_02_a_time_beyond_all_numbers", "bad_json", |stage| {
        let header = json!({ "alg": "EdDSA", "kid": stage.school.method }).to_string();
        Submission::Jwt(stage.forged_over(&header, r#"{"exp":1e400}"#))
    }),
    case("vcj_04_a_token_past_its_end", "expired", |stage| {
        stage.claims(|claims| {
            claims["exp"] = 1_790_000_000_i64.into();
            claims.as_object_mut().unwrap().remove("validUntil");
        })
    }),
    case("vcj_05_a_token_of_nobody", "claim_missing", |stage| {
        stage.claims(|claims| {
            claims.as_object_mut().unwrap().remove("iss");
        })
    }),
    case("vcj_08_a_badge_past_its_end_in_a_token_without_one", "expired", |stage| {
        stage.claims(|claims| {
            claims["validUntil"] = "2026-10-01T00:00:00Z".into();
            claims.as_object_mut().unwrap().remove("exp");
        })
    }),
    case("vcj_09_another_issuer_in_the_claims", "claim_mismatch", |stage| {
        stage.claims(|claims| claims["iss"] = "https://SCHOOL.example/issuers/1".into())
    }),
    case("vcj_10_another_subject_in_the_claims", "claim_mismatch", |stage| {
        stage.claims(|claims| claims["sub"] = "urn:x:1".into())
    }),
    case("vcj_12_two_credentials_in_one_token", "two_credentials", |stage| {
        stage.claims(|claims| claims["vc"] = stage.school.badge())
    }),
    case("vcj_13_a_parsed_badge_behind_the_token", "not_compact_jws", |stage| {
        let badge = stage.school.badge();
        Submission::Jwt(format!("{}{badge}", stage.school.token(&badge)))
    }),
    case("vcj_15_a_token_of_another_kind", "bad_typ", |stage| {
        stage.token(&json!({ "alg": "EdDSA", "kid": stage.school.method, "typ": "at+jwt" }), |_| ())
    }),
    case("vcj_17_a_status_list_as_a_badge", "wrong_type", |stage| {
        crate::stage::document(&stage.school.sign(&stage.school.list("revocation", &[])))
    }),
    case("jwk_01_a_name_that_no_key_has", "key_not_controlled_by_issuer", |stage| {
        stage.token(&json!({ "alg": "EdDSA", "kid": "https://school.example/keys/777" }), |_| ())
    }),
    case("jwk_02_a_school_without_keys", "key_not_controlled_by_issuer", |stage| {
        let set = "https://another.example/.well-known/jwks.json";
        stage.world.shelf.put(set, &json!({ "keys": [] }));
        stage.token_of_changed_school(|profile| {
            profile
                .as_object_mut()
                .unwrap()
                .retain(|name, _| matches!(name.as_str(), "id" | "type" | "name"));
        })
    }),
    case("jwk_05_a_set_of_keys_at_the_tokens_own_place", "header_not_allowed", |stage| {
        let jku = format!("https://{}/jwks.json", stage.evil.host);
        stage.token(&json!({ "alg": "EdDSA", "kid": stage.evil.kid, "jku": jku }), |_| ())
    }),
];

/// A token under the school's P-256 key with any signature.
fn es256(stage: &Stage, signature: &[u8]) -> Submission {
    let header = json!({ "alg": "ES256", "kid": stage.school.kid }).to_string();
    let token = stage.forged(&header, |_| ());
    Submission::Jwt(format!("{}.{}", token.rsplit_once('.').unwrap().0, part(signature)))
}

/// A token of the school's whose signature was changed.
fn with_signature(stage: &Stage, change: impl FnOnce([u8; 64]) -> [u8; 64]) -> Submission {
    let token = stage.forged(&json!({ "alg": "EdDSA", "kid": stage.school.method }).to_string(), |_| ());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let good: [u8; 64] = crate::stage::bytes_of(signature).try_into().unwrap();
    Submission::Jwt(format!("{signed}.{}", part(change(good))))
}
