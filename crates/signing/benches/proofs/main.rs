//! What a credential costs to canonicalise, sign and verify, beside the bare curve operation and beside other software, all in
//! the same run. Prints a table, and merges the figures into the benchmark summary.
//!
//! Every operation is timed in batches of about a millisecond, all operations taking turns, so that a slow moment of the
//! machine hits them alike. The batch counts that a tenth of all were shorter than, for a ratio that of either operation: on a
//! busy machine everything longer tells of the other programs, and the very shortest was luck.

mod bare;
mod bulk;
mod report;
mod rivals;
mod summary;
mod timing;

use std::error::Error;
use std::hint::black_box;

use accolade_core::{Entropy, Timestamp};
use accolade_linked_data::{self as linked_data, Options};
use accolade_signing::data_integrity::{self, ProofOptions};
use accolade_signing::{KeyType, PrivateKey, Signer, vc_jwt};
use bare::Bare;
use bulk::Bulk;
use rivals::Rivals;
use serde_json::Value;
use timing::Operation;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Rounds of the whole table.
const ROUNDS: u32 = 500;
/// After how many rounds the rivals have their turn; their batches are a hundred times as long.
const ROUNDS_PER_RIVAL: u32 = 20;

const MINIMAL: &[u8] = include_bytes!("minimal.json");
const FULL: &[u8] = include_bytes!("full.json");
/// How many quads the two are, so that nobody makes the figures better by making the badge smaller.
const QUADS: [(&str, usize); 2] = [("minimal", 15), ("full", 169)];

const METHOD: &str = "https://badges.example.edu/public/issuers/3b7c#key";
const KID: &str = "https://badges.example.edu/public/keys/1";

fn main() -> Outcome<()> {
    // `cargo test --all-targets` runs this too, without `--bench`: then once is enough, and nothing is recorded.
    let recorded = std::env::args().any(|arg| arg == "--bench");
    let keys = Keys { ed25519: signer(KeyType::Ed25519)?, p256: signer(KeyType::P256)? };
    let badges = QUADS
        .iter()
        .zip([MINIMAL, FULL])
        .map(|((name, quads), text)| Badge::new(name, *quads, text, &keys))
        .collect::<Outcome<Vec<_>>>()?;
    let bare = Bare::new()?;
    let bulk = Bulk::new(&keys.ed25519)?;
    let mut operations = Vec::new();
    for badge in &badges {
        operations.extend(badge.operations(&keys, &bare)?);
    }
    operations.extend(bulk.operations(&keys.ed25519));
    let mut rivals = if recorded { Rivals::find()? } else { Rivals::none() };
    for round in 0..if recorded { ROUNDS } else { 1 } {
        operations.iter_mut().try_for_each(Operation::time)?;
        if round % ROUNDS_PER_RIVAL == 0 {
            rivals.time()?;
        }
    }
    let minimal = linked_data::canonicalize(&linked_data::json::parse(MINIMAL)?, &Options::default())?;
    report::print(&operations, &rivals.finish(&minimal)?, recorded)
}

struct Keys {
    ed25519: Signer,
    p256: Signer,
}

/// One credential, and all that is signed of it.
struct Badge {
    name: &'static str,
    credential: Value,
    options: ProofOptions,
    proof: Value,
    /// What the proof signs: 64 bytes.
    proof_input: Vec<u8>,
    eddsa: String,
    es256: String,
}

impl Badge {
    fn new(name: &'static str, quads: usize, text: &[u8], keys: &Keys) -> Outcome<Self> {
        let credential = linked_data::json::parse(text)?;
        let found = linked_data::canonicalize(&credential, &Options::default())?.lines().count();
        if found != quads {
            return Err(format!("the {name} credential is {found} quads, not {quads}").into());
        }
        let options = ProofOptions::new(Timestamp::parse("2026-11-23T10:00:00Z")?, METHOD);
        let proof = data_integrity::sign(&credential, &options, &keys.ed25519)?;
        let explained = data_integrity::explain(&credential, &proof, &Options::default())?;
        Ok(Self {
            name,
            options,
            proof,
            proof_input: explained.signing_input,
            eddsa: vc_jwt::sign(&credential, KID, &keys.ed25519)?,
            es256: vc_jwt::sign(&credential, KID, &keys.p256)?,
            credential,
        })
    }

    /// Each bare operation is over the very bytes that the format signs.
    fn operations<'a>(&'a self, keys: &'a Keys, bare: &'a Bare) -> Outcome<Vec<Operation<'a>>> {
        let Self { name, credential, options, proof, proof_input, eddsa, es256 } = self;
        let (jws, jws_p256) = (signing_input(eddsa), signing_input(es256));
        let signed = bare.ed25519_sign(proof_input);
        let signed_p256 = bare.es256_sign(jws_p256)?;
        Ok(vec![
            Operation::new(format!("canonicalize_{name}"), || {
                linked_data::canonicalize(black_box(credential), &Options::default()).is_ok()
            }),
            Operation::new(format!("ed25519_sign_{name}"), || {
                bare.ed25519_sign(black_box(proof_input)).to_bytes() != [0; 64]
            }),
            Operation::new(format!("sign_rdfc_{name}"), || {
                data_integrity::sign(black_box(credential), options, &keys.ed25519).is_ok()
            })
            .beside("ed25519_sign"),
            Operation::new(format!("ed25519_verify_strict_{name}"), move || {
                bare.ed25519_verify(black_box(proof_input), &signed)
            }),
            Operation::new(format!("verify_rdfc_{name}"), || {
                data_integrity::verify(black_box(credential), proof, keys.ed25519.public_key()).is_ok()
            })
            .beside("ed25519_verify_strict"),
            Operation::new(format!("ed25519_sign_jwt_{name}"), || {
                bare.ed25519_sign(black_box(jws)).to_bytes() != [0; 64]
            }),
            Operation::new(format!("sign_jwt_eddsa_{name}"), || {
                vc_jwt::sign(black_box(credential), KID, &keys.ed25519).is_ok()
            })
            .beside("ed25519_sign_jwt"),
            Operation::new(format!("es256_sign_jwt_{name}"), || bare.es256_sign(black_box(jws_p256)).is_ok()),
            Operation::new(format!("sign_jwt_es256_{name}"), || {
                vc_jwt::sign(black_box(credential), KID, &keys.p256).is_ok()
            })
            .beside("es256_sign_jwt"),
            Operation::new(format!("es256_verify_jwt_{name}"), move || {
                bare.es256_verify(black_box(jws_p256), &signed_p256).unwrap_or(false)
            }),
            Operation::new(format!("verify_jwt_es256_{name}"), || {
                vc_jwt::read(black_box(es256)).is_ok_and(|read| read.verify(keys.p256.public_key()).is_ok())
            })
            .beside("es256_verify_jwt"),
        ])
    }
}

/// What a compact JWS signs: everything before the last dot.
fn signing_input(token: &str) -> &[u8] {
    token.rsplit_once('.').map_or(token, |(input, _)| input).as_bytes()
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
