//! JWK: sets of keys are fetched for issuers, not for whoever names a key.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use accolade_signing::vc_jwt;
use accolade_verifying::{CheckOutcome, EgressSettings, Outcome, Report};
use serde_json::{Value, json};

use crate::support::badges::plain_badge;
use crate::support::servers::{Canary, Server, ok, redirect};
use crate::support::tokens::{forge, payload};
use crate::support::{IdMethod, NOW, School, ToldNames, World, assert_fails, check};

const SET: &str = "/.well-known/jwks.json";
const KID: &str = "https://school.example/keys/p256";

/// An issuer on a server of this machine whose profile lists no keys, so that its host's key set speaks.
struct Issuer {
    world: World,
    school: School,
    server: Server,
    sets: Arc<AtomicUsize>,
}

impl Issuer {
    /// `set` answers for the set of keys, given how often it was asked before and the right set.
    fn new(set: impl Fn(usize, &str) -> String + Send + Sync + 'static) -> Self {
        let egress = EgressSettings { allow_loopback_http: true, ..EgressSettings::default() };
        let world = World::with(NOW, egress, ToldNames::default());
        let mut school = School::open(&world.shelf, "school.example", IdMethod::Url);
        let sets = Arc::new(AtomicUsize::new(0));
        let (asked, key) = (Arc::clone(&sets), school.p256.public_key().to_jwk());
        let server = Server::start_knowing_itself(move |path, url| {
            let id = format!("{url}/issuers/1");
            if path != SET {
                return ok(
                    &json!({ "id": id, "type": ["Profile"], "name": "Example University" }).to_string()
                );
            }
            let mut key = key.clone();
            key["kid"] = KID.into();
            key["iss"] = id.into();
            set(asked.fetch_add(1, Ordering::SeqCst), &json!({ "keys": [key] }).to_string())
        });
        school.move_to(&format!("{}/issuers/1", server.url));
        Self { world, school, server, sets }
    }

    async fn verify(&self) -> Report {
        self.verify_with(KID).await
    }

    async fn verify_with(&self, kid: &str) -> Report {
        let token = vc_jwt::sign(&plain_badge(&self.school), kid, &self.school.p256).unwrap();
        self.world.verify_token(&token).await
    }

    fn sets(&self) -> usize {
        self.sets.load(Ordering::SeqCst)
    }
}

/// Lets time pass for what is kept; real servers need real time, so it stands still only for that.
async fn later(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn jwk_01_a_thousand_names_of_keys_make_one_request_for_the_set() {
    let issuer = Issuer::new(|_, set| ok(set));
    assert_eq!(issuer.verify().await.outcome, Outcome::Valid);
    let claims = payload(&vc_jwt::sign(&plain_badge(&issuer.school), KID, &issuer.school.p256).unwrap());
    for number in 0..1_000 {
        let header = json!({ "alg": "EdDSA", "kid": format!("https://school.example/keys/{number}") });
        let report = issuer.world.verify_token(&forge(&header, &claims, &[7; 32])).await;
        assert_fails(&report, "key", "key_not_controlled_by_issuer");
    }
    assert_eq!((issuer.sets(), issuer.server.count()), (1, 2), "the set, and the profile");
}

#[tokio::test]
async fn jwk_02_an_emptied_set_is_not_asked_for_again_at_once_and_the_keys_from_before_count_for_an_hour() {
    let is_emptied = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&is_emptied);
    let issuer =
        Issuer::new(move |_, set| ok(if state.load(Ordering::SeqCst) { r#"{"keys":[]}"# } else { set }));
    assert_eq!(issuer.verify().await.outcome, Outcome::Valid);
    is_emptied.store(true, Ordering::SeqCst);
    later(301).await;
    for _ in 0..20 {
        let report = issuer.verify().await;
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
        assert_eq!(check(&report, "freshness").outcome, CheckOutcome::Warning, "and it is said");
    }
    assert_eq!(issuer.sets(), 2, "once for the keys, once when they were gone");
    later(31).await;
    assert_eq!(issuer.verify().await.outcome, Outcome::Valid);
    assert_eq!(issuer.sets(), 3, "it is asked again after the time of rest");
    later(3_600).await;
    assert_fails(&issuer.verify().await, "key", "key_not_controlled_by_issuer");
}

#[tokio::test]
async fn jwk_02_a_set_that_was_empty_from_the_first_is_not_asked_for_again_either() {
    let issuer = Issuer::new(|_, _| ok(r#"{"keys":[]}"#));
    for number in 0..50 {
        let report = issuer.verify_with(&format!("https://school.example/keys/{number}")).await;
        assert_fails(&report, "key", "key_not_controlled_by_issuer");
    }
    assert_eq!(issuer.sets(), 1);
}

#[tokio::test]
async fn jwk_02_one_key_less_is_a_decision_and_holds_at_once() {
    let other = json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "new", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }] });
    let issuer =
        Issuer::new(move |before, set| ok(&if before == 0 { set.to_owned() } else { other.to_string() }));
    assert_eq!(issuer.verify().await.outcome, Outcome::Valid);
    later(301).await;
    assert_fails(&issuer.verify().await, "key", "key_not_controlled_by_issuer");
}

#[tokio::test]
async fn jwk_04_a_set_that_another_host_is_said_to_have_is_not_fetched_there() {
    let canary = Canary::new();
    let elsewhere = [
        format!("http://127.0.0.1:{}{SET}", canary.port),
        format!("http://localhost:{}{SET}", canary.port),
        format!("//127.0.0.1:{}{SET}", canary.port),
        "https://evil.example/jwks.json".to_owned(),
    ];
    for place in elsewhere {
        let issuer = Issuer::new(move |_, _| redirect(&place));
        let report = issuer.verify().await;
        assert_ne!(report.outcome, Outcome::Valid, "{report:#?}");
        assert_eq!(check(&report, "key").code, Some("redirect_refused"), "{report:#?}");
        assert!(issuer.world.names.asked.lock().unwrap().is_empty());
    }
    canary.assert_silent();
}

#[tokio::test]
async fn jwk_05_keys_are_looked_for_and_kept_under_the_issuer_and_never_under_what_the_token_names() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Url);
    // The other issuer has a key of its own, and its documents are read and kept.
    assert_eq!(world.verify_token(&evil.token(&plain_badge(&evil))).await.outcome, Outcome::Valid);
    world.shelf.put("https://evil.example/jwks.json", &json!({ "keys": [evil.p256.public_key().to_jwk()] }));
    world.shelf.asked.lock().unwrap().clear();
    let claims = payload(&school.token(&plain_badge(&school)));
    let header = |members: Value| {
        let mut header = json!({ "alg": "EdDSA" });
        header.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        header
    };
    for named in [
        json!({ "kid": evil.kid }),
        json!({ "kid": evil.method }),
        json!({ "kid": "https://evil.example/jwks.json" }),
        json!({ "kid": "https://tracker.example/jwks.json#key" }),
        json!({ "jwk": evil.ed25519.public_key().to_jwk() }),
        json!({ "kid": evil.method, "jku": "https://evil.example/jwks.json" }),
    ] {
        let report = world.verify_token(&forge(&header(named.clone()), &claims, &evil.seed)).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{named}");
    }
    let asked = world.shelf.asked.lock().unwrap().clone();
    assert!(asked.iter().all(|url| url.starts_with("https://school.example/")), "{asked:?}");
    // Nobody has `/.well-known/jwks.json` on the shelf, so the network would have been asked for that of the issuer alone.
    let names = world.names.asked.lock().unwrap().clone();
    assert!(names.iter().all(|name| name == "school.example"), "{names:?}");
}
