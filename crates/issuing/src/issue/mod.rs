//! Issue: signs a credential that the caller wrote, the numbered story
//! ([VC API, issue credential](https://w3c-ccg.github.io/vc-api/#issue-credential)).

mod keys;
mod keywords;
mod order;
mod reserved;
mod rules;
mod seal;
mod suite;
mod suites;

use accolade_store::signing_keys::{self, SigningKey as KeyRow};
use accolade_store::{Db, issuers};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::idempotency::{GivenUp, Once, save};
use crate::ids::possible;
use crate::issuers::Named;
use crate::ledger::Act;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Scope};

pub use order::IssueOrder;
pub use suite::IssueSuite;
pub use suites::{IssuerSuites, SuiteOffer};

/// A credential, issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issued {
    /// The credential with its proof, or an `EnvelopedVerifiableCredential`.
    pub credential: Value,
    /// Whether a key was made for it, so that the issuer's published documents have changed. False in a replayed reply.
    #[serde(skip)]
    pub key_made: bool,
}

impl Office {
    /// Signs a credential in the name of an issuer. It is not kept, but for a week as the reply to an idempotency key; an audit
    /// row with its id and its hash is, durably, before this returns. Nothing is fetched to sign.
    ///
    /// # Errors
    /// [`OfficeError::Rejected`] with pointers into the request, [`OfficeError::NoActiveKey`] where the suite's key was
    /// retired, and what keeps the caller out.
    pub fn issue(
        &self,
        caller: &Caller,
        issuer: &str,
        suite: IssueSuite,
        order: &IssueOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Issued, OfficeError> {
        let desk = &*self.desk;
        // 1 May this caller sign in this issuer's name, and was this answered before?
        caller.needs(Scope::CredentialsAward)?;
        caller.sees(issuer)?;
        let (named, keys) = desk.store.read("issue.issuer", |db| issuer_and_keys(db, issuer))?;
        let once =
            Once::new(desk, caller, key.as_ref(), &["issue", issuer, suite.as_str(), &order.canonical]);
        if let Some(issued) = once.replay(desk)? {
            return Ok(issued);
        }
        // 2 Is the credential sound, and the issuer's own word?
        let draft = rules::draft(desk, order, suite)?;
        keys::refuse_foreign(&named, &keys, suite.purpose(), &draft.document)?;
        reserved::refuse_false_proofs(desk, &named, &keys, &draft)?;
        // 3 The suite's key, made where there never was one.
        let (row, key_made) = keys::active(desk, caller, &named, &keys, suite.purpose())?;
        let signing_key = keys::ready(desk, &named, &row, &draft.document)?;
        // 4, 5 Sign, and verify what was signed.
        let now = desk.now();
        let id = draft.document.get("id").cloned();
        let sealed = match suite.cryptosuite() {
            Some(cryptosuite) => {
                let pointers = &order.mandatory_pointers;
                seal::with_proof(desk, draft, pointers, cryptosuite, &signing_key, now)?
            }
            None => seal::as_token(&draft, &signing_key, now)?,
        };
        // 6 Write down what was signed, and the reply.
        let record = desk.new_id();
        let detail = json!({
            "issuerId": named.id,
            "suite": suite.as_str(),
            "signingKeyId": signing_key.id,
            "credentialId": id,
            "sha256": sealed.sha256,
        });
        let act = Act::new(desk, caller, "credential.issue", &record, now, &detail);
        let issued = Issued { credential: sealed.credential, key_made };
        let reply = once.row(&record, &issued, now)?;
        let stored = desk.store.write("credential.issue", |tx| {
            save(tx, reply.as_ref())?;
            Ok::<_, GivenUp>(act.write(tx)?)
        });
        // 7 Answer with what was signed.
        once.conclude(desk, stored.map(|()| issued))
    }
}

fn issuer_and_keys(db: &mut Db<'_>, issuer: &str) -> Result<(Named, Vec<KeyRow>), OfficeError> {
    possible(issuer)?;
    let row = issuers::get(db, issuer)?.ok_or(OfficeError::NotFound)?;
    Ok((Named::of(&row)?, signing_keys::of_issuer(db, issuer)?))
}
