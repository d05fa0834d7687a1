//! Reports: how far those who enrolled have come, and how long it took them.

use std::collections::BTreeMap;

use accolade_store::enrolments::{self as store, Counted, EnrolmentStatus, Span};

use serde::{Deserialize, Serialize};

use crate::achievements::found;
use crate::{Caller, Office, OfficeError, Scope};

/// How far those who enrolled for an achievement have come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EarningReport {
    /// The achievement's id in this house.
    pub achievement_id: String,
    /// All together.
    pub total: CohortReport,
    /// Each cohort, and those who are in none.
    pub cohorts: Vec<CohortReport>,
}

/// How far those of a cohort have come. Each number is of learners; each includes those that come after it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CohortReport {
    /// The cohort; none for those who are in none, and for all together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// Enrolled, those who left included.
    pub enrolled: u64,
    /// Of them, those who have completed something.
    pub active: u64,
    /// Of them, those who have satisfied the requirements.
    pub completed: u64,
    /// Of them, those who wait for approval.
    pub awaiting: u64,
    /// Of them, those who hold the award.
    pub awarded: u64,
    /// Those who have left.
    pub withdrawn: u64,
    /// How long those took who have satisfied the requirements; none where nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
}

/// How long learners took from beginning to end, in days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Days {
    /// Half of them took no longer.
    pub median: f64,
    /// A tenth of them took no longer.
    pub p10: f64,
    /// A tenth of them took longer.
    pub p90: f64,
}

const DAY: u32 = 24 * 60 * 60;

/// The reports by cohort, and how long each of their learners took, in seconds.
#[derive(Default)]
struct Sums(BTreeMap<Option<String>, (CohortReport, Vec<u32>)>);

impl Office {
    /// How far those have come who enrolled for an achievement: all and by cohort, or those of one cohort.
    pub fn earning_report(
        &self,
        caller: &Caller,
        achievement: &str,
        cohort: Option<&str>,
    ) -> Result<EarningReport, OfficeError> {
        caller.needs(Scope::EnrolmentsRead)?;
        let mut sums = Sums::default();
        let spans = self.desk.store.read("report", |db| {
            found(db, caller, achievement)?;
            let mut counts = Vec::new();
            for counted in [Counted::All, Counted::Begun, Counted::Completed] {
                counts.push((counted, store::counts(db, achievement, cohort, counted)?));
            }
            Ok::<_, OfficeError>((counts, store::spans(db, achievement, cohort)?))
        });
        let (counts, spans) = spans?;
        for (counted, counts) in counts {
            for count in counts {
                sums.add(counted, &count);
            }
        }
        for span in &spans {
            sums.0.entry(span.cohort.clone()).or_default().1.extend(seconds(span));
        }
        Ok(sums.report(achievement))
    }
}

impl Sums {
    fn add(&mut self, counted: Counted, count: &store::Count) {
        let (report, _) = self.0.entry(count.cohort.clone()).or_default();
        let number = count.enrolments;
        match counted {
            Counted::Begun => report.active += number,
            Counted::Completed => report.completed += number,
            Counted::All => {
                report.enrolled += number;
                match count.status {
                    EnrolmentStatus::Active => {}
                    EnrolmentStatus::Awaiting => report.awaiting += number,
                    EnrolmentStatus::Awarded => report.awarded += number,
                    EnrolmentStatus::Withdrawn => report.withdrawn += number,
                }
            }
        }
    }

    fn report(self, achievement: &str) -> EarningReport {
        let mut total = CohortReport::default();
        let mut all = Vec::new();
        let mut cohorts = Vec::new();
        for (cohort, (mut report, mut took)) in self.0 {
            total.enrolled += report.enrolled;
            total.active += report.active;
            total.completed += report.completed;
            total.awaiting += report.awaiting;
            total.awarded += report.awarded;
            total.withdrawn += report.withdrawn;
            all.extend_from_slice(&took);
            report.cohort = cohort;
            report.days = days(&mut took);
            cohorts.push(report);
        }
        total.days = days(&mut all);
        EarningReport { achievement_id: achievement.to_owned(), total, cohorts }
    }
}

/// How long it took, from when it was to begin, or from the enrolment.
fn seconds(span: &Span) -> Option<u32> {
    let begin = span.begins_at.unwrap_or(span.created_at).unix_seconds();
    let took = span.completed_at?.unix_seconds().saturating_sub(begin).max(0);
    u32::try_from(took).ok()
}

fn days(took: &mut [u32]) -> Option<Days> {
    took.sort_unstable();
    let at = |percent: usize| {
        // The nearest rank: the smallest that so many are no larger than.
        let rank = (took.len() * percent).div_ceil(100).max(1);
        let seconds = *took.get(rank - 1)?;
        Some((f64::from(seconds) / f64::from(DAY) * 100.0).round() / 100.0)
    };
    Some(Days { median: at(50)?, p10: at(10)?, p90: at(90)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_somebody_took() {
        assert_eq!(days(&mut []), None);
        let day = |days: u32| days * DAY;
        let one = days(&mut [day(3)]).unwrap();
        assert_eq!((one.p10, one.median, one.p90), (3.0, 3.0, 3.0));
        let mut ten: Vec<u32> = (1..=10).rev().map(day).collect();
        let ten = days(&mut ten).unwrap();
        assert_eq!((ten.p10, ten.median, ten.p90), (1.0, 5.0, 9.0));
    }
}
