use accolade_core::Timestamp;
use accolade_signing::vc_jose::{self, SignatureLife};
use accolade_signing::vc_jwt;
use serde_json::{Value, json};

use crate::support::{ED25519, P256, base64url, from_base64url, signers, token, with};

const KID: &str = "https://badges.example/issuers/1#key";

fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "https://badges.example/public/credentials/1",
        "type": ["VerifiableCredential"],
        "issuer": {"id": "https://badges.example/issuers/1", "type": ["Profile"]},
        "validFrom": "2026-11-23T10:00:00Z",
        "credentialSubject": {"id": "urn:uuid:7"},
    })
}

fn life() -> SignatureLife {
    let at = |text| Some(Timestamp::parse(text).unwrap());
    SignatureLife { issued: at("2026-11-23T10:00:05Z"), expires: at("2027-01-01T00:00:00Z") }
}

fn unsigned(header: Value, payload: &Value) -> String {
    token(header.to_string(), payload.to_string(), [1; 64])
}

fn header() -> Value {
    json!({"alg": "ES256", "kid": KID, "typ": "vc+jwt", "cty": "vc"})
}

fn code(payload: &Value) -> &'static str {
    vc_jose::read(&unsigned(header(), payload)).map_or_else(|error| error.code(), |_| "ok")
}

fn header_code(member: &str, value: Value) -> &'static str {
    let header = with(&header(), "", member, value);
    vc_jose::read(&unsigned(header, &credential())).map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn a_credential_is_the_payload_itself_and_verifies_under_every_algorithm() {
    for signer in signers() {
        let token = vc_jose::sign(&credential(), KID, SignatureLife::default(), signer).unwrap();
        let parts: Vec<Vec<u8>> = token.split('.').map(from_base64url).collect();
        let header: Value = serde_json::from_slice(&parts[0]).unwrap();
        let alg = signer.algorithm().as_str();
        assert_eq!(header, json!({"alg": alg, "kid": KID, "typ": "vc+jwt", "cty": "vc"}));
        assert_eq!(serde_json::from_slice::<Value>(&parts[1]).unwrap(), credential());
        let read = vc_jose::read(&token).unwrap();
        assert_eq!(read.credential(), &credential());
        assert_eq!(read.verify(signer.public_key()), Ok(()));
        let changed = format!("{}{}", &token[..token.len() - 4], "AAAA");
        assert!(vc_jose::read(&changed).is_ok_and(|read| read.verify(signer.public_key()).is_err()));
    }
}

#[test]
fn the_signatures_life_is_not_the_credentials() {
    let token = vc_jose::sign(&credential(), KID, life(), &P256).unwrap();
    let read = vc_jose::read(&token).unwrap();
    assert_eq!(read.credential(), &credential(), "claims are not part of the credential");
    assert_eq!((read.claims().iat, read.claims().exp), (life().issued, life().expires));
    let later = unsigned(header(), &with(&credential(), "", "nbf", json!(1_900_000_000)));
    let nbf = vc_jose::read(&later).unwrap().claims().nbf.unwrap();
    assert_eq!(nbf.unix_seconds(), 1_900_000_000, "it may start later than the credential");
    let until = with(&credential(), "", "validUntil", json!("2030-01-01T00:00:00Z"));
    assert_eq!(code(&with(&until, "", "exp", json!(1_795_428_000))), "ok", "a signature may end earlier");
}

#[test]
fn the_reader_of_vc_jwt_takes_this_form_too() {
    let token = vc_jose::sign(&credential(), KID, life(), &ED25519).unwrap();
    let read = vc_jwt::read(&token).unwrap();
    assert_eq!(read.verify(ED25519.public_key()), Ok(()));
    assert_eq!(read.claims().iss, "https://badges.example/issuers/1");
    assert_eq!(read.claims().nbf, None);
    assert!(vc_jose::read(&vc_jwt::sign(&credential(), KID, &P256).unwrap()).is_err(), "but not the reverse");
}

#[test]
fn what_is_no_credential_is_not_signed() {
    let sign = |credential: &Value| vc_jose::sign(credential, KID, life(), &P256).unwrap_err().to_string();
    assert!(sign(&json!([])).contains("object"));
    assert!(sign(&with(&credential(), "", "type", json!("VerifiablePresentation"))).starts_with("/type"));
    assert!(sign(&with(&credential(), "", "issuer", Value::Null)).starts_with("/issuer"));
    for name in ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "nonce", "vc", "vp"] {
        assert!(sign(&with(&credential(), "", name, json!(1))).starts_with(&format!("/{name}")), "{name}");
    }
}

// VCJ-12
#[test]
fn vcj_12_vc_and_vp_claims_are_refused() {
    assert_eq!(code(&credential()), "ok");
    for name in ["vc", "vp"] {
        for value in [credential(), json!({}), json!(null)] {
            let mut payload = credential();
            payload[name] = value;
            assert_eq!(code(&payload), "claim_not_allowed", "{name}");
        }
    }
    assert_eq!(
        code(&json!({"vc": credential(), "iss": "https://badges.example/issuers/1"})),
        "claim_not_allowed"
    );
}

