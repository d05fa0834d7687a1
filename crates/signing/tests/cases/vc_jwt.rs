use accolade_signing::{SigningError, vc_jwt};
use serde_json::{Value, json};

use crate::support::{ED25519, P256, RSA, base64url, from_base64url, signers, token, with};

const KID: &str = "https://badges.example/public/keys/1";

fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "https://badges.example/public/credentials/1",
        "type": ["VerifiableCredential"],
        "issuer": {"id": "https://badges.example/public/issuers/1", "type": ["Profile"]},
        "validFrom": "2026-11-23T10:00:00Z",
        "validUntil": "2027-11-23T11:00:00+01:00",
        "credentialSubject": {"id": "urn:uuid:7", "type": ["AchievementSubject"]},
    })
}

fn claims() -> Value {
    let mut claims = credential();
    for (name, value) in [
        ("iss", json!("https://badges.example/public/issuers/1")),
        ("jti", json!("https://badges.example/public/credentials/1")),
        ("sub", json!("urn:uuid:7")),
        ("nbf", json!(1_795_428_000)),
        ("exp", json!(1_826_964_000)),
    ] {
        claims[name] = value;
    }
    claims
}

/// A token with that payload text and a signature nobody looks at.
fn unsigned(payload: impl AsRef<[u8]>) -> String {
    token(json!({"alg": "ES256", "kid": KID, "typ": "JWT"}).to_string(), payload, [1; 64])
}

fn code(payload: &Value) -> &'static str {
    text_code(&payload.to_string())
}

fn text_code(payload: &str) -> &'static str {
    vc_jwt::read(&unsigned(payload)).map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn a_credential_signed_as_a_jwt_is_read_back_and_verifies() {
    for signer in signers() {
        let token = vc_jwt::sign(&credential(), KID, signer).unwrap();
        let read = vc_jwt::read(&token).unwrap();
        assert_eq!(read.verify(signer.public_key()), Ok(()));
        assert_eq!(read.credential(), &credential());
        assert_eq!(read.header().kid.as_deref(), Some(KID));
        assert_eq!(read.claims().exp.unwrap().to_string(), "2027-11-23T10:00:00Z");
        // TIME-5
        assert_eq!(read.claims().nbf.unwrap().to_string(), "2026-11-23T10:00:00Z");
    }
}

#[test]
fn the_token_is_the_credential_with_its_claims_in_whole_seconds() {
    let token = vc_jwt::sign(&credential(), KID, &P256).unwrap();
    let parts: Vec<Vec<u8>> = token.split('.').map(from_base64url).collect();
    let header: Value = serde_json::from_slice(&parts[0]).unwrap();
    assert_eq!(header, json!({"alg": "ES256", "kid": KID, "typ": "JWT"}));
    assert_eq!(serde_json::from_slice::<Value>(&parts[1]).unwrap(), claims());
    let endless = with(&credential(), "", "validUntil", Value::Null);
    let token = vc_jwt::sign(&endless, KID, &P256).unwrap();
    assert_eq!(vc_jwt::read(&token).unwrap().claims().exp, None);
}

#[test]
fn a_credential_that_cannot_be_a_jwt_is_not_signed() {
    for (pointer, member, value, at) in [
        ("", "id", Value::Null, "/id"),
        ("", "issuer", Value::Null, "/issuer"),
        ("/issuer", "id", Value::Null, "/issuer"),
        ("/credentialSubject", "id", Value::Null, "/credentialSubject/id"),
        ("", "validFrom", Value::Null, "/validFrom"),
        ("", "validFrom", json!("2026-11-23T10:00:00"), "/validFrom"),
        ("", "validUntil", json!("never"), "/validUntil"),
        ("", "nbf", json!(1), "/nbf"),
    ] {
        match vc_jwt::sign(&with(&credential(), pointer, member, value), KID, &P256) {
            Err(SigningError::Unfit { pointer, .. }) => assert_eq!(pointer, at),
            other => panic!("{member}: {other:?}"),
        }
    }
    assert!(vc_jwt::sign(&json!("x"), KID, &P256).is_err());
}

