//! Machine instructions of the hot paths, counted by valgrind and compared with those in `counts.json` beside this file. Clocks
//! tell of the other programs on a machine; instructions hardly do.
//!
//! `counts compare` fails when a path takes 3 % more or less than is written there, `counts write` writes what it finds.
//!
//! What is counted does not depend on the machine, as far as that can be had: keys, times and texts are fixed; valgrind shows a
//! processor of its own to whoever asks for features (AVX2 where the machine has it, never SHA or AVX-512 instructions, so SHA-256 is
//! computed in plain instructions and makes up about half of a canonical hash here); OpenSSL, whose ECDSA draws random
//! numbers, is not among the paths; what hash tables draw at random moves the counts by less than 0.1 %. A path runs a few times and then a hundred times more in a second
//! process, and the difference counts, so start-up, parsing and the first reading of the contexts cancel out.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the shell")]

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use accolade_core::{Entropy, Timestamp};
use accolade_linked_data::{self as linked_data, Options, canonical_hash};
use accolade_signing::data_integrity::{self, ProofOptions};
use accolade_signing::{KeyType, PrivateKey, Signer, vc_jwt};
use serde_json::{Map, Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

const PATHS: [&str; 5] = [
    "canonical_hash_minimal",
    "canonical_hash_full",
    "sign_rdfc_full",
    "verify_rdfc_full",
    "sign_jwt_eddsa_full",
];
/// Before anything counts, so that what is kept from the first times is there.
const WARM: u32 = 10;
/// How many more times the second process runs a path.
const COUNTED: u32 = 100;
/// How far a count may be from the one kept, in percent.
const TOLERANCE: f64 = 3.0;

fn main() -> Outcome<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["run", path, times] => run(path, times.parse()?).map(|()| ExitCode::SUCCESS),
        ["compare"] => compare(),
        ["write"] => write().map(|()| ExitCode::SUCCESS),
        _ => Err("usage: counts compare|write".into()),
    }
}

fn compare() -> Outcome<ExitCode> {
    let kept: Value = serde_json::from_slice(&fs::read(kept_file())?)?;
    let mut strayed = false;
    for path in PATHS {
        let count = count(path)?;
        let before = kept
            .pointer(&format!("/instructions/{path}"))
            .and_then(Value::as_f64)
            .ok_or(format!("counts.json lacks {path}"))?;
        let change = (count / before - 1.0) * 100.0;
        let far = change.abs() > TOLERANCE;
        strayed |= far;
        println!(
            "{path:24} {count:9.0} instructions, kept {before:9.0}, {change:+.2} %{}",
            if far { "  TOO FAR" } else { "" }
        );
    }
    if !strayed {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!(
        "A hot path takes more or fewer instructions than crates/signing/examples/counts.json says (± {TOLERANCE} %).\n\
         More: find out which change made it slower. Fewer, or more for a reason worth it: run `just counts write`, commit\n\
         the file, and say why in the message. Another compiler or C library counts otherwise too: {} was used, now it is {}.",
        kept.get("made_with").unwrap_or(&Value::Null),
        made_with()?
    );
    Ok(ExitCode::FAILURE)
}

fn write() -> Outcome<()> {
    let mut instructions = Map::new();
    for path in PATHS {
        let count = format!("{:.0}", count(path)?);
        println!("{path:24} {count:>9} instructions");
        instructions.insert(path.to_owned(), serde_json::from_str(&count)?);
    }
    let kept = json!({
        "about": "Instructions of one run of each hot path, by callgrind: `just counts` compares, `just counts write` renews. See counts.rs.",
        "made_with": made_with()?,
        "instructions": instructions,
    });
    Ok(fs::write(kept_file(), serde_json::to_string_pretty(&kept)? + "\n")?)
}

fn kept_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/counts.json")
}

/// Compiler, valgrind and C library.
fn made_with() -> Outcome<String> {
    let first_line = |program: &str, argument: &str| -> Outcome<String> {
        let output =
            Command::new(program).arg(argument).output().map_err(|error| format!("{program}: {error}"))?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned())
    };
    let parts = [
        first_line("rustc", "--version")?,
        first_line("valgrind", "--version")?,
        first_line("ldd", "--version")?,
    ];
    Ok(parts.join(", "))
}

/// Instructions of one run.
fn count(path: &str) -> Outcome<f64> {
    let before = instructions(path, WARM)?;
    let after = instructions(path, WARM + COUNTED)?;
    Ok((after - before) / f64::from(COUNTED))
}

/// Instructions of a whole process that runs the path that often.
fn instructions(path: &str, times: u32) -> Outcome<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["run", path, &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind, which has to be installed: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("valgrind: {said}").into());
    }
    let collected = said.lines().find_map(|line| line.split_once("Collected : "));
    Ok(collected.ok_or_else(|| format!("valgrind told no count: {said}"))?.1.trim().parse()?)
}

fn run(path: &str, times: u32) -> Outcome<()> {
    let badge = if path.ends_with("minimal") {
        &include_bytes!("../benches/proofs/minimal.json")[..]
    } else {
        &include_bytes!("../benches/proofs/full.json")[..]
    };
    let badge = linked_data::json::parse(badge)?;
    let signer = Signer::new(&PrivateKey::generate(KeyType::Ed25519, &Sevens)?)?;
    let options = ProofOptions::new(
        Timestamp::parse("2026-11-23T10:00:00Z")?,
        "https://badges.example.edu/public/issuers/3b7c#key",
    );
    let proof = data_integrity::sign(&badge, &options, &signer)?;
    for _ in 0..times {
        let badge = black_box(&badge);
        let done = match path {
            "canonical_hash_minimal" | "canonical_hash_full" => {
                canonical_hash(badge, &Options::default()).is_ok()
            }
            "sign_rdfc_full" => data_integrity::sign(badge, &options, &signer).is_ok(),
            "verify_rdfc_full" => data_integrity::verify(badge, &proof, signer.public_key()).is_ok(),
            "sign_jwt_eddsa_full" => {
                vc_jwt::sign(badge, "https://badges.example.edu/public/keys/1", &signer).is_ok()
            }
            _ => return Err(format!("there is no path {path}").into()),
        };
        if !black_box(done) {
            return Err(format!("{path} failed").into());
        }
    }
    Ok(())
}

/// The key that is all sevens.
struct Sevens;

impl Entropy for Sevens {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}
