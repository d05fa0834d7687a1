//! Images that a request names by their address elsewhere: copied once, never linked to.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use accolade_tests::exchange::Request;
use accolade_tests::server::{Examining, Server};
use accolade_verifying::EgressSettings;
use serde_json::json;

use crate::images::{SVG, png};

/// A server of images that counts who comes. `/wide` is not square, `/page` no image, `/lost` is not there, `/away` leads
/// elsewhere.
fn gallery() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, visits) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let count = visits.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 2048];
            let read = stream.read(&mut head).unwrap_or_default();
            count.fetch_add(1, Ordering::SeqCst);
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            let (status, body) = match head.split(' ').nth(1).unwrap_or_default() {
                "/badge.png" => ("200 OK", png(600, 600)),
                "/badge.svg" => ("200 OK", SVG.as_bytes().to_vec()),
                "/wide" => ("200 OK", png(200, 100)),
                "/page" => ("200 OK", b"<html></html>".to_vec()),
                "/away" => ("302 Found\r\nlocation: http://localhost:1/x", Vec::new()),
                _ => ("404 Not Found", Vec::new()),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    (address, visits)
}

fn server() -> Server {
    let egress = EgressSettings { allow_loopback_http: true, ..EgressSettings::default() };
    Server::on_sqlite_examining(Examining { egress, ..Examining::default() })
}

#[test]
fn img_05_an_image_elsewhere_is_copied_once_and_never_linked_to() {
    let (address, visits) = gallery();
    let server = server();
    let owner = server.owner();
    let issuer = owner.register("Example University");
    let members = json!({
        "name": "Data", "description": "Data.", "criteria": {"narrative": "Pass."},
        "image": {"id": format!("http://{address}/badge.png"), "caption": "Blue"}
    });
    let request = Request::new("POST", &format!("/v1/issuers/{issuer}/achievements"))
        .json(&members)
        .header("idempotency-key", "one");
    let achievement = owner.send(request.clone()).expect(201);
    assert_eq!(visits.load(Ordering::SeqCst), 1);
    assert_eq!(owner.send(request).expect(201), achievement, "a repetition needs no second visit");
    assert_eq!(visits.load(Ordering::SeqCst), 1);
    let public = server.anyone().get(achievement["links"]["public"].as_str().unwrap());
    assert!(!public.text().contains(&address.to_string()), "{}", public.text());
    assert!(!achievement.to_string().contains(&address.to_string()), "{achievement}");
    let copy = server.anyone().get(public.json()["image"]["id"].as_str().unwrap());
    assert_eq!((copy.status, copy.header("content-type")), (200, Some("image/png")));
    let school = json!({"name": "School", "image": format!("http://{address}/badge.svg")});
    let school = owner.post("/v1/issuers", &school).expect(201);
    let path = format!("/v1/issuers/{}", school["id"].as_str().unwrap());
    let amended = owner.patch(&path, &json!({"image": format!("http://{address}/wide")})).expect(200);
    assert_ne!(amended["image"], school["image"]);
    let path = format!("/v1/achievements/{}", achievement["id"].as_str().unwrap());
    let amended = owner.patch(&path, &json!({"image": format!("http://{address}/badge.svg")})).expect(200);
    assert_ne!(amended["links"]["image"], achievement["links"]["image"]);
    assert_eq!(visits.load(Ordering::SeqCst), 4);
}

#[test]
fn an_image_elsewhere_that_cannot_be_had_is_a_fault_of_the_request() {
    let (address, _) = gallery();
    let server = server();
    let owner = server.owner();
    let issuer = owner.register("Example University");
    for (path, rule) in [
        ("/lost", "image_unreachable"),
        ("/away", "image_unreachable"),
        ("/page", "image_unknown_format"),
        ("/wide", "image_not_square"),
    ] {
        let members = json!({
            "name": "Data", "description": "Data.", "criteria": {"narrative": "Pass."},
            "image": format!("http://{address}{path}")
        });
        let problem = owner
            .post(&format!("/v1/issuers/{issuer}/achievements"), &members)
            .expect_problem(422, "rejected");
        assert_eq!(
            (&problem["errors"][0]["pointer"], &problem["errors"][0]["rule"]),
            (&json!("/image/id"), &json!(rule))
        );
    }
}

#[test]
fn img_05_the_way_elsewhere_is_the_guarded_one() {
    let (address, visits) = gallery();
    let server = Server::on_sqlite();
    for url in [
        format!("http://{address}/badge.png"),
        "https://127.0.0.1/badge.png".to_owned(),
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "https://[::1]/x".to_owned(),
        "https://metadata.google.internal/x".to_owned(),
    ] {
        let problem = server.owner().post("/v1/issuers", &json!({"name": "School", "image": url}));
        let problem = problem.expect_problem(422, "rejected");
        assert_eq!(problem["errors"][0]["rule"], "image_unreachable", "{url}: {problem}");
    }
    assert_eq!(visits.load(Ordering::SeqCst), 0);
}
