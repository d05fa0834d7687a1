//! One award on its way into the database: its rows, and what to do when something is there already.

use accolade_core::check;
use accolade_core::class::Class;
use accolade_core::credential::AchievementCredential;
use accolade_core::v2::{Assertion, AssertionLinks};
use accolade_core::{Timestamp, Uri};
use accolade_signing::KeyPurpose;
use accolade_store::awards::{self, Recorded};
use accolade_store::credentials::{
    self as store, Credential, CredentialDocuments, CredentialRecord, CredentialStatus,
};
use accolade_store::{StoreError, achievements, issuers, signing_keys};
use serde_json::{Value, json};

use super::draft::{self, Reserved, StatusPlace};
use super::forms::{self, AssertionForms, AwardKeys, CredentialForms};
use super::{Awarded, Material, faults, places};
use crate::achievements::found;
use crate::credentials::{Names, names_in};
use crate::idempotency::{GivenUp, Once, save};
use crate::issuers::Named;
use crate::ledger::Act;
use crate::office::Desk;
use crate::orders::Identity;
use crate::{Award, AwardOrder, AwardStatus, Caller, ConflictKind, DuplicatePolicy, OfficeError};

/// One order on its way.
pub(super) struct Attempt<'a> {
    pub(super) desk: &'a Desk,
    pub(super) material: &'a Material,
    pub(super) order: &'a AwardOrder,
    pub(super) reserved: &'a Reserved,
    /// Whether the award claims to be the recipient's only one of this achievement.
    pub(super) claims: bool,
}

