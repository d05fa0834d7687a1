//! Who asks, and what he may do. The office decides access itself, so that every way in is guarded alike.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::OfficeError;

/// One permission of an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Everything, API keys and signing keys included.
    #[serde(rename = "admin")]
    Admin,
    /// Read issuers.
    #[serde(rename = "issuers:read")]
    IssuersRead,
    /// Register and amend issuers.
    #[serde(rename = "issuers:write")]
    IssuersWrite,
    /// Read achievements.
    #[serde(rename = "achievements:read")]
    AchievementsRead,
    /// Define and amend achievements.
    #[serde(rename = "achievements:write")]
    AchievementsWrite,
    /// Read and list awards.
    #[serde(rename = "credentials:read")]
    CredentialsRead,
    /// Award achievements.
    #[serde(rename = "credentials:award")]
    CredentialsAward,
    /// Revoke, suspend and reinstate awards.
    #[serde(rename = "credentials:revoke")]
    CredentialsRevoke,
    /// Read enrolments, completions and reports.
    #[serde(rename = "enrolments:read")]
    EnrolmentsRead,
    /// Enrol learners and record what they completed, which may award an achievement.
    #[serde(rename = "enrolments:write")]
    EnrolmentsWrite,
    /// Plan events and record who attended.
    #[serde(rename = "events:write")]
    EventsWrite,
}

impl Scope {
    /// Every scope, in the order of the documentation.
    pub const ALL: [Scope; 11] = [
        Scope::Admin,
        Scope::IssuersRead,
        Scope::IssuersWrite,
        Scope::AchievementsRead,
        Scope::AchievementsWrite,
        Scope::CredentialsRead,
        Scope::CredentialsAward,
        Scope::CredentialsRevoke,
        Scope::EnrolmentsRead,
        Scope::EnrolmentsWrite,
        Scope::EventsWrite,
    ];

