use accolade_signing::jws::{self, HeaderToSign, JwsError};
use accolade_signing::{PublicKey, Signer, badge_v2};
use serde_json::json;

use crate::support::{ED25519, P256, P384, RSA, base64url, from_base64url, signers, token};

fn code(token: &str) -> &'static str {
    jws::parse(token).unwrap_err().code()
}

fn verify(token: &str, key: &PublicKey) -> Result<(), JwsError> {
    jws::parse(token)?.verify(key)
}

fn signed(signer: &Signer) -> String {
    signer.sign_jws(HeaderToSign::default(), b"{}").unwrap()
}

/// The signature part exchanged.
fn resigned(token: &str, signature: &[u8]) -> String {
    format!("{}.{}", token.rsplit_once('.').unwrap().0, base64url(signature))
}

#[test]
fn every_kind_of_key_verifies_its_own_tokens_and_no_others() {
    for signer in signers() {
        let token = signed(signer);
        assert_eq!(verify(&token, signer.public_key()), Ok(()));
        let other = token.replacen(&base64url("{}"), &base64url("[]"), 1);
        assert_eq!(verify(&other, signer.public_key()), Err(JwsError::BadSignature));
    }
}

#[test]
fn a_signer_can_be_shared_between_threads() {
    let signer: &'static Signer = &P256;
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| signed(signer))).collect();
    for token in threads.into_iter().map(|thread| thread.join().unwrap()) {
        assert_eq!(verify(&token, signer.public_key()), Ok(()));
    }
}

