//! Access tokens: what a machine gets for its API key, to be used in the key's place for an hour (OAuth 2.0, the
//! [client credentials grant](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)).
//!
//! A token is as random as a key and kept as a hash alone. It is judged by its key each time it is used: it may never do more
//! than the key, sees only the key's issuer, and is worth nothing once the key is revoked.

use accolade_core::Timestamp;
use accolade_store::{access_tokens as store, api_keys, audit};
use serde_json::json;

use crate::ids::is_id;
use crate::ledger::Act;
use crate::office::Desk;
use crate::{Caller, Office, OfficeError, Scope, Scopes, secrets};

/// Every access token begins so.
const PREFIX: &str = "act_";

/// How long a token is good for: an hour.
const LIFETIME_SECONDS: u32 = 60 * 60;

/// So many expired tokens are forgotten whenever a new one is made: more than come in, and never many at once.
const FORGOTTEN_AT_ONCE: u32 = 100;

/// An access token, as it is given out. It has no `Debug`: it is a secret.
pub struct AccessToken {
    /// The token itself, `act_` and 43 more characters; shown this once.
    pub token: String,
    /// What it allows.
    pub scopes: Scopes,
    /// How many seconds it is good for.
    pub expires_in: u32,
}

/// Why there is no access token.
#[derive(Debug, thiserror::Error)]
pub enum TokenRefusal {
    /// No API key has this id and this secret, or it is revoked. The client must bring another.
    #[error("there is no API key with this id and this secret, or it was revoked")]
    UnknownClient,
    /// A scope that does not exist, or that the API key does not have.
    #[error("the API key does not have the scope {0:?}, or there is no such scope")]
    Scope(String),
    /// The office could not do its part.
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl Office {
    /// An access token for whoever knows the API key's `id` and `secret`; with the `scope` that is asked for (names with
    /// spaces between them), or with all that the key has. The admin key of the configuration has no id, and gets none.
    ///
    /// # Errors
    /// [`TokenRefusal`].
    pub fn give_access_token(
        &self,
        id: &str,
        secret: &str,
        scope: Option<&str>,
    ) -> Result<AccessToken, TokenRefusal> {
        let key = self.client(id, secret)?;
        let granted = Scopes::from_text(&key.scopes);
        let scopes = scope.map_or(Ok(granted.clone()), |asked| part_of(&granted, asked))?;
        let token = secrets::fresh(&self.desk, PREFIX);
        let now = self.desk.now();
        let row = store::AccessToken {
            token_hash: secrets::hash(&token),
            api_key_id: key.id.clone(),
            scopes: scopes.to_text(),
            created_at: now,
            expires_at: now.plus_seconds(LIFETIME_SECONDS.into()),
        };
        self.keep_token(&caller(key, scopes.clone()), &row)?;
        Ok(AccessToken { token, scopes, expires_in: LIFETIME_SECONDS })
    }

    /// The API key of a client; a wrong id and a wrong secret look the same.
    fn client(&self, id: &str, secret: &str) -> Result<api_keys::ApiKey, TokenRefusal> {
        let key = if is_id(id) { self.desk.key_of(secret)? } else { None };
        key.filter(|key| key.id == id).ok_or(TokenRefusal::UnknownClient)
    }

    /// Tells the audit log, but nobody else: nothing that others may be told of has changed.
    fn keep_token(&self, caller: &Caller, row: &store::AccessToken) -> Result<(), OfficeError> {
        let detail = json!({ "scopes": row.scopes, "expiresAt": row.expires_at });
        let act = Act::new(&self.desk, caller, "access_token.give", &row.api_key_id, row.created_at, &detail);
        self.desk.store.write("access_token.give", |tx| {
            store::forget_expired(tx, row.created_at, FORGOTTEN_AT_ONCE)?;
            store::insert(tx, row)?;
            Ok(audit::insert(tx, &act.audit)?)
        })
    }
}

/// What the forms of a session carry, to prove that they were made for it: made of the session's access token, to which nobody
/// who reads it comes back.
#[derive(Clone, PartialEq, Eq)]
pub struct FormToken(String);

impl FormToken {
    /// Of the session with this access token.
    pub fn of(token: &str) -> FormToken {
        let digest = secrets::hash(&format!("a form of\n{token}"));
        FormToken(digest.chars().take(32).collect())
    }

    /// 32 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a form with this token was made for the session.
    pub fn is(&self, given: &str) -> bool {
        // Compared by digest, so that the time it takes tells nothing of the token.
        secrets::hash(given) == secrets::hash(&self.0)
    }
}

/// Whether `secret` looks like an access token.
pub(crate) fn has_form(secret: &str) -> bool {
    secrets::has_form(secret, PREFIX)
}

impl Desk {
    /// The caller behind an access token; his acts are noted under the API key.
    pub(crate) fn bearer_of(&self, token: &str) -> Result<Caller, OfficeError> {
        let hash = secrets::hash(token);
        let found = self.store.read("access_token.authenticate", |db| store::by_hash(db, &hash))?;
        match found {
            Some((token, key)) if is_good(&token, &key, self.now()) => {
                let scopes = Scopes::from_text(&token.scopes).within(&Scopes::from_text(&key.scopes));
                Ok(caller(key, scopes))
            }
            _ => Err(OfficeError::Unauthenticated),
        }
    }
}

fn is_good(token: &store::AccessToken, key: &api_keys::ApiKey, now: Timestamp) -> bool {
    key.revoked_at.is_none() && now < token.expires_at
}

fn caller(key: api_keys::ApiKey, scopes: Scopes) -> Caller {
    Caller { key_id: key.id, name: key.name, scopes, issuer: key.issuer_id }
}

/// The scopes named in `asked`, if `granted` allows every one of them
/// ([RFC 6749, section 3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)).
fn part_of(granted: &Scopes, asked: &str) -> Result<Scopes, TokenRefusal> {
    let scope = |name: &str| {
        let known = Scope::parse(name).filter(|scope| granted.allow(*scope));
        known.ok_or_else(|| TokenRefusal::Scope(name.chars().take(64).collect()))
    };
    asked.split(' ').map(scope).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scopes_that_the_key_has_are_given() {
        let key = Scopes::from_iter([Scope::CredentialsAward, Scope::CredentialsRead]);
        let asked = part_of(&key, "credentials:award").unwrap();
        assert_eq!(asked, Scope::CredentialsAward.into());
        assert_eq!(part_of(&key, "credentials:read credentials:award credentials:read").unwrap(), key);
        for bad in
            ["admin", "credentials:revoke", "credentials:*", "", " ", "credentials:award  credentials:read"]
        {
            assert!(part_of(&key, bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_admin_key_gives_any_scope_by_itself() {
        let admin = Scopes::from(Scope::Admin);
        assert_eq!(part_of(&admin, "issuers:read").unwrap(), Scope::IssuersRead.into());
        assert_eq!(part_of(&admin, "admin").unwrap(), admin);
    }
}
