//! What the log says at its most talkative, and what it never says.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test, a missing value is a failure"
)]

use std::io::Write;
use std::sync::{Arc, Mutex};

use accolade_issuing::Scope;
use accolade_tests::exchange::Request;
use accolade_tests::server::Server;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

/// Where the log goes in this process.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Kept;

    fn make_writer(&'a self) -> Kept {
        self.clone()
    }
}

fn asking_for_a_token(form: &str) -> Request {
    Request::new("POST", "/oauth/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
}

#[test]
fn log_1_the_log_has_a_line_for_each_request_and_nothing_secret_or_personal() {
    let kept = Kept::default();
    tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(kept.clone()).init();
    let server = Server::on_sqlite();
    let school = server.school();
    let secret = server.secret();
    let award = server.owner().award(&school.achievement, "canary-mail@example.org");
    let id = award["id"].as_str().unwrap();
    let jwt = server.anyone().get(award["links"]["jwt"].as_str().unwrap()).text().to_owned();
    let (client_id, client_secret) = server.new_key(&[Scope::Admin], None);
    let credentials = format!("client_id={client_id}&client_secret={client_secret}");
    let grant = asking_for_a_token(&format!("grant_type=client_credentials&{credentials}"));
    let token = server.anyone().send(grant).expect(200)["access_token"].as_str().unwrap().to_owned();
    server.anyone().with_key(&token).get("/v1/issuers").expect(200);
    let encoded = STANDARD.encode(format!("{client_id}:{client_secret}"));
    let signature = jwt.rsplit('.').next().unwrap();
    let canaries =
        [secret.as_str(), client_secret.as_str(), token.as_str(), encoded.as_str(), "canary", signature];

    let orders = format!("/v1/achievements/{}/credentials", school.achievement);
    let order = json!({"recipient": {"email": "canary-mail@example.org", "name": "Canary Name"}, "onDuplicate": "allow"});
    let requests = [
        Request::new("POST", &orders).json(&order).header("idempotency-key", "canary-key"),
        Request::new("POST", &orders).json(&json!({"recipient": {"email": "canary broken"}, "canary": 1})),
        Request::new("POST", "/v1/issuers")
            .header("content-type", "application/json")
            .body("{\"canary\": \"canary\", \"canary\": 1}"),
        Request::new("GET", "/v1/credentials?recipient=canary-mail%40example.org"),
        Request::new("GET", "/v1/credentials?canary=canary"),
        Request::new("GET", "/canary/%0d%0aset-cookie:canary"),
        Request::new("GET", "/public/credentials/canary%1b%5b31m"),
        Request::new("GET", "/healthz").header("user-agent", "canary").header("cookie", "session=canary"),
        Request::new("POST", &format!("/v1/credentials/{id}/revoke"))
            .json(&json!({"reason": "canary reason"})),
        Request::new("POST", "/v1/verify").json(&json!({"jwt": jwt})),
        Request::new("POST", "/v1/verify")
            .json(&json!({"url": "https://badges.example.edu/canary?canary=1"})),
        Request::new("POST", "/v1/verify").header("content-type", "image/svg+xml").body("<svg>canary</svg>"),
        Request::new("GET", "/1.0/identifiers/did:web:badges.example.edu:canary"),
        Request::new("GET", "/1.0/identifiers/did:canary:canary"),
        asking_for_a_token("grant_type=canary&scope=canary&canary=canary"),
        asking_for_a_token("grant_type=client_credentials&client_id=canary&client_secret=canary"),
        asking_for_a_token(&format!("grant_type=client_credentials&scope=canary&{credentials}")),
        Request::new("POST", &format!("/oauth/token?grant_type=client_credentials&{credentials}")),
    ];
    for request in requests {
        let with_key = request.clone().header("authorization", &format!("Bearer {secret}"));
        // 501 is the word for a DID of a method that is not known here.
        let status = with_key.send(server.address).status;
        assert!(status < 500 || status == 501, "{request:?}");
        server.anyone().with_key("acc_canary").send(request);
    }
    let by_header = asking_for_a_token("grant_type=client_credentials");
    by_header.header("authorization", &format!("Basic {encoded}")).send(server.address).expect(200);
    server.holder_of(&[Scope::IssuersRead], None).get("/v1/issuers").expect(200);
    server.stop();

    let log = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    assert!(log.lines().count() > 100, "the log is not talkative: {}", log.lines().count());
    for line in log.lines() {
        for canary in canaries {
            assert!(!line.to_lowercase().contains(&canary.to_lowercase()), "{canary} is in the log: {line}");
        }
        assert!(serde_json::from_str::<Value>(line).is_ok(), "not a line of JSON: {line}");
    }
    let access = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let access: Vec<Value> = access.filter(|line| line["target"] == "accolade::access").collect();
    let awarded =
        access.iter().find(|line| line["fields"]["route"] == "/v1/achievements/{id}/credentials").unwrap();
    assert_eq!(awarded["fields"]["method"], "POST");
    assert_eq!(awarded["fields"]["status"], 201);
    assert!(awarded["fields"]["micros"].as_u64().is_some() && awarded["fields"]["request_id"].is_string());
}