#[test]
fn one_changed_byte_is_refused() {
    for signer in signers() {
        let token = vc_jwt::sign(&credential(), KID, signer).unwrap();
        let key = signer.public_key();
        for at in (0..token.len()).step_by(7) {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            let accepted = vc_jwt::read(&changed).is_ok_and(|read| read.verify(key).is_ok());
            assert!(!accepted, "{} byte {at}", signer.algorithm());
        }
    }
}

// VCJ-1
#[test]
fn vcj_1_a_time_written_as_text_has_the_wrong_type() {
    assert_eq!(code(&claims()), "ok");
    for name in ["exp", "nbf", "iat"] {
        for value in [json!("1795428000"), json!(""), json!(true), json!([1]), json!({})] {
            assert_eq!(code(&with(&claims(), "", name, value.clone())), "claim_type", "{name} {value}");
        }
        let mut null = claims();
        null[name] = Value::Null;
        assert_eq!(code(&null), "claim_type", "{name}");
    }
    for name in ["iss", "sub", "jti"] {
        assert_eq!(code(&with(&claims(), "", name, json!(7))), "claim_type", "{name}");
    }
}

// VCJ-2
#[test]
fn vcj_2_a_time_that_is_no_usable_number_is_refused_without_a_panic() {
    let without = with(&claims(), "", "exp", Value::Null);
    let without = with(&without, "", "validUntil", Value::Null).to_string();
    for exp in [
        "-1",
        "-9223372036854775808",
        "1.5",
        "1.0",
        "1e3",
        "1e400",
        "-0.0",
        "18446744073709551615",
        "18446744073709551616",
        "9223372036854775807",
        "253402300800",
        "9007199254740993",
        "NaN",
        "Infinity",
        "0x10",
        "01",
    ] {
        let payload = without.replacen('{', &format!("{{\"exp\":{exp},"), 1);
        let found = text_code(&payload);
        assert!(["claim_type", "claim_range", "bad_json"].contains(&found), "{exp}: {found}");
    }
}

// VCJ-5
#[test]
fn vcj_5_every_claim_must_be_there() {
    for name in ["iss", "sub", "nbf", "jti"] {
        assert_eq!(code(&with(&claims(), "", name, Value::Null)), "claim_missing", "{name}");
    }
    for (pointer, member) in [("", "id"), ("", "issuer"), ("/credentialSubject", "id"), ("", "validFrom")] {
        assert_eq!(code(&with(&claims(), pointer, member, Value::Null)), "claim_missing", "{member}");
    }
}

// VCJ-8: `exp` may be missing; the credential's own `validUntil` is then what the examiner compares.
#[test]
fn vcj_8_a_missing_exp_leaves_the_credentials_own_end() {
    let payload = with(&claims(), "", "exp", Value::Null);
    let token = unsigned(payload.to_string());
    let read = vc_jwt::read(&token).unwrap();
    assert_eq!(read.claims().exp, None);
    assert_eq!(read.credential()["validUntil"], "2027-11-23T11:00:00+01:00");
}

// VCJ-9
#[test]
fn vcj_9_the_issuer_must_be_the_same_text_in_both_places() {
    let as_text = with(&claims(), "", "issuer", json!("https://badges.example/public/issuers/1"));
    assert_eq!(code(&as_text), "ok");
    for issuer in [
        "https://badges.example/public/issuers/1/",
        "https://Badges.example/public/issuers/1",
        "https://badges.example:443/public/issuers/1",
        "http://badges.example/public/issuers/1",
        "https://evil.example",
        "",
    ] {
        assert_eq!(code(&with(&as_text, "", "issuer", json!(issuer))), "claim_mismatch", "{issuer}");
        assert_eq!(code(&with(&claims(), "/issuer", "id", json!(issuer))), "claim_mismatch", "{issuer}");
        assert_eq!(code(&with(&claims(), "", "iss", json!(issuer))), "claim_mismatch", "{issuer}");
    }
}

