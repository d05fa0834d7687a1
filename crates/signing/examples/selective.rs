//! Selective disclosure for foreign judges: one request on each line of standard input, one answer on each line of standard output.
//!
//! | request | answer |
//! |---|---|
//! | `{"do": "key"}` | `{"key": "zDn…"}`, the issuer's public key, made anew for each run |
//! | `{"do": "base", "document": …, "pointers": […]}` | `{"document": …}` with a base proof by the `did:key` of that key |
//! | `{"do": "derive", "document": …, "pointers": […]}` | `{"document": …}` with a derived proof |
//! | `{"do": "verify", "document": …, "key": "zDn…"}` | `{"verified": true}` |
//!
//! What fails is answered by `{"code": …, "detail": …}`.
#![allow(clippy::print_stdout, reason = "a program for the shell")]
#![allow(clippy::indexing_slicing, reason = "JSON answers null for what is not there")]

use std::error::Error;
use std::io::{self, BufRead};

use accolade_core::{Entropy, Timestamp};
use accolade_linked_data::json;
use accolade_signing::data_integrity::{self, ProofError, ProofOptions, selective};
use accolade_signing::{KeyType, PrivateKey, PublicKey, Signer};
use serde_json::{Value, json};

struct System;

impl Entropy for System {
    fn fill(&self, buffer: &mut [u8]) {
        if openssl::rand::rand_bytes(buffer).is_err() {
            std::process::abort();
        }
    }
}

struct Issuer {
    signer: Signer,
    key: String,
}

impl Issuer {
    fn new() -> Result<Self, Box<dyn Error>> {
        let key = PrivateKey::generate(KeyType::P256, &System)?;
        let text = key.public().to_multibase().ok_or("P-256 keys have a Multikey")?;
        Ok(Self { signer: Signer::new(&key)?, key: text })
    }

    fn answer(&self, line: &str) -> Result<Value, Box<dyn Error>> {
        let request = json::parse(line.as_bytes())?;
        let document = &request["document"];
        let pointers: Vec<&str> =
            request["pointers"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let answer = match request["do"].as_str() {
            Some("key") => Ok(json!({"key": self.key})),
            Some("base") => self.base(document, &pointers).map(|document| json!({"document": document})),
            Some("derive") => {
                selective::derive(document, &pointers).map(|document| json!({"document": document}))
            }
            Some("verify") => {
                let key = PublicKey::from_multibase(request["key"].as_str().unwrap_or_default())?;
                verify(document, &key).map(|()| json!({"verified": true}))
            }
            _ => return Err("nothing to do".into()),
        };
        Ok(answer.unwrap_or_else(|error| json!({"code": error.code(), "detail": error.to_string()})))
    }

    fn base(&self, document: &Value, pointers: &[&str]) -> Result<Value, ProofError> {
        let method = format!("did:key:{0}#{0}", self.key);
        let created = Timestamp::parse("2026-11-23T10:00:00Z")
            .map_err(|_| ProofError::BadOption { member: "created", reason: "it is no date-time" })?;
        let options = ProofOptions::new(created, method);
        let proof = selective::create_base(document, pointers, &options, &self.signer, &System)?;
        selective::verify_base(document, &proof, self.signer.public_key())?;
        let mut secured = document.clone();
        secured["proof"] = proof;
        Ok(secured)
    }
}

fn verify(secured: &Value, key: &PublicKey) -> Result<(), ProofError> {
    let (document, proofs) = data_integrity::split(secured)?;
    data_integrity::verify(&document, proofs.first().ok_or(ProofError::NoProof)?, key)
}

fn main() -> Result<(), Box<dyn Error>> {
    let issuer = Issuer::new()?;
    for line in io::stdin().lock().lines() {
        let answer = issuer.answer(&line?);
        println!("{}", answer.unwrap_or_else(|error| json!({"code": "broken", "detail": error.to_string()})));
    }
    Ok(())
}
