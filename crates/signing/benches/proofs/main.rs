//! What a full Open Badges 3.0 credential costs to canonicalise, sign and verify, beside the bare curve operation in the
//! same run. Prints a table, and merges the figures into the benchmark summary.
//!
//! Every operation is timed in batches of about a millisecond, all operations taking turns, so that a slow moment of the
//! machine hits them alike. The shortest batch counts, and a ratio is that of two shortest batches: on a busy machine
//! everything longer tells of the other programs.

mod summary;

use std::error::Error;
use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use accolade_core::{Entropy, Timestamp};
use accolade_linked_data::{self as linked_data, Options};
use accolade_signing::data_integrity::{self, ProofOptions};
use accolade_signing::{KeyType, PrivateKey, Signer, vc_jwt};
use ed25519_dalek::{Signer as _, SigningKey};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Rounds of the whole table.
const ROUNDS: u32 = 250;
/// About how long one batch is to last, in microseconds.
const BATCH_TIME: f64 = 1000.0;

/// One thing to time, the name of its time, and the bare operation it is compared with.
struct Operation<'a> {
    name: &'static str,
    bare: Option<&'static str>,
    run: Box<dyn Fn() -> bool + 'a>,
    /// Microseconds per operation in the shortest batch so far.
    shortest: f64,
}

fn main() -> Outcome<()> {
    // `cargo test --all-targets` runs this too, without `--bench`: then once is enough, and nothing is recorded.
    let (rounds, recorded) =
        if std::env::args().any(|arg| arg == "--bench") { (ROUNDS, true) } else { (1, false) };
    let credential = linked_data::json::parse(include_bytes!("full.json"))?;
    let (ed25519, p256) = (signer(KeyType::Ed25519)?, signer(KeyType::P256)?);
    let method = "https://badges.example.edu/public/issuers/3b7c#key";
    let options = ProofOptions::new(Timestamp::parse("2026-11-23T10:00:00Z")?, method);
    let proof = data_integrity::sign(&credential, &options, &ed25519)?;
    let kid = "https://badges.example.edu/public/keys/1";
    let token = vc_jwt::sign(&credential, kid, &p256)?;
    let bare = Bare::new()?;
    let (bare_signature, bare_es256) = (bare.ed25519.sign(&MESSAGE), bare.sign_es256()?);
    let mut operations = [
        operation("ed25519_sign_us", None, || bare.ed25519.sign(black_box(&MESSAGE)).to_bytes() != [0; 64]),
        operation("ed25519_verify_strict_us", None, || {
            bare.ed25519.verifying_key().verify_strict(black_box(&MESSAGE), &bare_signature).is_ok()
        }),
        operation("es256_sign_us", None, || bare.sign_es256().is_ok()),
        operation("es256_verify_us", None, || bare.verify_es256(&bare_es256).unwrap_or(false)),
        operation("canonicalize_full_us", None, || {
            linked_data::canonicalize(black_box(&credential), &Options::default()).is_ok()
        }),
        operation("sign_rdfc_full_us", Some("ed25519_sign_us"), || {
            data_integrity::sign(black_box(&credential), &options, &ed25519).is_ok()
        }),
        operation("verify_rdfc_full_us", Some("ed25519_verify_strict_us"), || {
            data_integrity::verify(black_box(&credential), &proof, ed25519.public_key()).is_ok()
        }),
        operation("sign_jwt_es256_us", Some("es256_sign_us"), || {
            vc_jwt::sign(black_box(&credential), kid, &p256).is_ok()
        }),
        operation("verify_jwt_es256_us", Some("es256_verify_us"), || {
            vc_jwt::read(black_box(&token)).is_ok_and(|read| read.verify(p256.public_key()).is_ok())
        }),
    ];
    for _ in 0..rounds {
        operations.iter_mut().try_for_each(time)?;
    }
    let quads = linked_data::canonicalize(&credential, &Options::default())?.lines().count();
    report(&operations, quads, recorded)
}

fn operation<'a>(
    name: &'static str,
    bare: Option<&'static str>,
    run: impl Fn() -> bool + 'a,
) -> Operation<'a> {
    Operation { name, bare, run: Box::new(run), shortest: BATCH_TIME }
}

/// One batch; an operation that fails must not look fast.
fn time(operation: &mut Operation<'_>) -> Outcome<()> {
    let mut done = 0.0;
    let start = Instant::now();
    while done * operation.shortest < BATCH_TIME {
        if !(operation.run)() {
            return Err(format!("{} failed", operation.name).into());
        }
        done += 1.0;
    }
    operation.shortest = operation.shortest.min(start.elapsed().as_secs_f64() * 1e6 / done);
    Ok(())
}

fn report(operations: &[Operation<'_>], quads: usize, recorded: bool) -> Outcome<()> {
    let mut figures = Vec::new();
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "a full credential of {quads} quads; shortest batches, and their ratio to the bare operation"
    )?;
    for operation in operations {
        let shortest = operation.shortest;
        write!(out, "{:28} {shortest:9.2} us", operation.name)?;
        figures.push((operation.name.to_owned(), shortest, "us"));
        if let Some(bare) = operations.iter().find(|other| Some(other.name) == operation.bare) {
            let ratio = shortest / bare.shortest;
            write!(out, "  {ratio:6.2} × {}", bare.name)?;
            figures.push((operation.name.trim_end_matches("_us").to_owned(), ratio, "ratio"));
        }
        writeln!(out)?;
    }
    if recorded {
        let path = summary::merge(&figures)?;
        writeln!(out, "merged into {}", path.display())?;
    }
    Ok(())
}

const MESSAGE: [u8; 64] = [7; 64];

/// The curve operations by themselves, their keys prepared as well as they can be.
struct Bare {
    ed25519: SigningKey,
    p256: PKey<openssl::pkey::Private>,
}

impl Bare {
    fn new() -> Outcome<Self> {
        let group = openssl::ec::EcGroup::from_curve_name(openssl::nid::Nid::X9_62_PRIME256V1)?;
        let p256 = PKey::from_ec_key(openssl::ec::EcKey::generate(&group)?)?;
        Ok(Self { ed25519: SigningKey::from_bytes(&[7; 32]), p256 })
    }

    fn sign_es256(&self) -> Outcome<Vec<u8>> {
        let mut signer = openssl::sign::Signer::new(MessageDigest::sha256(), &self.p256)?;
        Ok(signer.sign_oneshot_to_vec(black_box(&MESSAGE))?)
    }

    fn verify_es256(&self, signature: &[u8]) -> Outcome<bool> {
        let mut verifier = openssl::sign::Verifier::new(MessageDigest::sha256(), &self.p256)?;
        Ok(verifier.verify_oneshot(signature, black_box(&MESSAGE))?)
    }
}

fn signer(kind: KeyType) -> Outcome<Signer> {
    struct Sevens;
    impl Entropy for Sevens {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(7);
        }
    }
    Ok(Signer::new(&PrivateKey::generate(kind, &Sevens)?)?)
}
