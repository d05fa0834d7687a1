//! Names: what they lead to is checked, and only what was checked is dialled.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use accolade_verifying::egress::Names;
use accolade_verifying::{
    CheckOutcome, EgressSettings, Examiner, ExaminerParts, Outcome, Report, Submission,
};
use serde_json::json;

use super::places::{Fate, PLACES};
use super::{Stage, says, well_known_canaries};
use crate::egress::{development, settings};
use crate::support::badges::plain_badge;
use crate::support::servers::{Canary, Server, ok};
use crate::support::tokens::{forge, payload};
use crate::support::{FixedClock, NOW, ToldNames, World};

/// What `name` leads to is refused wherever it stands.
async fn assert_refused(stage: &Stage, name: &str) {
    for place in PLACES {
        let report = stage.examine(place, &format!("https://{name}/x")).await;
        let whole = || format!("{name} as {}: {report:#?}", place.name);
        if matches!(place.fate, Fate::Needed | Fate::Refused) {
            assert_ne!(report.outcome, Outcome::Valid, "{}", whole());
        }
        if matches!(place.fate, Fate::Needed | Fate::Tried) {
            assert!(stage.asked().iter().all(|asked| asked == name), "{}", whole());
            assert!(says(&report, "egress_blocked"), "{}", whole());
        } else {
            assert!(stage.asked().is_empty(), "{}", whole());
        }
    }
    stage.assert_silent();
}

#[tokio::test]
async fn ssrf_15_a_public_name_of_an_internal_address_is_refused() {
    let names = [
        ("127-0-0-1.sslip.example", "127.0.0.1"),
        ("www.10.1.2.3.nip.example", "10.1.2.3"),
        ("six.example", "::1"),
        ("mapped.example", "::ffff:127.0.0.1"),
        ("metadata.example", "169.254.169.254"),
        ("nat64.example", "64:ff9b::7f00:1"),
    ];
    for (name, address) in names {
        assert_refused(&Stage::knowing(&[(name, &[address])]), name).await;
    }
}

#[tokio::test]
async fn ssrf_16_a_name_with_one_internal_address_beside_public_ones_is_refused_whole() {
    // Addresses of this documentation-like kind are public by the rules, and nobody has them.
    for addresses in
        [&["3ffd::1", "127.0.0.1"][..], &["127.0.0.1", "3ffd::1"], &["3ffd::1", "3ffd::2", "::1"]]
    {
        assert_refused(&Stage::knowing(&[("two.example", addresses)]), "two.example").await;
    }
}

/// A name server that changes its mind.
struct Fickle {
    answers: Mutex<VecDeque<&'static str>>,
    asked: Mutex<u32>,
}

impl Names for Fickle {
    fn lookup(&self, _host: &str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        *self.asked.lock().unwrap() += 1;
        let answer = self.answers.lock().unwrap().pop_front();
        Box::pin(async move {
            let answer = answer.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
            Ok(vec![answer.parse().unwrap()])
        })
    }
}

#[tokio::test]
async fn ssrf_17_a_name_that_leads_inside_the_second_time_is_dialled_only_where_it_was_checked() {
    well_known_canaries();
    let answers = ["3ffd::1", "127.0.0.1", "3ffd::1", "::1"];
    let names = Arc::new(Fickle { answers: Mutex::new(answers.into()), asked: Mutex::new(0) });
    let egress = EgressSettings {
        names: Some(Arc::clone(&names) as Arc<dyn Names>),
        connect_timeout: Duration::from_millis(200),
        ..EgressSettings::default()
    };
    let clock = Arc::new(FixedClock(accolade_core::Timestamp::parse(NOW).unwrap()));
    let examiner = Examiner::new(ExaminerParts { clock, egress, local: None }).unwrap();
    let mut codes = Vec::new();
    for _ in 0..4 {
        let report = examiner.verify(Submission::Url("https://fickle.example/x".into())).await;
        codes.push(report.checks[0].code.unwrap());
    }
    assert_eq!(codes, ["unreachable", "egress_blocked", "unreachable", "egress_blocked"]);
    assert_eq!(
        *names.asked.lock().unwrap(),
        4,
        "one answer for one connection: what was checked is what is dialled"
    );
    for listener in well_known_canaries() {
        assert!(listener.accept().is_err(), "somebody connected to {:?}", listener.local_addr());
    }
}

#[tokio::test]
async fn ssrf_21_a_did_web_whose_path_goes_elsewhere_is_refused() {
    let stage = Stage::knowing(&[("witness.example", &["127.0.0.1"])]);
    for path in [
        ":..",
        ":..:x",
        ":.",
        ":a:..:b",
        ":%2e%2e",
        ":%2E%2E:x",
        ":a%2fb",
        ":a%2Fb",
        ":a%5cb",
        "::x",
        ":",
        ":x:",
        ":a/b",
        ":a?b",
        ":%00",
        ":%25%32%66",
        "%2F..",
        "%2f@127.0.0.1",
        "%40127.0.0.1",
        "%3A22",
        "%3A80",
        "%3A443%2Fx",
        "%3A",
        "%3A0443",
    ] {
        let did = format!("did:web:witness.example{path}");
        for place in PLACES
            .iter()
            .filter(|place| place.name.starts_with("issuer of") || place.name.starts_with("endorser"))
        {
            let report = stage.examine(place, &did).await;
            assert_eq!(stage.asked(), Vec::<String>::new(), "{did} as {}: {report:#?}", place.name);
            if place.fate == Fate::Needed {
                assert_ne!(report.outcome, Outcome::Valid, "{did} as {}", place.name);
            }
        }
    }
    stage.assert_silent();
}

