//! Nothing that arrives makes the crate panic, and nothing changed is accepted.

use accolade_signing::data_integrity::Proof;
use accolade_signing::status_list::{Bitstring, DecodeOptions};
use accolade_signing::{PublicKey, did, jws, vc_jose, vc_jwt, vp_jwt};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{ED25519, base64url, signers, token};

/// JSON of all kinds, with the names the formats use.
fn anything() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "alg",
        "kid",
        "typ",
        "jwk",
        "kty",
        "crv",
        "x",
        "y",
        "n",
        "e",
        "iss",
        "sub",
        "jti",
        "nbf",
        "exp",
        "vc",
        "vp",
        "cty",
        "aud",
        "nonce",
        "holder",
        "verifiableCredential",
        "id",
        "issuer",
        "validFrom",
        "credentialSubject",
        "type",
        "proofValue",
        "@context",
        "previousProof",
    ]);
    let text = prop::sample::select(vec![
        "EdDSA",
        "ES256",
        "ES384",
        "RS256",
        "PS256",
        "none",
        "vc+jwt",
        "vp+jwt",
        "VerifiableCredential",
        "VerifiablePresentation",
        "EnvelopedVerifiableCredential",
        "OKP",
        "EC",
        "RSA",
        "Ed25519",
        "P-256",
        "P-384",
        "AQAB",
        "",
        "https://a.example",
        "z6Mk",
        "2026-11-23T10:00:00Z",
        "DataIntegrityProof",
        "eddsa-rdfc-2022",
        "assertionMethod",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 32, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        let _ = jws::parse(&text);
        let _ = vc_jwt::read(&text);
        let _ = PublicKey::from_multibase(&text);
        let _ = PublicKey::from_pem(&text);
        let _ = did::parse_did_key_method(&text);
        let _ = did::did_web_url(&text);
        let _ = Bitstring::decode(&text, &DecodeOptions::default());
    }

    #[test]
    fn any_json_is_read_or_refused(header in anything(), payload in anything()) {
        let token = token(header.to_string(), payload.to_string(), [1; 64]);
        let _ = vc_jwt::read(&token);
        let _ = vc_jose::open_envelope(&payload);
        let _ = vp_jwt::read(&token).map(|read| read.credentials().is_ok());
        let _ = PublicKey::from_jwk(&header);
        let _ = Proof::read(&payload);
        let _ = did::find_method(&payload, "https://a.example", "https://a.example#k", "assertionMethod");
        let _ = vc_jwt::sign(&payload, "https://a.example/k", &ED25519);
    }

    #[test]
    fn any_bytes_behind_a_gzip_header_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let gzipped = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff][..], &bytes].concat();
        let _ = Bitstring::decode(&format!("u{}", base64url(gzipped)), &DecodeOptions { min_entries: 0, max_bytes: 4096 });
    }

    #[test]
    fn any_signature_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for signer in signers() {
            prop_assert!(signer.public_key().verify(b"message", &bytes).is_err());
        }
    }

    #[test]
    fn a_payload_with_any_numbers_as_times_is_read_or_refused(nbf in any::<i64>(), exp in any::<f64>()) {
        let payload = json!({"iss": "a:b", "sub": "a:b", "jti": "a:b", "nbf": nbf, "exp": exp, "@context": []});
        let header = json!({"alg": "ES256", "kid": "https://a.example/k"});
        prop_assert!(vc_jwt::read(&token(header.to_string(), payload.to_string(), [1; 64])).is_err());
    }
}
