//! SSRF: whatever a badge names, nothing inside is ever spoken to.

use std::net::IpAddr;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use accolade_verifying::egress::{Allowance, Egress, EgressError, Fetched, Names};
use accolade_verifying::{EgressSettings, Outcome, Submission};

use crate::support::servers::{Canary, Server, ok, redirect};
use crate::support::{NOW, ToldNames, World};

fn settings() -> EgressSettings {
    EgressSettings { names: Some(Arc::new(ToldNames::default())), ..EgressSettings::default() }
}

fn development() -> EgressSettings {
    EgressSettings {
        allow_loopback_http: true,
        document_timeout: Duration::from_millis(400),
        max_document_bytes: 10_000,
        ..settings()
    }
}

async fn get(settings: EgressSettings, url: &str) -> Result<Fetched, EgressError> {
    let mut allowance = Allowance::new(&settings);
    Egress::new(settings).unwrap().get(url, "application/json", &mut allowance).await
}

/// Making a client reads all of the system's certificates, so the tables of addresses share two.
struct Clients {
    strict: Egress,
    development: Egress,
}

impl Clients {
    fn new() -> Self {
        let development = EgressSettings { allow_loopback_http: true, ..settings() };
        Self { strict: Egress::new(settings()).unwrap(), development: Egress::new(development).unwrap() }
    }

    async fn assert_blocked(&self, url: &str) {
        for egress in [&self.strict, &self.development] {
            if url.starts_with("http:") && egress.settings().allow_loopback_http {
                continue;
            }
            let mut allowance = Allowance::new(egress.settings());
            let error = egress.get(url, "application/json", &mut allowance).await.unwrap_err();
            assert!(matches!(error.code(), "egress_blocked" | "bad_url"), "{url}: {error:?}");
        }
    }
}

#[tokio::test]
async fn ssrf_1_anything_but_https_is_refused() {
    let clients = Clients::new();
    let canary = Canary::new();
    for url in [
        format!("http://127.0.0.1:{}/", canary.port),
        format!("http://localhost:{}/", canary.port),
        "http://school.example/".into(),
        "ftp://school.example/".into(),
        "file:///etc/passwd".into(),
        "gopher://school.example/".into(),
        "data:application/json,{}".into(),
        "//school.example/".into(),
        "school.example".into(),
        String::new(),
    ] {
        clients.assert_blocked(&url).await;
    }
    canary.assert_silent();
}

#[tokio::test]
async fn ssrf_2_to_14_no_spelling_of_an_internal_address_is_visited() {
    let clients = Clients::new();
    let canary = Canary::new();
    for host in [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "sub.localhost",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "127.1",
        "0177.0.0.01",
        "127.0.0.1.",
        "[::1]",
        "[::]",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::1]",
        "[::127.0.0.1]",
        "169.254.169.254",
        "2852039166",
        "[fd00:ec2::254]",
        "100.100.100.200",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[fc00::1]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "224.0.0.1",
        "[ff02::1]",
        "metadata.google.internal",
        "printer.local",
        "intranet",
        "①②⑦.0.0.1",
        "１２７.0.0.1",
    ] {
        clients.assert_blocked(&format!("https://{host}/")).await;
        clients.assert_blocked(&format!("https://{host}:{}/", canary.port)).await;
        if !host.starts_with("127.") && host != "localhost" && host != "LOCALHOST" {
            clients.assert_blocked(&format!("http://{host}:{}/", canary.port)).await;
        }
    }
    canary.assert_silent();
}

