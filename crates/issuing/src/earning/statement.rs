//! Statements of learning systems: each is a completion of every requirement that its activity is about.

use accolade_core::xapi::{Actor, Deed, KnownBy, Says, Statement};
use accolade_store::{completions, requirement_activities};
use serde_json::{Map, Value, json};

use super::{CompletionOrder, LearnerOrder};
use crate::ids::is_id;
use crate::orders::text::placeholder;
use crate::{Caller, ConflictKind, Fault, Office, OfficeError, Scope};

/// Characters of an activity's title in the evidence.
const LONGEST_TITLE: usize = 200;

/// What came of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenStatement {
    /// Its id, which was given to it where it had none.
    pub id: String,
    /// How many completions it is, or took back; none where no requirement is about its activity.
    pub completions: usize,
    /// How many awards were made by it.
    pub awards: usize,
}

/// What is to be done about a statement.
enum Act<'s> {
    /// Nothing here is about it.
    PassOver,
    /// An earlier statement is taken back.
    TakeBack(&'s str),
    /// Requirements of achievements are completed.
    Complete(LearnerOrder, Vec<(String, CompletionOrder)>),
}

/// What an activity is about: an achievement, and a requirement by its id or by the activity itself.
type Target = (String, String);

impl Office {
    /// Takes statements in, in their order. What is wrong with any of them is found before anything is done. Every one of them
    /// may come again: its id says that it is the same.
    ///
    /// # Errors
    /// Faults have pointers that begin with `at` of the statement; [`ConflictKind::ExternalIdTaken`] where an id is another
    /// statement's.
    pub fn take_statements(
        &self,
        caller: &Caller,
        statements: &[Statement],
        at: impl Fn(usize) -> String,
    ) -> Result<Vec<TakenStatement>, OfficeError> {
        caller.needs(Scope::EnrolmentsWrite)?;
        let (mut plans, mut faults) = (Vec::new(), Vec::new());
        for (index, statement) in statements.iter().enumerate() {
            let id = statement.id.clone().unwrap_or_else(|| self.desk.new_id());
            match self.plan(caller, statement, &id, &at(index)) {
                Ok(act) => plans.push((id, act)),
                Err(OfficeError::Rejected(more)) => faults.extend(more),
                Err(other) => return Err(other),
            }
        }
        if !faults.is_empty() {
            return Err(OfficeError::Rejected(faults));
        }
        plans.into_iter().map(|(id, act)| self.carry_out(caller, id, act)).collect()
    }