impl Attempt<'_> {
    /// The credential for a place in a status list, checked against every rule.
    pub(super) fn credential(&self, place: &StatusPlace) -> Result<AchievementCredential, OfficeError> {
        let Material { issuer, achievement, .. } = self.material;
        let document = draft::credential(
            &self.desk.addresses,
            &issuer.profile,
            achievement,
            self.order,
            self.reserved,
            place,
        );
        let faults = faults::of_findings(check::credential(&document));
        if !faults.is_empty() {
            return Err(OfficeError::Rejected(faults));
        }
        AchievementCredential::from_value(document)
            .map_err(|error| OfficeError::rejected("", "ob3.credential", error.to_string()))
    }

    /// The rows of the award, signed for a place in a status list.
    pub(super) fn row(
        &self,
        credential: &AchievementCredential,
        place: &StatusPlace,
        assertions: &AssertionForms,
    ) -> Result<Credential, OfficeError> {
        let CredentialForms { document, jwt } =
            forms::sign_credential(credential, &self.material.keys, self.reserved.now)?;
        let documents = CredentialDocuments {
            document,
            jwt,
            assertion: assertions.hosted.clone(),
            assertion_jws: assertions.jws.clone(),
        };
        Ok(Credential { record: self.record(credential, place), documents })
    }

    fn record(&self, credential: &AchievementCredential, place: &StatusPlace) -> CredentialRecord {
        let recipient_digest = self.desk.recipient_digest(&self.order.recipient.identity);
        let claim = format!("{}:{recipient_digest}", self.material.achievement_id);
        CredentialRecord {
            id: self.reserved.id.clone(),
            issuer_id: self.material.issuer.id.clone(),
            achievement_id: self.material.achievement_id.clone(),
            duplicate_key: self.claims.then_some(claim),
            recipient_digest,
            external_id: self.order.external_id.clone(),
            order_digest: self.desk.keyed_digest(&[&self.material.achievement_id, &self.order.canonical]),
            status: CredentialStatus::Active,
            status_reason: None,
            status_list_id: place.list_id.clone(),
            status_list_index: place.index,
            valid_from: credential.valid_from,
            valid_until: credential.valid_until,
            created_at: self.reserved.now,
            updated_at: self.reserved.now,
            visibility: self.order.visibility.into(),
            recipient_name: self.order.recipient.name.clone(),
            superseded_by: None,
            share_version: 1,
            achievement_version: Some(self.material.achievement_version),
        }
    }

    /// The 2.0 forms.
    pub(super) fn assertions(
        &self,
        credential: &AchievementCredential,
    ) -> Result<AssertionForms, OfficeError> {
        let (hosted, signed) = self.derived(credential)?;
        forms::sign_assertions(hosted, &signed, &self.material.keys.badge)
    }

    /// The hosted Assertion, and the one to be signed.
    fn derived(&self, credential: &AchievementCredential) -> Result<(String, Value), OfficeError> {
        let addresses = &self.desk.addresses;
        let badge_key = &self.material.keys.badge;
        let badge = uri(addresses.badge(&self.material.achievement_id))?;
        let links = |id: String| {
            Ok::<_, OfficeError>(AssertionLinks { id: uri(id)?, badge: badge.clone(), image: None })
        };
        let no_recipient = |error: accolade_core::v2::NoRecipient| {
            OfficeError::rejected("/recipient", "ob2.recipient", error.to_string())
        };
        let hosted = Assertion::hosted(credential, links(addresses.assertion(&self.reserved.id))?)
            .map_err(no_recipient)?;
        let creator = uri(addresses.key_v2(&badge_key.id))?;
        let signed = Assertion::signed(credential, links(format!("urn:uuid:{}", self.reserved.id))?, creator)
            .map_err(no_recipient)?;
        Ok((hosted.to_json(), signed.to_value()))
    }

    /// The recipient holds the achievement already. `None`: try again.
    pub(super) fn duplicate(
        &mut self,
        once: &Once<'_>,
        existing: &str,
    ) -> Result<Option<Awarded>, OfficeError> {
        let record = self.desk.record_of(existing)?;
        if record.status == CredentialStatus::Erased {
            // Just now: it holds nothing any more.
            return Ok(None);
        }
        if self.has_expired(&record) {
            self.desk.free_claim(&record, self.reserved.now)?;
            return Ok(None);
        }
        self.by_policy(once, &record)
    }

    /// What the order wants where the recipient holds the achievement already. `None`: another award.
    fn by_policy(
        &mut self,
        once: &Once<'_>,
        record: &CredentialRecord,
    ) -> Result<Option<Awarded>, OfficeError> {
        match self.order.on_duplicate {
            DuplicatePolicy::Reject => {
                Err(OfficeError::conflict(ConflictKind::DuplicateAward, record.id.clone()))
            }
            DuplicatePolicy::ReturnExisting => self.existing(once, record).map(Some),
            DuplicatePolicy::Allow => {
                self.claims = false;
                Ok(None)
            }
        }
    }

    /// The caller's own id is taken: by the same order, which is a repetition, or by another, which is a conflict.
    pub(super) fn same_external_id(
        &self,
        once: &Once<'_>,
        existing: &str,
        digest: &str,
    ) -> Result<Awarded, OfficeError> {
        let record = self.desk.record_of(existing)?;
        if record.order_digest == digest {
            self.existing(once, &record)
        } else {
            Err(OfficeError::conflict(ConflictKind::ExternalIdTaken, existing.to_owned()))
        }
    }

    /// Answers with an award that is there, and saves that answer under the idempotency key.
    fn existing(&self, once: &Once<'_>, record: &CredentialRecord) -> Result<Awarded, OfficeError> {
        let (desk, now) = (self.desk, self.reserved.now);
        if !once.keeps() {
            let award = desk.shown_award(record, &desk.names_of(record)?);
            return Ok(Awarded { award, created: false });
        }
        let ended = desk.store.write("award.existing", |tx| {
            // Locked, so that no reply is kept of an award that is just being erased.
            let record =
                store::lock(tx, &record.id)?.filter(|record| record.status != CredentialStatus::Erased);
            let record = record.ok_or_else(|| OfficeError::conflict(ConflictKind::Erased, None))?;
            let award = desk.shown_award(&record, &names_in(tx, &record)?);
            let awarded = Awarded { award, created: false };
            save(tx, once.row(&record.id, &awarded, now)?.as_ref())?;
            Ok::<_, GivenUp>(awarded)
        });
        once.conclude(desk, ended)
    }

    /// A dry run: answers what the order would be answered, of which nothing is signed or stored.
    pub(super) fn rehearse(&mut self, caller: &Caller, place: &StatusPlace) -> Result<Awarded, OfficeError> {
        let credential = self.credential(place)?;
        let shown = self.shown(&credential)?;
        self.derived(&credential)?;
        // Under no key: this answer is not kept.
        let once = Once::new(self.desk, caller, None, &[]);
        let record = self.record(&credential, place);
        match self.desk.store.read("award.rehearse", |db| awards::foreseen(db, &record))? {
            Some(Recorded::ExternalIdTaken(existing)) => {
                self.same_external_id(&once, &existing, &record.order_digest)
            }
            Some(Recorded::DuplicateOf(existing)) => {
                let held = self.desk.record_of(&existing)?;
                if self.has_expired(&held) {
                    return Ok(shown);
                }
                Ok(self.by_policy(&once, &held)?.unwrap_or(shown))
            }
            Some(Recorded::Inserted | Recorded::KeyUsed | Recorded::IndexTaken) | None => Ok(shown),
        }
    }

    fn has_expired(&self, record: &CredentialRecord) -> bool {
        record.valid_until.is_some_and(|until| until <= self.reserved.now)
    }

    /// What a dry run shows: the credential as it would be signed, of which nothing is signed or stored.
    fn shown(&self, credential: &AchievementCredential) -> Result<Awarded, OfficeError> {
        let document = credential.to_value();
        accolade_linked_data::canonical_hash(&document, &accolade_linked_data::Options::default())
            .map_err(|error| faults::of_linked_data(&error))?;
        let award = Award {
            id: self.reserved.id.clone(),
            status: AwardStatus::Active,
            status_reason: None,
            visibility: self.order.visibility,
            superseded_by: None,
            credential_id: credential.id.to_string(),
            issuer_id: self.material.issuer.id.clone(),
            achievement_id: self.material.achievement_id.clone(),
            achievement_version: Some(self.material.achievement_version),
            external_id: self.order.external_id.clone(),
            valid_from: credential.valid_from,
            valid_until: credential.valid_until,
            created_at: self.reserved.now,
            updated_at: self.reserved.now,
            links: None,
            credential: Some(document),
        };
        Ok(Awarded { award, created: false })
    }

    /// What the award leaves in the audit log and the outbox.
    pub(super) fn act(&self, caller: &Caller) -> Act {
        let detail = json!({
            "credentialId": self.reserved.id,
            "issuerId": self.material.issuer.id,
            "achievementId": self.material.achievement_id,
        });
        Act::new(self.desk, caller, "credential.award", &self.reserved.id, self.reserved.now, &detail)
    }
}

