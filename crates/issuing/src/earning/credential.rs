//! What an award says of how it was earned: results and evidence of the completions that count.

use accolade_core::class::Class;
use accolade_core::{Timestamp, Uri};
use accolade_store::completions::Completion;
use accolade_store::enrolments;
use accolade_store::learners::Learner;
use serde_json::{Map, Value, json};

use super::course::Course;
use super::shown;
use crate::{AwardOrder, OfficeError};

/// Which completions an award was made from: of each requirement the ids of those that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Basis(Vec<(String, Vec<String>)>);

/// The completions that count in this course, of those that are known.
pub(super) fn basis(course: &Course, facts: &[accolade_core::requirement::Fact], achievement: &Uri) -> Basis {
    let earned = course.tree.earned(achievement, facts).into_iter();
    Basis(
        earned
            .map(|earned| {
                let ids = earned.facts.iter().map(|fact| fact.id.clone()).collect();
                (earned.requirement.to_owned(), ids)
            })
            .collect(),
    )
}

/// The order of the award that an enrolment earns by these completions. `achievement` is as it stands in credentials.
pub(super) fn order(
    enrolment: &enrolments::Enrolment,
    learner: &Learner,
    course: &Course,
    achievement: &Value,
    rows: &[Completion],
) -> Result<AwardOrder, OfficeError> {
    let facts = rows.iter().map(|row| shown::fact(&shown::light(row))).collect::<Result<Vec<_>, _>>()?;
    let earned = course.tree.earned(&address(achievement)?, &facts);
    let counting: Vec<&str> =
        earned.iter().flat_map(|earned| &earned.facts).map(|fact| fact.id.as_str()).collect();
    let counting: Vec<&Completion> = rows.iter().filter(|row| counting.contains(&row.id.as_str())).collect();
    let results: Vec<Value> = earned.iter().flat_map(|earned| &earned.results).map(Class::to_value).collect();
    let mut body = Map::new();
    let mut set = |name: &str, value: Value| drop(body.insert(name.to_owned(), value));
    set("recipient", recipient(learner)?);
    set("externalId", json!(external_id(&enrolment.id)));
    set("result", Value::Array(results));
    set("evidence", Value::Array(evidence(course, &counting)?));
    if let Some(credits) = achievement.get("creditsAvailable") {
        set("creditsEarned", credits.clone());
    }
    for (name, time) in span(enrolment, &counting) {
        set(name, json!(time));
    }
    AwardOrder::parse(&Value::Object(body))
}

/// The award's name among its issuer's awards: no enrolment is awarded twice.
pub(super) fn external_id(enrolment: &str) -> String {
    format!("enrolment:{enrolment}")
}

/// The `id` of an Achievement.
pub(super) fn address(achievement: &Value) -> Result<Uri, OfficeError> {
    let id = achievement.get("id").and_then(Value::as_str).unwrap_or_default();
    Uri::parse(id.to_owned()).map_err(OfficeError::corrupt)
}

fn recipient(learner: &Learner) -> Result<Value, OfficeError> {
    let identity = learner.recipient.as_deref().ok_or(OfficeError::NotFound)?;
    let mut recipient: Value = serde_json::from_str(identity).map_err(OfficeError::corrupt)?;
    if let (Some(members), Some(name)) = (recipient.as_object_mut(), &learner.name) {
        members.insert("name".to_owned(), json!(name));
    }
    Ok(recipient)
}

/// The evidence of what counts, each piece named after what it is evidence of where it has no name of its own.
fn evidence(course: &Course, counting: &[&Completion]) -> Result<Vec<Value>, OfficeError> {
    let mut told = Vec::new();
    for leaf in course.tree.leaves() {
        for row in counting.iter().filter(|row| row.requirement == leaf.id) {
            for mut piece in shown::completion(row)?.evidence {
                if let Some(members) = piece.as_object_mut() {
                    members.entry("name").or_insert_with(|| json!(leaf.title));
                    members.entry("genre").or_insert_with(|| json!(leaf.kind.as_str()));
                }
                if !told.contains(&piece) {
                    told.push(piece);
                }
            }
        }
    }
    Ok(told)
}

/// From when to when it was earned.
fn span(enrolment: &enrolments::Enrolment, counting: &[&Completion]) -> Vec<(&'static str, Timestamp)> {
    let first = counting.iter().map(|row| row.at).min();
    let last = counting.iter().map(|row| row.at).max();
    let begin = [enrolment.begins_at, first].into_iter().flatten().min();
    [("activityStartDate", begin), ("activityEndDate", last)]
        .into_iter()
        .filter_map(|(name, time)| Some((name, time?)))
        .collect()
}