#[tokio::test]
async fn ssrf_22_a_name_that_only_looks_like_another_is_not_it() {
    let stage = Stage::new();
    let honest = "https://example.org/";
    let multibase = stage.school.ed25519.public_key().to_multibase().unwrap();
    let method = format!("{honest}#{multibase}");
    let listed =
        json!({ "id": method, "type": "Multikey", "controller": honest, "publicKeyMultibase": multibase });
    let document = json!({ "id": honest, "verificationMethod": [listed], "assertionMethod": [method] });
    stage.world.shelf.put(honest, &document);
    let honest_claims = payload(&stage.school.token(&plain_badge(&stage.school)));
    let examined = async |id: &str| -> Report {
        let mut claims = honest_claims.clone();
        claims["iss"] = id.into();
        claims["issuer"]["id"] = id.into();
        stage.world.names.asked.lock().unwrap().clear();
        let header = json!({ "alg": "EdDSA", "kid": format!("{id}#{multibase}") });
        stage.world.verify_token(&forge(&header, &claims, &stage.school.seed)).await
    };
    assert_eq!(examined(honest).await.outcome, Outcome::Valid);
    for alike in [
        "https://xn--example-.org/",
        "https://xn--example.org/",
        "https://ex\u{430}mple.org/",
        "https://example.org./",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org%00.evil.example/",
        "https://example.org%2F.evil.example/",
        "https://ex\u{AD}ample.org/",
        "https://\u{FF45}xample.org/",
        "https://example\u{3002}org/",
    ] {
        let report = examined(alike).await;
        assert_ne!(report.outcome, Outcome::Valid, "{alike}: {report:#?}");
        assert!(
            !stage.asked().iter().any(|name| name == "example.org" && !alike.contains("example.org")),
            "{alike}"
        );
    }
    stage.assert_silent();
}

#[tokio::test]
async fn ssrf_24_a_proxy_in_the_environment_is_ignored() {
    let canary = Canary::new();
    let proxy = format!("http://127.0.0.1:{}", canary.port);
    let mut inner = Command::new(std::env::current_exe().unwrap());
    inner.args(["--exact", "ssrf::names::examines_without_a_proxy", "--ignored"]);
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        inner.env(name, &proxy);
    }
    inner.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = inner.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    canary.assert_silent();
}

#[tokio::test]
#[ignore = "run by the test before this one, with a proxy in its environment"]
async fn examines_without_a_proxy() {
    let server = Server::start(|_| ok("{}"));
    let world = World::with(NOW, development(), ToldNames::default());
    let report = world.examiner.verify(Submission::Url(server.url.clone())).await;
    assert_eq!(report.checks[0].outcome, CheckOutcome::Passed, "the server itself is spoken to: {report:#?}");
    let connect_timeout = Duration::from_millis(200);
    let mut names = ToldNames::default();
    names.known.insert("witness.example".into(), vec!["3ffd::1".parse().unwrap()]);
    let stage = Stage::with(EgressSettings { connect_timeout, ..settings() }, names);
    for place in PLACES {
        stage.examine(place, "https://witness.example/x").await;
    }
}

#[tokio::test]
async fn ssrf_25_an_error_tells_neither_the_answer_nor_the_network() {
    let canary = Canary::new();
    let closed = {
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        gone.local_addr().unwrap().port()
    };
    let stage = Stage::new();
    for place in PLACES {
        for scheme in ["http", "https"] {
            let mut told = Vec::new();
            for port in [canary.port, closed] {
                let report = stage.examine(place, &format!("{scheme}://127.0.0.1:{port}/x")).await;
                let text = serde_json::to_string(&report).unwrap();
                told.push(text.replace(&port.to_string(), "PORT"));
            }
            assert_eq!(told[0], told[1], "{} {scheme}: an open and a closed port look the same", place.name);
        }
    }
    canary.assert_silent();
    stage.assert_silent();
}

#[tokio::test]
async fn ssrf_25_no_report_repeats_what_a_server_answered() {
    for status in ["500 Oops", "404 Oops", "403 Oops", "418 Oops"] {
        let server = Server::start(move |_| {
            format!(
                "HTTP/1.1 {status}\r\nX-Secret: secret-header\r\nContent-Length: 11\r\nConnection: close\r\n\r\nsecret-body"
            )
        });
        let stage = Stage::with(development(), ToldNames::default());
        for place in PLACES {
            let report = stage.examine(place, &format!("{}/x", server.url)).await;
            let text = serde_json::to_string(&report).unwrap();
            for secret in ["secret", "Oops", &status[..3]] {
                assert!(!text.replace(&server.url, "").contains(secret), "{}: {text}", place.name);
            }
        }
    }
}

#[tokio::test]
async fn ssrf_26_a_name_without_an_address_fails_closed() {
    for stage in [Stage::new(), Stage::knowing(&[("nowhere.example", &[])])] {
        for place in PLACES {
            let report = stage.examine(place, "https://nowhere.example/x").await;
            let open = says(&report, "unreachable");
            match place.fate {
                Fate::Needed => assert_eq!(report.outcome, Outcome::Unknown, "{}: {report:#?}", place.name),
                Fate::Refused => assert_eq!(report.outcome, Outcome::Invalid, "{}: {report:#?}", place.name),
                Fate::Tried | Fate::Ignored => {}
            }
            assert_eq!(open, matches!(place.fate, Fate::Needed | Fate::Tried), "{}: {report:#?}", place.name);
        }
        stage.assert_silent();
    }
}
