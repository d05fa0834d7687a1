//! GET of a public credential, beside a bare actix handler that answers the same bytes, in the same process and run.
//!
//! Both servers have one event loop; one client keeps 32 connections busy over loopback. The rounds alternate, so that a slow
//! moment of the machine hits both; the figure is the median of the rounds' ratios.

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
const ROUND: Duration = Duration::from_millis(600);

fn main() {
    let server = Server::on_sqlite_with(|settings| settings.workers = 1);
    let school = server.school();
    let award = server.owner().award(&school.achievement, "ana@example.org");
    let path = award["links"]["credential"]
        .as_str()
        .unwrap()
        .trim_start_matches("https://badges.example.edu")
        .to_owned();
    let body = server.anyone().get(&path).body;
    let bare = bare_server(body.clone());

    let mut ours = Load::new(server.address, &path);
    let mut theirs = Load::new(bare, "/");
    // The first round warms both up.
    ours.round();
    theirs.round();
    let mut rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| (ours.round(), theirs.round())).collect();
    rounds.sort_by(|one, other| (one.0 / one.1).total_cmp(&(other.0 / other.1)));
    let (ours, theirs) = rounds[ROUNDS / 2];
    let ratio = ours / theirs;
    println!("GET of a public credential ({} bytes): {ours:.0}/s", body.len());
    println!("bare actix handler, same bytes:         {theirs:.0}/s");
    println!("get_public_vs_bare                      {ratio:.3}");
    summary::merge(&[("get_public_vs_bare", ratio, "ratio"), ("get_public", ours, "per second")]);
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
    fn new(address: SocketAddr, path: &str) -> Load {
        // A fixed request id makes replies of one length.
        let request = Request::new("GET", path)
            .header("connection", "keep-alive")
            .header("accept", "application/ld+json")
            .header("x-request-id", "bench")
            .bytes();
        let connect = || {
            let stream = TcpStream::connect(address).unwrap();
            stream.set_nodelay(true).unwrap();
            stream
        };
        let connections: Vec<_> = (0..CONNECTIONS).map(|_| connect()).collect();
        let mut load = Load { connections, request, reply: 0, buffer: vec![0; 1 << 16] };
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
