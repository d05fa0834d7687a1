//! Define an achievement.

use accolade_core::check::{self, Severity};
use accolade_linked_data::jcs;
use accolade_store::{StoreError, Tx, achievements as store, issuers, requirement_activities};
use serde_json::{Map, Value, json};

use super::{Achievement, prior, record};
use crate::idempotency::{GivenUp, Once, save};
use crate::ids::possible;
use crate::images::{Brought, Depicts, Illustration, as_published, both};
use crate::issuers::linked_data_faults;
use crate::ledger::Act;
use crate::office::Desk;
use crate::orders::{members_of, shape};
use crate::{Caller, Fault, IdempotencyKey, Office, OfficeError, Scope};

impl Office {
    /// Defines an achievement of an issuer from OB 3.0 Achievement members.
    pub fn define_achievement(
        &self,
        caller: &Caller,
        issuer: &str,
        members: Value,
        key: Option<IdempotencyKey>,
    ) -> Result<Achievement, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::AchievementsWrite)?;
        possible(issuer)?;
        caller.sees(issuer)?;
        desk.store.read("issuer", |db| issuers::get(db, issuer))?.ok_or(OfficeError::NotFound)?;
        let request = ["define achievement", issuer, &jcs::canonicalize(&members)];
        let once = Once::new(desk, caller, key.as_ref(), &request);
        if let Some(achievement) = once.replay(desk)? {
            return Ok(achievement);
        }
        let id = desk.new_id();
        let now = desk.now();
        let (document, picture) =
            desk.whole_achievement(read(&members)?, &id, Picture::Asked(self.brought.as_deref()))?;
        let row = store::Achievement {
            id: id.clone(),
            issuer_id: issuer.to_owned(),
            document: document.to_string(),
            version: 1,
            created_at: now,
            updated_at: now,
            image_id: picture.id().map(str::to_owned),
        };
        let achievement = desk.shown_achievement(&row)?;
        let activities = prior::activities(&document)?;
        let detail = json!({ "issuerId": issuer, "achievementId": id });
        let act = Act::new(desk, caller, "achievement.define", &id, now, &detail);
        let reply = once.row(&id, &achievement, now)?;
        let stored = desk.store.write("achievement.define", |tx| {
            save(tx, reply.as_ref())?;
            picture.write(tx)?;
            store::insert(tx, &row)?;
            desk.refuse_circles(tx, &id, &document)?;
            requirement_activities::replace(tx, &id, &activities)?;
            Ok::<_, GivenUp>(act.write(tx)?)
        });
        once.conclude(desk, stored.map(|()| achievement))
    }
}

/// Reads the Achievement members of a request: known ones only, completed to full OB 3.0 objects; and those of ours.
pub(super) fn read(body: &Value) -> Result<Map<String, Value>, OfficeError> {
    if body.get("id").is_some() {
        let detail = "an achievement's `id` is given by Accolade; leave it out";
        return Err(OfficeError::rejected("/id", "given_here", detail));
    }
    let mut theirs = body.clone();
    let ours = theirs.as_object_mut().map(record::apart).unwrap_or_default();
    let (mut members, ours) = both(members_of(&theirs, &shape::ACHIEVEMENT), record::read(&ours))?;
    members.extend(ours);
    Ok(members)
}

/// Where the picture of an achievement comes from.
pub(super) enum Picture<'a> {
    /// From its `image`, or its name; what is elsewhere may have been brought.
    Asked(Option<&'a Brought>),
    /// It stays: the stored `image`, where one was asked for, and the picture's id.
    AsItWas(Option<Value>, Option<String>),
}

/// The picture that an achievement gets.
pub(super) enum Pictured {
    New(Illustration),
    AsItWas(Option<String>),
}

impl Pictured {
    pub(super) fn id(&self) -> Option<&str> {
        match self {
            Pictured::New(illustration) => Some(&illustration.id),
            Pictured::AsItWas(id) => id.as_deref(),
        }
    }

    pub(super) fn write(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        match self {
            Pictured::New(illustration) => illustration.write(tx),
            Pictured::AsItWas(_) => Ok(()),
        }
    }
}

impl Desk {
    /// The whole Achievement under its id, as it is stored, and its picture. What the world will see of it is checked against
    /// every rule and against JSON-LD in safe mode.
    pub(super) fn whole_achievement(
        &self,
        mut members: Map<String, Value>,
        id: &str,
        picture: Picture<'_>,
    ) -> Result<(Value, Pictured), OfficeError> {
        members.insert("id".to_owned(), json!(self.addresses.achievement(id)));
        let asked = members.remove("image");
        let (stored, pictured) = match picture {
            Picture::AsItWas(stored, image) => (stored, Ok(Pictured::AsItWas(image))),
            Picture::Asked(brought) => {
                let illustration = match &asked {
                    Some(image) => self.illustration(image, Depicts::Badge, brought),
                    None => {
                        let name = members.get("name").and_then(Value::as_str).unwrap_or_default();
                        Ok(self.illustration_of_name(name))
                    }
                };
                // The rest is checked even where the picture is refused.
                let stored = illustration.as_ref().ok().and_then(|illustration| illustration.member.clone());
                (stored, illustration.map(Pictured::New))
            }
        };
        if let Some(image) = stored {
            members.insert("image".to_owned(), image);
        }
        let document = Value::Object(members);
        both(checked(&document), pictured).map(|((), pictured)| (document, pictured))
    }
}

fn checked(stored: &Value) -> Result<(), OfficeError> {
    let mut document = stored.clone();
    as_published(&mut document);
    let ours = document.as_object_mut().map(record::apart).unwrap_or_default();
    let mut faults = broken_rules(&document);
    if faults.is_empty() && !ours.is_empty() {
        // The picture was looked at, and says nothing here.
        let image = document.as_object_mut().and_then(|members| members.remove("image"));
        if let Some(members) = document.as_object_mut() {
            members.extend(ours);
        }
        document = record::described(document)?;
        faults = broken_rules(&document);
        if let (Some(members), Some(image)) = (document.as_object_mut(), image) {
            members.insert("image".to_owned(), image);
        }
    }
    if faults.is_empty() {
        linked_data_faults(&document, &mut faults);
    }
    if faults.is_empty() { Ok(()) } else { Err(OfficeError::Rejected(faults)) }
}

fn broken_rules(document: &Value) -> Vec<Fault> {
    let findings = check::achievement(document).into_iter();
    findings
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| Fault::new(finding.pointer, finding.rule, finding.detail))
        .collect()
}