// JWS-1, JWS-2
#[test]
fn jws_1_an_algorithm_that_is_none_symmetric_or_unknown_is_not_allowed() {
    for alg in ["none", "None", "nOnE", "", "HS256", "rs256", "RS256 ", "ES512", "PS384", "ES256K", "Ed448"] {
        let header = json!({ "alg": alg }).to_string();
        assert_eq!(code(&token(&header, "{}", [0; 64])), "alg_not_allowed", "{alg}");
    }
    assert_eq!(code(&token("{}", "{}", [0; 64])), "alg_not_allowed");
    assert_eq!(code(&token(r#"{"alg":["RS256"]}"#, "{}", [0; 64])), "bad_header");
    assert_eq!(code(&format!("{}.{}.", base64url(r#"{"alg":"none"}"#), base64url("{}"))), "not_compact_jws");
}

// JWS-3: the public key as an HMAC secret
#[test]
fn jws_3_a_public_key_is_never_taken_as_a_shared_secret() {
    let header = token(r#"{"alg":"HS256"}"#, "{}", RSA.public_key().to_pem());
    assert_eq!(code(&header), "alg_not_allowed");
}

// JWS-4
#[test]
fn jws_4_a_token_that_names_another_algorithm_than_the_keys_is_refused() {
    for signer in signers() {
        for other in signers().into_iter().filter(|other| other.algorithm() != signer.algorithm()) {
            let error = verify(&signed(signer), other.public_key()).unwrap_err();
            assert_eq!(error.code(), "key_alg_mismatch", "{error}");
        }
    }
}

// JWS-5
#[test]
fn jws_5_an_es256_signature_in_der_is_refused() {
    let token = signed(&P256);
    let signature = from_base64url(token.rsplit_once('.').unwrap().1);
    let der = openssl::ecdsa::EcdsaSig::from_private_components(
        openssl::bn::BigNum::from_slice(&signature[..32]).unwrap(),
        openssl::bn::BigNum::from_slice(&signature[32..]).unwrap(),
    )
    .and_then(|signature| signature.to_der())
    .unwrap();
    assert_eq!(verify(&resigned(&token, &der), P256.public_key()), Err(JwsError::BadSignature));
}

// JWS-6
#[test]
fn jws_6_an_ecdsa_signature_with_a_zero_or_out_of_range_number_is_refused() {
    for (signer, order) in [
        (&*P256, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
        (
            &*P384,
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
        ),
    ] {
        let token = signed(signer);
        let signature = from_base64url(token.rsplit_once('.').unwrap().1);
        let (r, s) = signature.split_at(signature.len() / 2);
        let (order, zero, most) = (&hex(order)[..], &vec![0; r.len()][..], &vec![0xff; r.len()][..]);
        for forged in [[zero, s], [r, zero], [zero, zero], [order, s], [r, order], [most, s], [r, most]] {
            let verdict = verify(&resigned(&token, &forged.concat()), signer.public_key());
            assert_eq!(verdict, Err(JwsError::BadSignature));
        }
        // The same numbers, spelt with more zeros.
        for forged in [[r, &[0], s], [&[0], r, s]] {
            let verdict = verify(&resigned(&token, &forged.concat()), signer.public_key());
            assert_eq!(verdict, Err(JwsError::BadSignature));
        }
    }
}

#[test]
fn a_signature_of_the_wrong_length_is_refused() {
    for signer in signers() {
        let token = signed(signer);
        let signature = from_base64url(token.rsplit_once('.').unwrap().1);
        let longer = [&signature[..], &[0]].concat();
        for forged in [&signature[1..], &signature[..signature.len() - 1], &longer[..], &[0; 1]] {
            assert_eq!(verify(&resigned(&token, forged), signer.public_key()), Err(JwsError::BadSignature));
        }
    }
}

// JWS-9: that the embedded key is the issuer's is for the examiner to find; here it is only handed on.
#[test]
fn jws_9_a_key_in_the_header_is_read_but_never_used() {
    let jwk = ED25519.public_key().to_jwk();
    let header = json!({ "alg": "EdDSA", "jwk": jwk }).to_string();
    let token = token(header, "{}", [1; 64]);
    let parsed = jws::parse(&token).unwrap();
    assert_eq!(parsed.header().jwk.as_ref(), Some(ED25519.public_key()));
    assert_eq!(parsed.verify(ED25519.public_key()), Err(JwsError::BadSignature));
}

// JWS-10
#[test]
fn jws_10_a_private_key_in_the_header_is_refused_and_not_repeated() {
    let mut jwk = ED25519.public_key().to_jwk();
    jwk["d"] = json!("c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA");
    let token = token(json!({ "alg": "EdDSA", "jwk": jwk }).to_string(), "{}", [1; 64]);
    let error = jws::parse(&token).unwrap_err();
    assert_eq!(error.code(), "private_member");
    assert!(!format!("{error} {error:?}").contains("c2Vjcm"));
}

// JWS-12, JWS-19
#[test]
fn jws_12_further_header_members_are_not_allowed() {
    for (name, value) in [
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/chain")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AA")),
        ("x5t#S256", json!("AA")),
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("zip", json!("DEF")),
        ("url", json!("https://evil.example")),
        ("whatever", json!(1)),
    ] {
        let header = json!({ "alg": "EdDSA", name: value }).to_string();
        assert_eq!(code(&token(header, "{}", [0; 64])), "header_not_allowed", "{name}");
    }
}

#[test]
fn long_texts_in_a_header_are_refused_and_not_repeated() {
    let long = "x".repeat(200_000);
    for (header, code) in [
        (json!({ "alg": "EdDSA", "typ": long }), "bad_header"),
        (json!({ "alg": "EdDSA", "cty": long }), "bad_header"),
        (json!({ "alg": "EdDSA", "iss": long }), "bad_header"),
        (json!({ "alg": long }), "alg_not_allowed"),
        (json!({ "alg": "EdDSA", &long: 1 }), "header_not_allowed"),
    ] {
        let token = token(header.to_string(), "{}", [0; 64]);
        let error = jws::parse(&token).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.to_string().len() < 200);
    }
}

#[test]
fn ed25519_has_two_names() {
    // RFC 9864
    let header = jws::parse(&token(r#"{"alg":"Ed25519"}"#, "{}", [0; 64])).unwrap().header().clone();
    assert_eq!(header.alg, ED25519.algorithm());
}

// JWS-13
#[test]
fn jws_13_a_kid_that_no_key_would_have_is_refused() {
    let long = format!("https://x.example/{}", "k".repeat(10_000));
    for kid in ["", "' OR 1=1--", "a\u{0}b", "a\r\nb", "a b", "a\"b", "<b>", "kid\u{e9}", "{{kid}}", &long] {
        let header = json!({ "alg": "EdDSA", "kid": kid }).to_string();
        // A NUL never gets that far: strict JSON has none.
        let expected = if kid.contains('\0') { "bad_json" } else { "bad_kid" };
        let found = code(&token(header, "{}", [0; 64]));
        assert!(found == expected || found == "bad_kid", "{kid:?} {found}");
    }
    assert_eq!(code(&token(r#"{"alg":"EdDSA","kid":7}"#, "{}", [0; 64])), "bad_header");
}

// JWS-18
#[test]
fn jws_18_every_crit_is_refused() {
    for crit in [json!(["exp"]), json!(["x"]), json!([]), json!("x"), json!(null), json!(["b64"])] {
        let header = json!({ "alg": "EdDSA", "crit": crit, "x": 1 }).to_string();
        assert_eq!(code(&token(header, "{}", [0; 64])), "crit_not_allowed", "{crit}");
    }
}

// JWS-20
#[test]
fn jws_20_a_repeated_header_member_is_refused() {
    for header in [
        r#"{"alg":"none","alg":"EdDSA"}"#,
        r#"{"alg":"EdDSA","alg":"EdDSA"}"#,
        r#"{"alg":"EdDSA","\u0061lg":"none"}"#,
    ] {
        assert_eq!(code(&token(header, "{}", [0; 64])), "duplicate_member", "{header}");
    }
}

// JWS-21
#[test]
fn jws_21_anything_but_three_canonical_parts_is_refused() {
    let good = signed(&ED25519);
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts[..] else { unreachable!() };
    let tail_bits = format!("{header}.{payload}.{}", set_tail_bits(signature));
    for bad in [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        format!("{header}.{payload}"),
        format!("{good}."),
        format!(".{good}"),
        format!("{good}.{signature}"),
        format!("{header}.{payload}.{signature}.{signature}.{signature}"),
        format!("{header}..{signature}"),
        format!(".{payload}.{signature}"),
        format!("{header}.{payload}."),
        format!(" {good}"),
        format!("{good}\n"),
        format!("{header}. {payload}.{signature}"),
        format!("{good}="),
        format!("{header}.{payload}==.{signature}"),
        format!("{header}.{payload}.+{}", &signature[1..]),
        format!("{header}.{payload}./{}", &signature[1..]),
        tail_bits,
        format!("\u{feff}{good}"),
        format!("{header}\u{e9}.{payload}.{signature}"),
    ] {
        assert!(jws::parse(&bad).is_err(), "{bad:?}");
    }
    for parts in
        [format!("{good}.{signature}"), format!("{header}.{payload}"), format!("{header}..{signature}")]
    {
        assert_eq!(code(&parts), "not_compact_jws");
    }
    assert_eq!(verify(&good, ED25519.public_key()), Ok(()));
}

// JWS-21
#[test]
fn jws_21_a_header_that_is_no_strict_json_object_is_refused() {
    let bom = b"\xef\xbb\xbf{\"alg\":\"EdDSA\"}".to_vec();
    for header in [
        bom,
        b"{\"alg\":\"\xff\"}".to_vec(),
        b"[]".to_vec(),
        b"null".to_vec(),
        b"{\"alg\":\"EdDSA\"}x".to_vec(),
        b"".to_vec(),
    ] {
        assert!(jws::parse(&token(&header, "{}", [0; 64])).is_err(), "{header:?}");
    }
}

// JWS-22
#[test]
fn jws_22_json_serialisations_are_refused() {
    let flattened =
        json!({"protected": base64url(r#"{"alg":"EdDSA"}"#), "payload": "e30", "signature": "AA"});
    // One signature of two is good; the whole is still not what a badge is.
    let good = signed(&ED25519);
    let [header, payload, signature] = good.split('.').collect::<Vec<_>>()[..] else { unreachable!() };
    let general = json!({"payload": payload, "signatures": [
        {"protected": header, "signature": signature},
        {"protected": header, "signature": base64url([1; 64])},
    ]});
    for text in [flattened.to_string(), general.to_string(), format!("\n {general}")] {
        assert_eq!(code(&text), "json_serialization");
    }
}

#[test]
fn a_token_beyond_all_measure_is_refused_unread() {
    assert_eq!(code(&"a".repeat(jws::LONGEST + 1)), "too_long");
}

#[test]
fn an_assertion_of_open_badges_2_is_signed_with_rsa_only() {
    let assertion = json!({"type": "Assertion", "id": "urn:uuid:a"});
    assert!(badge_v2::sign(&assertion, &ED25519).is_err());
    assert!(badge_v2::sign(&assertion, &P256).is_err());
    assert!(badge_v2::sign(&json!([]), &RSA).is_err());
    let token = badge_v2::sign(&assertion, &RSA).unwrap();
    let read = badge_v2::read(&token).unwrap();
    assert_eq!(read.assertion(), &assertion);
    assert_eq!(read.verify(RSA.public_key()), Ok(()));
    let header = String::from_utf8(from_base64url(token.split('.').next().unwrap())).unwrap();
    assert_eq!(header, r#"{"alg":"RS256"}"#);
}

/// The last character of 64 bytes stands for two bits; the other four must be zero.
fn set_tail_bits(signature: &str) -> String {
    let (rest, last) = signature.split_at(signature.len() - 1);
    let next = match last {
        "A" => "B",
        "Q" => "R",
        "g" => "h",
        _ => "x",
    };
    format!("{rest}{next}")
}

pub(crate) fn hex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}
