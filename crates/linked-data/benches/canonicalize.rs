//! What canonical forms cost: `cargo bench -p accolade-linked-data`, with words of the names wanted after `--`.
//!
//! Every operation is timed in batches of about a millisecond, all operations taking turns, and the shortest batch counts: on a busy
//! machine everything longer tells of the other programs. `sha256_…` is the hash of the canonical text alone, which nothing can go below.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot go on has failed, and its output is its purpose"
)]

use std::hint::black_box;
use std::time::Instant;

use accolade_linked_data::{
    Options, Prepared, canonical_hash, canonicalize, contexts, jcs, json as strict_json,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn minimal() -> Value {
    json!({
        "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0],
        "id": "urn:uuid:91537dba-56cb-11ec-bf63-0242ac130002",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": "https://university.example/issuers/1", "type": ["Profile"], "name": "A University"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Applied Data Skills",
        "credentialSubject": {
            "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://university.example/achievements/1",
                "type": ["Achievement"],
                "name": "Applied Data Skills",
                "description": "Cleans, explores and presents data.",
                "criteria": {"narrative": "Attend the workshop, hand in, pass, present."}
            }
        }
    })
}

/// The full credential that proofs are measured with (169 quads).
fn full() -> Value {
    serde_json::from_str(include_str!("../../signing/benches/proofs/full.json")).unwrap()
}

const HOLES: [&str; 9] = [
    "/id",
    "/validFrom",
    "/validUntil",
    "/awardedDate",
    "/credentialSubject/id",
    "/credentialSubject/identifier/0/identityHash",
    "/credentialSubject/identifier/0/salt",
    "/credentialStatus/id",
    "/credentialStatus/statusListIndex",
];

const TEXTS: [&str; 9] = [
    "https://badges.example.edu/public/credentials/0d4c77aa-1c2b-4e4e-8b7e-2f64a1c0b9d7",
    "2026-11-24T08:30:00Z",
    "2031-11-24T08:30:00Z",
    "2026-11-20T09:00:00Z",
    "urn:uuid:3b5a1b1e-95d3-4f0c-9a51-0d1e8d6a7f42",
    "sha256$5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
    "1f0e2d3c4b5a69788796a5b4c3d2e1f0",
    "https://badges.example.edu/public/status/1#12345",
    "12345",
];

fn proof_options() -> Value {
    json!({
        "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": "https://university.example/issuers/1#key",
        "proofPurpose": "assertionMethod"
    })
}

/// Rounds of the whole table.
const ROUNDS: u32 = 300;
/// About how long one batch is to last, in microseconds.
const BATCH_TIME: f64 = 1000.0;

struct Operation<'a> {
    name: String,
    run: Box<dyn Fn() -> bool + 'a>,
    /// Microseconds per operation in the shortest batch so far.
    shortest: f64,
}

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    // `cargo test --all-targets` runs this too, without `--bench`: then once is enough.
    let rounds = if std::env::args().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    let read = Options::default();
    let documents = [("minimal", minimal()), ("full", full()), ("proof_options", proof_options())];
    let texts = documents.each_ref().map(|(_, document)| canonicalize(document, &read).unwrap());
    let prepared = Prepared::new(&documents[1].1, &HOLES, &read).unwrap();
    let json = documents[1].1.to_string();
    let mut operations = Vec::new();
    let mut add = |name: String, run: Box<dyn Fn() -> bool>| {
        operations.push(Operation { name, run, shortest: BATCH_TIME });
    };
    for ((name, document), text) in documents.iter().zip(&texts) {
        let what = format!("{name}_{}_quads_{}_bytes", text.lines().count(), text.len());
        let (document, text) = (document.clone(), text.clone());
        add(format!("sha256_{what}"), Box::new(move || Sha256::digest(black_box(text.as_bytes()))[0] < 255));
        add(format!("hash_{what}"), Box::new(move || canonical_hash(black_box(&document), &read).is_ok()));
    }
    add("prepared_full".into(), Box::new(move || prepared.canonical_hash(black_box(&TEXTS)).is_ok()));
    let document = documents[1].1.clone();
    let bytes = json.len();
    add(
        format!("jcs_full_{bytes}_bytes"),
        Box::new(move || !jcs::canonicalize(black_box(&document)).is_empty()),
    );
    let document = documents[1].1.clone();
    add(
        format!("serde_write_full_{bytes}_bytes"),
        Box::new(move || !black_box(&document).to_string().is_empty()),
    );
    let text = json.clone();
    add(
        "parse_full_strictly".into(),
        Box::new(move || strict_json::parse(black_box(text.as_bytes())).is_ok()),
    );
    add(
        "parse_full_by_serde".into(),
        Box::new(move || serde_json::from_str::<Value>(black_box(&json)).is_ok()),
    );
    operations.retain(|operation| arguments.iter().all(|word| operation.name.contains(word)));
    for _ in 0..rounds {
        operations.iter_mut().for_each(time);
    }
    for operation in &operations {
        println!("{:45} {:9.2} us", operation.name, operation.shortest);
    }
}

/// One batch; an operation that fails must not look fast.
fn time(operation: &mut Operation<'_>) {
    let mut done = 0.0;
    let start = Instant::now();
    while done * operation.shortest < BATCH_TIME {
        assert!((operation.run)(), "{} failed", operation.name);
        done += 1.0;
    }
    operation.shortest = operation.shortest.min(start.elapsed().as_secs_f64() * 1e6 / done);
}
