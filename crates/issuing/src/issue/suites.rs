//! What an issuer can sign with, for those who ask before they send anything.

use serde::Serialize;

use super::{IssueSuite, issuer_and_keys, keys};
use crate::{Caller, Office, OfficeError, Scope};

/// The suites of an issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuerSuites {
    /// The issuer's id in this house.
    pub id: String,
    /// Its name, the `issuer` of most credentials.
    pub profile_id: String,
    /// The suite that is taken where the path names none.
    pub default_suite: IssueSuite,
    /// What it can sign with now; a suite whose key was retired is not among them.
    pub suites: Vec<SuiteOffer>,
}

/// One suite of an issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SuiteOffer {
    /// Its name in paths.
    pub suite: IssueSuite,
    /// What `issuer` may be in a credential signed by it. Empty where only the key's own name will do and the key is yet to
    /// be made.
    pub issuers: Vec<String>,
    /// The verification method, or `kid`, under the first of those names; absent until the key is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_method: Option<String>,
    /// The key's own name, under which it signs as well; absent until the key is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_key: Option<String>,
}

impl Office {
    /// What an issuer can sign with.
    pub fn issuer_suites(&self, caller: &Caller, issuer: &str) -> Result<IssuerSuites, OfficeError> {
        caller.needs(Scope::CredentialsAward)?;
        caller.sees(issuer)?;
        let desk = &*self.desk;
        let (named, rows) = desk.store.read("issue.issuer", |db| issuer_and_keys(db, issuer))?;
        let offer = |suite: IssueSuite| {
            let purpose = keys::stored_purpose(&named, suite.purpose());
            match keys::active_among(&rows, purpose) {
                Some(row) => Some(SuiteOffer {
                    suite,
                    issuers: keys::names(&named, row).collect(),
                    verification_method: Some(desk.method(&named, row)),
                    did_key: row.multibase.as_deref().map(crate::signers::did_key),
                }),
                None if keys::may_be_made(&rows, purpose) => Some(SuiteOffer {
                    suite,
                    issuers: keys::names_before(&named),
                    verification_method: None,
                    did_key: None,
                }),
                None => None,
            }
        };
        let suites = IssueSuite::ALL.into_iter().filter_map(offer).collect();
        Ok(IssuerSuites {
            id: named.id.clone(),
            profile_id: named.profile_id.clone(),
            default_suite: IssueSuite::default(),
            suites,
        })
    }
}
