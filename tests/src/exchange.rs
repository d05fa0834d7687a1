//! A small HTTP/1.1 client over a plain socket: what a test says is what is sent, down to the request line.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in the support of tests, a missing value is a failure of the test"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// A request to be, sent by [`Request::send`].
#[derive(Debug, Clone)]
pub struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Header names in lower case with their values, in the order of the reply.
    pub headers: Vec<(String, String)>,
    /// The body, as it came.
    pub body: Vec<u8>,
}

impl Request {
    /// `method` on `target`, a path with its query.
    pub fn new(method: &str, target: &str) -> Request {
        let headers = vec![("host".to_owned(), "127.0.0.1".to_owned())];
        Request { method: method.to_owned(), target: target.to_owned(), headers, body: None }
    }

    /// With another header; `host` is replaced, every other name may stand there twice.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Request {
        if name.eq_ignore_ascii_case("host") {
            self.headers.retain(|(known, _)| known != "host");
        }
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a body; the length is announced.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Request {
        self.body = Some(body.into());
        self
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Request {
        self.header("content-type", "application/json").body(body.to_string())
    }

    /// Sends the request on a connection of its own.
    ///
    /// # Panics
    /// Where there is no server, or its reply is not HTTP.
    pub fn send(&self, to: SocketAddr) -> Answer {
        let mut stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // A server that refuses a large body may stop reading it; its reply still counts.
        let _ = stream.write_all(&self.bytes());
        read_answer(&mut BufReader::new(stream), self.method == "HEAD")
    }

    /// The request as it goes over the wire; the connection is to be closed after it unless a header says otherwise.
    pub fn bytes(&self) -> Vec<u8> {
        let mut text = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.headers.iter().any(|(name, _)| name == "connection") {
            text.push_str("connection: close\r\n");
        }
        if let Some(body) = &self.body {
            text.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        text.push_str("\r\n");
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(self.body.as_deref().unwrap_or_default());
        bytes
    }
}

/// Reads one reply.
///
/// # Panics
/// Where it is not HTTP, or has no length.
pub fn read_answer(stream: &mut BufReader<TcpStream>, head: bool) -> Answer {
    let mut line = String::new();
    stream.read_line(&mut line).unwrap();
    let status =
        line.split(' ').nth(1).unwrap_or_else(|| panic!("no status line: {line:?}")).parse().unwrap();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer { status, headers, body: Vec::new() };
    let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
    assert!(answer.header("transfer-encoding").is_none(), "a reply without a length: {answer:?}");
    if !head && length > 0 {
        answer.body.resize(length, 0);
        stream.read_exact(&mut answer.body).unwrap();
    }
    answer
}

impl Answer {
    /// The value of a header; `None` where it is not there, or there twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values =
            self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let value = values.next()?;
        values.next().is_none().then_some(value)
    }

    /// Status, headers and the beginning of the body, for messages.
    pub fn told(&self) -> String {
        let body: String = String::from_utf8_lossy(&self.body).chars().take(400).collect();
        format!("{} {:?} {body}", self.status, self.headers)
    }

    /// The body as text.
    ///
    /// # Panics
    /// Where it is not UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// Where it is not.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body as JSON, where the status is `status`.
    ///
    /// # Panics
    /// Where it is another status.
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{} {:?}", String::from_utf8_lossy(&self.body), self.headers);
        self.json()
    }

    /// Nothing, where the status is `status` and there is no body.
    ///
    /// # Panics
    /// Where it is otherwise.
    pub fn expect_empty(&self, status: u16) {
        assert_eq!((self.status, self.body.len()), (status, 0), "{}", self.told());
    }

    /// The problem, where it is one of this status and kind: `type` ends in `#kind`.
    ///
    /// # Panics
    /// Where it is not.
    pub fn expect_problem(&self, status: u16, kind: &str) -> Value {
        let problem = self.expect(status);
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{problem}");
        assert!(
            problem["type"].as_str().is_some_and(|uri| uri.ends_with(&format!("/errors#{kind}"))),
            "{problem}"
        );
        assert_eq!(problem["status"], status, "{problem}");
        assert!(problem["title"].is_string() && problem["detail"].is_string(), "{problem}");
        let id = self.header("x-request-id").unwrap();
        assert_eq!(problem["instance"], format!("/requests/{id}"), "{problem}");
        problem
    }
}
