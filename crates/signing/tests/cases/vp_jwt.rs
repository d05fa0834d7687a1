use accolade_core::Timestamp;
use accolade_signing::vp_jwt::{self, Enclosed, Form, Session};
use accolade_signing::{vc_jose, vc_jwt};
use serde_json::{Value, json};

use crate::support::{ED25519, P256, from_base64url, signers, token, with};

const KID: &str = "did:example:learner#key";
const AUDIENCE: &str = "https://employer.example";

fn session() -> Session<'static> {
    Session {
        audience: AUDIENCE,
        nonce: "n-0S6_WzA2Mj",
        issued: Timestamp::parse("2026-11-23T10:00:00Z").unwrap(),
        expires: Some(Timestamp::parse("2026-11-23T10:05:00Z").unwrap()),
    }
}

fn presentation() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:1",
        "type": ["VerifiablePresentation"],
        "holder": "did:example:learner",
        "verifiableCredential": [],
    })
}

/// The payload of a good token.
fn payload(form: Form) -> Value {
    let token = vp_jwt::sign(&presentation(), KID, form, session(), &P256).unwrap();
    serde_json::from_slice(&from_base64url(token.split('.').nth(1).unwrap())).unwrap()
}

fn unsigned(form: Form, payload: &Value) -> String {
    let typ = if form == Form::Jose { "vp+jwt" } else { "JWT" };
    token(json!({"alg": "ES256", "kid": KID, "typ": typ}).to_string(), payload.to_string(), [1; 64])
}

fn code(form: Form, payload: &Value) -> &'static str {
    vp_jwt::read(&unsigned(form, payload)).map_or_else(|error| error.code(), |_| "ok")
}

const FORMS: [Form; 2] = [Form::Claim, Form::Jose];

#[test]
fn a_presentation_is_read_back_for_its_audience_and_nonce() {
    for form in FORMS {
        for signer in signers() {
            let token = vp_jwt::sign(&presentation(), KID, form, session(), signer).unwrap();
            let read = vp_jwt::read(&token).unwrap();
            assert_eq!((read.form(), read.presentation()), (form, &presentation()));
            assert_eq!(read.verify(signer.public_key()), Ok(()));
            assert_eq!(read.is_for(AUDIENCE, "n-0S6_WzA2Mj"), Ok(()));
            assert_eq!(read.claims().holder.as_deref(), Some("did:example:learner"));
            assert_eq!((read.claims().iat, read.claims().exp), (Some(session().issued), session().expires));
            assert_eq!(read.header().kid.as_deref(), Some(KID));
        }
    }
}

#[test]
fn the_two_forms_differ_in_header_and_payload() {
    let header = |form| {
        let token = vp_jwt::sign(&presentation(), KID, form, session(), &P256).unwrap();
        serde_json::from_slice::<Value>(&from_base64url(token.split('.').next().unwrap())).unwrap()
    };
    assert_eq!(header(Form::Claim), json!({"alg": "ES256", "kid": KID, "typ": "JWT"}));
    assert_eq!(header(Form::Jose), json!({"alg": "ES256", "kid": KID, "typ": "vp+jwt", "cty": "vp"}));
    let common =
        json!({"aud": AUDIENCE, "nonce": "n-0S6_WzA2Mj", "iat": 1_795_428_000, "exp": 1_795_428_300});
    let mut claimed = common.clone();
    claimed["vp"] = presentation();
    claimed["iss"] = json!("did:example:learner");
    claimed["jti"] = json!("urn:uuid:1");
    claimed["nbf"] = json!(1_795_428_000);
    assert_eq!(payload(Form::Claim), claimed);
    let mut whole = presentation();
    for (name, value) in common.as_object().unwrap() {
        whole[name] = value.clone();
    }
    assert_eq!(payload(Form::Jose), whole);
}

