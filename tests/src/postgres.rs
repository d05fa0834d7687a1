//! A private PostgreSQL for tests, made from the server binaries that are installed.
//!
//! One cluster per test process and kind, on a free port of 127.0.0.1, in a temporary folder; one fresh place
//! in it per test. PostgreSQL refuses to run as root, so root runs it as `postgres` or `nobody`. A watchdog holds the
//! other end of a pipe: when the test process is gone, however it went, the cluster is stopped and removed.
//!
//! Where no server is installed a test says so in one line and passes; under `CI` that is a failure.

use std::fs;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Whether a cluster waits for the disk. Tests that do not crash anything are quicker without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// `fsync = on`, as in production.
    Durable,
    /// `fsync = off`.
    Volatile,
}

/// A running cluster, stopped and removed when dropped or when the process ends.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    user: Option<User>,
    port: u16,
    password: String,
    settings: String,
    /// The pipe whose end the watchdog waits for; `None` once dropped.
    leash: Option<ChildStdin>,
    watchdog: Child,
}

/// A fresh, empty place for one test; gone with its cluster.
#[derive(Debug, Clone)]
pub struct Database {
    /// What `Store::open` takes.
    pub url: String,
}

#[derive(Debug, Clone, Copy)]
struct User {
    uid: u32,
    gid: u32,
}

/// A fresh place without fsync for one test, named after `label`; `None` where no server is installed.
///
/// It is a schema of its own, not a database: PostgreSQL takes half a second to copy a database, and a few
/// milliseconds to make a schema. Connections see only that, by their `search_path`.
pub fn database(label: &str) -> Option<Database> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(|| Cluster::start(Durability::Volatile)).as_ref()?;
    Some(Database { url: cluster.fresh_schema(label) })
}

/// A fresh database with fsync, for measuring and for crashing; `None` where no server is installed.
pub fn durable_database(label: &str) -> Option<Database> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(|| Cluster::start(Durability::Durable)).as_ref()?;
    Some(Database { url: cluster.fresh_database(label) })
}

impl Cluster {
    /// Starts a cluster of one's own, for tests that stop it; `None` where no server is installed.
    ///
    /// # Panics
    /// If a server is installed and cannot be started, or if none is and `CI` is set.
    pub fn start(durability: Durability) -> Option<Cluster> {
        let Some(programs) = programs() else {
            assert!(std::env::var_os("CI").is_none(), "CI must test PostgreSQL, but no server is installed");
            say_skipped();
            return None;
        };
        Some(Cluster::make(programs, durability).unwrap_or_else(|error| panic!("PostgreSQL: {error}")))
    }

    fn make(programs: PathBuf, durability: Durability) -> io::Result<Cluster> {
        let folder = tempfile::Builder::new().prefix("accolade-postgres-").tempdir()?.keep();
        let user = unprivileged_user(&folder)?;
        let password = random_password()?;
        let password_file = folder.join("password");
        fs::write(&password_file, &password)?;
        fs::set_permissions(&password_file, fs::Permissions::from_mode(0o600))?;
        if let Some(user) = user {
            chown(&folder, Some(user.uid), Some(user.gid))?;
            chown(&password_file, Some(user.uid), Some(user.gid))?;
        }
        let (watchdog, leash) = watch(&programs, &folder, user)?;
        let mut cluster = Cluster {
            programs,
            folder,
            user,
            port: 0,
            password,
            settings: settings(durability).into(),
            leash: Some(leash),
            watchdog,
        };
        cluster.initialise()?;
        cluster.start_on_a_free_port()?;
        Ok(cluster)
    }

    /// The URL of a fresh database.
    ///
    /// # Panics
    /// If it cannot be created.
    pub fn fresh_database(&self, label: &str) -> String {
        let name = fresh_name(label);
        self.psql(&format!("CREATE DATABASE {name}")).unwrap_or_else(|error| panic!("PostgreSQL: {error}"));
        self.url(&name)
    }

