//! One achievement awarded to many: what stays the same is prepared once, and each award fills in its own texts.

use std::cell::Cell;
use std::hint::black_box;

use accolade_core::Timestamp;
use accolade_linked_data::{self as linked_data, Options, Prepared};
use accolade_signing::Signer;
use accolade_signing::data_integrity::{self, PreparedProof, ProofOptions};

use crate::timing::Operation;
use crate::{FULL, METHOD, Outcome};

/// What is another text in each award of an achievement.
const HOLES: [&str; 11] = [
    "/id",
    "/image/id",
    "/awardedDate",
    "/validFrom",
    "/credentialSubject/id",
    "/credentialSubject/identifier/0/identityHash",
    "/credentialSubject/identifier/0/salt",
    "/credentialSubject/identifier/1/identityHash",
    "/credentialSubject/result/0/value",
    "/credentialStatus/id",
    "/credentialStatus/statusListIndex",
];
/// How many learners take turns: so many that nothing is won by keeping what was made for one of them.
const LEARNERS: usize = 4096;

pub(crate) struct Bulk {
    prepared: Prepared,
    options: ProofOptions,
    learners: Vec<[String; HOLES.len()]>,
    next: Cell<usize>,
}

impl Bulk {
    pub(crate) fn new(signer: &Signer) -> Outcome<Self> {
        let sample = linked_data::json::parse(FULL)?;
        let bulk = Self {
            prepared: Prepared::new(&sample, &HOLES, &Options::default())?,
            options: ProofOptions::new(Timestamp::parse("2026-11-23T10:00:00Z")?, METHOD),
            learners: (0..LEARNERS).map(learner).collect(),
            next: Cell::new(0),
        };
        let series = PreparedProof::new(&bulk.prepared, &bulk.options, signer)?;
        for texts in bulk.learners.iter().step_by(64) {
            let texts = texts.each_ref().map(String::as_str);
            let badge = linked_data::json::parse(series.secured_json(&texts)?.as_bytes())?;
            let (document, proofs) = data_integrity::split(&badge)?;
            let signed = linked_data::json::parse(series.sign_json(&texts)?.as_bytes())?;
            if document != bulk.prepared.document(&texts)? || proofs != [signed] {
                return Err("the badge that was written is not the one that was signed".into());
            }
            data_integrity::verify(&document, proofs.first().ok_or("no proof")?, signer.public_key())?;
        }
        Ok(bulk)
    }

    /// Signing, which gives the proof as text, and the same with the whole badge written down.
    pub(crate) fn operations<'a>(&'a self, signer: &'a Signer) -> [Operation<'a>; 2] {
        let series = || PreparedProof::new(&self.prepared, &self.options, signer).ok();
        let (writing, signing) = (series(), series());
        [
            Operation::new("write_award_bulk_full".to_owned(), move || {
                writing.as_ref().is_some_and(|series| series.secured_json(black_box(&self.texts())).is_ok())
            })
            .beside("ed25519_sign"),
            Operation::new("award_bulk_full".to_owned(), move || {
                signing.as_ref().is_some_and(|series| series.sign_json(black_box(&self.texts())).is_ok())
            })
            .beside("ed25519_sign"),
        ]
    }

    /// Another learner each time.
    fn texts(&self) -> [&str; HOLES.len()] {
        let turn = self.next.get();
        self.next.set((turn + 1) % LEARNERS);
        self.learners.get(turn).map_or([""; HOLES.len()], |texts| texts.each_ref().map(String::as_str))
    }
}

fn learner(number: usize) -> [String; HOLES.len()] {
    let id =
        format!("https://badges.example.edu/public/credentials/5c8f1a0e-9d0b-4f39-8a51-1f6f0f6f{number:04}");
    [
        id.clone(),
        format!("{id}.png"),
        format!("2026-11-20T09:{:02}:00Z", number % 60),
        format!("2026-11-23T10:{:02}:00Z", number % 60),
        format!("urn:uuid:7e1f3a52-64c8-4f0f-9f0b-7a5b9d1c{number:04}"),
        format!("sha256$0f4a6f1c6e0d4c2b9a8877665544332211ffeeddccbbaa99887766554433{number:04}"),
        format!("9f2c1e7b55d04a3c8e6f0a1b2c3d{number:04}"),
        format!("Alex Sample {number}"),
        format!("{}", 40 + number % 60),
        format!("https://badges.example.edu/public/status/1#{number}"),
        format!("{number}"),
    ]
}
