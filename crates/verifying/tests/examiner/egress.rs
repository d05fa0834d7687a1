//! What the one way out allows, and how much of it.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use accolade_verifying::egress::{Allowance, Egress, EgressError, Fetched, Rate};
use accolade_verifying::{EgressSettings, Outcome, Submission};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::badges::plain_badge;
use crate::support::servers::{Canary, Server, ok, redirect};
use crate::support::{IdMethod, NOW, School, ToldNames, World, assert_open, check};

pub(crate) fn settings() -> EgressSettings {
    EgressSettings { names: Some(Arc::new(ToldNames::default())), ..EgressSettings::default() }
}

pub(crate) fn development() -> EgressSettings {
    EgressSettings {
        allow_loopback_http: true,
        document_timeout: Duration::from_secs(60),
        total_timeout: Duration::from_secs(60),
        max_document_bytes: 10_000,
        ..settings()
    }
}

async fn get(settings: EgressSettings, url: &str) -> Result<Fetched, EgressError> {
    let mut allowance = Allowance::new(&settings);
    Egress::new(settings).unwrap().get(url, "application/json", &mut allowance).await
}

#[tokio::test]
async fn size_time_and_number_of_requests_are_bounded() {
    let server = Server::start(|path| match path {
        "/large" => ok(&"x".repeat(10_001)),
        "/unannounced" => {
            format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "x".repeat(10_001))
        }
        "/stall" => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow".into(),
        _ => ok(&"x".repeat(10_000)),
    });
    let at = |path: &str| format!("{}{path}", server.url);
    assert_eq!(get(development(), &at("/large")).await, Err(EgressError::TooLarge));
    assert_eq!(get(development(), &at("/unannounced")).await, Err(EgressError::TooLarge));
    let hasty = EgressSettings { document_timeout: Duration::from_millis(100), ..development() };
    assert_eq!(get(hasty, &at("/stall")).await, Err(EgressError::Unreachable));
    let few = EgressSettings { max_requests: 2, ..development() };
    let (egress, mut allowance) = (Egress::new(few.clone()).unwrap(), Allowance::new(&few));
    for expected in [true, true, false] {
        assert_eq!(egress.get(&at("/"), "*/*", &mut allowance).await.is_ok(), expected);
    }
    let none = EgressSettings { total_timeout: Duration::ZERO, ..development() };
    assert_eq!(get(none, &at("/")).await, Err(EgressError::Spent));
    assert!(server.count() <= 5);
}

#[tokio::test]
async fn the_documents_of_one_examination_are_bounded_together() {
    let server = Server::start(|_| ok(&"x".repeat(4_000)));
    let settings = EgressSettings { max_total_bytes: 10_000, ..development() };
    let (egress, mut allowance) = (Egress::new(settings.clone()).unwrap(), Allowance::new(&settings));
    for number in 0..2 {
        assert!(egress.get(&format!("{}/{number}", server.url), "*/*", &mut allowance).await.is_ok());
    }
    let third = egress.get(&format!("{}/3", server.url), "*/*", &mut allowance).await;
    assert_eq!(third, Err(EgressError::Spent));
}

