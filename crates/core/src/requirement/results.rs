//! What an award says of how it was earned: results, each with a description in the achievement.

use super::progress::{judge, of_leaves};
use super::{Fact, Leaf, LeafState, Requirements, Wanted};
use crate::achievement::{Achievement, ResultDescription};
use crate::subject::Result;
use crate::vocabulary::{ResultStatusType, ResultType};
use crate::{Credits, Hours, Uri};

/// What facts that satisfy a leaf say for an award.
#[derive(Debug, Clone, PartialEq)]
pub struct Earned<'f> {
    /// The requirement's id.
    pub requirement: &'f str,
    /// The facts that count, by their ids: the best one; of hours all pieces.
    pub facts: Vec<&'f Fact>,
    /// What the credential says.
    pub results: Vec<Result>,
}

impl Requirements {
    /// Describes a result for every leaf in the achievement, unless one of that id is there; and relates the achievements that
    /// are asked for.
    pub fn describe(&self, achievement: &mut Achievement) {
        self.relate_parts(achievement);
        for leaf in self.leaves() {
            let Some(id) = part(&achievement.id, &format!("requirement-{}", leaf.id)) else { continue };
            if achievement.result_description.iter().all(|known| known.id != id) {
                achievement.result_description.push(description(leaf, id));
            }
        }
    }

    /// What is done, leaf by leaf in the order in which they are written, and what the credential of an award of the achievement
    /// with that id says of it. The same facts in any order say the same.
    pub fn earned<'f>(&'f self, achievement: &Uri, facts: &'f [Fact]) -> Vec<Earned<'f>> {
        let progress = self.progress(facts);
        let of = of_leaves(facts);
        let done = self.leaves().into_iter().zip(progress.leaves);
        done.filter(|(_, progress)| progress.state == LeafState::Done)
            .map(|(leaf, progress)| {
                let known = of.get(leaf.id.as_str()).map_or(&[][..], Vec::as_slice);
                let mut facts: Vec<&Fact> = match leaf.wanted {
                    Wanted::Hours(_) => {
                        let pieces = known.iter().filter(|fact| judge(leaf, fact) == LeafState::Done);
                        pieces.copied().collect()
                    }
                    _ => known
                        .iter()
                        .filter(|fact| Some(&fact.id) == progress.best.as_ref())
                        .copied()
                        .collect(),
                };
                facts.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
                Earned { requirement: &leaf.id, results: results(achievement, leaf, &facts), facts }
            })
            .collect()
    }
}

fn description(leaf: &Leaf, id: Uri) -> ResultDescription {
    match &leaf.wanted {
        Wanted::PassMark(mark) => percent(leaf, id).requiring(&text(*mark)),
        Wanted::Hours(hours) => ResultDescription {
            value_min: Some("0".to_owned()),
            required_value: Some(text(hours.get())),
            ..ResultDescription::new(id, &leaf.title, ResultType::RawScore)
        },
        Wanted::Done if leaf.kind.is_marked() => percent(leaf, id),
        Wanted::Done | Wanted::Prior(_) | Wanted::Level { .. } => ResultDescription::status(id, &leaf.title),
    }
}

fn percent(leaf: &Leaf, id: Uri) -> ResultDescription {
    ResultDescription::new(id, &leaf.title, ResultType::Percent).between("0", "100")
}

fn results(achievement: &Uri, leaf: &Leaf, facts: &[&Fact]) -> Vec<Result> {
    let Some(id) = part(achievement, &format!("requirement-{}", leaf.id)) else { return Vec::new() };
    let best = facts.first();
    let completed = || Result::status(id.clone(), ResultStatusType::Completed);
    match &leaf.wanted {
        Wanted::Hours(_) => {
            let minutes: u32 = facts.iter().filter_map(|fact| fact.hours).map(Hours::minutes).sum();
            vec![Result::value(id, &text(f64::from(minutes) / 60.0))]
        }
        Wanted::Level { .. } => {
            let level = best.and_then(|fact| fact.outcome.level.as_deref());
            let reached = part(achievement, "competency")
                .zip(level.and_then(|code| part(achievement, &format!("competency-{code}"))));
            let reached = reached.map(|(rubric, level)| Result::level(rubric, level));
            std::iter::once(completed()).chain(reached).collect()
        }
        Wanted::PassMark(_) | Wanted::Done if leaf.kind.is_marked() => {
            let score =
                best.and_then(|fact| fact.outcome.score).filter(|score| (0.0..=100.0).contains(score));
            vec![score.map_or_else(completed, |score| Result::value(id.clone(), &text(score)))]
        }
        Wanted::PassMark(_) | Wanted::Done | Wanted::Prior(_) => vec![completed()],
    }
}

/// The URI of a part of an achievement's definition.
fn part(achievement: &Uri, fragment: &str) -> Option<Uri> {
    Uri::parse(format!("{achievement}#{fragment}")).ok()
}

/// A number without needless digits; two behind the point at most.
fn text(number: f64) -> String {
    Credits::new((number * 100.0).round() / 100.0)
        .map(|number| serde_json::json!(number).to_string())
        .unwrap_or_default()
}
