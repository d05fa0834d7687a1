//! A key that was found in the document of whoever must have signed.

use accolade_core::Timestamp;
use accolade_signing::PublicKey;
use accolade_signing::data_integrity::Purpose;
use accolade_signing::did::VerificationMethod;

use super::Owner;
use super::words::{party, place_of_party};
use crate::report::{Flaw, Trouble};

/// A key of the issuer's, or of a holder's.
#[derive(Debug)]
pub(in crate::v3) struct FoundKey {
    pub(in crate::v3) key: PublicKey,
    /// Where it was found, for people.
    pub(in crate::v3) words: String,
    /// Whose it is.
    pub(in crate::v3) owner: String,
    /// That it is another's than it should be, where that is let pass.
    pub(in crate::v3) remark: Option<Flaw>,
    expires: Option<Timestamp>,
    revoked: Option<Timestamp>,
    purpose: Purpose,
}

impl FoundKey {
    pub(super) fn new(key: PublicKey, owner: Owner<'_>, words: String) -> Self {
        Self {
            key,
            words,
            owner: owner.id.to_owned(),
            remark: None,
            expires: None,
            revoked: None,
            purpose: owner.purpose,
        }
    }

    pub(super) fn of_method(method: VerificationMethod, owner: Owner<'_>) -> Self {
        let (who, place) = (party(owner.purpose), place_of_party(owner.id));
        let words = format!("The key is listed in the {who}'s own document at {place}.");
        Self { expires: method.expires, revoked: method.revoked, ..Self::new(method.key, owner, words) }
    }

    pub(super) fn self_certified(key: PublicKey, owner: Owner<'_>) -> Self {
        let words = format!(
            "The {}'s identifier is the key itself. It shows that one and the same holder signed, not who that is.",
            party(owner.purpose)
        );
        Self::new(key, owner, words)
    }

    pub(super) fn with(self, remark: Flaw) -> Self {
        Self { remark: Some(remark), ..self }
    }

    /// Whether its owner let the key count at the time of signing. A revoked key counts for nothing, because whoever
    /// stole it can write any date.
    pub(in crate::v3) fn was_in_force(
        &self,
        signed: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Trouble> {
        let (who, what) = (party(self.purpose), thing(self.purpose));
        if self.revoked.is_some_and(|revoked| revoked <= now) {
            return Err(Trouble::flaw(
                "key_revoked",
                format!("The {who} has revoked the key that signed the {what}."),
            ));
        }
        match self.expires {
            Some(end) if signed.unwrap_or(now) >= end => Err(Trouble::flaw(
                "key_expired",
                format!("The {what} was signed after the {who} had taken the key out of use."),
            )),
            _ => Ok(()),
        }
    }
}

fn thing(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::AssertionMethod => "badge",
        Purpose::Authentication => "presentation",
    }
}
