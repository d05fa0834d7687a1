//! `accolade api-key`: the keys that callers of the API present.

use std::process::ExitCode;

use accolade_issuing::{ApiKey, Caller, NewApiKey, Office, PageRequest, Scope, Scopes};

use crate::cli::ApiKeyVerb;
use crate::config::Config;
use crate::{Failure, progress, wiring};

/// Creates, lists or revokes; what it prints on standard output is the result alone, for scripts.
///
/// # Errors
/// Unknown scopes, issuers or keys, and what keeps the office from opening.
pub(crate) fn run(config: &Config, verb: ApiKeyVerb) -> Result<ExitCode, Failure> {
    let office = wiring::office(config)?;
    match verb {
        ApiKeyVerb::Create { name, scope, issuer } => create(&office, name, &scope, issuer)?,
        ApiKeyVerb::List => list(&office)?,
        ApiKeyVerb::Revoke { id } => {
            office.revoke_api_key(&Caller::system(), &id).map_err(Failure::new)?;
            progress::say(&format!("{id} is revoked."));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn create(office: &Office, name: String, scopes: &[String], issuer: Option<String>) -> Result<(), Failure> {
    let scopes = scopes.iter().map(|scope| known_scope(scope.trim())).collect::<Result<Scopes, _>>()?;
    let order = NewApiKey { name, scopes, issuer };
    let (key, secret) = office.create_api_key(&Caller::system(), order).map_err(Failure::new)?;
    progress::tell(&format!("Key {} for {:?}. Its secret is shown this once:", key.id, key.name));
    progress::say(&secret);
    progress::tell(&as_client(office.public_url(), &key.id));
    Ok(())
}

/// For machines that speak OAuth 2.0. curl asks for the secret, which so stays out of the list of processes.
fn as_client(public_url: &str, id: &str) -> String {
    format!(
        "Send it as `Authorization: Bearer acc_…`. For OAuth 2.0 the client id is {id}, the client secret the one above;\n\
         an access token for an hour:\n  curl --user {id} --data grant_type=client_credentials {public_url}/oauth/token"
    )
}

fn known_scope(name: &str) -> Result<Scope, Failure> {
    Scope::parse(name).ok_or_else(|| {
        let known: Vec<&str> = Scope::ALL.into_iter().map(Scope::as_str).collect();
        Failure::new(format!("--scope: there is no scope {name:?}; there are {}", known.join(", ")))
    })
}

fn list(office: &Office) -> Result<(), Failure> {
    let mut page = PageRequest::default();
    loop {
        let keys = office.api_keys(&Caller::system(), &page).map_err(Failure::new)?;
        keys.items.iter().for_each(|key| progress::say(&line(key)));
        match keys.next {
            Some(cursor) => page.cursor = Some(cursor),
            None => return Ok(()),
        }
    }
}

fn line(key: &ApiKey) -> String {
    let issuer = key.issuer.as_deref().unwrap_or("all issuers");
    let state = key.revoked_at.map_or_else(|| "active".to_owned(), |at| format!("revoked {at}"));
    let scopes: Vec<&str> = key.scopes.iter().map(Scope::as_str).collect();
    format!("{}  {}  {}  {issuer}  {state}  made {}", key.id, key.name, scopes.join(","), key.created_at)
}
