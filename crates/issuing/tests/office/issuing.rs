use accolade_issuing::{
    Caller, IdempotencyKey, IssueOrder, IssueSuite, Issued, NewApiKey, OfficeError, Publicly, Scope, Scopes,
    SigningKeyState,
};
use accolade_signing::data_integrity::{self, selective};
use accolade_signing::did::{self, ASSERTION_METHOD};
use accolade_signing::{PublicKey, vc_jose};
use serde_json::{Value, json};

use crate::support::{House, faults, house, house_at};

const ISSUER: &str = "{issuer}";

/// A credential that is no badge.
fn membership() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:7c9a2f0e-6c0a-4a0e-9f0e-1b2c3d4e5f60",
        "type": ["VerifiableCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-11-23T10:00:00Z",
        "name": "Membership",
        "credentialSubject": { "id": "did:example:ana", "name": "Ana Ruiz" },
    })
}

struct Desk {
    house: House,
    issuer: String,
    profile_id: String,
}

fn desk_of(house: House, body: Value) -> Desk {
    let issuer = house.register(body);
    Desk { house, issuer: issuer.id, profile_id: issuer.profile_id }
}

fn desk() -> Desk {
    desk_of(house(), json!({ "name": "Example University" }))
}

fn named_by_its_key() -> Desk {
    desk_of(house(), json!({ "name": "Key University", "idMethod": "key" }))
}

impl Desk {
    fn issue(&self, suite: IssueSuite, body: &Value) -> Result<Issued, OfficeError> {
        let body: Value = serde_json::from_str(&body.to_string().replace(ISSUER, &self.profile_id)).unwrap();
        self.house.office.issue(&Caller::system(), &self.issuer, suite, &IssueOrder::parse(&body)?, None)
    }

    fn issued(&self, suite: IssueSuite) -> Value {
        self.issue(suite, &json!({ "credential": membership() })).unwrap().credential
    }

    fn key(&self, method: &str) -> PublicKey {
        if method.starts_with("did:key:") {
            return did::parse_did_key_method(method).unwrap();
        }
        let profile = self.house.json(&Publicly::Issuer(self.issuer.clone()));
        did::find_method(&profile, &self.profile_id, method, ASSERTION_METHOD).unwrap().key
    }

    /// Verifies the proof at `index` with the key that the issuer's published document has under its method.
    fn verify(&self, credential: &Value, index: usize) {
        let (document, proofs) = data_integrity::split(credential).unwrap();
        let key = self.key(proofs[index]["verificationMethod"].as_str().unwrap());
        data_integrity::verify_among(&document, &proofs, index, &key, &Default::default()).unwrap();
    }

    fn keys_of(&self, purpose: &str) -> usize {
        let keys = self.house.office.signing_keys(&Caller::system(), &self.issuer).unwrap();
        keys.iter().filter(|key| key.purpose == purpose && key.state == SigningKeyState::Active).count()
    }

    fn refused(&self, suite: IssueSuite, body: &Value) -> Vec<(String, String)> {
        faults(self.issue(suite, body).unwrap_err())
    }
}

fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut credential = membership();
    change(&mut credential);
    json!({ "credential": credential })
}

#[test]
fn every_suite_signs_what_the_published_keys_verify() {
    for public_url in ["http://127.0.0.1:8080", "https://badges.example.edu"] {
        let desk = desk_of(house_at(public_url), json!({ "name": "Example University" }));
        for suite in IssueSuite::ALL {
            let credential = desk.issued(suite);
            match suite {
                IssueSuite::Jwt => {
                    let token = vc_jose::open_envelope(&credential).unwrap();
                    let read = vc_jose::read(token).unwrap();
                    read.verify(&desk.key(read.header().kid.as_deref().unwrap())).unwrap();
                    assert_eq!(read.credential()["issuer"], desk.profile_id.as_str());
                }
                IssueSuite::EcdsaSd2023 => {
                    desk.verify(&selective::derive(&credential, &["/credentialSubject/name"]).unwrap(), 0);
                }
                _ => desk.verify(&credential, 0),
            }
        }
    }
}