// VCJ-9, VCJ-10
#[test]
fn vcj_9_a_claim_that_is_there_equals_the_credentials_member() {
    for (name, same, other) in [
        ("iss", json!("https://badges.example/issuers/1"), json!("https://badges.example/issuers/1/")),
        ("sub", json!("urn:uuid:7"), json!("urn:uuid:8")),
        ("jti", json!("https://badges.example/public/credentials/1"), json!("urn:uuid:8")),
    ] {
        assert_eq!(code(&with(&credential(), "", name, same)), "ok", "{name}");
        assert_eq!(code(&with(&credential(), "", name, other)), "claim_mismatch", "{name}");
        assert_eq!(code(&with(&credential(), "", name, json!(7))), "claim_type", "{name}");
    }
    for (member, name, value) in
        [("id", "jti", json!("urn:uuid:8")), ("credentialSubject", "sub", json!("urn:uuid:7"))]
    {
        let without = with(&credential(), "", member, Value::Null);
        assert_eq!(code(&without), "ok", "{member}");
        assert_eq!(code(&with(&without, "", name, value)), "claim_missing", "{name}");
    }
    assert_eq!(code(&with(&credential(), "", "issuer", Value::Null)), "bad_member");
}

// VCJ-1, VCJ-2
#[test]
fn vcj_1_the_signatures_times_are_whole_seconds() {
    for name in ["exp", "iat", "nbf"] {
        for (value, expected) in [
            (json!("1795428000"), "claim_type"),
            (json!(1.5), "claim_type"),
            (json!([]), "claim_type"),
            (json!(-1), "claim_range"),
            (json!(u64::MAX), "claim_range"),
        ] {
            let found = code(&with(&credential(), "", name, value.clone()));
            assert!(
                found == expected || (found == "bad_json" && value == json!(u64::MAX)),
                "{name} {value} {found}"
            );
        }
    }
}

// VCJ-15
#[test]
fn vcj_15_the_header_says_what_the_token_is() {
    for typ in ["vc+jwt", "VC+JWT", "application/vc+jwt", "Application/vc+jwt"] {
        assert_eq!(header_code("typ", json!(typ)), "ok", "{typ}");
    }
    for typ in ["JWT", "vp+jwt", "vc+ld+json+jwt", "vc+sd-jwt", "vc", "text/vc+jwt", ""] {
        assert_eq!(header_code("typ", json!(typ)), "bad_typ", "{typ}");
    }
    assert_eq!(header_code("typ", Value::Null), "bad_typ");
    for cty in [json!("vc"), json!("application/vc"), Value::Null] {
        assert_eq!(header_code("cty", cty), "ok");
    }
    for cty in ["vp", "JWT", "", "vc+jwt"] {
        assert_eq!(header_code("cty", json!(cty)), "bad_cty", "{cty}");
    }
    assert_eq!(header_code("kid", Value::Null), "no_kid");
    assert_eq!(header_code("kid", json!("key-1")), "ok", "it may be relative to the issuer");
    assert_eq!(header_code("iss", json!("https://badges.example/issuers/1")), "ok");
    assert_eq!(header_code("iss", json!("https://evil.example")), "claim_mismatch");
    assert_eq!(header_code("jwk", P256.public_key().to_jwk()), "ok", "it selects, and proves nothing");
    assert_eq!(header_code("x5c", json!([])), "header_not_allowed");
}

#[test]
fn open_badges_tokens_have_none_of_the_w3cs_header_members() {
    let payload = json!({"iss": "a:b"});
    for (name, value) in [("cty", "vc"), ("cty", "JWT"), ("iss", "https://badges.example/issuers/1")] {
        for typ in [json!("JWT"), Value::Null] {
            let header = with(&json!({"alg": "ES256", "kid": KID, "typ": typ}), "", "typ", typ.clone());
            let token = unsigned(with(&header, "", name, json!(value)), &payload);
            assert_eq!(vc_jwt::read(&token).unwrap_err().code(), "header_not_allowed", "{name}");
            assert!(accolade_signing::badge_v2::read(&token).is_err());
        }
    }
}

// VCJ-17
#[test]
fn vcj_17_a_payload_that_is_no_credential_is_refused() {
    for kind in [json!("VerifiablePresentation"), json!([]), json!(7), Value::Null] {
        assert_eq!(code(&with(&credential(), "", "type", kind.clone())), "bad_member", "{kind}");
    }
    assert_eq!(code(&json!([])), "bad_json");
}

#[test]
fn an_enveloped_credential_is_opened_exactly() {
    let token = vc_jose::sign(&credential(), KID, life(), &P256).unwrap();
    let envelope = vc_jose::envelop(&token);
    assert_eq!(envelope["id"], format!("data:application/vc+jwt,{token}"));
    assert_eq!(vc_jose::open_envelope(&envelope), Ok(token.as_str()));
    let listed =
        with(&envelope, "", "@context", json!(["https://www.w3.org/ns/credentials/v2", "https://a.example"]));
    assert_eq!(vc_jose::open_envelope(&listed), Ok(token.as_str()));
    for (member, value) in [
        ("type", json!("VerifiableCredential")),
        ("type", json!("EnvelopedVerifiablePresentation")),
        ("type", Value::Null),
        ("@context", Value::Null),
        ("@context", json!("https://www.w3.org/2018/credentials/v1")),
        ("@context", json!(["https://a.example", "https://www.w3.org/ns/credentials/v2"])),
        ("id", Value::Null),
        ("id", json!(token)),
        ("id", json!(format!("data:application/vp+jwt,{token}"))),
        ("id", json!(format!("data:application/vc+jwt;base64,{}", base64url(&token)))),
        ("id", json!(format!("data:application/vc+sd-jwt,{token}"))),
        ("id", json!(format!("data:text/plain,{token}"))),
        ("id", json!("data:application/vc+jwt")),
        ("id", json!("https://badges.example/credentials/1")),
    ] {
        let changed = with(&envelope, "", member, value.clone());
        assert_eq!(vc_jose::open_envelope(&changed).unwrap_err().code(), "bad_member", "{member} {value}");
    }
    assert!(vc_jose::open_envelope(&json!(token)).is_err());
}
