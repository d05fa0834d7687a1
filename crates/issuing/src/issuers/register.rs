//! Register an issuer.

use accolade_core::Timestamp;
use accolade_linked_data::jcs;
use accolade_signing::sealed::{self, SealBinding};
use accolade_signing::{KeyPurpose, PrivateKey, did};
use accolade_store::signing_keys::{self, KeyState, SigningKey as KeyRow};
use accolade_store::{issuers as store, status_lists};
use serde_json::{Value, json};

use super::profile::LINKEDIN_ORGANIZATION_ID;
use super::{IdMethod, Issuer, Named, NewIssuer, profile, read_organization_id};
use crate::idempotency::{GivenUp, Once, save};
use crate::ledger::Act;
use crate::office::Desk;
use crate::{Caller, IdempotencyKey, Office, OfficeError, Scope, status_list};

impl NewIssuer {
    /// Takes `idMethod` and `linkedinOrganizationId` out of a request body; the rest are Profile members.
    pub fn parse(mut body: Value) -> Result<NewIssuer, OfficeError> {
        let id_method = match body.as_object_mut().and_then(|members| members.remove("idMethod")) {
            None => None,
            Some(value) => Some(value.as_str().and_then(IdMethod::parse).ok_or_else(|| {
                OfficeError::rejected("/idMethod", "choice", "`idMethod` is one of \"web\", \"url\", \"key\"")
            })?),
        };
        let organization = body.as_object_mut().and_then(|members| members.remove(LINKEDIN_ORGANIZATION_ID));
        let linkedin_organization_id = organization.as_ref().map(read_organization_id).transpose()?;
        Ok(NewIssuer { profile: body, id_method, linkedin_organization_id })
    }
}

impl Office {
    /// Registers an issuer and makes its keys: Ed25519 for embedded proofs, P-256 for VC-JWTs, RSA-2048 for 2.0.
    pub fn register_issuer(
        &self,
        caller: &Caller,
        new: NewIssuer,
        key: Option<IdempotencyKey>,
    ) -> Result<Issuer, OfficeError> {
        let desk = &*self.desk;
        // 1 May this caller register issuers? 2 Is the profile sound?
        caller.needs_house(Scope::IssuersWrite)?;
        let mut members = profile::read(&new.profile)?;
        let id_method = desk.id_method(new.id_method)?;
        let canonical = jcs::canonicalize(&new.profile);
        let mut request = vec!["register issuer", id_method.as_str(), canonical.as_str()];
        request.extend(new.linkedin_organization_id.as_deref());
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(issuer) = once.replay(desk)? {
            return Ok(issuer);
        }
        let logo = desk.logo(&mut members, self.brought.as_deref())?;
        // 3 Make its keys, which may name it.
        let id = desk.new_id();
        let now = desk.now();
        let keys = desk.new_keys(&id, purposes(id_method), now)?;
        let profile_id = desk.profile_id(&id, id_method, &keys)?;
        let row = store::Issuer {
            id: id.clone(),
            id_method: id_method.as_str().to_owned(),
            linkedin_organization_id: new.linkedin_organization_id,
            document: profile::whole(members, &profile_id)?.to_string(),
            profile_id,
            created_at: now,
            updated_at: now,
        };
        // 4 Open its first status list.
        let named = Named::of(&row)?;
        let proof_key = desk.ready_key(&named, &keys, KeyPurpose::AssertionProof)?;
        let list = status_list::new_list(desk, &named, &proof_key, now)?;
        // 5 Store all of it at once.
        let issuer = desk.shown_issuer(&row)?;
        let act = Act::new(desk, caller, "issuer.register", &id, now, &json!({ "issuerId": id }));
        let reply = once.row(&id, &issuer, now)?;
        let stored = desk.store.write("issuer.register", |tx| {
            save(tx, reply.as_ref())?;
            logo.iter().try_for_each(|logo| logo.write(tx))?;
            store::insert(tx, &row)?;
            for key in &keys {
                signing_keys::insert(tx, key)?;
            }
            status_lists::insert(tx, &list)?;
            Ok::<_, GivenUp>(act.write(tx)?)
        });
        once.conclude(desk, stored.map(|()| issuer))
    }
}

/// What the keys are for that an issuer has from the beginning. One named by its key signs its JWTs with that key too.
pub(crate) fn purposes(id_method: IdMethod) -> &'static [KeyPurpose] {
    match id_method {
        IdMethod::Key => &[KeyPurpose::AssertionProof, KeyPurpose::BadgeV2],
        IdMethod::Web | IdMethod::Url => &[KeyPurpose::AssertionProof, KeyPurpose::Jwt, KeyPurpose::BadgeV2],
    }
}

impl Desk {
    fn id_method(&self, wished: Option<IdMethod>) -> Result<IdMethod, OfficeError> {
        match wished {
            None => Ok(self.addresses.default_id_method()),
            Some(IdMethod::Web) if !self.addresses.is_https() => Err(OfficeError::rejected(
                "/idMethod",
                "did_web_https",
                "did:web is resolved over https, and this server's public URL is http; choose \"url\" or \"key\"",
            )),
            Some(method) => Ok(method),
        }
    }

    fn profile_id(&self, id: &str, id_method: IdMethod, keys: &[KeyRow]) -> Result<String, OfficeError> {
        match id_method {
            IdMethod::Url => Ok(self.addresses.issuer(id)),
            IdMethod::Web => self.addresses.did_web(id).map_err(OfficeError::corrupt),
            IdMethod::Key => {
                let named_by = keys
                    .iter()
                    .find(|key| key.purpose == KeyPurpose::AssertionProof.as_str())
                    .ok_or(OfficeError::NoActiveKey { purpose: KeyPurpose::AssertionProof.as_str() })?;
                did::did_key(self.open_key(named_by)?.public_key())
                    .ok_or_else(|| OfficeError::signing("this kind of key has no did:key"))
            }
        }
    }

    /// New keys of an issuer, one for each purpose, sealed.
    pub(crate) fn new_keys(
        &self,
        issuer: &str,
        purposes: &[KeyPurpose],
        now: Timestamp,
    ) -> Result<Vec<KeyRow>, OfficeError> {
        purposes.iter().map(|purpose| self.new_key(issuer, *purpose, now)).collect()
    }

    fn new_key(&self, issuer: &str, purpose: KeyPurpose, now: Timestamp) -> Result<KeyRow, OfficeError> {
        let kind = purpose.key_type();
        let id = self.new_id();
        let entropy = self.entropy.as_ref();
        let private = PrivateKey::generate(kind, entropy).map_err(OfficeError::signing)?;
        let binding = SealBinding { issuer_id: issuer, key_id: &id, purpose };
        let sealed =
            sealed::seal(&self.master_key, &private, &binding, entropy).map_err(OfficeError::signing)?;
        Ok(KeyRow {
            public_jwk: private.public().to_jwk().to_string(),
            multibase: private.public().to_multibase(),
            id,
            issuer_id: issuer.to_owned(),
            purpose: purpose.as_str().to_owned(),
            key_type: kind.as_str().to_owned(),
            sealed,
            state: KeyState::Active,
            created_at: now,
            retired_at: None,
            compromised_at: None,
        })
    }
}
