//! GET of a public credential, its page and its image from memory, each beside a bare actix handler that answers the same bytes, in
//! the same process and run.
//!
//! Every server has one event loop; one client keeps 32 connections busy over loopback. The rounds alternate, so that a slow
//! moment of the machine hits all; a figure is the median of the rounds' ratios.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a bench prints figures, and a missing value is a failure"
)]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use accolade_tests::exchange::Request;
use accolade_tests::server::Server;
use accolade_tests::summary;
use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer, get};

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(400);

/// What is fetched: the name of the figures, what it is called, the link of the award, and what is asked for.
const ROWS: [(&str, &str, &str, &str); 4] = [
    ("get_public", "a credential", "public", "application/ld+json"),
    ("get_page", "its page", "public", BROWSER),
    ("get_image", "its image", "png", "image/png"),
    ("get_achievement_page", "its achievement's page", "achievement", BROWSER),
];

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// One thing, from both servers.
struct Row {
    name: &'static str,
    title: &'static str,
    bytes: usize,
    ours: Load,
    theirs: Load,
    rounds: Vec<(f64, f64)>,
}

fn main() {
    let server = Server::on_sqlite_with(|settings| settings.workers = 1);
    let school = server.school();
    let award = server.owner().award(&school.achievement, "ana@example.org");
    let achievement = format!("/public/achievements/{}", school.achievement);
    let mut rows = ROWS.map(|(name, title, link, accept)| {
        let path = award["links"][link].as_str().unwrap_or(&achievement);
        let path = path.trim_start_matches("https://badges.example.edu");
        let body = server.anyone().get_as(path, accept).body;
        let (bytes, bare) = (body.len(), bare_server(body));
        let (ours, theirs) = (Load::new(server.address, path, accept), Load::new(bare, "/", accept));
        Row { name, title, bytes, ours, theirs, rounds: Vec::new() }
    });
    // The first round warms all up.
    for _ in 0..=ROUNDS {
        for row in &mut rows {
            let round = (row.ours.round(), row.theirs.round());
            row.rounds.push(round);
        }
    }
    for row in rows {
        report(row);
    }
}

fn report(row: Row) {
    let mut rounds: Vec<(f64, f64)> = row.rounds.into_iter().skip(1).collect();
    rounds.sort_by(|one, other| (one.0 / one.1).total_cmp(&(other.0 / other.1)));
    let (ours, theirs) = rounds[ROUNDS / 2];
    let ratio = ours / theirs;
    println!("GET of {} ({} bytes): {ours:.0}/s, bare actix handler {theirs:.0}/s", row.title, row.bytes);
    let versus = format!("{}_vs_bare", row.name);
    println!("{versus:32} {ratio:.3}");
    summary::merge(&[(&versus, ratio, "ratio"), (row.name, ours, "per second")]);
}

#[get("/")]
async fn same_bytes(body: Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/ld+json").body(body.get_ref().clone())
}

fn bare_server(body: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let body = Data::new(Bytes::from(body));
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let app = move || App::new().app_data(body.clone()).service(same_bytes);
        runtime.block_on(HttpServer::new(app).workers(1).listen(listener).unwrap().run()).unwrap();
    });
    address
}

/// Keep-alive connections, each with one request under way.
struct Load {
    connections: Vec<TcpStream>,
    request: Vec<u8>,
    /// The length of one reply, head and body; every reply has the same.
    reply: usize,
    buffer: Vec<u8>,
}

impl Load {
    fn new(address: SocketAddr, path: &str, accept: &str) -> Load {
        // A fixed request id makes replies of one length.
        let request = Request::new("GET", path)
            .header("connection", "keep-alive")
            .header("accept", accept)
            .header("x-request-id", "bench")
            .bytes();
        let connect = || {
            let stream = TcpStream::connect(address).unwrap();
            stream.set_nodelay(true).unwrap();
            stream
        };
        let connections: Vec<_> = (0..CONNECTIONS).map(|_| connect()).collect();
        let mut load = Load { connections, request, reply: 0, buffer: vec![0; 1 << 20] };
        load.reply = load.first_reply();
        load
    }

    fn first_reply(&mut self) -> usize {
        let stream = &mut self.connections[0];
        stream.write_all(&self.request).unwrap();
        let mut got = 0;
        loop {
            got += stream.read(&mut self.buffer[got..]).unwrap();
            let text = String::from_utf8_lossy(&self.buffer[..got]).into_owned();
            let Some(head) = text.find("\r\n\r\n") else { continue };
            assert!(text.starts_with("HTTP/1.1 200"), "{text}");
            let length = text
                .to_lowercase()
                .split("content-length: ")
                .nth(1)
                .map(|rest| rest[..rest.find('\r').unwrap()].parse());
            let whole: usize = head + 4 + length.unwrap().unwrap_or(0);
            if got >= whole {
                return whole;
            }
        }
    }

    /// Requests per second over one round.
    fn round(&mut self) -> f64 {
        let begun = Instant::now();
        let mut done = 0_u32;
        while begun.elapsed() < ROUND {
            for stream in &mut self.connections {
                stream.write_all(&self.request).unwrap();
            }
            for stream in &mut self.connections {
                stream.read_exact(&mut self.buffer[..self.reply]).unwrap();
                done += 1;
            }
        }
        f64::from(done) / begun.elapsed().as_secs_f64()
    }
}
