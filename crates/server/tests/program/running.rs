//! A running `accolade serve` and a client for it, over plain sockets.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

pub(crate) const ADMIN_KEY: &str = "acc_program_tests_0123456789abcdef";

/// `accolade` with no settings of the machine it runs on.
pub(crate) fn accolade() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_accolade"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ACCOLADE_")) {
        command.env_remove(name);
    }
    command.current_dir(std::env::temp_dir()).stdin(Stdio::null());
    command
}

/// A server on a port of its own; killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts on `data`, at `address` so that a restarted server is found where its badges say it is.
    pub(crate) fn start(data: &Path, address: SocketAddr, database_url: Option<&str>) -> Server {
        let mut command = accolade();
        command
            .arg("serve")
            .env("ACCOLADE_LISTEN", address.to_string())
            .env("ACCOLADE_PUBLIC_URL", format!("http://{address}"))
            .env("ACCOLADE_DATA_DIR", data)
            .env("ACCOLADE_ADMIN_KEY", ADMIN_KEY)
            .env("ACCOLADE_LOG__FILTER", "warn")
            .stdout(Stdio::null());
        if let Some(url) = database_url {
            command.env("ACCOLADE_DATABASE_URL", url);
        }
        let mut server = Server { child: command.spawn().unwrap(), address };
        let patience = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(address).is_err() {
            assert!(server.child.try_wait().unwrap().is_none(), "the server ended instead of listening");
            assert!(Instant::now() < patience, "the server does not listen");
            std::thread::yield_now();
        }
        server
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The end that no program can prepare for.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop as a supervisor does and waits; its exit status and how long that took.
    pub(crate) fn terminate(mut self) -> (Option<i32>, Duration) {
        let asked = Instant::now();
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        (self.child.wait().unwrap().code(), asked.elapsed())
    }

    /// One request of an administrator; `None` where the connection broke before a whole reply came.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &str,
        body: Option<&Value>,
    ) -> Option<(u16, String)> {
        ask(self.address, method, path, headers, body)
    }

    /// Like [`Server::ask`], for what must work.
    pub(crate) fn must(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let (status, text) = self.ask(method, path, "", body).expect("a reply");
        assert!((200..300).contains(&status), "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// One HTTP/1.1 exchange on a connection of its own.
pub(crate) fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: Option<&Value>,
) -> Option<(u16, String)> {
    let body = body.map_or_else(String::new, Value::to_string);
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {ADMIN_KEY}\r\nConnection: close\r\n\
         {kind}{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let mut length = None;
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).ok()?;
    // A reply cut short is no acknowledgement.
    length.is_none_or(|length| length == bytes.len()).then_some(())?;
    Some((status, String::from_utf8(bytes).ok()?))
}
