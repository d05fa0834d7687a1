//! Orders: whom to enrol, and what was completed. Read strictly; every fault is named with its pointer.

use accolade_core::form::{self, Form};
use accolade_core::requirement::{Outcome, Source};
use accolade_core::{Hours, Timestamp};
use accolade_linked_data::jcs;
use serde_json::{Map, Value, json};

use crate::Fault;
use crate::orders::{IdentityKind, Recipient, recipient, shape, sound_throughout};

/// Characters of a caller's own name for something.
const LONGEST_EXTERNAL_ID: usize = 255;
/// Pieces of evidence for one completion.
const MOST_EVIDENCE: usize = 20;
/// Bytes of a statement that is kept.
const LARGEST_STATEMENT: usize = 64 * 1024;

/// Whom an order is about.
#[derive(Clone, PartialEq, Eq)]
pub struct LearnerOrder {
    pub(crate) recipient: Recipient,
    /// The identity as an award's `recipient` has it, without the name.
    pub(crate) identity: Value,
}

/// Personal data stays out of logs.
impl std::fmt::Debug for LearnerOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LearnerOrder").field("recipient", &self.recipient).finish_non_exhaustive()
    }
}

impl LearnerOrder {
    /// Reads a learner: one identity as an award's `recipient` has it, or `externalId`; and perhaps `name`.
    ///
    /// # Errors
    /// Every fault at once, with pointers into `value`.
    pub fn parse(value: &Value) -> Result<LearnerOrder, Vec<Fault>> {
        let mut faults = Vec::new();
        sound_throughout(value, "", &mut faults);
        let learner = learner(value, "", &mut faults);
        whole(learner, faults)
    }
}

/// A wish to enrol a learner.
#[derive(Debug, Clone, PartialEq)]
pub struct EnrolmentOrder {
    /// Who it is.
    pub learner: LearnerOrder,
    /// With whom the learner begins.
    pub cohort: Option<String>,
    /// The caller's own name for the enrolment, unique within the issuer.
    pub external_id: Option<String>,
    /// When the learner begins.
    pub begins_at: Option<Timestamp>,
    /// Until when the learner means to be done.
    pub ends_at: Option<Timestamp>,
    pub(crate) canonical: String,
}

impl EnrolmentOrder {
    /// Reads an order `{learner, cohort?, externalId?, beginsAt?, endsAt?}`.
    ///
    /// # Errors
    /// Every fault at once, with pointers into `body`.
    pub fn parse(body: &Value) -> Result<EnrolmentOrder, Vec<Fault>> {
        const MEMBERS: &[&str] = &["learner", "cohort", "externalId", "beginsAt", "endsAt"];
        let mut faults = Vec::new();
        sound_throughout(body, "", &mut faults);
        let mut found = Vec::new();
        let order = Form::open(body, "", MEMBERS, &mut found).and_then(|form| {
            form.demand("learner", "who it is, such as {\"email\": …}", &mut found);
            let learner = form.value("learner").and_then(|value| learner(value, "/learner", &mut faults));
            let cohort = form.text("cohort", 100, &mut found);
            let external_id = form.text("externalId", LONGEST_EXTERNAL_ID, &mut found);
            let begins_at = form.time("beginsAt", &mut found);
            let ends_at = form.time("endsAt", &mut found);
            if ends_at.zip(begins_at).is_some_and(|(end, begin)| end < begin) {
                form.fault("endsAt", "order", "`endsAt` is before `beginsAt`", &mut found);
            }
            let canonical = jcs::canonicalize(body);
            Some(EnrolmentOrder { learner: learner?, cohort, external_id, begins_at, ends_at, canonical })
        });
        faults.extend(found.into_iter().map(Fault::from));
        whole(order, faults)
    }

    /// The order that enrols a learner and says nothing more.
    pub fn of(learner: LearnerOrder) -> EnrolmentOrder {
        EnrolmentOrder {
            canonical: jcs::canonicalize(&json!({ "learner": learner.identity })),
            learner,
            cohort: None,
            external_id: None,
            begins_at: None,
            ends_at: None,
        }
    }
}

/// Something that a learner is said to have done.
#[derive(Clone, PartialEq)]
pub struct CompletionOrder {
    /// The requirement's id, or the IRI of its activity.
    pub requirement: String,
    /// When it was done; now, where nothing is said.
    pub at: Option<Timestamp>,
    /// Whose word it is; a program's, where nothing is said.
    pub source: Source,
    /// How it went.
    pub outcome: Outcome,
    /// The hours it took.
    pub hours: Option<Hours>,
    /// OB 3.0 Evidence, completed to full objects.
    pub(crate) evidence: Vec<Value>,
    /// Who vouches for it, in words.
    pub vouched_by: Option<String>,
    /// The caller's own name for it, unique within the enrolment: again with the same is the same completion.
    pub external_id: Option<String>,
    pub(crate) statement: Option<Value>,
    pub(crate) canonical: String,
}

