//! Durable awards per second on both databases, beside bare durable inserts in the same run.
//!
//! `cargo bench -p accolade-tests --bench awards`; figures go to `target/bench/summary.json`.

#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a bench that cannot go on has failed; its figures are small"
)]

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use accolade_issuing::{AwardOrder, Caller, NewIssuer, Office};
use accolade_tests::office::office_on;
use accolade_tests::{postgres, summary};
use diesel::{Connection as _, PgConnection, RunQueryDsl as _};
use serde_json::json;

const CLIENTS: usize = 16;
const ROUND: Duration = Duration::from_secs(2);
const ROUNDS: usize = 5;

fn main() {
    // `cargo test --benches` asks benches to list or test themselves; they have nothing to say then.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut figures = Vec::new();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    figures.push(("award_sqlite", sqlite(folder.path()), "per second"));
    if let Some((awards, ratio)) = postgresql() {
        figures.push(("award_postgres", awards, "per second"));
        figures.push(("award_postgres_vs_insert", ratio, "ratio"));
    }
    for (name, value, unit) in &figures {
        println!("{name:<28} {value:>10.3} {unit}");
    }
    summary::merge(&figures);
}

fn sqlite(folder: &Path) -> f64 {
    let awarding = Awarding::new(&format!("sqlite:{}/awards.db", folder.display()));
    let rounds: Vec<f64> = (0..ROUNDS).map(|_| awarding.round()).collect();
    median(rounds)
}

/// Awards per second, and their ratio to durable inserts of single rows of 2 kB by as many clients.
fn postgresql() -> Option<(f64, f64)> {
    let database = postgres::durable_database("awards")?;
    let awarding = Awarding::new(&database.url);
    let inserting = Inserting::new(&database.url);
    // Rounds alternate, so that a slow moment of the machine hits both sides.
    let (mut awards, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let inserted = inserting.round();
        let awarded = awarding.round();
        awards.push(awarded);
        ratios.push(awarded / inserted);
    }
    Some((median(awards), median(ratios)))
}

/// An office with one achievement, and recipients that never repeat.
struct Awarding {
    office: Office,
    achievement: String,
    next: AtomicU64,
}

impl Awarding {
    fn new(database_url: &str) -> Awarding {
        let office = office_on(database_url);
        let system = Caller::system();
        let profile = json!({"name": "Riverside University", "url": "https://riverside.example", "email": "b@riverside.example"});
        let issuer = office.register_issuer(&system, NewIssuer::parse(profile).unwrap(), None).unwrap();
        let achievement: serde_json::Value =
            serde_json::from_str(include_str!("../../crates/server/src/demo/achievement.json")).unwrap();
        let achievement = office.define_achievement(&system, &issuer.id, achievement, None).unwrap();
        Awarding { office, achievement: achievement.id, next: AtomicU64::new(0) }
    }

    fn round(&self) -> f64 {
        per_second(|| {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let order = json!({"recipient": {"email": format!("learner{number}@learner.example")}, "externalId": format!("bench:{number}")});
            let order = AwardOrder::parse(&order).unwrap();
            self.office.award(&Caller::system(), &self.achievement, order, None).unwrap();
        })
    }
}

/// One connection for each client, and a table with a key and 2 kB.
struct Inserting {
    connections: Vec<std::sync::Mutex<PgConnection>>,
    next: AtomicU64,
}

impl Inserting {
    fn new(url: &str) -> Inserting {
        let connect = || PgConnection::establish(url).unwrap();
        diesel::sql_query("CREATE TABLE bare (id BIGINT PRIMARY KEY, body BYTEA NOT NULL)")
            .execute(&mut connect())
            .unwrap();
        let connections = (0..CLIENTS).map(|_| std::sync::Mutex::new(connect())).collect();
        Inserting { connections, next: AtomicU64::new(0) }
    }

    fn round(&self) -> f64 {
        let body = vec![7_u8; 2000];
        per_second(|| {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            // Each client finds a free connection at once: there are as many as clients.
            let mut connection = (number as usize..)
                .find_map(|start| self.connections[start % CLIENTS].try_lock().ok())
                .unwrap();
            diesel::sql_query("INSERT INTO bare (id, body) VALUES ($1, $2)")
                .bind::<diesel::sql_types::BigInt, _>(number as i64)
                .bind::<diesel::sql_types::Binary, _>(&body)
                .execute(&mut *connection)
                .unwrap();
        })
    }
}

/// How often `act` is done in a second when `CLIENTS` threads do nothing else for one round.
fn per_second(act: impl Fn() + Sync) -> f64 {
    let done = AtomicU64::new(0);
    let start = Instant::now();
    std::thread::scope(|clients| {
        for _ in 0..CLIENTS {
            clients.spawn(|| {
                while start.elapsed() < ROUND {
                    act();
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
