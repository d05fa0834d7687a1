//! Enrolments: learners on their way to achievements.

use accolade_core::Timestamp;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;

use crate::connection::{AnyConnection, MultiBackend};
use crate::fragments::OnConflictDoNothing;
use crate::learners::Learner;
use crate::number::{MaybeNumber, Number};
use crate::page::{Listed, listing, page_of};
use crate::schema::{completions, enrolments, learners};
use crate::{Cursor, Db, Page, StoreError, Tx};

/// One enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = enrolments)]
pub struct Enrolment {
    /// Its id.
    pub id: String,
    /// Whose achievement.
    pub issuer_id: String,
    /// The achievement.
    pub achievement_id: String,
    /// The version of it whose requirements count.
    #[diesel(deserialize_as = Number)]
    pub achievement_version: u32,
    /// Who it is.
    pub learner_id: String,
    /// With whom the learner began.
    pub cohort: Option<String>,
    /// The caller's own name for it; unique within the issuer.
    pub external_id: Option<String>,
    /// Where it is in its life.
    #[diesel(deserialize_as = String)]
    pub status: EnrolmentStatus,
    /// Why it is there.
    pub status_reason: Option<String>,
    /// One more with each change.
    #[diesel(deserialize_as = Number)]
    pub revision: u32,
    /// Counts how often the links to it were revoked, from 1.
    #[diesel(deserialize_as = Number)]
    pub link_version: u32,
    /// The award.
    pub credential_id: Option<String>,
    /// When the learner begins.
    #[diesel(deserialize_as = MaybeNumber)]
    pub begins_at: Option<Timestamp>,
    /// Until when the learner means to be done.
    #[diesel(deserialize_as = MaybeNumber)]
    pub ends_at: Option<Timestamp>,
    /// When the requirements were satisfied.
    #[diesel(deserialize_as = MaybeNumber)]
    pub completed_at: Option<Timestamp>,
    /// When it was made.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// When it last changed.
    #[diesel(deserialize_as = Number)]
    pub updated_at: Timestamp,
}

/// An enrolment and its learner.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = enrolments)]
pub struct Enrolled {
    /// The enrolment.
    #[diesel(embed)]
    pub enrolment: Enrolment,
    /// The learner.
    #[diesel(embed)]
    pub learner: Learner,
}

/// Where an enrolment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnrolmentStatus {
    /// Requirements are open.
    Active,
    /// The requirements are satisfied; an approval is wanted.
    Awaiting,
    /// The award was made.
    Awarded,
    /// The learner has left.
    Withdrawn,
}

impl EnrolmentStatus {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Awaiting => "awaiting",
            Self::Awarded => "awarded",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl TryFrom<String> for EnrolmentStatus {
    type Error = StoreError;
    fn try_from(word: String) -> Result<Self, StoreError> {
        [Self::Active, Self::Awaiting, Self::Awarded, Self::Withdrawn]
            .into_iter()
            .find(|status| status.as_str() == word)
            .ok_or(StoreError::Corrupt(format!("no enrolment status is called {word}")))
    }
}

/// Which enrolments of an achievement a page shows; a member that is `None` does not narrow it.
#[derive(Debug, Clone, Copy, Default)]
pub struct EnrolmentFilter<'a> {
    /// Only of this cohort.
    pub cohort: Option<&'a str>,
    /// Only with this status.
    pub status: Option<EnrolmentStatus>,
}

/// Which enrolments are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// All.
    All,
    /// Those of which anything is known.
    Begun,
    /// Those whose requirements were satisfied.
    Completed,
}

/// How many enrolments of a cohort are alike.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Count {
    /// The cohort.
    pub cohort: Option<String>,
    /// Where they are.
    #[diesel(deserialize_as = String)]
    pub status: EnrolmentStatus,
    /// How many there are.
    #[diesel(deserialize_as = Number)]
    pub enrolments: u64,
}

/// How long an enrolment took.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Span {
    /// The cohort.
    pub cohort: Option<String>,
    /// When it was to begin.
    #[diesel(deserialize_as = MaybeNumber)]
    pub begins_at: Option<Timestamp>,
    /// When it was made.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// When its requirements were satisfied.
    #[diesel(deserialize_as = MaybeNumber)]
    pub completed_at: Option<Timestamp>,
}