/// Personal data stays out of logs.
impl std::fmt::Debug for CompletionOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CompletionOrder")
            .field("requirement", &self.requirement)
            .field("at", &self.at)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl CompletionOrder {
    /// The members of a completion in a request.
    pub const MEMBERS: &'static [&'static str] = &[
        "requirement",
        "at",
        "source",
        "success",
        "score",
        "level",
        "hours",
        "evidence",
        "vouchedBy",
        "externalId",
        "statement",
    ];

    /// Reads an order `{requirement, at?, source?, success?, score?, level?, hours?, evidence?, vouchedBy?, externalId?,
    /// statement?}`.
    ///
    /// # Errors
    /// Every fault at once, with pointers into `body`.
    pub fn parse(body: &Value) -> Result<CompletionOrder, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut sound = body.clone();
        if let Some(members) = sound.as_object_mut() {
            // A statement is kept as it came, and shown to nobody as anything else.
            members.remove("statement");
        }
        sound_throughout(&sound, "", &mut faults);
        let mut found = Vec::new();
        let order = Form::open(body, "", Self::MEMBERS, &mut found)
            .and_then(|form| completion(&form, body, &mut found, &mut faults));
        faults.extend(found.into_iter().map(Fault::from));
        whole(order, faults)
    }

    /// A completion of a requirement of which nothing more is said.
    pub fn of(requirement: &str, source: Source) -> CompletionOrder {
        CompletionOrder {
            requirement: requirement.to_owned(),
            at: None,
            source,
            outcome: Outcome::default(),
            hours: None,
            evidence: Vec::new(),
            vouched_by: None,
            external_id: None,
            statement: None,
            canonical: jcs::canonicalize(&json!({ "requirement": requirement, "source": source.as_str() })),
        }
    }
}

fn completion(
    form: &Form<'_>,
    body: &Value,
    found: &mut Vec<form::Fault>,
    faults: &mut Vec<Fault>,
) -> Option<CompletionOrder> {
    form.demand("requirement", "the id of what was completed", found);
    let requirement = form.text("requirement", 2_000, found);
    let outcome = Outcome {
        success: form.flag("success", found),
        score: form.number("score", 0.0, 100.0, found),
        level: form.text("level", 64, found),
    };
    let hours = form.number("hours", 1.0 / 60.0, Hours::MOST, found).and_then(Hours::new);
    let order = CompletionOrder {
        at: form.time("at", found),
        source: form.choice("source", Source::WORDS, found).unwrap_or(Source::Api),
        outcome,
        hours,
        evidence: evidence(form, found, faults),
        vouched_by: form.text("vouchedBy", 200, found),
        external_id: form.text("externalId", LONGEST_EXTERNAL_ID, found),
        statement: statement(form, found),
        canonical: jcs::canonicalize(body),
        requirement: requirement?,
    };
    Some(order)
}

fn evidence(form: &Form<'_>, found: &mut Vec<form::Fault>, faults: &mut Vec<Fault>) -> Vec<Value> {
    let items: Vec<Value> =
        form.list("evidence", MOST_EVIDENCE, found).into_iter().map(|(item, _)| item.clone()).collect();
    let mut filled = json!({ "evidence": items });
    shape::complete(&mut filled, &shape::ORDER, "", faults);
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_object()) {
        if item.get("id").or_else(|| item.get("narrative")).is_none() {
            let detail = "evidence has an `id`, which is a link to it, or a `narrative`";
            faults.push(Fault::new(format!("/evidence/{index}"), "required", detail));
        }
        if let Some(Err(why)) = item.get("id").and_then(Value::as_str).map(accolade_core::Uri::parse) {
            faults.push(Fault::new(format!("/evidence/{index}/id"), "uri", why.to_string()));
        }
        for name in ["id", "name", "narrative", "description", "genre", "audience"] {
            if item.get(name).is_some_and(|value| !value.is_string() && !value.is_null()) {
                faults.push(Fault::new(
                    format!("/evidence/{index}/{name}"),
                    "wrong_type",
                    "a string is wanted here",
                ));
            }
        }
    }
    match filled {
        Value::Object(mut members) => match members.remove("evidence") {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn statement(form: &Form<'_>, found: &mut Vec<form::Fault>) -> Option<Value> {
    let statement = form.value("statement")?;
    if !statement.is_object() {
        form.fault("statement", "wrong_type", "an xAPI statement is an object", found);
        return None;
    }
    if statement.to_string().len() > LARGEST_STATEMENT {
        form.fault(
            "statement",
            "too_long",
            format!("a statement has at most {LARGEST_STATEMENT} bytes"),
            found,
        );
        return None;
    }
    Some(statement.clone())
}

/// Reads the learner at `at`; `externalId` is the identifier that OB 3.0 calls `identifier`.
fn learner(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<LearnerOrder> {
    let mut members = value.clone();
    let own = members.as_object_mut().and_then(|members| members.remove("externalId"));
    if let (Some(own), Some(members)) = (&own, members.as_object_mut())
        && members.insert("identifier".to_owned(), own.clone()).is_some()
    {
        let detail = "give `externalId` or `identifier`, not both";
        faults.push(Fault::new(format!("{at}/identifier"), "contradiction", detail));
    }
    let mut found = Vec::new();
    let read = recipient::read(&members, at, &mut found);
    for mut fault in found {
        if own.is_some() && fault.pointer == format!("{at}/identifier") {
            fault.pointer = format!("{at}/externalId");
        }
        fault.rule = if fault.rule == "identifier" { "externalId".to_owned() } else { fault.rule };
        faults.push(fault);
    }
    let recipient = read?;
    let mut identity = Map::new();
    identity.insert(recipient.identity.kind.member().to_owned(), json!(recipient.identity.value));
    if !recipient.hashed && !matches!(recipient.identity.kind, IdentityKind::Did | IdentityKind::Url) {
        identity.insert("hashed".to_owned(), json!(false));
    }
    Some(LearnerOrder { recipient, identity: Value::Object(identity) })
}

fn whole<T>(order: Option<T>, mut faults: Vec<Fault>) -> Result<T, Vec<Fault>> {
    // A text can be met twice: on the walk over everything, and where it is read. One fault is enough.
    faults.sort_by(|a, b| (&a.pointer, &a.rule).cmp(&(&b.pointer, &b.rule)));
    faults.dedup_by(|a, b| (&a.pointer, &a.rule) == (&b.pointer, &b.rule));
    match order {
        Some(order) if faults.is_empty() => Ok(order),
        _ => Err(faults),
    }
}
