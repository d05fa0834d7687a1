//! Follow up: what an award, or its end, means for those who need it for another one.
//!
//! An act leaves a message in its own transaction (`ledger`). Here messages are read, and their consequences drawn, as often
//! as it takes: everything is looked at as it is now, and done twice it is done once. So nothing is lost with a process that
//! dies, and several may read at the same time.

use accolade_core::Timestamp;
use accolade_core::requirement::{LeafState, Source};
use accolade_store::credentials::{
    self, Credential, CredentialFilter, CredentialRecord, CredentialStatus, Visibility,
};
use accolade_store::enrolments::{self, Enrolled, EnrolmentStatus};
use accolade_store::outbox::{self, Message};
use accolade_store::{Cursor, Page, completions};
use serde_json::{Value, json};

use super::{CompletionOrder, shown};
use crate::ids::is_id;
use crate::{Caller, ConflictKind, Office, OfficeError};

/// Messages that are read at once.
const AT_ONCE: u32 = 200;
/// Seconds after which what could not be done is tried again.
const AGAIN: i64 = 60;
/// Awards of one achievement to one recipient that are looked at.
const MOST_AWARDS: u32 = 20;

/// What came of following up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowedUp {
    /// How many messages there were.
    pub messages: usize,
    /// How many completions were recorded for awards.
    pub completed: usize,
    /// How many were taken back with an award.
    pub withdrawn: usize,
    /// What could not be done, and is tried again in a minute.
    pub put_off: Vec<String>,
}

/// What a message leads to.
enum End {
    /// All of it is done.
    Done,
    /// There is nothing to do before.
    NotBefore(Timestamp),
}

impl Office {
    /// Draws the consequences of what has happened since: an award completes the `prior-credential` requirements that ask for
    /// its achievement, in every open enrolment of its recipient, and an enrolment counts what its learner holds already. An
    /// award that is revoked or erased no longer counts where the enrolment is still open. Reads a few hundred messages at
    /// most; call it again until there are none.
    pub fn follow_up(&self) -> Result<FollowedUp, OfficeError> {
        let desk = &*self.desk;
        let now = desk.now();
        let messages = desk.store.read("follow_up", |db| outbox::waiting(db, now, AT_ONCE))?;
        let mut told = FollowedUp { messages: messages.len(), ..FollowedUp::default() };
        let (mut done, mut later) = (Vec::new(), Vec::new());
        for message in &messages {
            match self.follow(message, now, &mut told) {
                Ok(End::Done) => done.push(message.id.as_str()),
                Ok(End::NotBefore(moment)) => later.push((message.id.as_str(), moment)),
                Err(error) => {
                    told.put_off.push(format!("{} {}: {error}", message.topic, message.subject));
                    later.push((message.id.as_str(), now.plus_seconds(AGAIN)));
                }
            }
        }
        if !messages.is_empty() {
            desk.store.write("follow_up", |tx| {
                outbox::all_done(tx, &done, now)?;
                later.iter().try_for_each(|(id, moment)| outbox::failed(tx, id, *moment).map(drop))
            })?;
        }
        Ok(told)
    }

    fn follow(&self, message: &Message, now: Timestamp, told: &mut FollowedUp) -> Result<End, OfficeError> {
        let subject = message.subject.as_str();
        match message.topic.as_str() {
            "credential.award" | "credential.reinstate" => return self.count(subject, now, told),
            "enrolment.create" | "enrolment.transfer" => {
                let row = self.desk.store.read("enrolment", |db| enrolments::get(db, subject))?;
                if let Some(enrolled) = row {
                    self.count_for(&enrolled, now, told)?;
                }
            }
            "credential.revoke" | "credential.erase" => self.discount(subject, told)?,
            _ => {}
        }
        Ok(End::Done)
    }

    /// Counts an award wherever its recipient needs it.
    fn count(&self, award: &str, now: Timestamp, told: &mut FollowedUp) -> Result<End, OfficeError> {
        let desk = &*self.desk;
        let Some(Credential { record, .. }) =
            desk.store.read("credential", |db| credentials::get(db, award))?
        else {
            return Ok(End::Done);
        };
        if record.status != CredentialStatus::Active || record.recipient_digest.is_empty() {
            return Ok(End::Done);
        }
        if record.valid_from > now {
            return Ok(End::NotBefore(record.valid_from));
        }
        let open = desk
            .store
            .read("enrolments", |db| enrolments::open_of_recipient(db, &record.recipient_digest))?;
        for enrolled in &open {
            self.count_for(enrolled, now, told)?;
        }
        Ok(End::Done)
    }