// VCJ-10
#[test]
fn vcj_10_every_claim_must_equal_the_credentials_member() {
    for (name, value) in [
        ("sub", json!("urn:uuid:8")),
        ("jti", json!("urn:uuid:8")),
        ("nbf", json!(1_795_428_001)),
        ("exp", json!(1_826_964_001)),
        ("validFrom", json!("2026-11-23T10:00:01Z")),
    ] {
        assert_eq!(code(&with(&claims(), "", name, value)), "claim_mismatch", "{name}");
    }
    assert_eq!(code(&with(&claims(), "", "validFrom", json!("2026-11-23"))), "bad_member");
    // TIME-4: a fraction of a second in the credential is cut off, as `nbf` has whole seconds.
    assert_eq!(code(&with(&claims(), "", "validFrom", json!("2026-11-23T10:00:00.5Z"))), "ok");
    let several =
        with(&claims(), "", "credentialSubject", json!([{"id": "urn:uuid:7"}, {"id": "urn:uuid:8"}]));
    assert_eq!(code(&several), "claim_missing");
}

// VCJ-12
#[test]
fn vcj_12_a_token_with_two_credentials_is_refused() {
    assert_eq!(code(&with(&claims(), "", "vc", credential())), "two_credentials");
    assert_eq!(code(&with(&claims(), "", "vc", json!({}))), "two_credentials");
    // Beside a `vc` claim nothing counts but claims, so nothing else may be there.
    let mut payload = json!({"vc": credential()});
    for name in ["iss", "jti", "sub", "nbf", "exp"] {
        payload[name] = claims()[name].clone();
    }
    for name in ["iat", "aud", "nonce", "cnf"] {
        let value = if name == "iat" { json!(1) } else { json!("x") };
        assert_eq!(code(&with(&payload, "", name, value)), "ok", "{name}");
    }
    for name in ["id", "issuer", "validUntil", "credentialStatus", "proof", "termsOfUse", "anything"] {
        assert_eq!(code(&with(&payload, "", name, json!("urn:x"))), "two_credentials", "{name}");
    }
}

#[test]
fn what_the_claims_say_may_be_left_out_of_a_vc_claim() {
    let mut payload = json!({"vc": {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential"],
        "issuer": {"name": "School"},
        "credentialSubject": {"type": ["AchievementSubject"]},
    }});
    for name in ["iss", "jti", "sub", "nbf", "exp"] {
        payload[name] = claims()[name].clone();
    }
    let token = unsigned(payload.to_string());
    let read = vc_jwt::read(&token).unwrap();
    let mut whole = payload["vc"].clone();
    whole["id"] = json!("https://badges.example/public/credentials/1");
    whole["issuer"]["id"] = json!("https://badges.example/public/issuers/1");
    whole["issuanceDate"] = json!("2026-11-23T10:00:00Z");
    whole["expirationDate"] = json!("2027-11-23T10:00:00Z");
    whole["credentialSubject"]["id"] = json!("urn:uuid:7");
    assert_eq!(read.credential(), &whole);
    payload["vc"].as_object_mut().unwrap().remove("issuer");
    let token = unsigned(payload.to_string());
    assert_eq!(
        vc_jwt::read(&token).unwrap().credential()["issuer"],
        "https://badges.example/public/issuers/1"
    );
}

#[test]
fn claims_are_no_members_of_the_credential() {
    let mut payload = claims();
    for name in ["aud", "nonce", "cnf"] {
        payload[name] = json!("x");
    }
    let token = unsigned(payload.to_string());
    assert_eq!(vc_jwt::read(&token).unwrap().credential(), &credential());
}

#[test]
fn the_vc_claim_of_the_older_data_model_is_read() {
    let mut older = credential();
    let members = older.as_object_mut().unwrap();
    let start = members.remove("validFrom").unwrap();
    let end = members.remove("validUntil").unwrap();
    members.insert("issuanceDate".into(), start);
    members.insert("expirationDate".into(), end);
    let mut payload = json!({"vc": older});
    for name in ["iss", "jti", "sub", "nbf", "exp"] {
        payload[name] = claims()[name].clone();
    }
    let token = unsigned(payload.to_string());
    assert_eq!(vc_jwt::read(&token).unwrap().credential(), &older);
    assert_eq!(code(&with(&payload, "", "vc", json!("x"))), "claim_type");
    assert_eq!(code(&with(&payload, "/vc", "id", json!("urn:uuid:8"))), "claim_mismatch");
}

