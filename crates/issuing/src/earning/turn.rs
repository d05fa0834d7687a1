//! What changes an enrolment, one change after the other: the numbered story of every completion.
//!
//! An enrolment's row is the lock: whoever changes it takes turns with all others who do. What an award is made from is read
//! and signed before the turn, since signing costs and the lock is scarce (docs/decisions/0004-sign-before-the-transaction.md);
//! in the turn it is derived again, and where something else would now be awarded the turn is given up and taken anew.

use std::sync::Arc;

use accolade_core::Timestamp;
use accolade_core::requirement::Fact;
use accolade_store::awards::Recorded;
use accolade_store::completions::{self, Completion as Row};
use accolade_store::credentials::{self, CredentialStatus};
use accolade_store::enrolments::{self, Enrolled, Enrolment as EnrolmentRow, EnrolmentStatus};
use accolade_store::{StoreError, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::change::Change;
use super::course::Course;
use super::credential::{self, Basis};
use super::{Completion, Enrolment, EnrolmentProgress, shown};
use crate::award::{AwardMaker, ReadyAward};
use crate::credentials::names_in;
use crate::idempotency::{GivenUp, Once, save};
use crate::ledger::Act;
use crate::office::Desk;
use crate::{Award, AwardStatus, Caller, ConflictKind, OfficeError};

/// Completions of one enrolment.
const MOST_COMPLETIONS: usize = 1_000;
/// After so many turns that were given up, the award is signed in the turn: then nobody can come in between.
const PATIENCE: u32 = 3;
/// Turns that are tried.
const MOST_TURNS: u32 = 16;

/// What came of a turn.
pub(super) struct Turned {
    pub(super) enrolment: Enrolment,
    pub(super) award: Option<Award>,
    /// The completion that it was about.
    pub(super) completion: Option<Completion>,
    /// Whether anything changed.
    pub(super) changed: bool,
    /// Whether the award was made by it.
    pub(super) awarded: bool,
}

/// One change on its way.
pub(super) struct Turn<'a> {
    pub(super) desk: &'a Desk,
    pub(super) caller: &'a Caller,
    pub(super) enrolment: &'a str,
    pub(super) change: Change,
    pub(super) now: Timestamp,
}

/// How a turn ends that changed nothing.
enum Ended {
    /// What it was prepared for is no longer so: take another.
    Again,
    /// For good.
    GivenUp(GivenUp),
}

/// What a turn was prepared from.
struct Seen {
    enrolled: Enrolled,
    /// The requirements that count after the change.
    course: Arc<Course>,
}

/// The award that is to be made.
enum Prepared {
    /// None: the requirements are not satisfied.
    Nothing,
    /// This one, from these completions.
    Fresh(Box<ReadyAward>, Basis),
    /// The learner holds the achievement already, by the award with this id.
    Held(String),
}

