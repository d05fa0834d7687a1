//! One learner's way: enrolled for a micro-credential, from one requirement to the next, to the badge.

use accolade_issuing::{
    Achievement, Award, Caller, Completed, CompletionOrder, EnrolmentOrder, Fault, Issuer, Office,
};
use serde_json::{Value, json};

use super::document;
use crate::{Failure, progress};

const ACHIEVEMENT: &str = include_str!("achievement.json");
const COURSE: &str = include_str!("course.json");
const STEPS: &str = include_str!("steps.json");

/// What a learner has when the way ends.
pub(super) struct Walked {
    pub(super) achievement: Achievement,
    pub(super) award: Award,
    /// The link to the learner's own progress.
    pub(super) progress: String,
}

/// Leads a learner through the requirements and tells each step.
///
/// # Errors
/// Whatever the office refuses, and a way that does not end with a badge.
pub(super) fn walk(office: &Office, issuer: &Issuer) -> Result<Walked, Failure> {
    let system = Caller::system();
    let achievement =
        office.define_achievement(&system, &issuer.id, course()?, None).map_err(Failure::new)?;
    let order =
        json!({ "learner": { "email": "ana.ruiz@learner.example", "name": "Ana Ruiz" }, "cohort": "Autumn" });
    let order = EnrolmentOrder::parse(&order).map_err(refused)?;
    let enrolled = office.enrol(&system, &achievement.id, &order, None).map_err(Failure::new)?;
    let enrolment = enrolled.enrolment.id;
    progress::tell("Ana Ruiz enrols.");
    let link = office.progress_link(&system, &enrolment, None).map_err(Failure::new)?;
    let mut award = None;
    for step in document(STEPS)?.as_array().into_iter().flatten() {
        let order = CompletionOrder::parse(step).map_err(refused)?;
        let completed = office.complete(&system, &enrolment, &order, None).map_err(Failure::new)?;
        progress::tell(&told(&completed));
        award = completed.award;
    }
    let award = award.ok_or_else(|| Failure::new("everything is completed, and there is no award"))?;
    Ok(Walked { achievement, award, progress: link.url })
}

/// The achievement of the demo with its record, and with requirements in the place of results that somebody types in.
fn course() -> Result<Value, Failure> {
    let (mut achievement, course) = (document(ACHIEVEMENT)?, document(COURSE)?);
    if let (Some(members), Value::Object(course)) = (achievement.as_object_mut(), course) {
        members.remove("resultDescription");
        members.extend(course);
    }
    Ok(achievement)
}

/// A step in a line: what was done, and how far it led.
fn told(completed: &Completed) -> String {
    let (completion, now) = (&completed.completion, &completed.enrolment.progress);
    let requirement = now.requirements.iter().find(|known| known.id == completion.requirement);
    let title = requirement.map_or("", |known| known.title.as_str());
    let result = match (completion.score, &completion.level) {
        (Some(score), _) => format!(", {score} %"),
        (None, Some(level)) => format!(", {level}"),
        (None, None) => String::new(),
    };
    let verdict = match requirement {
        Some(known) if known.state == "done" => "✓",
        _ => "✗",
    };
    format!("  {:>3.0} %  {verdict} {title}{result}", now.share * 100.0)
}

fn refused(faults: Vec<Fault>) -> Failure {
    Failure::new(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}