#[tokio::test]
async fn the_development_setting_opens_loopback_and_nothing_else() {
    let server = Server::start(|_| ok("{}"));
    assert!(get(settings(), &server.url).await.is_err(), "off by default");
    assert!(get(development(), &server.url).await.is_ok());
    assert!(get(development(), &server.url.replace("127.0.0.1", "localhost")).await.is_ok());
    assert_eq!(get(development(), "http://10.0.0.1/").await.unwrap_err().code(), "egress_blocked");
    assert_eq!(get(development(), "http://school.example/").await.unwrap_err().code(), "egress_blocked");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_redirect_on_the_same_host_is_followed_three_times_at_most() {
    let server = Server::start(|path| match path.trim_start_matches('/').parse::<u32>() {
        Ok(0) | Err(_) => ok("{}"),
        Ok(steps) => redirect(&format!("/{}", steps - 1)),
    });
    for (steps, expected) in [(3, true), (4, false)] {
        let answer = get(development(), &format!("{}/{steps}", server.url)).await;
        assert_eq!(answer.is_ok(), expected, "{steps}: {answer:?}");
    }
}

fn packed(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_badge_that_its_server_packs_unasked_is_read_and_a_bomb_is_not() {
    let world =
        World::with(NOW, EgressSettings { allow_loopback_http: true, ..settings() }, ToldNames::default());
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let badge = school.sign(&plain_badge(&school)).to_string();
    let bomb = gzip(&vec![b' '; 4 << 20]);
    let server = Server::start(move |path| match path {
        "/badge" => packed("gzip", &gzip(badge.as_bytes())),
        "/bomb" => packed("gzip", &bomb),
        "/cut" => packed("gzip", &gzip(badge.as_bytes())[..200]),
        _ => packed("br", badge.as_bytes()),
    });
    let verify =
        async |path: &str| world.examiner.verify(Submission::Url(format!("{}{path}", server.url))).await;
    assert_eq!(verify("/badge").await.outcome, Outcome::Valid);
    assert_open(&verify("/bomb").await, "fetch", "too_large");
    assert_open(&verify("/cut").await, "fetch", "bad_encoding");
    assert_open(&verify("/brotli").await, "fetch", "bad_encoding");
}

#[tokio::test]
async fn a_host_that_was_asked_very_often_is_spared_and_the_report_says_when_to_try_again() {
    let host_rate = Rate::new(3, Duration::from_secs(86_400));
    let egress = EgressSettings { allow_loopback_http: true, host_rate, ..settings() };
    let world = World::with(NOW, egress, ToldNames::default());
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let badge = school.sign(&plain_badge(&school)).to_string();
    let server = Server::start(move |_| ok(&badge));
    let verify = async || world.examiner.verify(Submission::Url(format!("{}/1", server.url))).await;
    for _ in 0..3 {
        assert_eq!(verify().await.outcome, Outcome::Valid);
    }
    let report = verify().await;
    assert_open(&report, "fetch", "host_busy");
    assert!(check(&report, "fetch").detail.contains("try again in a minute"), "{report:#?}");
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_name_that_leads_to_an_address_dialled_very_often_is_not_dialled() {
    // An address that nobody has; it is counted, and that it leads nowhere is no matter.
    let nowhere = ["3ffd::1".parse().unwrap()];
    let mut names = ToldNames::default();
    for name in ["a.example", "b.example"] {
        names.known.insert(name.into(), nowhere.to_vec());
    }
    let address_rate = Rate::new(1, Duration::from_secs(86_400));
    let connect_timeout = Duration::from_millis(200);
    let egress = EgressSettings { address_rate, connect_timeout, ..EgressSettings::default() };
    let world = World::with(NOW, egress, names);
    let verify = async |host: &str| world.examiner.verify(Submission::Url(format!("https://{host}/1"))).await;
    assert_open(&verify("a.example").await, "fetch", "unreachable");
    assert_open(&verify("b.example").await, "fetch", "host_busy");
}

#[tokio::test]
async fn a_document_we_have_already_needs_no_turn_and_no_token() {
    let host_rate = Rate::new(1, Duration::from_secs(86_400));
    let egress = EgressSettings { allow_loopback_http: true, host_rate, ..settings() };
    let world = World::with(NOW, egress, ToldNames::default());
    let mut school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let canary = Canary::new();
    let document = Arc::new(std::sync::Mutex::new(String::new()));
    let told = Arc::clone(&document);
    let server = Server::start(move |_| ok(&told.lock().unwrap()));
    school.move_to(&format!("{}/issuers/1", server.url));
    *document.lock().unwrap() = school.document().to_string();
    for _ in 0..5 {
        assert_eq!(world.verify(&school.sign(&plain_badge(&school))).await.outcome, Outcome::Valid);
    }
    assert_eq!(server.count(), 1);
    canary.assert_silent();
}