impl Turn<'_> {
    /// Takes the turn: makes the change, and the award where it is earned by it, or nothing.
    pub(super) fn take<T: Serialize + DeserializeOwned>(
        &self,
        once: &Once<'_>,
        tell: impl Fn(Turned) -> Result<T, OfficeError>,
    ) -> Result<T, OfficeError> {
        let mut maker = None;
        for tried in 0..MOST_TURNS {
            // 1 Read the enrolment, and foresee what the change leads to.
            let seen = self.look()?;
            // 2 Where that is the award: draft, check and sign it.
            let prepared = self.prepare(&seen, &mut maker)?;
            let inside = maker.as_ref().filter(|_| tried >= PATIENCE);
            // 3 In one transaction change, derive again, award.
            let ended = self.desk.store.write("enrolment.turn", |tx| {
                let turned = self.act(tx, &seen, &prepared, inside)?;
                let told = tell(turned).map_err(GivenUp::Refused)?;
                let reply = once.row(self.enrolment, &told, self.now).map_err(GivenUp::Refused)?;
                save(tx, reply.as_ref())?;
                Ok::<_, Ended>(told)
            });
            match ended {
                Ok(told) => return Ok(told),
                Err(Ended::Again) => {}
                // 4 What was unique was there before: look what it was, and go on with that.
                Err(Ended::GivenUp(GivenUp::Refused(OfficeError::Store(StoreError::Conflict)))) => {
                    make_way(self.desk, &prepared, maker.as_mut())?;
                }
                Err(Ended::GivenUp(given_up)) => return once.conclude(self.desk, Err(given_up)),
            }
        }
        Err(StoreError::Unavailable("too many others change this enrolment".into()).into())
    }

    fn look(&self) -> Result<Seen, OfficeError> {
        let enrolled = self.desk.enrolled(self.caller, self.enrolment)?;
        let version = match self.change {
            Change::Transfer(version) => version,
            _ => enrolled.enrolment.achievement_version,
        };
        let course = self.desk.course(&enrolled.enrolment.achievement_id, version)?;
        Ok(Seen { enrolled, course })
    }

    fn prepare<'d>(
        &'d self,
        seen: &Seen,
        maker: &mut Option<AwardMaker<'d>>,
    ) -> Result<Prepared, OfficeError> {
        let (desk, row) = (self.desk, &seen.enrolled.enrolment);
        let is_open = matches!(row.status, EnrolmentStatus::Active | EnrolmentStatus::Awaiting);
        let may_award = is_open && !matches!(self.change, Change::Withdraw { .. } | Change::Leave(_));
        if !may_award {
            return Ok(Prepared::Nothing);
        }
        let mut facts = desk.store.read("facts", |db| completions::facts(db, &[&row.id]))?;
        if let Change::Complete(new) = &self.change {
            facts.push(shown::light(new));
        }
        let facts = shown::facts(&facts)?;
        if !self.awards(&seen.course, &shown::progress(&seen.course, &facts)) {
            return Ok(Prepared::Nothing);
        }
        let maker = match maker {
            Some(maker) if maker.version() == seen.course.version => maker,
            other => other.insert(AwardMaker::new(desk, &self.version_of(seen)?)?),
        };
        let mut rows = desk.store.read("completions", |db| completions::of_enrolment(db, &row.id))?;
        if let Change::Complete(new) = &self.change
            && !rows.iter().any(|row| row.external_id.is_some() && row.external_id == new.external_id)
        {
            rows.push(new.as_ref().clone());
        }
        let ready = self.make(seen, maker, &rows)?;
        self.unless_held(ready, &seen.course, maker, &rows)
    }

    /// Whether that progress leads to the award.
    fn awards(&self, course: &Course, progress: &EnrolmentProgress) -> bool {
        progress.satisfied && (!course.needs_approval || matches!(self.change, Change::Approve))
    }

    fn version_of(&self, seen: &Seen) -> Result<accolade_store::achievements::Achievement, OfficeError> {
        let course = &seen.course;
        self.desk.achievement_as_of(&course.achievement_id, course.version)?.ok_or(OfficeError::NotFound)
    }

    fn make(&self, seen: &Seen, maker: &AwardMaker<'_>, rows: &[Row]) -> Result<ReadyAward, OfficeError> {
        let Enrolled { enrolment, learner } = &seen.enrolled;
        let order = credential::order(enrolment, learner, &seen.course, maker.achievement(), rows)?;
        maker.make(self.caller, &order)
    }

    /// The award as prepared, unless the learner holds one that has not expired.
    fn unless_held(
        &self,
        ready: ReadyAward,
        course: &Course,
        maker: &AwardMaker<'_>,
        rows: &[Row],
    ) -> Result<Prepared, OfficeError> {
        let held = match ready.in_the_way(self.desk)? {
            Some(Recorded::DuplicateOf(held)) => self.desk.record_of(&held)?,
            Some(Recorded::ExternalIdTaken(held)) => self.desk.record_of(&held)?,
            _ => return fresh(ready, course, maker, rows),
        };
        if held.status == CredentialStatus::Revoked {
            // By somebody who gave an award the name of this enrolment's.
            return Err(OfficeError::conflict(ConflictKind::ExternalIdTaken, held.id));
        }
        if held.duplicate_key.is_some() && held.valid_until.is_some_and(|until| until <= self.now) {
            self.desk.free_claim(&held, self.now)?;
            return fresh(ready, course, maker, rows);
        }
        Ok(Prepared::Held(held.id))
    }

    /// The turn itself.
    fn act(
        &self,
        tx: &mut Tx<'_>,
        seen: &Seen,
        prepared: &Prepared,
        inside: Option<&AwardMaker<'_>>,
    ) -> Result<Turned, Ended> {
        // The row first: from here on others wait.
        let mut row = enrolments::lock(tx, self.enrolment)?.ok_or(OfficeError::NotFound)?;
        if row.achievement_version != seen.enrolled.enrolment.achievement_version {
            return Err(Ended::Again);
        }
        let (completion, changed) = self.change.apply(tx, &mut row, self.now)?;
        let known = completions::facts(tx, &[&row.id])?;
        if changed && known.len() > MOST_COMPLETIONS {
            let detail = format!("an enrolment has at most {MOST_COMPLETIONS} completions");
            return Err(OfficeError::rejected("", "too_many", detail).into());
        }
        let facts = shown::facts(&known)?;
        let progress = shown::progress(&seen.course, &facts);
        let mut award = None;
        if changed {
            if matches!(row.status, EnrolmentStatus::Active | EnrolmentStatus::Awaiting) {
                award = self.settle(tx, seen, &mut row, &progress, &facts, prepared, inside)?;
            }
            row.revision = row.revision.saturating_add(1);
            row.updated_at = self.now;
            enrolments::update(tx, &row)?;
            self.ledger(&row, completion.as_ref()).write(tx)?;
        }
        let awarded = award.is_some();
        if let (None, Some(id)) = (&award, &row.credential_id) {
            award = self.held(tx, id)?;
        }
        let learner = shown::learner(&seen.enrolled.learner)?;
        let enrolment = self.desk.shown_enrolment(&row, learner, progress);
        Ok(Turned { enrolment, award, completion, changed, awarded })
    }

    /// Draws the conclusion from what is known now, and awards where that is it.
    #[expect(clippy::too_many_arguments, reason = "the parts of one turn")]
    fn settle(
        &self,
        tx: &mut Tx<'_>,
        seen: &Seen,
        row: &mut EnrolmentRow,
        progress: &EnrolmentProgress,
        facts: &[Fact],
        prepared: &Prepared,
        inside: Option<&AwardMaker<'_>>,
    ) -> Result<Option<Award>, Ended> {
        if !progress.satisfied {
            if matches!(self.change, Change::Approve) {
                return Err(OfficeError::conflict(ConflictKind::NotSatisfied, None).into());
            }
            row.status = EnrolmentStatus::Active;
            row.completed_at = None;
            return Ok(None);
        }
        row.completed_at.get_or_insert(self.now);
        if !self.awards(&seen.course, progress) {
            row.status = EnrolmentStatus::Awaiting;
            return Ok(None);
        }
        let award = self.award(tx, seen, facts, prepared, inside)?;
        row.status = EnrolmentStatus::Awarded;
        row.credential_id = Some(award.id.clone());
        Ok(Some(award))
    }

    fn award(
        &self,
        tx: &mut Tx<'_>,
        seen: &Seen,
        facts: &[Fact],
        prepared: &Prepared,
        inside: Option<&AwardMaker<'_>>,
    ) -> Result<Award, Ended> {
        match (prepared, inside) {
            (Prepared::Held(id), _) => match self.held(tx, id)? {
                Some(award) if matches!(award.status, AwardStatus::Active | AwardStatus::Suspended) => {
                    Ok(award)
                }
                _ => Err(Ended::Again),
            },
            (Prepared::Fresh(ready, made_of), _) if *made_of == self.basis(seen, facts)? => {
                ready.write(tx)?;
                Ok(ready.award.clone())
            }
            (_, Some(maker)) => {
                let rows = completions::of_enrolment(tx, self.enrolment)?;
                let ready = self.make(seen, maker, &rows)?;
                ready.write(tx)?;
                Ok(ready.award)
            }
            _ => Err(Ended::Again),
        }
    }

    fn basis(&self, seen: &Seen, facts: &[Fact]) -> Result<Basis, OfficeError> {
        let address = self.desk.addresses.achievement(&seen.course.achievement_id);
        let address = accolade_core::Uri::parse(address).map_err(OfficeError::corrupt)?;
        Ok(credential::basis(&seen.course, facts, &address))
    }

    /// The award with that id as it is now; `None` where it is void.
    fn held(&self, tx: &mut Tx<'_>, id: &str) -> Result<Option<Award>, OfficeError> {
        let Some(record) = credentials::lock(tx, id)? else { return Ok(None) };
        let names = names_in(tx, &record)?;
        Ok(Some(self.desk.shown_award(&record, &names)))
    }

    fn ledger(&self, row: &EnrolmentRow, completion: Option<&Completion>) -> Act {
        // Reasons are not for here: they may name somebody, and the audit log outlives them.
        let detail = json!({
            "enrolmentId": row.id,
            "issuerId": row.issuer_id,
            "achievementId": row.achievement_id,
            "completionId": completion.map(|completion| &completion.id),
            "credentialId": row.credential_id,
        });
        Act::new(self.desk, self.caller, self.change.verb(), &row.id, self.now, &detail)
    }
}

