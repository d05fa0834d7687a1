//! `accolade signing-key`: the life of an issuer's keys.

use std::process::ExitCode;

use accolade_issuing::{Caller, Office, SigningKey, SigningKeyState};

use crate::cli::SigningKeyVerb;
use crate::config::Config;
use crate::{Failure, progress, wiring};

/// Lists the keys, or changes one and lists what came of it.
///
/// # Errors
/// Unknown issuers, keys or purposes, and what keeps the office from opening.
pub(crate) fn run(config: &Config, verb: SigningKeyVerb) -> Result<ExitCode, Failure> {
    let office = wiring::office(config)?;
    let system = Caller::system();
    let issuer = match verb {
        SigningKeyVerb::List { issuer } => issuer,
        SigningKeyVerb::Rotate { issuer, purpose } => {
            office.rotate_signing_keys(&system, &issuer, purpose.as_deref()).map_err(Failure::new)?;
            issuer
        }
        SigningKeyVerb::Retire { issuer, key } => {
            office.retire_signing_key(&system, &issuer, &key).map_err(Failure::new)?;
            issuer
        }
        SigningKeyVerb::Compromise { issuer, key } => {
            office.compromise_signing_key(&system, &issuer, &key).map_err(Failure::new)?;
            issuer
        }
    };
    list(&office, &issuer)?;
    Ok(ExitCode::SUCCESS)
}

fn list(office: &Office, issuer: &str) -> Result<(), Failure> {
    let keys = office.signing_keys(&Caller::system(), issuer).map_err(Failure::new)?;
    keys.iter().for_each(|key| progress::say(&line(key)));
    Ok(())
}

fn line(key: &SigningKey) -> String {
    let state = match key.state {
        SigningKeyState::Active => "active",
        SigningKeyState::Retired => "retired",
        SigningKeyState::Compromised => "compromised",
    };
    let mut line = format!("{}  {}  {}  {state}  made {}", key.id, key.purpose, key.key_type, key.created_at);
    line.push_str(&format!("\n  verifiers find it as {}", key.verification_method));
    if let Some(did_key) = &key.did_key {
        line.push_str(&format!("\n  its own name is {did_key}"));
    }
    line
}
