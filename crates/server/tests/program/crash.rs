//! Nothing acknowledged is ever lost, nothing is awarded twice: tested by killing the process in the middle of its work.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use accolade_tests::postgres;
use serde_json::{Value, json};

use crate::running::{Server, free_address};

const CLIENTS: usize = 4;
const KILLS: usize = 3;
const AWARDS_BEFORE_A_KILL: usize = 12;

#[test]
fn a_killed_server_on_sqlite_keeps_every_acknowledged_award_and_makes_none_twice() {
    kill_in_the_middle(None);
}

#[test]
fn a_killed_server_on_postgresql_keeps_every_acknowledged_award_and_makes_none_twice() {
    let Some(database) = postgres::durable_database("crash") else { return };
    kill_in_the_middle(Some(&database.url));
}

fn kill_in_the_middle(database_url: Option<&str>) {
    let data = tempfile::tempdir().unwrap();
    let address = free_address();
    let mut server = Server::start(data.path(), address, database_url);
    let achievement = an_achievement(&server);
    let acknowledged: Mutex<BTreeMap<usize, String>> = Mutex::default();
    let next = AtomicUsize::new(0);

    for kill in 1..=KILLS {
        award_until_killed(server, &achievement, &next, &acknowledged, kill * AWARDS_BEFORE_A_KILL);
        server = Server::start(data.path(), address, database_url);
    }

    let asked = next.load(Ordering::SeqCst);
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() >= KILLS * AWARDS_BEFORE_A_KILL);
    for number in 0..asked {
        let (status, reply) = award(&server, &achievement, number).expect("a reply");
        assert!(status == 200 || status == 201, "retry of {number}: {status} {reply}");
        let id = id_of(&reply);
        if let Some(first) = acknowledged.get(&number) {
            assert_eq!(&id, first, "award {number} was acknowledged and then made again");
        }
        let document = server.must("GET", &format!("/public/credentials/{id}.json"), None);
        assert!(document["proof"][0]["proofValue"].is_string());
    }
    assert_eq!(awards_in_all(&server, &achievement), asked);
}

/// Awards from several clients at once and kills the server once `enough` were acknowledged.
fn award_until_killed(
    server: Server,
    achievement: &str,
    next: &AtomicUsize,
    acknowledged: &Mutex<BTreeMap<usize, String>>,
    enough: usize,
) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|clients| {
        for _ in 0..CLIENTS {
            clients.spawn(|| {
                while !stop.load(Ordering::SeqCst) {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    match award(&server, achievement, number) {
                        Some((201, reply)) => {
                            acknowledged.lock().unwrap().insert(number, id_of(&reply));
                        }
                        Some((status, reply)) => panic!("{status} {reply}"),
                        None => return,
                    }
                }
            });
        }
        while acknowledged.lock().unwrap().len() < enough {
            std::thread::yield_now();
        }
        let killed =
            std::process::Command::new("kill").args(["-KILL", &server.id().to_string()]).status().unwrap();
        assert!(killed.success());
        stop.store(true, Ordering::SeqCst);
    });
    server.kill();
}

#[test]
fn a_revocation_that_was_acknowledged_outlives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let address = free_address();
    let server = Server::start(data.path(), address, None);
    let achievement = an_achievement(&server);
    let (_, reply) = award(&server, &achievement, 0).unwrap();
    let id = id_of(&reply);
    server.must(
        "POST",
        &format!("/v1/credentials/{id}/revoke"),
        Some(&json!({"reason": "Awarded by mistake"})),
    );
    server.kill();

    let server = Server::start(data.path(), address, None);
    assert_eq!(server.must("GET", &format!("/v1/credentials/{id}"), None)["status"], "revoked");
    let (status, _) = server.ask("GET", &format!("/public/assertions/{id}.json"), "", None).unwrap();
    assert_eq!(status, 410);
    let report = server.must(
        "POST",
        "/v1/verify",
        Some(&json!({"url": format!("http://{address}/public/credentials/{id}")})),
    );
    assert_eq!(report["outcome"], "invalid", "{report}");
}

#[test]
fn an_erasure_that_was_acknowledged_outlives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let address = free_address();
    let server = Server::start(data.path(), address, None);
    let achievement = an_achievement(&server);
    let (_, reply) = award(&server, &achievement, 0).unwrap();
    let id = id_of(&reply);
    let erase = format!("/v1/credentials/{id}/erase");
    server.must("POST", &erase, Some(&json!({"reason": "On request"})));
    server.kill();

    let server = Server::start(data.path(), address, None);
    assert_eq!(server.must("GET", &format!("/v1/credentials/{id}"), None)["status"], "erased");
    for document in ["credentials/{id}.json", "credentials/{id}.jwt", "assertions/{id}.json"] {
        let path = format!("/public/{}", document.replace("{id}", &id));
        let (status, tombstone) = server.ask("GET", &path, "", None).unwrap();
        assert_eq!(status, 410, "{path}");
        assert!(tombstone.contains("\"erased\":true"), "{path}: {tombstone}");
    }
}

#[test]
fn a_server_that_is_told_to_stop_ends_in_ten_seconds_and_cleanly() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), free_address(), None);
    let achievement = an_achievement(&server);
    assert_eq!(award(&server, &achievement, 0).unwrap().0, 201);
    let (code, took) = server.terminate();
    assert_eq!(code, Some(0));
    assert!(took.as_secs() < 10, "{took:?}");
}

fn an_achievement(server: &Server) -> String {
    let issuer = server.must(
        "POST",
        "/v1/issuers",
        Some(&json!({"name": "Riverside University", "url": "https://riverside.example", "email": "a@riverside.example"})),
    );
    let issuer = issuer["id"].as_str().unwrap();
    let achievement = json!({
        "name": "Applied Data Skills",
        "description": "Collects, cleans, analyses and presents data.",
        "criteria": {"narrative": "Attend, pass, present."}
    });
    server.must("POST", &format!("/v1/issuers/{issuer}/achievements"), Some(&achievement))["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn award(server: &Server, achievement: &str, number: usize) -> Option<(u16, String)> {
    let order = json!({"recipient": {"email": format!("learner{number}@learner.example")}, "externalId": format!("n:{number}")});
    let path = format!("/v1/achievements/{achievement}/credentials");
    server.ask("POST", &path, &format!("Idempotency-Key: n-{number}\r\n"), Some(&order))
}

fn id_of(reply: &str) -> String {
    serde_json::from_str::<Value>(reply).unwrap()["id"].as_str().unwrap().to_owned()
}

fn awards_in_all(server: &Server, achievement: &str) -> usize {
    let mut path = format!("/v1/credentials?achievement={achievement}&limit=100");
    let mut count = 0;
    loop {
        let page = server.must("GET", &path, None);
        count += page["items"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(cursor) => {
                path = format!("/v1/credentials?achievement={achievement}&limit=100&cursor={cursor}")
            }
            None => return count,
        }
    }
}