fn fresh(
    ready: ReadyAward,
    course: &Course,
    maker: &AwardMaker<'_>,
    rows: &[Row],
) -> Result<Prepared, OfficeError> {
    let facts = rows.iter().map(|row| shown::fact(&shown::light(row))).collect::<Result<Vec<_>, _>>()?;
    let basis = credential::basis(course, &facts, &credential::address(maker.achievement())?);
    Ok(Prepared::Fresh(Box::new(ready), basis))
}

/// After a conflict: where the place in the status list was taken, the next award gets another.
fn make_way(desk: &Desk, prepared: &Prepared, maker: Option<&mut AwardMaker<'_>>) -> Result<(), OfficeError> {
    let (Prepared::Fresh(ready, _), Some(maker)) = (prepared, maker) else { return Ok(()) };
    match ready.in_the_way(desk)? {
        Some(Recorded::IndexTaken) => maker.place_taken(),
        _ => Ok(()),
    }
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Ended::GivenUp(error.into())
    }
}

impl From<OfficeError> for Ended {
    fn from(error: OfficeError) -> Self {
        Ended::GivenUp(error.into())
    }
}

impl From<GivenUp> for Ended {
    fn from(given_up: GivenUp) -> Self {
        Ended::GivenUp(given_up)
    }
}
