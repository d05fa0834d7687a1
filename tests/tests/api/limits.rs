//! What a client cannot do to the others.

use std::io::{BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use accolade_tests::exchange::{Request, read_answer};
use accolade_tests::server::Server;
use serde_json::json;

#[test]
fn a_body_that_stalls_is_given_up_and_nobody_else_waits() {
    let server = Server::on_sqlite();
    let owner = server.owner();
    let key = server.secret();
    let mut stalled = TcpStream::connect(server.address).unwrap();
    let head = format!(
        "POST /v1/issuers HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
    );
    stalled.write_all(head.as_bytes()).unwrap();
    let begun = Instant::now();
    assert_eq!(owner.get("/v1/issuers").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5));
    stalled.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let answer = read_answer(&mut BufReader::new(stalled), false);
    answer.expect_problem(408, "timeout");
}

#[test]
fn a_head_that_stalls_is_given_up() {
    let server = Server::on_sqlite_with(|settings| settings.client_timeout = Duration::from_millis(300));
    let mut stalled = TcpStream::connect(server.address).unwrap();
    stalled.write_all(b"GET /healthz HTTP/1.1\r\nhost: ").unwrap();
    stalled.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut all = Vec::new();
    stalled.read_to_end(&mut all).unwrap();
    assert!(all.is_empty() || all.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&all));
}

#[test]
fn a_huge_head_is_refused_and_the_server_goes_on() {
    let server = Server::on_sqlite();
    let long = format!("/public/credentials/{}", "x".repeat(300_000));
    let many =
        (0..1000).fold(Request::new("GET", "/healthz"), |request, n| request.header(&format!("x-{n}"), "x"));
    for request in [
        Request::new("GET", &long),
        Request::new("GET", "/healthz").header("x-long", &"x".repeat(300_000)),
        many,
    ] {
        let mut stream = TcpStream::connect(server.address).unwrap();
        let _ = stream.write_all(&request.bytes());
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        assert!(all.is_empty() || all.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&all));
    }
    assert_eq!(server.anyone().get("/healthz").status, 200);
}

#[test]
fn an_open_request_is_answered_although_the_server_is_going_down() {
    let server = Server::on_sqlite();
    let school = server.school();
    let key = server.secret();
    let body = json!({"recipient": {"email": "ana@example.org"}}).to_string();
    let head = format!(
        "POST /v1/achievements/{}/credentials HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
        school.achievement,
        body.len()
    );
    let mut open = TcpStream::connect(server.address).unwrap();
    open.write_all(head.as_bytes()).unwrap();
    // The server has begun with the request when it asks for the body.
    let mut asked = [0; 25];
    open.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    let sender = std::thread::spawn(move || {
        open.write_all(body.as_bytes()).unwrap();
        read_answer(&mut BufReader::new(open), false)
    });
    let address = server.address;
    server.stop();
    sender.join().unwrap().expect(201);
    assert!(TcpStream::connect(address).is_err(), "the server still listens");
}