    fn fresh_schema(&self, label: &str) -> String {
        let name = fresh_name(label);
        self.psql(&format!("CREATE SCHEMA {name}")).unwrap_or_else(|error| panic!("PostgreSQL: {error}"));
        format!("{}?options=-csearch_path%3D{name}", self.url("postgres"))
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://tester:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    /// Stops the server, hanging up on its clients.
    ///
    /// # Errors
    /// What `pg_ctl` says.
    pub fn stop(&self) -> io::Result<()> {
        self.pg_ctl(&["-m", "fast", "stop"])
    }

    /// Starts the server again after [`Cluster::stop`], on the same port.
    ///
    /// # Errors
    /// What `pg_ctl` says.
    pub fn resume(&self) -> io::Result<()> {
        let log = self.folder.join("server.log");
        let options = format!("-p {} {}", self.port, self.settings);
        self.pg_ctl(&["-l", &log.to_string_lossy(), "-o", &options, "start"])
    }

    fn initialise(&self) -> io::Result<()> {
        let password_file = self.folder.join("password");
        let mut initdb = self.command("initdb");
        initdb.args([
            "--username=tester",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]);
        initdb.arg("--pwfile").arg(password_file).arg("--pgdata").arg(self.data());
        run(&mut initdb)
    }

    /// Another process may take the port between our looking and the server's binding it.
    fn start_on_a_free_port(&mut self) -> io::Result<()> {
        let mut last = Ok(());
        for _ in 0..5 {
            self.port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            last = self.resume();
            if last.is_ok() {
                break;
            }
        }
        last
    }

    fn pg_ctl(&self, arguments: &[&str]) -> io::Result<()> {
        run(self.command("pg_ctl").arg("-D").arg(self.data()).arg("-w").args(arguments))
    }

    fn psql(&self, sql: &str) -> io::Result<()> {
        let mut psql = self.command("psql");
        psql.args(["-X", "-q", "-h", "127.0.0.1", "-U", "tester", "-d", "postgres", "-c", sql]);
        run(psql.arg("-p").arg(self.port.to_string()).env("PGPASSWORD", &self.password))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        become_user(&mut command, self.user);
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.leash.take());
        let _ = self.watchdog.wait();
    }
}

fn fresh_name(label: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let label: String = label.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    format!("t{}_{}", NEXT.fetch_add(1, Ordering::Relaxed), label.to_ascii_lowercase())
}

fn settings(durability: Durability) -> &'static str {
    match durability {
        Durability::Durable => {
            "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
        }
        Durability::Volatile => {
            "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \
             -c fsync=off -c full_page_writes=off"
        }
    }
}

/// A shell that waits for its input to end, which it does when our process does, and then cleans up.
fn watch(programs: &Path, folder: &Path, user: Option<User>) -> io::Result<(Child, ChildStdin)> {
    let script = r#"read line; "$1/pg_ctl" -D "$2/data" -m immediate -w stop; rm -rf "$2""#;
    let mut shell = Command::new("sh");
    become_user(&mut shell, user);
    // A group of its own, so that Ctrl-C at the tests does not end it before its work.
    shell.args(["-c", script, "watchdog"]).arg(programs).arg(folder).process_group(0).current_dir("/");
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = shell.spawn()?;
    let leash = child.stdin.take().ok_or_else(|| io::Error::other("the watchdog has no input"))?;
    Ok((child, leash))
}

fn become_user(command: &mut Command, user: Option<User>) {
    if let Some(user) = user {
        command.uid(user.uid).gid(user.gid);
    }
}

/// Whom to run the server as: `None` for ourselves, unless we are root.
fn unprivileged_user(our_file: &Path) -> io::Result<Option<User>> {
    if fs::metadata(our_file)?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let find = |name: &str| {
        let line = users.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        let mut numbers = line.split(':').skip(1).map(str::parse::<u32>);
        Some(User { uid: numbers.next()?.ok()?, gid: numbers.next()?.ok()? })
    };
    let user = find("postgres").or_else(|| find("nobody"));
    user.map(Some)
        .ok_or_else(|| io::Error::other("we are root, and there is neither `postgres` nor `nobody`"))
}

/// The folder with the newest server's programs: beside `initdb` on the path, or where Debian puts them.
fn programs() -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let on_path = on_path
        .filter_map(|folder| fs::canonicalize(folder.join("initdb")).ok()?.parent().map(Path::to_owned));
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            Some((entry.as_ref().ok()?.file_name().to_str()?.parse().ok()?, entry.ok()?.path().join("bin")))
        })
        .collect();
    versions.sort();
    let by_version = versions.into_iter().rev().map(|(_, folder)| folder);
    let complete =
        |folder: &PathBuf| ["initdb", "pg_ctl", "psql"].iter().all(|name| folder.join(name).is_file());
    on_path.chain(by_version).find(complete)
}

/// Runs a program to its end; its words are part of the error. They go through a file, not a pipe: `pg_ctl` leaves
/// the server running with whatever it was given, and a pipe would never end.
fn run(command: &mut Command) -> io::Result<()> {
    let mut words = tempfile::tempfile()?;
    command.stdin(Stdio::null()).stdout(words.try_clone()?).stderr(words.try_clone()?);
    let status = command.status()?;
    if status.success() {
        return Ok(());
    }
    let mut text = String::new();
    words.rewind()?;
    words.read_to_string(&mut text)?;
    Err(io::Error::other(format!("{:?}: {status}: {text}", command.get_program())))
}

/// Others on this machine can reach the port, and whoever may do all in a cluster may run programs as its user.
fn random_password() -> io::Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// One line past the test runner's capture, so that it is seen.
fn say_skipped() {
    let line = "PostgreSQL: no server is installed (initdb not found), its half of the tests is skipped\n";
    let _ = io::stderr().write_all(line.as_bytes());
}