impl Listed for Enrolled {
    fn place(&self) -> (Timestamp, &str) {
        (self.enrolment.created_at, &self.enrolment.id)
    }
}

/// Adds an enrolment; false if the learner is enrolled for the achievement already, or its external id is taken.
pub fn insert(db: &mut Tx<'_>, enrolment: &Enrolment) -> Result<bool, StoreError> {
    let seconds = |time: Option<Timestamp>| time.map(Timestamp::unix_seconds);
    let insertion = diesel::insert_into(enrolments::table).values((
        enrolments::id.eq(&enrolment.id),
        enrolments::issuer_id.eq(&enrolment.issuer_id),
        enrolments::achievement_id.eq(&enrolment.achievement_id),
        enrolments::achievement_version.eq(i64::from(enrolment.achievement_version)),
        enrolments::learner_id.eq(&enrolment.learner_id),
        enrolments::cohort.eq(&enrolment.cohort),
        enrolments::external_id.eq(&enrolment.external_id),
        enrolments::status.eq(enrolment.status.as_str()),
        enrolments::status_reason.eq(&enrolment.status_reason),
        enrolments::revision.eq(i64::from(enrolment.revision)),
        enrolments::link_version.eq(i64::from(enrolment.link_version)),
        enrolments::credential_id.eq(&enrolment.credential_id),
        enrolments::begins_at.eq(seconds(enrolment.begins_at)),
        enrolments::ends_at.eq(seconds(enrolment.ends_at)),
        enrolments::completed_at.eq(seconds(enrolment.completed_at)),
        enrolments::created_at.eq(enrolment.created_at.unix_seconds()),
        enrolments::updated_at.eq(enrolment.updated_at.unix_seconds()),
    ));
    db.run(|connection| OnConflictDoNothing(insertion).execute(connection)).map(|rows| rows > 0)
}

/// The enrolment with this id, and its learner.
pub fn get(db: &mut Db<'_>, id: &str) -> Result<Option<Enrolled>, StoreError> {
    let query = enrolments::table.inner_join(learners::table).filter(enrolments::id.eq(id));
    db.run(|connection| query.select(Enrolled::as_select()).first(connection).optional())
}

/// The enrolment with this id, which nobody else can then change before this transaction ends.
pub fn lock(db: &mut Tx<'_>, id: &str) -> Result<Option<Enrolment>, StoreError> {
    let query = enrolments::table.find(id);
    db.run(|connection| match connection {
        AnyConnection::Postgres(connection) => {
            query.select(Enrolment::as_select()).for_no_key_update().first(connection).optional()
        }
        AnyConnection::Sqlite(connection) => {
            query.select(Enrolment::as_select()).first(connection).optional()
        }
    })
}

/// The learner's enrolment for the achievement, unless the learner has left.
pub fn open_for(
    db: &mut Db<'_>,
    achievement_id: &str,
    learner_id: &str,
) -> Result<Option<Enrolled>, StoreError> {
    let query = enrolments::table
        .inner_join(learners::table)
        .filter(enrolments::achievement_id.eq(achievement_id))
        .filter(enrolments::learner_id.eq(learner_id))
        .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn.as_str()));
    db.run(|connection| query.select(Enrolled::as_select()).first(connection).optional())
}

/// The enrolments for the achievement of those of the learners with these digests who have not left.
pub fn open_of_digests(
    db: &mut Db<'_>,
    achievement_id: &str,
    digests: &[&str],
) -> Result<Vec<Enrolled>, StoreError> {
    let query = enrolments::table
        .inner_join(learners::table)
        .filter(learners::digest.eq_any(digests))
        .filter(enrolments::achievement_id.eq(achievement_id))
        .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn.as_str()));
    db.run(|connection| query.select(Enrolled::as_select()).load(connection))
}

/// The enrolments in which the recipient with this digest still has something to do, at whatever issuer.
pub fn open_of_recipient(db: &mut Db<'_>, digest: &str) -> Result<Vec<Enrolled>, StoreError> {
    let query = enrolments::table
        .inner_join(learners::table)
        .filter(learners::digest.eq(digest))
        .filter(enrolments::status.eq(EnrolmentStatus::Active.as_str()))
        .order((enrolments::created_at, enrolments::id));
    db.run(|connection| query.select(Enrolled::as_select()).load(connection))
}

