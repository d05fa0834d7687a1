//! Tokens: as they come, and as header and payload (one line each) that a stranger has signed.

use std::sync::OnceLock;

use accolade_core::Timestamp;
use accolade_linked_data::json;
use accolade_signing::jws::{self, CompactJws};
use accolade_signing::{PrivateKey, PublicKey, did, vc_jose, vc_jwt, vp_jwt};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::Value;

use super::world::{School, THEN};

/// Reads the bytes in every way a token is read.
pub(crate) fn hold_for(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    read(text, false);
    if let Some((header, payload)) = text.split_once('\n') {
        read(&signed(header, payload), true);
        // The times and facts behind the header are what most readers disagree on; a plain header leads there.
        read(&signed(&format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, keys().kid), text), true);
    }
    envelopes(text);
}

/// The texts to begin with.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let school = School::at("school.example");
    let badge = school.badge();
    let life = vc_jose::SignatureLife::default();
    let token = school.token(&badge);
    let w3c = vc_jose::sign(&badge, &school.kid, life, &school.p256).unwrap();
    let part = |at: usize| {
        String::from_utf8(URL_SAFE_NO_PAD.decode(token.split('.').nth(at).unwrap()).unwrap()).unwrap()
    };
    let session = vp_jwt::Session {
        audience: "https://verifier.example",
        nonce: "n-0S6_WzA2Mj",
        issued: Timestamp::parse(THEN).unwrap(),
        expires: None,
    };
    let presentation = serde_json::json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": school.id,
        "verifiableCredential": [vc_jose::envelop(&w3c)],
    });
    let present =
        |form| vp_jwt::sign(&presentation, &school.kid, form, session, &school.p256).unwrap().into_bytes();
    vec![
        ("vp-jose".to_owned(), present(vp_jwt::Form::Jose)),
        ("vp-claim".to_owned(), present(vp_jwt::Form::Claim)),
        ("vc-jwt".to_owned(), token.clone().into_bytes()),
        ("vc-jose".to_owned(), w3c.clone().into_bytes()),
        ("envelope".to_owned(), vc_jose::envelop(&w3c).to_string().into_bytes()),
        ("parts".to_owned(), format!("{}\n{}", part(0), part(1)).into_bytes()),
        ("claims".to_owned(), CLAIMS.as_bytes().to_vec()),
        ("odd-header".to_owned(), ODD_HEADER.as_bytes().to_vec()),
    ]
}

const CLAIMS: &str = r#"{"alg":"EdDSA","typ":"JWT","kid":"did:key:z#z"}
{"iss":"did:key:z","sub":"urn:s","jti":"urn:i","nbf":1788256800,"exp":1.5,"id":"urn:i","type":["VerifiableCredential"],"issuer":"did:key:z","validFrom":"2026-09-01T10:00:00Z","credentialSubject":{"id":"urn:s"}}"#;
const ODD_HEADER: &str = r#"{"alg":"EdDSA","crit":["b64"],"b64":false,"jku":"https://x.example","typ":"vp+jwt","cty":"vp","iss":"urn:i"}
{"vc":{"type":"VerifiableCredential"},"vp":{},"aud":["a"],"nonce":"n","iat":-1}"#;

const SEED: [u8; 32] = [7; 32];

struct Keys {
    school: PublicKey,
    stranger: SigningKey,
    stranger_public: PublicKey,
    kid: String,
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let stranger_public = PrivateKey::from_ed25519_seed(&SEED).public().clone();
        Keys {
            school: School::at("school.example").p256.public_key().clone(),
            kid: did::did_key_method(&stranger_public).unwrap(),
            stranger_public,
            stranger: SigningKey::from_bytes(&SEED),
        }
    })
}

fn signed(header: &str, payload: &str) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let signature = keys().stranger.sign(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

fn read(token: &str, is_strangers: bool) {
    let parsed = jws::parse(token);
    assert_eq!(jws::parse(token), parsed, "the same twice");
    if let Ok(jws) = &parsed {
        one_spelling(token, jws);
        if is_strangers {
            assert_ne!(jws.verify(&keys().school), Ok(()), "the school did not sign {token}");
            // Only the algorithm can speak against it: the stranger did sign.
            assert_eq!(jws.verify(&keys().stranger_public).is_ok(), jws.header().alg.as_str() == "EdDSA");
        }
    }
    let (badge, w3c, presentation) = (vc_jwt::read(token), vc_jose::read(token), vp_jwt::read(token));
    assert!(parsed.is_ok() || (badge.is_err() && w3c.is_err() && presentation.is_err()));
    assert!(presentation.is_err() || (badge.is_err() && w3c.is_err()), "one token, two kinds: {token}");
    if let Ok(w3c) = &w3c {
        assert_eq!(badge.as_ref(), Ok(w3c), "the reader of badges takes the W3C's form alike");
    }
    if let Ok(vc) = &badge {
        let claims = vc.claims();
        let issuer = vc.credential().get("issuer");
        let issuer = issuer.and_then(|issuer| issuer.get("id").or(Some(issuer))).and_then(Value::as_str);
        assert_eq!(issuer, Some(claims.iss.as_str()), "whose token it is, both places say alike: {token}");
    }
    if let Ok(vp) = &presentation {
        for enclosed in vp.credentials().into_iter().flatten() {
            if let vp_jwt::Enclosed::Token(inner) = enclosed {
                let _ = vc_jwt::read(inner);
            }
        }
    }
}

/// No two texts are the same token: the parts are written as we would write them, and the payload's members once each.
fn one_spelling(token: &str, jws: &CompactJws<'_>) {
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(parts.len(), 3);
    assert_eq!(URL_SAFE_NO_PAD.encode(jws.payload()), parts[1]);
    for part in [parts[0], parts[2]] {
        assert_eq!(
            URL_SAFE_NO_PAD.decode(part).map(|bytes| URL_SAFE_NO_PAD.encode(bytes)).as_deref(),
            Ok(part)
        );
    }
    if let Ok(members) = jws.payload_json() {
        assert_eq!(json::parse(jws.payload()), Ok(Value::Object(members)));
    }
}

fn envelopes(text: &str) {
    let Ok(document) = json::parse(text.as_bytes()) else { return };
    for token in
        [vc_jose::open_envelope(&document).ok(), vp_jwt::open_envelope(&document).ok()].into_iter().flatten()
    {
        read(token, false);
    }
}