    /// The name on the wire, such as `credentials:award`.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Admin => "admin",
            Scope::IssuersRead => "issuers:read",
            Scope::IssuersWrite => "issuers:write",
            Scope::AchievementsRead => "achievements:read",
            Scope::AchievementsWrite => "achievements:write",
            Scope::CredentialsRead => "credentials:read",
            Scope::CredentialsAward => "credentials:award",
            Scope::CredentialsRevoke => "credentials:revoke",
            Scope::EnrolmentsRead => "enrolments:read",
            Scope::EnrolmentsWrite => "enrolments:write",
            Scope::EventsWrite => "events:write",
        }
    }

    /// What it allows, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Scope::Admin => "everything, API keys and signing keys included",
            Scope::IssuersRead => "read issuers",
            Scope::IssuersWrite => "register and amend issuers",
            Scope::AchievementsRead => "read achievements",
            Scope::AchievementsWrite => "define and amend achievements",
            Scope::CredentialsRead => "read and list awards",
            Scope::CredentialsAward => "award achievements",
            Scope::CredentialsRevoke => "revoke, suspend and reinstate awards",
            Scope::EnrolmentsRead => "read enrolments, completions and reports",
            Scope::EnrolmentsWrite => "enrol learners and record completions, which may award an achievement",
            Scope::EventsWrite => "plan events and record who attended",
        }
    }

    /// The scope of that name, `None` for an unknown one.
    pub fn parse(name: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The scopes of a key. `admin` includes all others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Whether `scope` is granted.
    pub fn allow(&self, scope: Scope) -> bool {
        self.0.contains(&Scope::Admin) || self.0.contains(&scope)
    }

    /// Those of these scopes that `granted` allows, too.
    pub(crate) fn within(&self, granted: &Scopes) -> Scopes {
        self.iter().filter(|scope| granted.allow(*scope)).collect()
    }

    /// The granted scopes, each once.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }

    /// Whether nothing is granted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names separated by single spaces: the form in the database, and in OAuth 2.0.
    pub fn to_text(&self) -> String {
        self.iter().map(Scope::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Reads the form in the database; a name that is no longer known grants nothing.
    pub(crate) fn from_text(text: &str) -> Scopes {
        text.split(' ').filter_map(Scope::parse).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Scopes(scopes.into_iter().collect())
    }
}

impl From<Scope> for Scopes {
    fn from(scope: Scope) -> Self {
        Scopes::from_iter([scope])
    }
}

/// Who asks: an API key, or the program itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The id of the API key, `system` for the program itself. Goes into the audit log.
    pub key_id: String,
    /// The name the key was given.
    pub name: String,
    /// What the key allows.
    pub scopes: Scopes,
    /// The only issuer the key can see; `None` sees all.
    pub issuer: Option<String>,
}

/// The id of the admin key of the configuration.
const ADMIN_KEY: &str = "admin-key";

impl Caller {
    /// The program itself, acting for the operator at the command line.
    pub fn system() -> Caller {
        Caller {
            key_id: "system".to_owned(),
            name: "system".to_owned(),
            scopes: Scope::Admin.into(),
            issuer: None,
        }
    }

    /// Whoever holds the admin key of the configuration.
    pub(crate) fn admin() -> Caller {
        Caller {
            key_id: ADMIN_KEY.to_owned(),
            name: "the configuration's admin key".to_owned(),
            ..Caller::system()
        }
    }

    /// Whether it holds the admin key of the configuration, which is no key of the database: no access token is given for it.
    pub fn is_configured(&self) -> bool {
        self.key_id == ADMIN_KEY
    }

    /// Refuses a caller without `scope`.
    pub(crate) fn needs(&self, scope: Scope) -> Result<(), OfficeError> {
        if self.scopes.allow(scope) { Ok(()) } else { Err(OfficeError::Forbidden { needs: scope }) }
    }

    /// Refuses a caller that is bound to an issuer, for acts above all issuers.
    pub(crate) fn needs_house(&self, scope: Scope) -> Result<(), OfficeError> {
        self.needs(scope)?;
        if self.issuer.is_none() { Ok(()) } else { Err(OfficeError::Forbidden { needs: Scope::Admin }) }
    }

    /// Whether things of `issuer` exist at all for this caller.
    pub(crate) fn sees(&self, issuer: &str) -> Result<(), OfficeError> {
        match &self.issuer {
            Some(own) if own != issuer => Err(OfficeError::NotFound),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_is_read_back_from_its_name() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(scope));
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.as_str());
        }
        assert_eq!(Scope::parse("credentials:*"), None);
    }

    #[test]
    fn admin_includes_every_scope_and_others_only_themselves() {
        let admin = Scopes::from(Scope::Admin);
        let reader = Scopes::from(Scope::CredentialsRead);
        for scope in Scope::ALL {
            assert!(admin.allow(scope));
            assert_eq!(reader.allow(scope), scope == Scope::CredentialsRead);
        }
    }

    #[test]
    fn what_was_given_shrinks_with_the_key() {
        let both = Scopes::from_iter([Scope::CredentialsAward, Scope::IssuersRead]);
        assert_eq!(both.within(&Scope::IssuersRead.into()), Scope::IssuersRead.into());
        assert_eq!(both.within(&Scope::Admin.into()), both);
        assert!(Scopes::from(Scope::Admin).within(&both).is_empty());
    }

    #[test]
    fn scopes_survive_the_database() {
        let scopes = Scopes::from_iter([Scope::CredentialsAward, Scope::IssuersRead]);
        assert_eq!(Scopes::from_text(&scopes.to_text()), scopes);
        assert!(Scopes::from_text("gone:scope").is_empty());
    }

    #[test]
    fn a_foreign_issuer_looks_like_a_missing_one() {
        let bound = Caller { issuer: Some("x".into()), ..Caller::system() };
        assert!(bound.sees("x").is_ok());
        assert!(matches!(bound.sees("y"), Err(OfficeError::NotFound)));
        assert!(matches!(bound.needs_house(Scope::IssuersWrite), Err(OfficeError::Forbidden { .. })));
    }
}