    fn plan<'s>(
        &self,
        caller: &Caller,
        statement: &'s Statement,
        id: &str,
        at: &str,
    ) -> Result<Act<'s>, OfficeError> {
        let deed = match &statement.says {
            Says::Other => return Ok(Act::PassOver),
            Says::Voids(voided) => return Ok(Act::TakeBack(voided)),
            Says::Did(deed) => deed,
        };
        let targets = self.targets(caller, deed)?;
        if targets.is_empty() {
            return Ok(Act::PassOver);
        }
        self.refuse_other_statement(caller, id, &statement.told)?;
        let learner = learner(&statement.actor, &format!("{at}/actor"))?;
        let orders = targets.into_iter().map(|(achievement, requirement)| {
            let order = CompletionOrder::parse(&order(statement, deed, id, &requirement));
            let order = order.map_err(|faults| {
                OfficeError::Rejected(faults.into_iter().map(|fault| told_at(at, fault)).collect())
            })?;
            Ok((achievement, order))
        });
        Ok(Act::Complete(learner, orders.collect::<Result<_, OfficeError>>()?))
    }

    /// What the activity is about, of what the caller may see: requirements that name it, or the one whose own address it is.
    fn targets(&self, caller: &Caller, deed: &Deed) -> Result<Vec<Target>, OfficeError> {
        let activity = deed.activity.as_str();
        let own = format!("{}/public/achievements/", self.public_url());
        if let Some((achievement, requirement)) =
            activity.strip_prefix(&own).and_then(|rest| rest.split_once('#'))
        {
            let is_there = is_id(achievement) && !requirement.is_empty();
            return Ok(if is_there {
                vec![(achievement.to_owned(), requirement.to_owned())]
            } else {
                Vec::new()
            });
        }
        let found = self.desk.store.read("statement.targets", |db| {
            requirement_activities::find(db, activity, caller.issuer.as_deref())
        })?;
        Ok(found.into_iter().map(|found| (found.achievement_id, activity.to_owned())).collect())
    }

    fn refuse_other_statement(&self, caller: &Caller, id: &str, told: &Value) -> Result<(), OfficeError> {
        let known = self.desk.store.read("statement.known", |db| {
            completions::of_external_id_anywhere(db, id, caller.issuer.as_deref())
        })?;
        for completion in known {
            let kept: Option<Value> = completion
                .statement
                .as_deref()
                .map(serde_json::from_str)
                .transpose()
                .map_err(OfficeError::corrupt)?;
            if kept.as_ref() != Some(told) {
                return Err(OfficeError::conflict(ConflictKind::ExternalIdTaken, completion.id));
            }
        }
        Ok(())
    }

    fn carry_out(&self, caller: &Caller, id: String, act: Act<'_>) -> Result<TakenStatement, OfficeError> {
        let mut taken = TakenStatement { id, ..TakenStatement::default() };
        match act {
            Act::PassOver => {}
            Act::TakeBack(voided) => {
                let known = self.desk.store.read("statement.voided", |db| {
                    completions::of_external_id_anywhere(db, voided, caller.issuer.as_deref())
                })?;
                let reason = format!("voided by the statement {}", taken.id);
                for completion in known {
                    self.withdraw_completion(
                        caller,
                        &completion.enrolment_id,
                        &completion.id,
                        Some(&reason),
                        None,
                    )?;
                    taken.completions += 1;
                }
            }
            Act::Complete(learner, orders) => {
                for (achievement, order) in orders {
                    match self.complete_for(caller, &achievement, &learner, &order) {
                        Ok(completed) => {
                            taken.completions += 1;
                            taken.awards += usize::from(completed.awarded);
                        }
                        Err(error) if is_not_about(&error) => {}
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        Ok(taken)
    }
}

/// Whether the achievement is not there for this caller, or the version that the learner enrolled for has no such requirement.
fn is_not_about(error: &OfficeError) -> bool {
    match error {
        OfficeError::NotFound => true,
        OfficeError::Rejected(faults) => faults.iter().all(|fault| fault.rule == "unknown_requirement"),
        _ => false,
    }
}

/// Whom the badge could be given to.
fn learner(actor: &Actor, at: &str) -> Result<LearnerOrder, OfficeError> {
    let Actor::Agent { name, known_by } = actor else {
        return Err(OfficeError::rejected(
            at,
            "group",
            "a group earns nothing: send a statement for each of its members",
        ));
    };
    let (member, value, place) = match known_by {
        KnownBy::Mbox(address) => ("email", address.clone(), "mbox"),
        KnownBy::OpenId(address) => ("url", address.to_string(), "openid"),
        KnownBy::Account { home_page, name } => ("accountId", format!("{home_page}#{name}"), "account"),
        KnownBy::MboxSha1Sum(_) => {
            let detail = "nobody can be found by a digest: send `mbox`, `openid` or `account`";
            return Err(OfficeError::rejected(format!("{at}/mbox_sha1sum"), "unknown_learner", detail));
        }
    };
    let mut learner = Map::from_iter([(member.to_owned(), Value::from(value))]);
    // A name that no badge could show is no reason to lose what was learned.
    if let Some(name) = name.as_ref().filter(|name| placeholder(name).is_none()) {
        learner.insert("name".to_owned(), name.as_str().into());
    }
    LearnerOrder::parse(&Value::Object(learner)).map_err(|faults| {
        let here = |fault: Fault| Fault { pointer: format!("{at}/{place}"), ..fault };
        OfficeError::Rejected(faults.into_iter().map(here).collect())
    })
}

/// The statement as an order, under its own id.
fn order(statement: &Statement, deed: &Deed, id: &str, requirement: &str) -> Value {
    let title = deed
        .title
        .as_ref()
        .filter(|title| title.chars().count() <= LONGEST_TITLE && placeholder(title).is_none());
    let mut evidence = json!({
        "narrative": format!("{} {} (xAPI {id})", deed.verb.as_str(), deed.activity),
        "genre": "xAPI",
    });
    let mut order = json!({
        "requirement": requirement,
        "source": "xapi",
        "externalId": id,
        "statement": statement.told,
    });
    let said = [
        (&mut evidence, "name", title.map(|title| json!(title))),
        (&mut order, "at", statement.at.map(|at| json!(at))),
    ];
    for (object, name, value) in said {
        if let (Some(members), Some(value)) = (object.as_object_mut(), value) {
            members.insert(name.to_owned(), value);
        }
    }
    let outcome = [
        ("success", deed.outcome.success.map(Value::from)),
        ("score", deed.outcome.score.map(Value::from)),
        ("level", deed.outcome.level.as_deref().map(Value::from)),
        ("hours", deed.hours.map(|hours| json!(hours))),
        ("evidence", Some(json!([evidence]))),
    ];
    if let Some(members) = order.as_object_mut() {
        members.extend(outcome.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    order
}

/// A fault of the order, where it stands in the statement.
fn told_at(at: &str, fault: Fault) -> Fault {
    let place = match fault.pointer.split('/').nth(1) {
        Some("at") => "/timestamp",
        Some("success") => "/result/success",
        Some("score") => "/result/score",
        Some("level") => "/result/extensions",
        Some("hours") => "/result/duration",
        Some("externalId") => "/id",
        _ => "",
    };
    Fault { pointer: format!("{at}{place}"), ..fault }
}