impl Material {
    /// The names that people see.
    pub(super) fn names(&self) -> Names {
        let organization = self.issuer.linkedin_organization_id.as_deref();
        Names::of(&self.issuer.profile, organization, &self.achievement)
    }
}

impl Desk {
    /// Reads what an award is made from; a foreign achievement looks like a missing one.
    pub(super) fn material(&self, caller: &Caller, achievement: &str) -> Result<Material, OfficeError> {
        let achievement = self.store.read("award.achievement", |db| found(db, caller, achievement))?;
        self.material_of(&achievement)
    }

    /// Reads what an award of this version of an achievement is made from.
    pub(super) fn material_of(
        &self,
        achievement: &achievements::Achievement,
    ) -> Result<Material, OfficeError> {
        let (issuer, keys, list) = self.store.read("award.material", |db| {
            let issuer = issuers::get(db, &achievement.issuer_id)?.ok_or(OfficeError::NotFound)?;
            let keys = signing_keys::of_issuer(db, &issuer.id)?;
            let list = places::open_list(db, &issuer.id)?;
            Ok::<_, OfficeError>((issuer, keys, list))
        })?;
        let issuer = Named::of(&issuer)?;
        let keys = AwardKeys {
            proof: self.ready_key(&issuer, &keys, KeyPurpose::AssertionProof)?,
            jwt: self.ready_key(&issuer, &keys, KeyPurpose::Jwt)?,
            badge: self.ready_key(&issuer, &keys, KeyPurpose::BadgeV2)?,
        };
        Ok(Material {
            achievement: self.published_achievement(achievement)?,
            achievement_version: achievement.version,
            achievement_id: achievement.id.clone(),
            issuer,
            keys,
            open_list: list,
        })
    }

    /// The blind index of a recipient: the same for the same person, and telling nothing without the master key.
    pub(crate) fn recipient_digest(&self, identity: &Identity) -> String {
        self.keyed_digest(&["recipient", &identity.normal_form()])
    }

    /// Frees the claim of an expired award, which stands in nobody's way.
    pub(crate) fn free_claim(&self, record: &CredentialRecord, now: Timestamp) -> Result<(), OfficeError> {
        let claim = record.duplicate_key.clone().unwrap_or_default();
        Ok(self.store.write("award.claim", |tx| {
            if store::give_up_duplicate_key(tx, &record.id, &claim)? {
                store::hand_on_duplicate_key(tx, record, &claim, now)?;
            }
            Ok::<_, StoreError>(())
        })?)
    }

    pub(crate) fn record_of(&self, id: &str) -> Result<CredentialRecord, OfficeError> {
        let row = self.store.read("credential", |db| store::get(db, id))?;
        row.map(|row| row.record).ok_or_else(|| OfficeError::corrupt("an award was there and is gone"))
    }
}

fn uri(text: String) -> Result<Uri, OfficeError> {
    Uri::parse(text).map_err(OfficeError::corrupt)
}
