//! Learners: who earns an issuer's achievements.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::fragments::OnConflictDoNothing;
use crate::number::Number;
use crate::schema::learners;
use crate::{Db, StoreError, Tx};

/// One learner of an issuer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = learners)]
pub struct Learner {
    /// The learner's id.
    pub id: String,
    /// Whose achievements.
    pub issuer_id: String,
    /// The blind index of what the learner is known by; unique within the issuer.
    pub digest: String,
    /// What the learner is known by, JSON; none once erased.
    pub recipient: Option<String>,
    /// The learner's name, where one was given.
    pub name: Option<String>,
    /// Since when the learner is known here.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
}

/// Enters a learner, or finds the one with this digest, who then takes the name of this one where there is one.
pub fn enter(db: &mut Tx<'_>, learner: &Learner) -> Result<Learner, StoreError> {
    let insertion = diesel::insert_into(learners::table).values((
        learners::id.eq(&learner.id),
        learners::issuer_id.eq(&learner.issuer_id),
        learners::digest.eq(&learner.digest),
        learners::recipient.eq(&learner.recipient),
        learners::name.eq(&learner.name),
        learners::created_at.eq(learner.created_at.unix_seconds()),
    ));
    if db.run(|connection| OnConflictDoNothing(insertion).execute(connection))? > 0 {
        return Ok(learner.clone());
    }
    let known = of_digest(db, &learner.issuer_id, &learner.digest)?.ok_or(StoreError::Conflict)?;
    if learner.name.is_none() || learner.name == known.name {
        return Ok(known);
    }
    let target = learners::table.find(&known.id);
    let change = learners::name.eq(&learner.name);
    db.run(|connection| diesel::update(target).set(change).execute(connection))?;
    Ok(Learner { name: learner.name.clone(), ..known })
}

/// The learner with this id.
pub fn get(db: &mut Db<'_>, id: &str) -> Result<Option<Learner>, StoreError> {
    db.run(|connection| learners::table.find(id).select(Learner::as_select()).first(connection).optional())
}

/// An issuer's learner with this digest.
pub fn of_digest(db: &mut Db<'_>, issuer_id: &str, digest: &str) -> Result<Option<Learner>, StoreError> {
    let query = learners::table.filter(learners::digest.eq(digest)).filter(learners::issuer_id.eq(issuer_id));
    db.run(|connection| query.select(Learner::as_select()).first(connection).optional())
}

/// Empties what tells who a learner is; the digest becomes one that finds nobody. False if there is no such learner.
pub fn erase(db: &mut Tx<'_>, id: &str) -> Result<bool, StoreError> {
    let changes = (
        learners::digest.eq(format!("erased:{id}")),
        learners::recipient.eq(None::<String>),
        learners::name.eq(None::<String>),
    );
    let target = learners::table.find(id);
    db.run(|connection| diesel::update(target).set(changes).execute(connection)).map(|rows| rows > 0)
}
