//! JWS and VCJ: tokens.

use accolade_signing::vc_jose::{self, SignatureLife};
use accolade_verifying::{CheckOutcome, Outcome};
use serde_json::{Value, json};

use crate::support::badges::{badge, plain_badge};
use crate::support::tokens::{forge, part, payload};
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, check};

fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

/// A consistent payload in the school's name.
fn claims(school: &School) -> Value {
    payload(&school.token(&badge(school)))
}

async fn code_of(world: &World, token: &str) -> &'static str {
    let report = world.verify_token(token).await;
    assert_eq!(report.outcome, Outcome::Invalid, "{report:#?}");
    let failed = report.checks.iter().find(|check| check.outcome == CheckOutcome::Failed).unwrap();
    failed.code.unwrap()
}

#[tokio::test]
async fn jws_9_a_key_in_the_header_does_not_make_the_victim_its_owner() {
    let (world, school) = world();
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Key);
    let jwk = evil.ed25519.public_key().to_jwk();
    for header in [
        json!({ "alg": "EdDSA", "jwk": jwk }),
        json!({ "alg": "EdDSA", "jwk": jwk, "kid": school.kid }),
        json!({ "alg": "EdDSA", "kid": evil.method }),
        json!({ "alg": "EdDSA", "kid": "https://evil.example/keys/1" }),
    ] {
        let token = forge(&header, &claims(&school), &evil.seed);
        assert_eq!(code_of(&world, &token).await, "key_not_controlled_by_issuer", "{header}");
    }
    assert!(
        world.names.asked.lock().unwrap().iter().all(|host| host == "school.example"),
        "evil.example is never visited"
    );
}

#[tokio::test]
async fn a_key_in_the_header_that_is_the_issuers_selects_it() {
    let (world, school) = world();
    let jwk = school.ed25519.public_key().to_jwk();
    for header in [json!({ "alg": "EdDSA", "jwk": jwk }), json!({ "alg": "EdDSA", "jwk": jwk, "kid": "1" })] {
        assert_valid(&world.verify_token(&forge(&header, &claims(&school), &school.seed)).await);
    }
}

#[tokio::test]
async fn jws_10_a_private_key_in_the_header_is_refused_and_not_repeated() {
    let (world, school) = world();
    let mut jwk = school.ed25519.public_key().to_jwk();
    jwk["d"] = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0".into();
    let token = forge(&json!({ "alg": "EdDSA", "jwk": jwk }), &claims(&school), &school.seed);
    let report = world.verify_token(&token).await;
    assert_fails(&report, "parse", "private_member");
    assert!(!serde_json::to_string(&report).unwrap().contains("c2VjcmV0"));
}

