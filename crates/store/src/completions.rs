//! Completions: what learners have done, by somebody's word. Rows are added and withdrawn, never changed otherwise.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::connection::MultiBackend;
use crate::number::{MaybeNumber, Number};
use crate::schema::{completions, enrolments};
use crate::{Db, StoreError, Tx};

/// What a completion says of progress: all of it but the evidence, which may be large.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// Whose enrolment.
    pub enrolment_id: String,
    /// The id of the requirement.
    pub requirement: String,
    /// When it was done.
    #[diesel(deserialize_as = Number)]
    pub at: Timestamp,
    /// Whose word it is.
    pub source: String,
    /// Whether it succeeded, where that was said.
    pub success: Option<bool>,
    /// The mark in thousandths of a per cent.
    #[diesel(deserialize_as = MaybeNumber)]
    pub score: Option<u32>,
    /// The code of the level that was shown.
    pub level: Option<String>,
    /// The minutes it took.
    #[diesel(deserialize_as = MaybeNumber)]
    pub minutes: Option<u32>,
    /// Whether there is evidence.
    pub has_evidence: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

/// A whole row.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = completions)]
pub struct Completion {
    /// Its id.
    pub id: String,
    /// Whose enrolment.
    pub enrolment_id: String,
    /// The id of the requirement.
    pub requirement: String,
    /// When it was done.
    #[diesel(deserialize_as = Number)]
    pub at: Timestamp,
    /// Whose word it is.
    pub source: String,
    /// Whether it succeeded, where that was said.
    pub success: Option<bool>,
    /// The mark in thousandths of a per cent.
    #[diesel(deserialize_as = MaybeNumber)]
    pub score: Option<u32>,
    /// The code of the level that was shown.
    pub level: Option<String>,
    /// The minutes it took.
    #[diesel(deserialize_as = MaybeNumber)]
    pub minutes: Option<u32>,
    /// OB 3.0 Evidence objects, a JSON array.
    pub evidence: Option<String>,
    /// The statement that it was read from, JSON.
    pub statement: Option<String>,
    /// Who vouches for it, in words.
    pub vouched_by: Option<String>,
    /// The caller's own name for it; unique within the enrolment.
    pub external_id: Option<String>,
    /// A digest of the order, to tell a repetition from another order with the same `external_id`.
    pub order_digest: String,
    /// When it was taken back.
    #[diesel(deserialize_as = MaybeNumber)]
    pub withdrawn_at: Option<Timestamp>,
    /// Why it was taken back.
    pub withdrawn_reason: Option<String>,
    /// When it was told here.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
}

/// Adds a completion; [`StoreError::Conflict`] if its id or, within the enrolment, its external id is taken.
pub fn insert(db: &mut Tx<'_>, completion: &Completion) -> Result<(), StoreError> {
    let values = (
        completions::id.eq(&completion.id),
        completions::enrolment_id.eq(&completion.enrolment_id),
        completions::requirement.eq(&completion.requirement),
        completions::at.eq(completion.at.unix_seconds()),
        completions::source.eq(&completion.source),
        completions::success.eq(completion.success),
        completions::score.eq(completion.score.map(i64::from)),
        completions::level.eq(&completion.level),
        completions::minutes.eq(completion.minutes.map(i64::from)),
        completions::evidence.eq(&completion.evidence),
        completions::statement.eq(&completion.statement),
        completions::vouched_by.eq(&completion.vouched_by),
        completions::external_id.eq(&completion.external_id),
        completions::order_digest.eq(&completion.order_digest),
        completions::withdrawn_at.eq(completion.withdrawn_at.map(Timestamp::unix_seconds)),
        completions::withdrawn_reason.eq(&completion.withdrawn_reason),
        completions::created_at.eq(completion.created_at.unix_seconds()),
    );
    db.run(|connection| diesel::insert_into(completions::table).values(values).execute(connection)).map(drop)
}