#[test]
fn a_key_for_another_curve_is_made_when_it_is_first_asked_for_and_only_then() {
    let desk = desk();
    assert_eq!((desk.keys_of("p256-proof"), desk.keys_of("p384-proof")), (0, 0));
    let first = desk.issue(IssueSuite::EcdsaRdfc2019P384, &json!({ "credential": membership() })).unwrap();
    assert!(first.key_made);
    let second = desk.issue(IssueSuite::EcdsaJcs2019P384, &json!({ "credential": membership() })).unwrap();
    assert!(!second.key_made);
    assert_eq!((desk.keys_of("p256-proof"), desk.keys_of("p384-proof")), (0, 1));
    assert!(desk.house.audit_verbs(&desk.issuer).contains(&"signing_key.make".to_owned()));
    let method = first.credential["proof"][0]["verificationMethod"].clone();
    for document in [Publicly::Issuer(desk.issuer.clone()), Publicly::DidDocument(desk.issuer.clone())] {
        let document = desk.house.json(&document);
        assert!(document["assertionMethod"].as_array().unwrap().contains(&method), "{document}");
    }
    let jwks = desk.house.json(&Publicly::Jwks(desk.issuer.clone()));
    assert!(jwks["keys"].as_array().unwrap().iter().any(|key| key["crv"] == "P-384"), "{jwks}");
}