/// Every enrolment of a learner.
pub fn of_learner(db: &mut Db<'_>, learner_id: &str) -> Result<Vec<Enrolment>, StoreError> {
    let query = enrolments::table.filter(enrolments::learner_id.eq(learner_id)).order(enrolments::id);
    db.run(|connection| query.select(Enrolment::as_select()).load(connection))
}

/// The issuer's enrolment with this external id, and its learner.
pub fn of_external_id(
    db: &mut Db<'_>,
    issuer_id: &str,
    external_id: &str,
) -> Result<Option<Enrolled>, StoreError> {
    let query = enrolments::table
        .inner_join(learners::table)
        .filter(enrolments::issuer_id.eq(issuer_id))
        .filter(enrolments::external_id.eq(external_id));
    db.run(|connection| query.select(Enrolled::as_select()).first(connection).optional())
}

/// A page of an achievement's enrolments with their learners, newest first.
pub fn page(
    db: &mut Db<'_>,
    achievement_id: &str,
    filter: &EnrolmentFilter<'_>,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Enrolled>, StoreError> {
    let query = enrolments::table
        .inner_join(learners::table)
        .filter(enrolments::achievement_id.eq(achievement_id))
        .select(Enrolled::as_select());
    let mut query = listing!(query, enrolments::created_at, enrolments::id, cursor, limit);
    if let Some(cohort) = filter.cohort {
        query = query.filter(enrolments::cohort.eq(cohort));
    }
    if let Some(status) = filter.status {
        query = query.filter(enrolments::status.eq(status.as_str()));
    }
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}

/// Writes what may change of an enrolment that [`lock`] gave in the same transaction.
pub fn update(db: &mut Tx<'_>, enrolment: &Enrolment) -> Result<(), StoreError> {
    let changes = (
        enrolments::achievement_version.eq(i64::from(enrolment.achievement_version)),
        enrolments::external_id.eq(&enrolment.external_id),
        enrolments::status.eq(enrolment.status.as_str()),
        enrolments::status_reason.eq(&enrolment.status_reason),
        enrolments::revision.eq(i64::from(enrolment.revision)),
        enrolments::link_version.eq(i64::from(enrolment.link_version)),
        enrolments::credential_id.eq(&enrolment.credential_id),
        enrolments::completed_at.eq(enrolment.completed_at.map(Timestamp::unix_seconds)),
        enrolments::updated_at.eq(enrolment.updated_at.unix_seconds()),
    );
    let target = enrolments::table.find(&enrolment.id);
    db.run(|connection| diesel::update(target).set(changes).execute(connection)).map(drop)
}

/// How many enrolments there are for an achievement, by cohort and status; of one cohort, or of all.
pub fn counts(
    db: &mut Db<'_>,
    achievement_id: &str,
    cohort: Option<&str>,
    counted: Counted,
) -> Result<Vec<Count>, StoreError> {
    let mut query = enrolments::table
        .filter(enrolments::achievement_id.eq(achievement_id))
        .group_by((enrolments::cohort, enrolments::status))
        .select((enrolments::cohort, enrolments::status, count_star()))
        .into_boxed::<MultiBackend>();
    if let Some(cohort) = cohort {
        query = query.filter(enrolments::cohort.eq(cohort));
    }
    query = match counted {
        Counted::All => query,
        Counted::Begun => {
            let facts = completions::table
                .filter(completions::enrolment_id.eq(enrolments::id))
                .filter(completions::withdrawn_at.is_null());
            query.filter(exists(facts))
        }
        Counted::Completed => query.filter(enrolments::completed_at.is_not_null()),
    };
    db.run(|connection| query.load(connection))
}

/// How long those enrolments took whose requirements were satisfied; of one cohort, or of all.
pub fn spans(db: &mut Db<'_>, achievement_id: &str, cohort: Option<&str>) -> Result<Vec<Span>, StoreError> {
    let mut query = enrolments::table
        .filter(enrolments::achievement_id.eq(achievement_id))
        .filter(enrolments::completed_at.is_not_null())
        .select((enrolments::cohort, enrolments::begins_at, enrolments::created_at, enrolments::completed_at))
        .into_boxed::<MultiBackend>();
    if let Some(cohort) = cohort {
        query = query.filter(enrolments::cohort.eq(cohort));
    }
    db.run(|connection| query.load(connection))
}