    /// Counts what a learner holds for every requirement of an enrolment that asks for it and is still open.
    fn count_for(
        &self,
        enrolled: &Enrolled,
        now: Timestamp,
        told: &mut FollowedUp,
    ) -> Result<(), OfficeError> {
        let desk = &*self.desk;
        let row = &enrolled.enrolment;
        if row.status != EnrolmentStatus::Active || enrolled.learner.digest.is_empty() {
            return Ok(());
        }
        let course = desk.course(&row.achievement_id, row.achievement_version)?;
        let known = desk.store.read("facts", |db| completions::facts(db, &[&row.id]))?;
        let progress = course.tree.progress(&shown::facts(&known)?);
        for (leaf, progress) in course.tree.leaves().into_iter().zip(progress.leaves) {
            let achievement = leaf.prior().and_then(|prior| desk.addresses.achievement_id(prior.as_str()));
            let Some(achievement) = achievement.filter(|id| is_id(id)) else { continue };
            // What waits for somebody else's word was told already.
            if matches!(progress.state, LeafState::Done | LeafState::Unconfirmed) {
                continue;
            }
            let Some(award) = self.held(achievement, &enrolled.learner.digest, now)? else { continue };
            let is_first =
                course.tree.leaves().iter().find(|other| other.prior() == leaf.prior()) == Some(&leaf);
            let name = external_id(&award.record.id, (!is_first).then_some(&leaf.id));
            let order = order(&leaf.id, name, award.record.valid_from, self.evidence(&award)?);
            match self.complete(&Caller::system(), &row.id, &order, None) {
                Ok(completed) => told.completed += usize::from(completed.created),
                Err(error) => over(error)?,
            }
        }
        Ok(())
    }

    /// An award of that achievement to that recipient which is in force.
    fn held(
        &self,
        achievement: &str,
        digest: &str,
        now: Timestamp,
    ) -> Result<Option<Credential>, OfficeError> {
        let filter = CredentialFilter {
            achievement_id: Some(achievement),
            recipient_digest: Some(digest),
            status: Some(CredentialStatus::Active),
            ..CredentialFilter::default()
        };
        self.desk.store.read("credentials.held", |db| {
            let page: Page<CredentialRecord> = credentials::page(db, &filter, None::<&Cursor>, MOST_AWARDS)?;
            let in_force = |record: &&CredentialRecord| {
                record.valid_from <= now && record.valid_until.is_none_or(|until| until > now)
            };
            match page.items.iter().find(in_force) {
                Some(record) => Ok(credentials::get(db, &record.id)?),
                None => Ok(None),
            }
        })
    }

    /// The award as evidence: its page, named as the achievement is; of a private one only the achievement.
    fn evidence(&self, award: &Credential) -> Result<Value, OfficeError> {
        let document: Value =
            serde_json::from_slice(&award.documents.document).map_err(OfficeError::corrupt)?;
        let name = document.pointer("/credentialSubject/achievement/name");
        let id = match award.record.visibility {
            Visibility::Private => self.desk.addresses.achievement(&award.record.achievement_id),
            Visibility::Public | Visibility::Unlisted => self.desk.addresses.credential(&award.record.id),
        };
        Ok(json!({ "id": id, "type": ["Evidence"], "name": name, "genre": "credential" }))
    }

    /// Takes back what was completed by an award, where the enrolment is still open.
    fn discount(&self, award: &str, told: &mut FollowedUp) -> Result<(), OfficeError> {
        let name = external_id(award, None);
        let found = self.desk.store.read("completions", |db| {
            let first = completions::of_external_id_anywhere(db, &name, None)?;
            let mut found = Vec::new();
            for enrolment in first.iter().map(|row| &row.enrolment_id) {
                found.extend(completions::of_enrolment(db, enrolment)?);
            }
            Ok::<_, OfficeError>(found)
        })?;
        let is_of_it = |row: &&completions::Completion| {
            row.withdrawn_at.is_none()
                && row.external_id.as_ref().is_some_and(|known| known.starts_with(&name))
        };
        for row in found.iter().filter(is_of_it) {
            let reason = Some("the award that it was counted for is no longer in force");
            match self.withdraw_completion(&Caller::system(), &row.enrolment_id, &row.id, reason, None) {
                Ok(_) => told.withdrawn += 1,
                Err(error) => over(error)?,
            }
        }
        Ok(())
    }
}

/// A completion's name: an award counts once in an enrolment, or once for every requirement that asks for it.
fn external_id(award: &str, requirement: Option<&String>) -> String {
    match requirement {
        None => format!("award:{award}"),
        Some(requirement) => format!("award:{award}:{requirement}"),
    }
}

fn order(requirement: &str, name: String, at: Timestamp, evidence: Value) -> CompletionOrder {
    CompletionOrder {
        at: Some(at),
        evidence: vec![evidence],
        canonical: format!("{name} {requirement}"),
        external_id: Some(name),
        ..CompletionOrder::of(requirement, Source::Api)
    }
}

/// Passes over what somebody else decided in the meantime: then there is nothing to do any more.
fn over(error: OfficeError) -> Result<(), OfficeError> {
    match error {
        OfficeError::Conflict {
            kind:
                ConflictKind::EnrolmentWithdrawn
                | ConflictKind::AlreadyAwarded
                | ConflictKind::ExternalIdTaken
                | ConflictKind::NoRequirements,
            ..
        } => Ok(()),
        OfficeError::NotFound => Ok(()),
        error => Err(error),
    }
}
