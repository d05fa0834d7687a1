//! Servers on this machine: one that answers, and one that must never be spoken to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A listener that counts whoever connects.
pub(crate) struct Canary {
    listener: TcpListener,
    pub(crate) port: u16,
}

impl Canary {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        Self { listener, port }
    }

    #[track_caller]
    pub(crate) fn assert_silent(&self) {
        assert!(self.listener.accept().is_err(), "somebody connected to the canary");
    }
}

/// An HTTP server that answers by path.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) requests: Arc<AtomicUsize>,
}

impl Server {
    /// `answer` gets the path and gives the whole response, head and body.
    pub(crate) fn start<A: Into<Vec<u8>>>(answer: impl Fn(&str) -> A + Send + Sync + 'static) -> Self {
        Self::start_knowing_itself(move |path, _| answer(path))
    }

    /// The same where the answer depends on where the server is: `answer` gets the path and the server's URL.
    pub(crate) fn start_knowing_itself<A: Into<Vec<u8>>>(
        answer: impl Fn(&str, &str) -> A + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        let at = url.clone();
        let answer = Arc::new(move |path: &str| answer(path, &at).into());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counter.fetch_add(1, Ordering::SeqCst);
                let answer = Arc::clone(&answer);
                thread::spawn(move || serve(stream, &*answer));
            }
        });
        Self { url, requests }
    }

    pub(crate) fn count(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn serve(stream: TcpStream, answer: &dyn Fn(&str) -> Vec<u8>) {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    let _ = reader.read_line(&mut first);
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        line.clear();
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    let _ = reader.get_mut().write_all(&answer(path));
    if path.contains("stall") {
        // Keeps the connection until the client gives up on it.
        let _ = reader.read_line(&mut line);
    }
}

pub(crate) fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

pub(crate) fn redirect(location: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}
