//! Signing and verifying for foreign judges: one request on each line of standard input, one answer on each line of standard output.
//!
//! | request | answer |
//! |---|---|
//! | `{"do": "key", "kind": "EdDSA" \| "ES256" \| "ES384" \| "RS256" \| "PS256"}` | `{"key": …}`, the JWK of a key made anew for this run, with its `multibase` where it has one |
//! | `{"do": "sign", "kind": …, "suite": …, "document": …, "created": …}` | `{"document": …}` with a proof by the `did:key` of that key |
//! | `{"do": "verify", "document": …, "key": JWK or Multikey}` | `{"verified": true}` |
//! | `{"do": "vc-jwt" \| "vc+jwt", "kind": …, "document": …}` | `{"token": …}` |
//! | `{"do": "vp-jwt" \| "vp+jwt", …, "audience": …, "nonce": …}` | `{"token": …}` |
//! | `{"do": "read", "token": …, "key": JWK or Multikey, "audience": …, "nonce": …}` | `{"document": …}`, once the token has verified |
//!
//! What fails is answered by `{"code": …, "detail": …}`.
#![allow(clippy::print_stdout, reason = "a program for the shell")]
#![allow(clippy::indexing_slicing, reason = "JSON answers null for what is not there")]

use std::collections::HashMap;
use std::error::Error;
use std::io::{self, BufRead};

use accolade_core::{Entropy, Timestamp};
use accolade_linked_data::json as strict_json;
use accolade_signing::data_integrity::{self, ProofError, ProofOptions, Suite};
use accolade_signing::vp_jwt::{Form, Session};
use accolade_signing::{Algorithm, PrivateKey, PublicKey, Signer, vc_jose, vc_jwt, vp_jwt};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

const KINDS: [(&str, Algorithm); 5] = [
    ("EdDSA", Algorithm::EdDsa),
    ("ES256", Algorithm::Es256),
    ("ES384", Algorithm::Es384),
    ("RS256", Algorithm::Rs256),
    ("PS256", Algorithm::Ps256),
];
/// Every suite that can be asked for by name.
const SUITES: [Suite; 4] =
    [Suite::EddsaRdfc2022, Suite::EddsaJcs2022, Suite::EcdsaRdfc2019, Suite::EcdsaJcs2019];

struct System;

impl Entropy for System {
    fn fill(&self, buffer: &mut [u8]) {
        if openssl::rand::rand_bytes(buffer).is_err() {
            std::process::abort();
        }
    }
}

/// One signer of each kind, made when it is first asked for.
#[derive(Default)]
struct Signers(HashMap<String, Signer>);

impl Signers {
    fn get(&mut self, request: &Value) -> Outcome<&Signer> {
        let kind = request["kind"].as_str().ok_or("no kind of key")?;
        if !self.0.contains_key(kind) {
            let (_, algorithm) = KINDS.iter().find(|(name, _)| *name == kind).ok_or("no such kind of key")?;
            let key = PrivateKey::generate(algorithm.key_type(), &System)?;
            let signer = Signer::with_algorithm(&key, *algorithm)?;
            self.0.insert(kind.to_owned(), signer);
        }
        Ok(self.0.get(kind).ok_or("no signer")?)
    }
}

fn answer(signers: &mut Signers, line: &str) -> Outcome<Value> {
    let request = strict_json::parse(line.as_bytes())?;
    match request["do"].as_str() {
        Some("key") => {
            let key = signers.get(&request)?.public_key();
            Ok(json!({"key": key.to_jwk(), "multibase": key.to_multibase()}))
        }
        Some("sign") => sign(signers.get(&request)?, &request).map(|document| json!({"document": document})),
        Some("verify") => verify(&request).map(|()| json!({"verified": true})),
        Some("read") => read(&request).map(|document| json!({"document": document})),
        Some(form) => token(signers.get(&request)?, form, &request).map(|token| json!({"token": token})),
        None => Err("nothing to do".into()),
    }
}

/// The verification method of a key: its `did:key`, or for a kind that has none just a name.
fn method(key: &PublicKey) -> String {
    key.to_multibase().map_or_else(|| "urn:key:rsa".to_owned(), |text| format!("did:key:{text}#{text}"))
}

fn key(request: &Value) -> Outcome<PublicKey> {
    Ok(match &request["key"] {
        Value::String(multibase) => PublicKey::from_multibase(multibase)?,
        jwk => PublicKey::from_jwk(jwk)?,
    })
}

fn sign(signer: &Signer, request: &Value) -> Outcome<Value> {
    let created = Timestamp::parse(request["created"].as_str().unwrap_or("2026-11-23T10:00:00Z"))?;
    let suite = request["suite"].as_str().unwrap_or_default();
    let options = ProofOptions {
        suite: Some(*SUITES.iter().find(|known| known.name() == suite).ok_or("no such suite")?),
        ..ProofOptions::new(created, method(signer.public_key()))
    };
    let mut document = request["document"].clone();
    document["proof"] = data_integrity::sign(&document, &options, signer)?;
    Ok(document)
}

fn verify(request: &Value) -> Outcome<()> {
    let key = key(request)?;
    let (document, proofs) = data_integrity::split(&request["document"])?;
    Ok(data_integrity::verify(&document, proofs.first().ok_or(ProofError::NoProof)?, &key)?)
}

fn token(signer: &Signer, form: &str, request: &Value) -> Outcome<String> {
    let document = &request["document"];
    let kid = method(signer.public_key());
    let session = Session {
        audience: request["audience"].as_str().unwrap_or_default(),
        nonce: request["nonce"].as_str().unwrap_or_default(),
        issued: Timestamp::parse("2026-11-23T10:00:00Z")?,
        expires: None,
    };
    Ok(match form {
        "vc-jwt" => vc_jwt::sign(document, &kid, signer)?,
        "vc+jwt" => vc_jose::sign(document, &kid, vc_jose::SignatureLife::default(), signer)?,
        "vp-jwt" => vp_jwt::sign(document, &kid, Form::Claim, session, signer)?,
        "vp+jwt" => vp_jwt::sign(document, &kid, Form::Jose, session, signer)?,
        _ => return Err("no such form".into()),
    })
}

/// Whatever form of token it is: a presentation if an audience is named.
fn read(request: &Value) -> Outcome<Value> {
    let key = key(request)?;
    let text = request["token"].as_str().ok_or("no token")?;
    if let Some(audience) = request["audience"].as_str() {
        let token = vp_jwt::read(text)?;
        token.verify(&key)?;
        token.is_for(audience, request["nonce"].as_str().unwrap_or_default())?;
        return Ok(token.presentation().clone());
    }
    let token = if request["form"] == "vc+jwt" { vc_jose::read(text)? } else { vc_jwt::read(text)? };
    token.verify(&key)?;
    Ok(token.credential().clone())
}

fn main() -> Outcome<()> {
    let mut signers = Signers::default();
    for line in io::stdin().lock().lines() {
        let answer = answer(&mut signers, &line?);
        println!(
            "{}",
            answer.unwrap_or_else(|error| json!({"code": "refused", "detail": error.to_string()}))
        );
    }
    Ok(())
}
