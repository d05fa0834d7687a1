//! Completions as they came in: from JSON or a table, each read by itself.

use accolade_issuing::{CompletionOrder, Fault, LearnerOrder};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde_json::Value;

use super::sheet;
use crate::input::{JSON_LIMIT, StrictJson, read_body};
use crate::problem::{Kind, Problem, rejected};

/// A table may have 4 MiB.
const TABLE_LIMIT: usize = 4 << 20;
/// Completions in an array.
const MOST: usize = 1_000;

/// Completions with their places, sound or not.
pub(crate) struct Orders(pub(crate) Vec<Order>);

/// One of them.
pub(crate) struct Order {
    pub(crate) place: Place,
    pub(crate) read: Result<(LearnerOrder, CompletionOrder), Vec<Fault>>,
}

/// Where one stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "Written")]
pub(crate) enum Place {
    /// Alone.
    Alone,
    /// In an array, from 0.
    Index(usize),
    /// In a table, from 1.
    Line(u64),
}

/// A place as it is told.
#[derive(Serialize)]
struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

impl From<Place> for Written {
    fn from(place: Place) -> Written {
        match place {
            Place::Alone => Written { line: None, index: None },
            Place::Index(index) => Written { line: None, index: Some(index) },
            Place::Line(line) => Written { line: Some(line), index: None },
        }
    }
}

impl FromRequest for Orders {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Orders, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            match req.content_type() {
                "application/json" => {
                    let body = read_body(&req, &mut payload, JSON_LIMIT).await?;
                    of_json(StrictJson::parse(&body)?.0).map(Orders)
                }
                "text/csv" => {
                    let body = read_body(&req, &mut payload, TABLE_LIMIT).await?;
                    of_table(&body).map(Orders)
                }
                other => Err(Problem::new(
                    Kind::UnsupportedMediaType,
                    format!("send application/json or text/csv, not {other:?}"),
                )),
            }
        })
    }
}

fn of_json(body: Value) -> Result<Vec<Order>, Problem> {
    match body {
        Value::Array(items) if items.is_empty() => {
            Err(rejected(vec![Fault::new("", "empty", "the array has at least one completion")]))
        }
        Value::Array(items) if items.len() > MOST => {
            let detail = format!("an array has at most {MOST} completions; a table (text/csv) may have more");
            Err(rejected(vec![Fault::new("", "too_many", detail)]))
        }
        Value::Array(items) => {
            let order = |(index, item)| Order { place: Place::Index(index), read: read(item) };
            Ok(items.into_iter().enumerate().map(order).collect())
        }
        one => Ok(vec![Order { place: Place::Alone, read: read(one) }]),
    }
}

fn of_table(bytes: &[u8]) -> Result<Vec<Order>, Problem> {
    let rows = sheet::read(bytes).map_err(rejected)?;
    if rows.is_empty() {
        return Err(rejected(vec![Fault::new("", "empty", "the table has at least one row below its head")]));
    }
    let order = |row: sheet::Row| Order { place: Place::Line(row.line), read: row.order.and_then(read) };
    Ok(rows.into_iter().map(order).collect())
}

/// Reads `{"learner": {…}, "requirement": …}`.
fn read(mut value: Value) -> Result<(LearnerOrder, CompletionOrder), Vec<Fault>> {
    let learner = value.as_object_mut().and_then(|members| members.remove("learner"));
    let completion = CompletionOrder::parse(&value);
    if !value.is_object() {
        return Err(completion.err().unwrap_or_default());
    }
    let learner = match learner {
        None => Err(vec![Fault::new(
            "/learner",
            "required",
            "`learner` is wanted here: who it is, such as {\"email\": …}",
        )]),
        Some(learner) => LearnerOrder::parse(&learner).map_err(|faults| {
            let inside = |fault: Fault| Fault { pointer: format!("/learner{}", fault.pointer), ..fault };
            faults.into_iter().map(inside).collect()
        }),
    };
    match (learner, completion) {
        (Ok(learner), Ok(completion)) => Ok((learner, completion)),
        (learner, completion) => Err(learner.err().into_iter().chain(completion.err()).flatten().collect()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(body: Value) -> Vec<(String, String)> {
        let told = |fault: Fault| (fault.pointer, fault.rule);
        read(body).err().into_iter().flatten().map(told).collect()
    }

    #[test]
    fn faults_of_both_halves_are_told_with_their_places() {
        let told = faults(json!({"learner": {"emial": "a@b.co"}, "requirement": "", "score": 101}));
        for expected in [("/learner/emial", "unknown_member"), ("/requirement", "empty"), ("/score", "range")]
        {
            assert!(
                told.iter().any(|(pointer, rule)| (pointer.as_str(), rule.as_str()) == expected),
                "{expected:?}: {told:?}"
            );
        }
        assert_eq!(faults(json!({"requirement": "a"})), [("/learner".to_owned(), "required".to_owned())]);
        assert_eq!(faults(json!("x")), [(String::new(), "wrong_type".to_owned())]);
        assert_eq!(faults(json!({"learner": {"email": "a@example.org"}, "requirement": "a"})), []);
    }

    #[test]
    fn an_array_has_some_but_not_too_many() {
        let one = json!({"learner": {"email": "a@example.org"}, "requirement": "a"});
        assert!(of_json(json!([])).is_err());
        assert_eq!(of_json(Value::Array(vec![one.clone(); MOST])).unwrap().len(), MOST);
        assert!(of_json(Value::Array(vec![one.clone(); MOST + 1])).is_err());
        assert_eq!(of_json(one).unwrap()[0].place, Place::Alone);
    }
}
