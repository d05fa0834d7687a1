//! Durable records of awards per second, without issuing: `cargo bench -p accolade-store`.
//!
//! SQLite in the target folder; PostgreSQL where `ACCOLADE_BENCH_POSTGRES` names an empty database, and beside it, in
//! alternating rounds, bare inserts of 2 kB by as many clients.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot go on has failed"
)]

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use accolade_core::Timestamp;
use accolade_store::awards::{Award, Recorded, record};
use accolade_store::credentials::{
    Credential, CredentialDocuments, CredentialRecord, CredentialStatus, Visibility,
};
use accolade_store::{Store, StoreError, achievements, audit, issuers, outbox, status_lists};
use diesel::{Connection as _, ExpressionMethods as _, PgConnection, RunQueryDsl as _};

const ROUND: Duration = Duration::from_secs(2);
const ROUNDS: usize = 3;
static NEXT: AtomicU32 = AtomicU32::new(0);

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let sqlite = staged(&format!("sqlite:{}/bench.db", folder.path().display()));
    for clients in [1, 16, 64] {
        let rounds = (0..ROUNDS).map(|_| per_second(clients, || award(&sqlite))).collect();
        println!("sqlite   {clients:>3} clients {:>8.0} awards/s", median(rounds));
    }
    let Ok(url) = std::env::var("ACCOLADE_BENCH_POSTGRES") else { return };
    let postgres = staged(&url);
    for clients in [1, 16, 64] {
        let bare = Bare::new(&url, clients);
        let (mut awards, mut inserts) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            inserts.push(per_second(clients, || bare.insert()));
            awards.push(per_second(clients, || award(&postgres)));
        }
        let (awards, inserts) = (median(awards), median(inserts));
        println!(
            "postgres {clients:>3} clients {awards:>8.0} awards/s {inserts:>8.0} bare inserts/s, ratio {:.3}",
            awards / inserts
        );
    }
}

fn per_second(clients: usize, work: impl Fn() + Sync) -> f64 {
    let started = Instant::now();
    let done = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                while started.elapsed() < ROUND {
                    work();
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    f64::from(done.into_inner()) / started.elapsed().as_secs_f64()
}

fn median(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_by(f64::total_cmp);
    rounds.get(rounds.len() / 2).copied().unwrap_or_default()
}

fn now() -> Timestamp {
    Timestamp::from_unix_seconds(1_795_000_000).unwrap()
}

/// A store with an issuer, an achievement and an open list.
fn staged(url: &str) -> Store {
    let store = Store::open(url).unwrap();
    store.migrate().unwrap();
    let issuer = issuers::Issuer {
        id: "issuer".into(),
        profile_id: "https://badges.example/public/issuers/issuer".into(),
        id_method: "url".into(),
        document: "{}".into(),
        linkedin_organization_id: None,
        created_at: now(),
        updated_at: now(),
    };
    let achievement = achievements::Achievement {
        image_id: None,
        id: "achievement".into(),
        issuer_id: "issuer".into(),
        document: "{}".into(),
        version: 1,
        created_at: now(),
        updated_at: now(),
    };
    let list = status_lists::StatusList {
        id: "list".into(),
        issuer_id: "issuer".into(),
        purpose: "revocation".into(),
        length: 131_072,
        bits: vec![0; 16_384],
        document: Vec::new(),
        valid_from: now(),
        open: true,
        created_at: now(),
    };
    store
        .write("stage", |db| {
            issuers::insert(db, &issuer)?;
            achievements::insert(db, &achievement)?;
            status_lists::insert(db, &list)
        })
        .map(drop)
        .map_err(|error: StoreError| error)
        .unwrap();
    store
}

/// Text that looks like base64url to a compressor: no two awards alike, nothing repeated inside.
fn text(length: usize, mut seed: u64) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let letters = (0..length).map(|_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ALPHABET.get(usize::try_from(seed >> 58).unwrap_or_default()).copied().map_or('A', char::from)
    });
    letters.collect()
}

/// Hex of a mixed number: as random as an id's place in an index is.
fn id(number: u32) -> String {
    let mixed = u128::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    format!("{mixed:032x}")
}

/// Documents of the size of full ones, made beforehand: 64 kinds are enough for a database.
fn documents(number: u32) -> CredentialDocuments {
    static ALL: OnceLock<Vec<CredentialDocuments>> = OnceLock::new();
    let make = |seed| CredentialDocuments {
        document: format!("{{\"type\":\"AchievementCredential\",\"x\":\"{}\"}}", text(4000, seed))
            .into_bytes(),
        jwt: text(5500, seed),
        assertion: text(1200, seed).into_bytes(),
        assertion_jws: text(2200, seed),
    };
    let all = ALL.get_or_init(|| (0..64).map(make).collect());
    all.get(usize::try_from(number % 64).unwrap()).cloned().unwrap()
}

fn award(store: &Store) {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let id = id(number);
    let documents = documents(number);
    let record_row = CredentialRecord {
        id: id.clone(),
        issuer_id: "issuer".into(),
        achievement_id: "achievement".into(),
        recipient_digest: id.clone(),
        duplicate_key: Some(id.clone()),
        external_id: Some(id.clone()),
        order_digest: id.clone(),
        status: CredentialStatus::Active,
        status_reason: None,
        status_list_id: "list".into(),
        status_list_index: number,
        valid_from: now(),
        valid_until: None,
        created_at: now(),
        updated_at: now(),
        visibility: Visibility::Unlisted,
        recipient_name: None,
        superseded_by: None,
        share_version: 1,
        achievement_version: Some(1),
    };
    let credential = Credential { record: record_row, documents };
    let audit = audit::Entry {
        id: id.clone(),
        at: now(),
        actor: "key".into(),
        verb: "credential.award".into(),
        subject: id.clone(),
        detail: "{}".into(),
    };
    let message = outbox::Message {
        id: id.clone(),
        topic: "credential.awarded".into(),
        subject: id,
        payload: "{}".into(),
        created_at: now(),
        available_at: now(),
        attempts: 0,
        delivered_at: None,
    };
    let award = Award { credential: &credential, audit: &audit, message: Some(&message), reply: None };
    assert_eq!(record(store, &award).unwrap(), Recorded::Inserted);
}

/// One connection for each client, and a table with a key and a body.
struct Bare {
    connections: Vec<Mutex<PgConnection>>,
}

impl Bare {
    fn new(url: &str, clients: usize) -> Self {
        let connect = || PgConnection::establish(url).unwrap();
        let table = "CREATE TABLE IF NOT EXISTS bare_rows (id BIGINT PRIMARY KEY, body BYTEA NOT NULL)";
        diesel::sql_query(table).execute(&mut connect()).unwrap();
        Self { connections: (0..clients).map(|_| Mutex::new(connect())).collect() }
    }

    fn insert(&self) {
        let number = i64::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let text = documents(NEXT.load(Ordering::Relaxed)).jwt.into_bytes().split_off(3500);
        let mut connection =
            self.connections.iter().cycle().find_map(|connection| connection.try_lock().ok()).unwrap();
        let values = (bare_rows::id.eq(number), bare_rows::body.eq(text));
        diesel::insert_into(bare_rows::table).values(values).execute(&mut *connection).unwrap();
    }
}

diesel::table! {
    bare_rows (id) {
        id -> BigInt,
        body -> Binary,
    }
}