#[tokio::test]
async fn ssrf_15_and_16_a_public_name_with_an_internal_address_is_not_visited() {
    let addresses =
        |texts: &[&str]| texts.iter().map(|text| text.parse::<IpAddr>().unwrap()).collect::<Vec<_>>();
    for answer in [
        addresses(&["127.0.0.1"]),
        addresses(&["93.184.215.14", "127.0.0.1"]),
        addresses(&["10.1.2.3"]),
        addresses(&["::ffff:127.0.0.1"]),
        addresses(&["169.254.169.254"]),
        addresses(&["2606:4700::1111", "fd00::1"]),
    ] {
        let mut names = ToldNames::default();
        names.known.insert("127-0-0-1.sslip.example".into(), answer);
        let names = Arc::new(names);
        let settings =
            EgressSettings { names: Some(Arc::clone(&names) as Arc<dyn Names>), ..EgressSettings::default() };
        let error = get(settings, "https://127-0-0-1.sslip.example/").await.unwrap_err();
        assert_eq!(error.code(), "egress_blocked");
        assert_eq!(names.asked.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn ssrf_18_redirects_stay_on_their_host_and_come_to_an_end() {
    let canary = Canary::new();
    let elsewhere = format!("http://127.0.0.1:{}/", canary.port);
    let server = Server::start(move |path| match path {
        "/away" => redirect(&elsewhere),
        "/name" => redirect("https://school.example/"),
        "/file" => redirect("file:///etc/passwd"),
        "/gopher" => redirect("gopher://127.0.0.1/"),
        "/loop" => redirect("/loop"),
        "/1" | "/2" | "/3" | "/4" | "/5" => {
            let step: usize = path[1..].parse().unwrap();
            redirect(&format!("/{}", step + 1))
        }
        "/nowhere" => "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".into(),
        _ => ok("{}"),
    });
    for path in ["/away", "/name", "/file", "/gopher", "/loop", "/1", "/nowhere"] {
        let error = get(development(), &format!("{}{path}", server.url)).await.unwrap_err();
        assert_eq!(error, EgressError::Redirect, "{path}");
    }
    assert_eq!(
        get(development(), &format!("{}/3", server.url)).await.unwrap().status,
        200,
        "three steps are allowed"
    );
    canary.assert_silent();
}

#[tokio::test]
async fn ssrf_20_another_port_than_443_is_refused() {
    let clients = Clients::new();
    for url in [
        "https://school.example:22/",
        "https://school.example:8443/",
        "https://school.example:80/",
        "https://school.example:0/",
    ] {
        clients.assert_blocked(url).await;
    }
}

#[tokio::test]
async fn ssrf_22_names_that_only_look_like_others_are_not_them() {
    let clients = Clients::new();
    clients.assert_blocked("https://xn--example-.org/").await;
    clients.assert_blocked("https://user:secret@school.example/").await;
    clients.assert_blocked("https://school.example\\@evil.example/").await;
    clients.assert_blocked("https://school.example /").await;
}

#[tokio::test]
async fn ssrf_24_a_proxy_in_the_environment_is_ignored() {
    let canary = Canary::new();
    let proxy = format!("http://127.0.0.1:{}", canary.port);
    let mut inner = Command::new(std::env::current_exe().unwrap());
    inner.args(["--exact", "egress::fetches_without_a_proxy", "--ignored"]);
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        inner.env(name, &proxy);
    }
    let output = inner.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    canary.assert_silent();
}

#[tokio::test]
#[ignore = "run by the test before this one, with a proxy in its environment"]
async fn fetches_without_a_proxy() {
    let server = Server::start(|_| ok("{}"));
    assert_eq!(get(development(), &server.url).await.unwrap().status, 200);
    let _ = get(settings(), "https://school.example/").await;
}

#[tokio::test]
async fn ssrf_25_an_error_tells_neither_the_answer_nor_the_network() {
    let server = Server::start(|_| {
        "HTTP/1.1 500 Oops\r\nContent-Length: 11\r\nConnection: close\r\n\r\nsecret-body".into()
    });
    let world = World::with(NOW, development(), ToldNames::default());
    let report = world.examiner.verify(Submission::Url(format!("{}/x", server.url))).await;
    let text = serde_json::to_string(&report).unwrap();
    assert!(!text.contains("secret-body") && !text.contains("Oops") && !text.contains("500"));
    // An open and a closed port inside look the same, because neither is dialled.
    let canary = Canary::new();
    let open = get(settings(), &format!("https://127.0.0.1:{}/", canary.port)).await;
    let closed = get(settings(), "https://127.0.0.1:9/").await;
    assert_eq!(open, closed);
    canary.assert_silent();
}

#[tokio::test]
async fn ssrf_26_a_name_without_an_address_fails_closed() {
    assert_eq!(get(settings(), "https://school.example/").await, Err(EgressError::Unreachable));
    let world = World::new();
    let report = world.examiner.verify(Submission::Url("https://school.example/badge".into())).await;
    assert_eq!(report.outcome, Outcome::Unknown);
}

#[tokio::test]
async fn size_time_and_number_of_requests_are_bounded() {
    let server = Server::start(|path| match path {
        "/large" => ok(&"x".repeat(10_001)),
        "/stall" => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow".into(),
        _ => ok(&"x".repeat(10_000)),
    });
    let at = |path: &str| format!("{}{path}", server.url);
    assert_eq!(get(development(), &at("/large")).await, Err(EgressError::TooLarge));
    assert_eq!(get(development(), &at("/stall")).await, Err(EgressError::Unreachable));
    let few = EgressSettings { max_requests: 2, ..development() };
    let (egress, mut allowance) = (Egress::new(few.clone()).unwrap(), Allowance::new(&few));
    for expected in [true, true, false] {
        assert_eq!(egress.get(&at("/"), "*/*", &mut allowance).await.is_ok(), expected);
    }
    let none = EgressSettings { total_timeout: Duration::ZERO, ..development() };
    assert_eq!(get(none, &at("/")).await, Err(EgressError::Spent));
    assert!(server.count() <= 4);
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