#[test]
fn requests_that_race_for_the_first_key_get_the_same_one() {
    let desk = desk();
    let methods: Vec<Value> = std::thread::scope(|scope| {
        let ask = || desk.issued(IssueSuite::EcdsaRdfc2019P256)["proof"][0]["verificationMethod"].clone();
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(methods.iter().all(|method| *method == methods[0]), "{methods:?}");
    assert_eq!(desk.keys_of("p256-proof"), 1);
}

#[test]
fn a_refused_credential_makes_no_key() {
    let desk = desk();
    desk.refused(IssueSuite::EcdsaRdfc2019P256, &changed(|it| it["issuer"] = json!("did:example:other")));
    desk.refused(IssueSuite::EcdsaRdfc2019P256, &changed(|it| it["undefined"] = json!("x")));
    assert_eq!(desk.keys_of("p256-proof"), 0);
}

#[test]
fn keys_for_other_curves_are_rotated_retired_and_compromised_like_the_others() {
    let desk = desk();
    let office = &desk.house.office;
    let rotate = |purpose| office.rotate_signing_keys(&Caller::system(), &desk.issuer, purpose).unwrap();
    assert_eq!(rotate(None).len(), 3, "what was never asked for is not made");
    let old = desk.issued(IssueSuite::EcdsaRdfc2019P256);
    assert_eq!(rotate(None).len(), 4);
    let new = desk.issued(IssueSuite::EcdsaRdfc2019P256);
    assert_ne!(old["proof"][0]["verificationMethod"], new["proof"][0]["verificationMethod"]);
    desk.verify(&old, 0);
    desk.verify(&new, 0);

    let active = || {
        let keys = office.signing_keys(&Caller::system(), &desk.issuer).unwrap();
        let found =
            keys.into_iter().find(|key| key.purpose == "p256-proof" && key.state == SigningKeyState::Active);
        found.unwrap().id
    };
    office.compromise_signing_key(&Caller::system(), &desk.issuer, &active()).unwrap();
    let method = new["proof"][0]["verificationMethod"].clone();
    let profile = desk.house.json(&Publicly::Issuer(desk.issuer.clone()));
    assert!(!profile["assertionMethod"].as_array().unwrap().contains(&method));
    desk.verify(&desk.issued(IssueSuite::EcdsaRdfc2019P256), 0);

    office.retire_signing_key(&Caller::system(), &desk.issuer, &active()).unwrap();
    let refused = desk.issue(IssueSuite::EcdsaRdfc2019P256, &json!({ "credential": membership() }));
    assert!(matches!(refused, Err(OfficeError::NoActiveKey { purpose: "p256-proof" })), "{refused:?}");
    rotate(Some("p256-proof"));
    desk.verify(&desk.issued(IssueSuite::EcdsaRdfc2019P256), 0);
}

#[test]
fn an_issuer_signs_as_itself_or_as_the_key_and_as_nobody_else() {
    let desk = desk();
    let suites = desk.house.office.issuer_suites(&Caller::system(), &desk.issuer).unwrap();
    let offer = |suite| suites.suites.iter().find(|offer| offer.suite == suite).unwrap();
    let did = offer(IssueSuite::EddsaRdfc2022).did_key.clone().unwrap();
    for issuer in [json!(did), json!({ "id": did }), json!({ "id": desk.profile_id, "name": "X" })] {
        let body = changed(|it| it["issuer"] = issuer.clone());
        let credential = desk.issue(IssueSuite::EddsaRdfc2022, &body).unwrap().credential;
        desk.verify(&credential, 0);
        let whose = issuer.get("id").unwrap_or(&issuer).as_str().unwrap();
        let method = credential["proof"][0]["verificationMethod"].as_str().unwrap();
        assert!(method.starts_with(&format!("{whose}#")), "{method}");
    }
    // The key of another suite, another issuer, nobody.
    let jwt_key = offer(IssueSuite::Jwt).did_key.clone().unwrap();
    for issuer in [json!(jwt_key), json!("https://example.com/"), json!({}), json!(7), Value::Null] {
        let told = desk.refused(IssueSuite::EddsaRdfc2022, &changed(|it| it["issuer"] = issuer.clone()));
        assert!(
            told.iter().any(|(pointer, _)| pointer.starts_with("/credential/issuer")),
            "{issuer} {told:?}"
        );
    }
}

#[test]
fn an_issuer_named_by_its_key_signs_under_other_keys_as_those_keys() {
    let desk = named_by_its_key();
    desk.verify(&desk.issued(IssueSuite::EddsaRdfc2022), 0);
    let token = desk.issued(IssueSuite::Jwt);
    let read = vc_jose::read(vc_jose::open_envelope(&token).unwrap()).unwrap();
    read.verify(&desk.key(read.header().kid.as_deref().unwrap())).unwrap();

    let refused = desk.issue(IssueSuite::EcdsaRdfc2019P256, &json!({ "credential": membership() }));
    assert_eq!(faults(refused.unwrap_err()), [("/credential/issuer".into(), "issuer".into())]);
    let suites = desk.house.office.issuer_suites(&Caller::system(), &desk.issuer).unwrap();
    let offer = suites.suites.iter().find(|offer| offer.suite == IssueSuite::EcdsaRdfc2019P256).unwrap();
    let did = offer.did_key.clone().unwrap();
    assert_eq!(offer.issuers, std::slice::from_ref(&did));
    let credential = desk
        .issue(IssueSuite::EcdsaRdfc2019P256, &changed(|it| it["issuer"] = json!(did)))
        .unwrap()
        .credential;
    desk.verify(&credential, 0);
    let document = desk.house.json(&Publicly::DidDocument(desk.issuer.clone()));
    assert_eq!(document["verificationMethod"].as_array().unwrap().len(), 1, "{document}");
}

#[test]
fn a_credential_with_a_proof_gets_another_beside_it() {
    let desk = desk();
    let first = desk.issued(IssueSuite::EddsaRdfc2022);
    let both = desk.issue(IssueSuite::EcdsaRdfc2019P256, &json!({ "credential": first })).unwrap().credential;
    assert_eq!(both["proof"].as_array().unwrap().len(), 2);
    assert_eq!(both["proof"][0], first["proof"][0]);
    desk.verify(&both, 0);
    desk.verify(&both, 1);
    let told = desk.refused(IssueSuite::Jwt, &json!({ "credential": both }));
    assert_eq!(told, [("/credential/proof".into(), "proof".into())]);
    for bad in [json!([]), json!({}), json!("x"), json!([first["proof"][0], 7])] {
        assert!(
            !desk.refused(IssueSuite::EddsaRdfc2022, &changed(|it| it["proof"] = bad.clone())).is_empty()
        );
    }
}

type Change = fn(&mut Value);

#[test]
fn what_cannot_be_trusted_is_refused_with_its_place() {
    let desk = desk();
    let told = |change: Change| desk.refused(IssueSuite::EddsaJcs2022, &changed(change));
    let expected = |pointer: &str, rule: &str| (pointer.to_owned(), rule.to_owned());
    let cases: [(Change, (String, String)); 8] = [
        (|it| it["memberNumber"] = json!(7), expected("/credential/memberNumber", "undefined_term")),
        (
            |it| it["@context"] = json!(["https://www.w3.org/ns/credentials/v2", "https://example.org/c"]),
            expected("/credential/@context/1", "context_not_allowed"),
        ),
        (
            |it| {
                it["@context"] =
                    json!(["https://www.w3.org/ns/credentials/v2", { "x": "https://example.org/x" }])
            },
            expected("/credential/@context/1", "context_not_allowed"),
        ),
        (|it| it["@context"] = json!([]), expected("/credential/@context", "context_order")),
        (
            |it| it["credentialSubject"]["@context"] = json!("https://www.w3.org/ns/credentials/v2"),
            expected("/credential/credentialSubject/@context", "nested_context"),
        ),
        (|it| it["type"] = json!(["Thing"]), expected("/credential/type", "vc.type")),
        (
            |it| {
                it["type"] = json!(["VerifiableCredential", "OpenBadgeCredential"]);
                it["@context"] = json!([
                    "https://www.w3.org/ns/credentials/v2",
                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
                ]);
            },
            expected("/credential/credentialSubject/achievement", "ob3.required"),
        ),
        (|it| it["id"] = json!("javascript:alert(1)"), expected("/credential/id", "url")),
    ];
    for (change, wanted) in cases {
        let found = told(change);
        let same_place = found
            .iter()
            .any(|(pointer, rule)| *pointer == wanted.0 && (*rule == wanted.1 || wanted.1 == "ob3.required"));
        assert!(same_place, "{wanted:?} {found:?}");
    }
}

#[test]
fn a_holder_shows_what_the_issuer_demands_and_what_he_chooses() {
    let desk = desk();
    let body =
        |pointers: Value| json!({ "credential": membership(), "options": { "mandatoryPointers": pointers } });
    let base = desk.issue(IssueSuite::EcdsaSd2023, &body(json!(["/name"]))).unwrap().credential;
    let nothing: [&str; 0] = [];
    let shown = selective::derive(&base, &nothing).unwrap();
    desk.verify(&shown, 0);
    assert_eq!(shown["name"], "Membership");
    assert!(shown["credentialSubject"].get("name").is_none());
    let told = desk.refused(IssueSuite::EcdsaSd2023, &body(json!(["/nowhere"])));
    assert_eq!(told, [("/options/mandatoryPointers".into(), "bad_pointer".into())]);
    let told = desk.refused(IssueSuite::EddsaRdfc2022, &body(json!(["/name"])));
    assert_eq!(told, [("/options/mandatoryPointers".into(), "suite".into())]);
}

#[test]
fn the_same_key_and_request_give_the_same_credential_and_one_entry() {
    let desk = desk();
    let body = json!({ "credential": changed(|it| it["issuer"] = json!(desk.profile_id))["credential"] });
    let order = IssueOrder::parse(&body).unwrap();
    let issue = |suite, order: &IssueOrder| {
        let key = IdempotencyKey::parse("k-1").unwrap();
        desk.house.office.issue(&Caller::system(), &desk.issuer, suite, order, Some(key))
    };
    let first = issue(IssueSuite::EcdsaRdfc2019P256, &order).unwrap();
    desk.house.clock.advance(60);
    assert_eq!(issue(IssueSuite::EcdsaRdfc2019P256, &order).unwrap().credential, first.credential);
    let entries = || {
        let page =
            desk.house.store.read("test", |db| accolade_store::audit::page(db, None, None, 100)).unwrap();
        page.items.into_iter().filter(|entry| entry.verb == "credential.issue").collect::<Vec<_>>()
    };
    let [entry] = &entries()[..] else { panic!("{:?}", entries()) };
    let detail: Value = serde_json::from_str(&entry.detail).unwrap();
    assert_eq!(detail["credentialId"], membership()["id"]);
    assert_eq!(detail["sha256"].as_str().unwrap().len(), 64);
    assert!(!entry.detail.contains("Ana"), "{}", entry.detail);
    let other = IssueOrder::parse(&json!({ "credential": {} })).unwrap();
    for (suite, order) in [(IssueSuite::EddsaRdfc2022, &order), (IssueSuite::EcdsaRdfc2019P256, &other)] {
        assert!(matches!(issue(suite, order), Err(OfficeError::Conflict { .. })));
    }
}

#[test]
fn only_who_may_award_for_the_issuer_may_sign_for_it() {
    let desk = desk();
    let office = &desk.house.office;
    let other = desk.house.register(json!({ "name": "Another" })).id;
    let order = IssueOrder::parse(&json!({ "credential": membership() })).unwrap();
    let caller = |scope: Scope, issuer: &str| {
        let new = NewApiKey { name: "x".into(), scopes: Scopes::from(scope), issuer: Some(issuer.into()) };
        let (_, secret) = office.create_api_key(&Caller::system(), new).unwrap();
        office.authenticate(&secret).unwrap()
    };
    let issue = |caller: &Caller, issuer: &str| {
        office.issue(caller, issuer, IssueSuite::default(), &order, None).unwrap_err()
    };
    let reader = issue(&caller(Scope::CredentialsRead, &desk.issuer), &desk.issuer);
    assert!(matches!(reader, OfficeError::Forbidden { needs: Scope::CredentialsAward }));
    for missing in ["00000000-0000-4000-8000-000000000000", "x", &desk.issuer] {
        assert!(matches!(issue(&caller(Scope::CredentialsAward, &other), missing), OfficeError::NotFound));
    }
}