/// What is known of these enrolments, in one query; of each what was told first, first, within a second by its id.
pub fn facts(db: &mut Db<'_>, enrolment_ids: &[&str]) -> Result<Vec<Fact>, StoreError> {
    let query = completions::table
        .filter(completions::enrolment_id.eq_any(enrolment_ids))
        .order((completions::enrolment_id, completions::created_at, completions::id))
        .select((
            completions::id,
            completions::enrolment_id,
            completions::requirement,
            completions::at,
            completions::source,
            completions::success,
            completions::score,
            completions::level,
            completions::minutes,
            completions::evidence.is_not_null(),
            completions::withdrawn_at.is_not_null(),
        ));
    db.run(|connection| query.load(connection))
}

/// Everything about an enrolment's completions; what was told first, first, within a second by its id.
pub fn of_enrolment(db: &mut Db<'_>, enrolment_id: &str) -> Result<Vec<Completion>, StoreError> {
    let query = completions::table
        .filter(completions::enrolment_id.eq(enrolment_id))
        .order((completions::created_at, completions::id))
        .select(Completion::as_select());
    db.run(|connection| query.load(connection))
}

/// The completion with this id, if it is of that enrolment.
pub fn get(db: &mut Db<'_>, enrolment_id: &str, id: &str) -> Result<Option<Completion>, StoreError> {
    let query = completions::table.find(id).filter(completions::enrolment_id.eq(enrolment_id));
    db.run(|connection| query.select(Completion::as_select()).first(connection).optional())
}

/// The completion of that enrolment with this external id.
pub fn of_external_id(
    db: &mut Db<'_>,
    enrolment_id: &str,
    external_id: &str,
) -> Result<Option<Completion>, StoreError> {
    let query = completions::table
        .filter(completions::external_id.eq(external_id))
        .filter(completions::enrolment_id.eq(enrolment_id));
    db.run(|connection| query.select(Completion::as_select()).first(connection).optional())
}

/// All completions with this external id, in whatever enrolment, at one issuer or at all.
pub fn of_external_id_anywhere(
    db: &mut Db<'_>,
    external_id: &str,
    issuer_id: Option<&str>,
) -> Result<Vec<Completion>, StoreError> {
    let query = completions::table
        .inner_join(enrolments::table)
        .filter(completions::external_id.eq(external_id))
        .order((completions::created_at, completions::id))
        .select(Completion::as_select());
    match issuer_id {
        None => db.run(|connection| query.load(connection)),
        Some(issuer_id) => {
            db.run(|connection| query.filter(enrolments::issuer_id.eq(issuer_id)).load(connection))
        }
    }
}

/// Takes a completion back; false if there is none or it was taken back before.
pub fn withdraw(db: &mut Tx<'_>, id: &str, reason: Option<&str>, at: Timestamp) -> Result<bool, StoreError> {
    let target = completions::table.find(id).filter(completions::withdrawn_at.is_null());
    let changes = (completions::withdrawn_at.eq(at.unix_seconds()), completions::withdrawn_reason.eq(reason));
    db.run(|connection| diesel::update(target).set(changes).execute(connection)).map(|rows| rows > 0)
}

/// Deletes every completion of a learner; how many.
pub fn delete_of_learner(db: &mut Tx<'_>, learner_id: &str) -> Result<usize, StoreError> {
    let query = enrolments::table.filter(enrolments::learner_id.eq(learner_id)).select(enrolments::id);
    let ids: Vec<String> = db.run(|connection| query.load(connection))?;
    let target =
        completions::table.into_boxed::<MultiBackend>().filter(completions::enrolment_id.eq_any(ids));
    let query = target.select(completions::id);
    let doomed: Vec<String> = db.run(|connection| query.load(connection))?;
    for id in &doomed {
        db.run(|connection| diesel::delete(completions::table.find(id)).execute(connection))?;
    }
    Ok(doomed.len())
}
