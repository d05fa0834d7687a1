//! When more is to be examined than can be, the rest of the house goes on.

use std::future::Future;
use std::io::{BufReader, Write as _};
use std::net::{IpAddr, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use accolade_tests::exchange::{Answer, Request, read_answer};
use accolade_tests::server::{Examining, Server};
use accolade_verifying::egress::Names;
use accolade_verifying::{Bounds, EgressSettings};
use serde_json::json;
use tokio::sync::watch;

const PLACES: usize = 4;

/// A name server that tells when it is asked, and answers only when it is let go.
struct Stubborn {
    asked: Sender<()>,
    let_go: watch::Receiver<bool>,
}

impl Names for Stubborn {
    fn lookup(&self, _host: &str) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>> {
        let _ = self.asked.send(());
        let mut let_go = self.let_go.clone();
        Box::pin(async move {
            let _ = let_go.wait_for(|gone| *gone).await;
            Err(std::io::Error::from(std::io::ErrorKind::NotFound))
        })
    }
}

/// A server all of whose places are taken by badges that wait for the name of their issuer.
struct Saturated {
    server: Server,
    let_go: watch::Sender<bool>,
    waiting: Vec<JoinHandle<Answer>>,
}

impl Saturated {
    fn new(before: impl FnOnce(&Server)) -> Saturated {
        let (asked, questions) = channel();
        let (let_go, gone) = watch::channel(false);
        let long = Duration::from_secs(600);
        let egress = EgressSettings {
            names: Some(Arc::new(Stubborn { asked, let_go: gone })),
            connect_timeout: long,
            document_timeout: long,
            total_timeout: long,
            ..EgressSettings::default()
        };
        let bounds = Bounds { places: PLACES, whole: long, ..Bounds::default() };
        let server = Server::on_sqlite_examining(Examining { egress, bounds });
        before(&server);
        let waiting = (0..PLACES).map(|number| examine(&server, number)).collect();
        let saturated = Saturated { server, let_go, waiting };
        saturated.wait_until_all_are_inside(&questions);
        saturated
    }

    fn wait_until_all_are_inside(&self, questions: &Receiver<()>) {
        for _ in 0..PLACES {
            questions.recv_timeout(Duration::from_secs(60)).unwrap();
        }
    }

    fn let_go(self) -> Server {
        self.let_go.send(true).unwrap();
        for answer in self.waiting {
            assert_eq!(answer.join().unwrap().expect(200)["outcome"], "unknown");
        }
        self.server
    }
}

fn examine(server: &Server, number: usize) -> JoinHandle<Answer> {
    let anyone = server.anyone();
    let body = json!({"url": format!("https://school{number}.example/badge")});
    thread::spawn(move || anyone.post("/v1/verify", &body))
}

fn assert_refused(answer: &Answer) {
    answer.expect_problem(503, "overloaded");
    assert!(answer.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
}

#[test]
fn while_every_place_of_the_examiner_is_taken_the_public_is_served() {
    let mut paths = Vec::new();
    let mut school = None;
    let saturated = Saturated::new(|server| {
        let home = server.school();
        let award = server.owner().award(&home.achievement, "ana@example.org");
        for link in ["credential", "jwt", "assertion"] {
            let path =
                award["links"][link].as_str().unwrap().trim_start_matches("https://badges.example.edu");
            paths.push(path.to_owned());
        }
        school = Some(home);
    });
    let server = &saturated.server;
    let verify = Request::new("POST", "/v1/verify").json(&json!({"jwt": "a.b.c"}));
    for _ in 0..3 {
        assert_refused(&verify.send(server.address));
        assert_refused(&server.anyone().get("/verify?url=https%3A%2F%2Fschool.example%2Fbadge"));
        // Each once from the store and then from memory.
        for path in paths.iter().map(String::as_str).chain(["/healthz", "/readyz", "/openapi.json"]) {
            assert_eq!(server.anyone().get(path).status, 200, "{path}");
        }
    }
    let award = server.owner().award(&school.unwrap().achievement, "ben@example.org");
    assert!(award["id"].is_string(), "and badges are awarded");
    let server = saturated.let_go();
    assert_eq!(verify.send(server.address).status, 200, "there is room again");
}

#[test]
fn an_overloaded_examiner_refuses_before_it_reads() {
    let saturated = Saturated::new(|_| {});
    let mut client = TcpStream::connect(saturated.server.address).unwrap();
    let head = "POST /v1/verify HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n";
    client.write_all(head.as_bytes()).unwrap();
    // Not one byte of the body is ever sent.
    client.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    assert_refused(&read_answer(&mut BufReader::new(client), false));
    saturated.let_go();
}