// VCJ-6
#[test]
fn vcj_6_a_presentation_for_another_audience_or_nonce_is_refused() {
    for form in FORMS {
        let check = |payload: &Value| {
            let token = unsigned(form, payload);
            vp_jwt::read(&token).unwrap().is_for(AUDIENCE, "n-0S6_WzA2Mj").map_err(|error| error.code())
        };
        let good = payload(form);
        assert_eq!(check(&good), Ok(()));
        assert_eq!(check(&with(&good, "", "aud", json!(["https://a.example", AUDIENCE]))), Ok(()));
        for aud in [json!("https://employer.example/"), json!(["https://a.example"]), json!("")] {
            assert_eq!(check(&with(&good, "", "aud", aud)), Err("claim_mismatch"));
        }
        assert_eq!(check(&with(&good, "", "aud", Value::Null)), Err("claim_missing"));
        assert_eq!(check(&with(&good, "", "aud", json!([]))), Err("claim_missing"));
        assert_eq!(check(&with(&good, "", "nonce", json!("n-0S6_WzA2Mk"))), Err("claim_mismatch"));
        assert_eq!(check(&with(&good, "", "nonce", Value::Null)), Err("claim_missing"));
        for (name, value) in
            [("aud", json!(7)), ("aud", json!([7])), ("nonce", json!(7)), ("exp", json!("1"))]
        {
            assert_eq!(code(form, &with(&good, "", name, value)), "claim_type", "{name}");
        }
    }
}

#[test]
fn claims_and_presentation_name_one_holder_and_one_id() {
    for (form, place) in [(Form::Claim, "/vp"), (Form::Jose, "")] {
        let mut good = payload(form);
        good["iss"] = json!("did:example:learner");
        good["jti"] = json!("urn:uuid:1");
        assert_eq!(code(form, &good), "ok");
        for (name, member) in [("iss", "holder"), ("jti", "id")] {
            assert_eq!(code(form, &with(&good, "", name, json!("urn:other"))), "claim_mismatch", "{name}");
            assert_eq!(
                code(form, &with(&good, place, member, json!("urn:other"))),
                "claim_mismatch",
                "{member}"
            );
            assert_eq!(code(form, &with(&good, "", name, json!(7))), "claim_type", "{name}");
        }
        let object = with(&good, place, "holder", json!({"id": "did:example:learner"}));
        assert_eq!(code(form, &object), "ok");
        assert_eq!(code(form, &with(&good, place, "holder", json!({}))), "bad_member");
        // `iss` may be the only one to say who it is.
        let unnamed = unsigned(form, &with(&good, place, "holder", Value::Null));
        assert_eq!(vp_jwt::read(&unnamed).unwrap().claims().holder.as_deref(), Some("did:example:learner"));
    }
    assert_eq!(code(Form::Claim, &with(&payload(Form::Claim), "", "iss", Value::Null)), "claim_missing");
}

// VCJ-12
#[test]
fn vcj_12_a_token_with_two_documents_is_refused() {
    let claimed = payload(Form::Claim);
    assert_eq!(code(Form::Claim, &with(&claimed, "", "vc", json!({}))), "claim_not_allowed");
    for name in ["@context", "type", "verifiableCredential", "holder", "id", "proof", "termsOfUse"] {
        assert_eq!(code(Form::Claim, &with(&claimed, "", name, json!([]))), "two_credentials", "{name}");
    }
    assert_eq!(code(Form::Claim, &with(&claimed, "", "vp", json!("x"))), "claim_type");
    assert_eq!(code(Form::Claim, &payload(Form::Jose)), "claim_missing");
    for name in ["vc", "vp"] {
        assert_eq!(code(Form::Jose, &with(&payload(Form::Jose), "", name, json!({}))), "claim_not_allowed");
    }
}