#[tokio::test]
async fn jws_12_headers_that_point_elsewhere_for_keys_are_refused() {
    let (world, school) = world();
    for (name, value) in [
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/cert.pem")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("abc")),
        ("zip", json!("DEF")),
    ] {
        let mut header = json!({ "alg": "EdDSA", "kid": school.method });
        header[name] = value;
        assert_eq!(
            code_of(&world, &forge(&header, &claims(&school), &school.seed)).await,
            "header_not_allowed"
        );
    }
    assert!(world.names.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn jws_13_a_key_name_that_is_an_attack_is_refused_and_not_repeated() {
    let (world, school) = world();
    let long = "k".repeat(10_000);
    for kid in
        ["../../etc/passwd\n", "' OR 1=1--", long.as_str(), "a\0b", "a\r\nSet-Cookie: x", "\u{1b}[31m", ""]
    {
        let token = forge(&json!({ "alg": "EdDSA", "kid": kid }), &claims(&school), &school.seed);
        let report = world.verify_token(&token).await;
        assert_eq!(report.outcome, Outcome::Invalid);
        let text = serde_json::to_string(&report).unwrap();
        assert!(
            !text.contains("etc/passwd")
                && !text.contains("OR 1=1")
                && !text.contains("kkkkkkkkkk")
                && !text.contains("Cookie")
        );
    }
}

#[tokio::test]
async fn a_token_that_names_no_key_is_refused() {
    let (world, school) = world();
    assert_eq!(
        code_of(&world, &forge(&json!({ "alg": "EdDSA" }), &claims(&school), &school.seed)).await,
        "no_kid"
    );
}

#[tokio::test]
async fn the_keys_own_algorithm_rules_and_unsigned_tokens_are_refused() {
    let (world, school) = world();
    let mismatch = forge(&json!({ "alg": "EdDSA", "kid": school.kid }), &claims(&school), &school.seed);
    assert_eq!(code_of(&world, &mismatch).await, "key_alg_mismatch");
    for alg in ["none", "None", "HS256"] {
        let token = forge(&json!({ "alg": alg, "kid": school.kid }), &claims(&school), &school.seed);
        assert_eq!(code_of(&world, &token).await, "alg_not_allowed", "{alg}");
    }
}

#[tokio::test]
async fn vcj_4_and_8_a_token_past_its_end_is_expired_by_the_second() {
    let school_at = |now: &str| {
        let world = World::at(now);
        let school = School::open(&world.shelf, "school.example", IdMethod::Url);
        (world, school)
    };
    let (world, school) = school_at("2029-09-01T10:00:00Z");
    let token = school.token(&plain_badge(&school));
    assert_valid(&world.verify_token(&token).await);
    let (later, _) = school_at("2029-09-01T10:00:01Z");
    assert_fails(&later.verify_token(&token).await, "validity", "expired");
    // Without `exp`, the credential's own `validUntil` still counts.
    let mut without = payload(&token);
    without.as_object_mut().unwrap().remove("exp");
    let header = json!({ "alg": "EdDSA", "kid": school.method });
    assert_fails(&later.verify_token(&forge(&header, &without, &school.seed)).await, "validity", "expired");
    // And without `validUntil`, the token's `exp`.
    let mut only_exp = payload(&token);
    only_exp.as_object_mut().unwrap().remove("validUntil");
    assert_fails(&later.verify_token(&forge(&header, &only_exp, &school.seed)).await, "validity", "expired");
}

#[tokio::test]
async fn a_backdated_token_of_a_revoked_key_does_not_count() {
    let (world, school) = world();
    let mut document = school.document();
    // After the badge's own `nbf` and before today: whoever stole the key simply writes an earlier date.
    document["verificationMethod"][1]["revoked"] = "2026-11-01T00:00:00Z".into();
    world.shelf.put(&school.id, &document);
    assert_fails(&world.verify_token(&school.token(&plain_badge(&school))).await, "proof", "key_revoked");
    // A list of revoked badges in a token is held to the same.
    let list = school.token(&school.unsigned_list(&[]));
    world.shelf.put_bytes(&school.list_url(), 200, "application/vc+jwt", list.as_bytes());
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_unproved");
}

#[tokio::test]
async fn vcj_5_every_claim_must_be_there() {
    let (world, school) = world();
    for claim in ["iss", "sub", "nbf", "jti"] {
        let mut payload = claims(&school);
        payload.as_object_mut().unwrap().remove(claim);
        let token = forge(&json!({ "alg": "EdDSA", "kid": school.method }), &payload, &school.seed);
        assert_fails(&world.verify_token(&token).await, "claims", "claim_missing");
    }
}

#[tokio::test]
async fn vcj_9_and_10_claims_that_differ_from_the_credential_are_refused() {
    let (world, school) = world();
    let differing = [
        ("iss", json!("https://school.example/issuers/1/")),
        ("iss", json!("https://SCHOOL.example/issuers/1")),
        ("iss", json!("https://school.example:443/issuers/1")),
        ("iss", json!("https://evil.example/issuers/1")),
        ("sub", json!("urn:uuid:00000000-0000-4000-8000-000000000000")),
        ("jti", json!("https://school.example/credentials/2")),
        ("nbf", json!(1)),
        ("exp", json!(4_102_444_800_i64)),
    ];
    for (claim, value) in differing {
        let mut payload = claims(&school);
        payload[claim] = value;
        let token = forge(&json!({ "alg": "EdDSA", "kid": school.method }), &payload, &school.seed);
        assert_fails(&world.verify_token(&token).await, "claims", "claim_mismatch");
    }
    // The issuer as a bare text is held to the same.
    let mut payload = claims(&school);
    payload["issuer"] = "https://evil.example/issuers/1".into();
    let token = forge(&json!({ "alg": "EdDSA", "kid": school.method }), &payload, &school.seed);
    assert_fails(&world.verify_token(&token).await, "claims", "claim_mismatch");
}

#[tokio::test]
async fn vcj_12_a_token_with_two_credentials_is_refused() {
    let (world, school) = world();
    let mut payload = claims(&school);
    payload["vc"] = badge(&school);
    let token = forge(&json!({ "alg": "EdDSA", "kid": school.method }), &payload, &school.seed);
    assert_fails(&world.verify_token(&token).await, "claims", "two_credentials");
}

#[tokio::test]
async fn vcj_13_what_is_reported_comes_out_of_the_signed_token() {
    let (world, school) = world();
    let report = world.verify_token(&school.token(&badge(&school))).await;
    assert_eq!(report.achievement.unwrap().name.as_deref(), Some("Applied Data Skills"));
    assert_eq!(report.credential.unwrap().id.as_deref(), Some("https://school.example/credentials/1"));
    // There is no way to hand in a parsed credential beside the token; a token with text behind it is none.
    let with_more = format!("{}{}", school.token(&badge(&school)), badge(&school));
    assert_eq!(world.verify_token(&with_more).await.outcome, Outcome::Invalid);
}

#[tokio::test]
async fn vcj_14_a_bad_proof_inside_a_good_token_is_a_warning_and_not_hidden() {
    let (world, school) = world();
    let mut inner = school.sign(&plain_badge(&school));
    let good = world.verify_token(&school.token(&inner)).await;
    assert_valid(&good);
    assert_eq!(check(&good, "inner_proof").outcome, CheckOutcome::Passed);
    inner["proof"][0]["created"] = "2026-09-01T10:00:01Z".into();
    let report = world.verify_token(&school.token(&inner)).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert_eq!(check(&report, "inner_proof").outcome, CheckOutcome::Warning);
}

#[tokio::test]
async fn a_token_in_an_envelope_is_examined_and_nothing_else_in_the_envelope_counts() {
    let (world, school) = world();
    let token = vc_jose::sign(&badge(&school), &school.kid, SignatureLife::default(), &school.p256).unwrap();
    let mut envelope = vc_jose::envelop(&token);
    assert_valid(&world.verify(&envelope).await);
    envelope["name"] = "Another badge".into();
    let report = world.verify(&envelope).await;
    assert_ne!(report.credential.and_then(|credential| credential.name).as_deref(), Some("Another badge"));
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    envelope["id"] = format!("data:application/vc+jwt,{signed}.{other}{}", &signature[1..]).into();
    assert_fails(&world.verify(&envelope).await, "proof", "bad_signature");
    envelope["id"] = "https://school.example/credentials/1.jwt".into();
    assert_eq!(check(&world.verify(&envelope).await, "parse").outcome, CheckOutcome::Failed);
}

#[tokio::test]
async fn vcj_17_a_status_list_is_no_badge() {
    let (world, school) = world();
    let mut list = school.unsigned_list(&[]);
    list["credentialSubject"]["id"] = "https://school.example/status/1#list".into();
    let report = world.verify_token(&school.token(&list)).await;
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(check(&report, "type").code, Some("wrong_type"));
    let embedded = world.verify(&school.status_list(&[])).await;
    assert_eq!(check(&embedded, "type").code, Some("wrong_type"));
}

#[tokio::test]
async fn things_that_are_no_tokens_are_refused_without_a_panic() {
    let (world, school) = world();
    let good = school.token(&badge(&school));
    let [header, body, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    for token in [
        String::new(),
        "..".into(),
        "a.b.c".into(),
        format!("{header}.{body}."),
        format!("{header}.{body}.{signature}.{signature}"),
        format!("{header}=.{body}.{signature}"),
        format!("{header}. {body}.{signature}"),
        format!("{}.{}.{signature}", part("null"), part("[]")),
        format!("{}.{}.{signature}", part("{\"alg\":\"ES256\",\"alg\":\"none\"}"), body),
        "x".repeat(3 << 20),
    ] {
        assert_eq!(world.verify_token(&token).await.outcome, Outcome::Invalid);
    }
}