// VCJ-13
#[test]
fn vcj_13_the_credential_is_what_the_signed_bytes_say() {
    let token = vc_jwt::sign(&credential(), KID, &P256).unwrap();
    let read = vc_jwt::read(&token).unwrap();
    let payload: Value = serde_json::from_slice(read.payload()).unwrap();
    assert_eq!(payload, claims());
    assert_eq!(base64url(read.payload()), token.split('.').nth(1).unwrap());
}

// VCJ-15
#[test]
fn vcj_15_a_token_of_another_kind_is_refused() {
    for typ in ["at+jwt", "dpop+jwt", "secevent+jwt", "JOSE", ""] {
        let token =
            token(json!({"alg": "ES256", "kid": KID, "typ": typ}).to_string(), claims().to_string(), [1; 64]);
        assert_eq!(vc_jwt::read(&token).unwrap_err().code(), "bad_typ", "{typ}");
    }
    for typ in ["JWT", "jwt", "application/jwt"] {
        let token =
            token(json!({"alg": "ES256", "kid": KID, "typ": typ}).to_string(), claims().to_string(), [1; 64]);
        assert!(vc_jwt::read(&token).is_ok(), "{typ}");
    }
}

// JWS-13
#[test]
fn jws_13_the_kid_must_be_an_absolute_iri() {
    for kid in ["../../etc/passwd", "1", "#key-1", "/keys/1", "keys:", ":x", "1a:b"] {
        let token = token(json!({"alg": "ES256", "kid": kid}).to_string(), claims().to_string(), [1; 64]);
        assert_eq!(vc_jwt::read(&token).unwrap_err().code(), "bad_kid", "{kid}");
    }
    let neither = token(json!({"alg": "ES256"}).to_string(), claims().to_string(), [1; 64]);
    assert_eq!(vc_jwt::read(&neither).unwrap_err().code(), "no_kid");
    let jwk = P256.public_key().to_jwk();
    let embedded = token(json!({"alg": "ES256", "jwk": jwk}).to_string(), claims().to_string(), [1; 64]);
    assert!(vc_jwt::read(&embedded).is_ok());
    let both = json!({"alg": "ES256", "jwk": jwk, "kid": "1"}).to_string();
    assert!(vc_jwt::read(&token(both, claims().to_string(), [1; 64])).is_ok(), "the key itself is there");
}

// JWS-20
#[test]
fn jws_20_a_repeated_member_anywhere_in_the_payload_is_refused() {
    for (from, to) in [
        ("\"sub\":", "\"sub\":\"urn:uuid:9\",\"sub\":"),
        ("\"type\":[\"Profile\"]", "\"type\":[\"Profile\"],\"type\":[]"),
    ] {
        let payload = claims().to_string().replacen(from, to, 1);
        assert_eq!(text_code(&payload), "duplicate_member", "{payload}");
    }
    assert_eq!(text_code("[]"), "bad_json");
    assert_eq!(text_code(""), "not_compact_jws");
}

#[test]
fn a_token_under_a_foreign_key_is_refused() {
    let token = vc_jwt::sign(&credential(), KID, &P256).unwrap();
    let read = vc_jwt::read(&token).unwrap();
    assert_eq!(read.verify(RSA.public_key()).unwrap_err().code(), "key_alg_mismatch");
    assert_eq!(read.verify(ED25519.public_key()).unwrap_err().code(), "key_alg_mismatch");
    let other = accolade_signing::PrivateKey::generate(accolade_signing::KeyType::P256, &Two).unwrap();
    assert_eq!(read.verify(other.public()).unwrap_err().code(), "bad_signature");
}

struct Two;

impl accolade_core::Entropy for Two {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(2);
    }
}

#[test]
fn a_text_that_may_be_a_token_is_told_from_json_and_urls() {
    assert!(vc_jwt::looks_like_jwt(&vc_jwt::sign(&credential(), KID, &P256).unwrap()));
    assert!(vc_jwt::looks_like_jwt(" eyJhbGciOiJFUzI1NiJ9.e30.AA\n"));
    for text in ["", "{}", "https://badges.example/a.b.c", "a.b.c", "eyJ.b"] {
        assert!(!vc_jwt::looks_like_jwt(text), "{text}");
    }
}
