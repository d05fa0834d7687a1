//! Many completions, one after the other: all of them or the good ones, and what came of each.

use accolade_issuing::{Caller, Completed, CompletionOrder, Fault, Foreseen, LearnerOrder, OfficeError};
use serde::Serialize;

use super::orders::{Order, Place};
use crate::problem::{Problem, rejected};
use crate::state::AppState;

/// So many are done in one call to the office, so that a long table keeps no hand from others.
const AT_ONCE: usize = 50;

/// Who wants completions recorded, for which achievement, and whether the good ones when some are bad.
pub(crate) struct Batch {
    pub(crate) caller: Caller,
    pub(crate) achievement: String,
    pub(crate) skip: bool,
}

/// What came of them, or what would.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchReport {
    dry_run: bool,
    rows: usize,
    done: usize,
    created: usize,
    awarded: usize,
    items: Vec<Item>,
    failed: Vec<Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foreseen: Option<Foreseen>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(flatten)]
    place: Place,
    enrolment_id: String,
    completion_id: String,
    created: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    award_id: Option<String>,
}

#[derive(Debug, Serialize)]
struct Failure {
    #[serde(flatten)]
    place: Place,
    errors: Vec<Fault>,
}

/// One that was read without a fault, and where it stands.
type Sound = (Place, LearnerOrder, CompletionOrder);

impl Batch {
    /// Tells what would come of them; nothing is recorded.
    pub(crate) async fn foresee(self, state: &AppState, orders: Vec<Order>) -> Result<BatchReport, Problem> {
        let rows = orders.len();
        let (sound, mut failed) = parted(orders);
        let (mut foreseen, mut sound) = self.look_ahead(state, sound).await?;
        let faulty = self.foreseen_faults(&mut foreseen, &sound);
        if !faulty.is_empty() {
            // Whoever has nothing good to be recorded would not be enrolled either.
            sound.retain(|(place, ..)| !faulty.iter().any(|failure| failure.place == *place));
            foreseen = self.look_ahead(state, sound).await?.0;
            foreseen.faults.clear();
        }
        failed.extend(faulty);
        Ok(BatchReport {
            dry_run: true,
            rows,
            failed: in_order(failed),
            foreseen: Some(foreseen),
            ..BatchReport::default()
        })
    }

    /// Records them: those that are good, or none where one is bad.
    pub(crate) async fn carry_out(
        self,
        state: &AppState,
        orders: Vec<Order>,
    ) -> Result<BatchReport, Problem> {
        let rows = orders.len();
        let (mut sound, mut failed) = parted(orders);
        if !self.skip {
            let (mut foreseen, looked_at) = self.look_ahead(state, sound).await?;
            failed.extend(self.foreseen_faults(&mut foreseen, &looked_at));
            sound = looked_at;
            if !failed.is_empty() {
                return Err(refused(&in_order(failed)));
            }
        }
        let mut report = BatchReport { rows, failed, ..BatchReport::default() };
        let mut rest = sound.into_iter();
        loop {
            let some: Vec<Sound> = rest.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                break;
            }
            for (place, came) in self.some(state, some).await? {
                report.note(state, place, came, self.skip)?;
            }
        }
        report.failed = in_order(std::mem::take(&mut report.failed));
        Ok(report)
    }

    /// What would come of the sound ones together, and the sound ones.
    async fn look_ahead(
        &self,
        state: &AppState,
        sound: Vec<Sound>,
    ) -> Result<(Foreseen, Vec<Sound>), Problem> {
        let (caller, achievement) = (self.caller.clone(), self.achievement.clone());
        let ahead = move |office: &accolade_issuing::Office| {
            let pairs: Vec<_> =
                sound.iter().map(|(_, learner, completion)| (learner.clone(), completion.clone())).collect();
            office.foresee(&caller, &achievement, &pairs).map(|foreseen| (foreseen, sound))
        };
        state.ask(ahead).await
    }

    /// Takes the faults out, with the places of those that have them.
    fn foreseen_faults(&self, foreseen: &mut Foreseen, sound: &[Sound]) -> Vec<Failure> {
        let faults = std::mem::take(&mut foreseen.faults).into_iter();
        let placed = faults.filter_map(|(index, errors)| Some((sound.get(index)?.0, errors)));
        placed.map(|(place, errors)| Failure { place, errors }).collect()
    }

    async fn some(
        &self,
        state: &AppState,
        some: Vec<Sound>,
    ) -> Result<Vec<(Place, Result<Completed, OfficeError>)>, Problem> {
        let (caller, achievement) = (self.caller.clone(), self.achievement.clone());
        let all = move |office: &accolade_issuing::Office| {
            let each = some.iter().map(|(place, learner, completion)| {
                (*place, office.complete_for(&caller, &achievement, learner, completion))
            });
            Ok(each.collect())
        };
        state.ask(all).await
    }
}

impl BatchReport {
    /// Writes down what came of one. Where the office itself cannot go on, neither can this.
    fn note(
        &mut self,
        state: &AppState,
        place: Place,
        came: Result<Completed, OfficeError>,
        skip: bool,
    ) -> Result<(), Problem> {
        match came {
            Ok(completed) => {
                self.done += 1;
                self.created += usize::from(completed.created);
                if completed.awarded {
                    self.awarded += 1;
                    state.metrics.award();
                }
                self.items.push(Item {
                    place,
                    enrolment_id: completed.enrolment.id,
                    completion_id: completed.completion.id,
                    created: completed.created,
                    award_id: completed.enrolment.award_id,
                });
            }
            Err(OfficeError::Rejected(errors)) if skip => {
                self.failed.push(Failure { place, errors });
            }
            Err(error @ OfficeError::Conflict { kind, .. }) if skip => {
                let errors = vec![Fault::new("", kind.as_str(), error.to_string())];
                self.failed.push(Failure { place, errors });
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// The sound ones, and the others.
fn parted(orders: Vec<Order>) -> (Vec<Sound>, Vec<Failure>) {
    let (mut sound, mut failed) = (Vec::new(), Vec::new());
    for Order { place, read } in orders {
        match read {
            Ok((learner, completion)) => sound.push((place, learner, completion)),
            Err(errors) => failed.push(Failure { place, errors }),
        }
    }
    (sound, failed)
}

fn in_order(mut failed: Vec<Failure>) -> Vec<Failure> {
    failed.sort_by_key(|failure| failure.place);
    failed
}

/// Faults shown in one problem.
const SHOWN: usize = 1_000;

/// The refusal of all because of some: each fault with its place before its pointer.
fn refused(failed: &[Failure]) -> Problem {
    let faults = failed.iter().flat_map(|failure| {
        failure.errors.iter().map(|fault| {
            let (place, detail) = match failure.place {
                Place::Line(line) => (String::new(), format!("line {line}: {}", fault.detail)),
                Place::Index(index) => (format!("/{index}"), fault.detail.clone()),
                Place::Alone => (String::new(), fault.detail.clone()),
            };
            Fault { pointer: format!("{place}{}", fault.pointer), rule: fault.rule.clone(), detail }
        })
    });
    rejected(faults.take(SHOWN).collect())
}