// VCJ-15
#[test]
fn vcj_15_a_credentials_token_is_no_presentation_nor_the_reverse() {
    for form in FORMS {
        let token = vp_jwt::sign(&presentation(), KID, form, session(), &P256).unwrap();
        assert!(vc_jwt::read(&token).is_err());
        assert!(vc_jose::read(&token).is_err());
        let place = if form == Form::Claim { "/vp" } else { "" };
        let other = with(&payload(form), place, "type", json!(["VerifiableCredential"]));
        assert_eq!(code(form, &other), "bad_member");
        for typ in ["at+jwt", "vc+jwt", "dpop+jwt"] {
            let header = json!({"alg": "ES256", "kid": KID, "typ": typ}).to_string();
            let token = token_of(&header, &payload(form));
            assert_eq!(vp_jwt::read(&token).unwrap_err().code(), "bad_typ", "{typ}");
        }
        let header = json!({"alg": "ES256", "kid": KID, "typ": "vp+jwt", "cty": "vc"}).to_string();
        assert_eq!(vp_jwt::read(&token_of(&header, &payload(form))).unwrap_err().code(), "bad_cty");
    }
}

fn token_of(header: &str, payload: &Value) -> String {
    token(header, payload.to_string(), [1; 64])
}

#[test]
fn what_is_no_presentation_is_not_signed() {
    for form in FORMS {
        let sign = |presentation: &Value| {
            vp_jwt::sign(presentation, KID, form, session(), &P256).unwrap_err().to_string()
        };
        assert!(sign(&json!("x")).contains("object"));
        assert!(
            sign(&with(&presentation(), "", "type", json!(["VerifiableCredential"]))).starts_with("/type")
        );
        assert!(sign(&with(&presentation(), "", "holder", Value::Null)).starts_with("/holder"));
        assert!(sign(&with(&presentation(), "", "nonce", json!("x"))).starts_with("/nonce"));
    }
}

#[test]
fn the_credentials_inside_are_tokens_or_documents() {
    let credential = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:school",
        "credentialSubject": {"id": "did:example:learner"},
    });
    let inner = vc_jose::sign(&credential, "did:example:school#key", Default::default(), &ED25519).unwrap();
    let shown = |form, entries: Value| {
        let shown = with(&presentation(), "", "verifiableCredential", entries);
        vp_jwt::sign(&shown, KID, form, session(), &P256).unwrap()
    };
    let token = shown(Form::Jose, json!([vc_jose::envelop(&inner), credential]));
    let read = vp_jwt::read(&token).unwrap();
    assert_eq!(read.credentials(), Ok(vec![Enclosed::Token(&inner), Enclosed::Document(&credential)]));
    let token = shown(Form::Claim, json!([inner, credential]));
    let read = vp_jwt::read(&token).unwrap();
    assert_eq!(read.credentials(), Ok(vec![Enclosed::Token(&inner), Enclosed::Document(&credential)]));
    let token = shown(Form::Claim, json!(inner));
    assert_eq!(vp_jwt::read(&token).unwrap().credentials(), Ok(vec![Enclosed::Token(&inner)]));
    for (form, entries) in [
        (Form::Jose, json!([inner])),
        (Form::Jose, json!([7])),
        (Form::Claim, json!([null])),
        (Form::Jose, json!([with(&vc_jose::envelop(&inner), "", "id", json!("urn:uuid:1"))])),
    ] {
        let token = shown(form, entries);
        assert_eq!(vp_jwt::read(&token).unwrap().credentials().unwrap_err().code(), "bad_member");
    }
    let token = shown(Form::Jose, Value::Null);
    assert_eq!(vp_jwt::read(&token).unwrap().credentials(), Ok(vec![]));
}

#[test]
fn an_enveloped_presentation_is_opened_exactly() {
    let token = vp_jwt::sign(&presentation(), KID, Form::Jose, session(), &P256).unwrap();
    let envelope = vp_jwt::envelop(&token);
    assert_eq!(vp_jwt::open_envelope(&envelope), Ok(token.as_str()));
    assert!(vc_jose::open_envelope(&envelope).is_err());
    assert!(vp_jwt::open_envelope(&vc_jose::envelop(&token)).is_err());
}
