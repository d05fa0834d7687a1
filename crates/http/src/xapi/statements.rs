//! `/xapi/statements`.

use std::collections::HashSet;

use accolade_core::xapi::Statement;
use accolade_issuing::{Caller, Fault, Office, TakenStatement};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpResponse, post, put};
use serde_json::Value;

use super::version::Spoken;
use crate::input::{Parameters, StrictJson, bad_parameter};
use crate::permit::{Permit, Reporting};
use crate::problem::{Problem, rejected};
use crate::reply::{self, Reply};
use crate::schema::{self, StatementProblems};
use crate::state::AppState;

/// Statements in a batch.
const MOST: usize = 1_000;
/// How many of the statements completed something here.
const KEPT: HeaderName = HeaderName::from_static("x-accolade-kept");

/// Report what learners did.
///
/// One [xAPI 1.0.3](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-About.md) statement or up to 1,000. The activity (`object.id`) is
/// the `iri` of a requirement, or `<public URL of the achievement>#<requirement id>`; verbs that say how it ended are `passed`,
/// `failed`, `completed`, `mastered`, `satisfied`, `attended`. A learner who is not enrolled yet is enrolled by it, and the award is
/// made when nothing more is wanted. `voided` takes a statement back. The answer has the ids of the statements; what no requirement
/// is about, and other verbs, are passed over: `X-Accolade-Kept` tells how many were not. Statements are not given out again.
#[utoipa::path(operation_id = "postStatements", tag = "xAPI", security(("apiKey" = ["enrolments:write"]), ("basic" = [])),
    params(("X-Experience-API-Version" = schema::XapiVersion, Header, description = "`1.0.3`, or another 1.0.x.")),
    request_body(content = schema::Statements, content_type = "application/json"),
    responses(
        (status = 200, description = "The ids of the statements, in their order.", body = Vec<schema::StatementId>,
            headers(("X-Accolade-Kept" = i64, description = "How many of them completed something, or took it back."))),
        StatementProblems
    ))]
#[post("/xapi/statements")]
pub(crate) async fn post_statements(
    state: Data<AppState>,
    permit: Permit<Reporting, (Spoken, StrictJson)>,
) -> Reply {
    let (Spoken, StrictJson(body)) = permit.input;
    let read = match &body {
        Value::Array(items) => batch(items)?,
        one => vec![Statement::parse(one, "").map_err(broken)?],
    };
    let is_batch = body.is_array();
    let at = move |index: usize| if is_batch { format!("/{index}") } else { String::new() };
    let taken = take(&state, permit.caller, read, at).await?;
    let ids: Vec<&str> = taken.iter().map(|statement| statement.id.as_str()).collect();
    let mut reply = reply::json(StatusCode::OK, &ids)?;
    tell_kept(&mut reply, &taken);
    Ok(reply)
}

/// Report one statement under its id.
///
/// As `POST`, for one statement whose `id` is `statementId`, or that has none.
#[utoipa::path(operation_id = "putStatement", tag = "xAPI", security(("apiKey" = ["enrolments:write"]), ("basic" = [])),
    params(
        ("X-Experience-API-Version" = schema::XapiVersion, Header, description = "`1.0.3`, or another 1.0.x."),
        ("statementId" = schema::StatementId, Query, description = "The `id` of the statement.")
    ),
    request_body(content = schema::Statement, content_type = "application/json"),
    responses(
        (status = 204, description = "It was taken in.",
            headers(("X-Accolade-Kept" = i64, description = "1 where it completed something, or took it back; else 0."))),
        StatementProblems
    ))]
#[put("/xapi/statements")]
pub(crate) async fn put_statement(
    state: Data<AppState>,
    permit: Permit<Reporting, (Spoken, Parameters, StrictJson)>,
) -> Reply {
    let (Spoken, query, StrictJson(mut body)) = permit.input;
    let missing = || {
        bad_parameter("statementId", "required", "statementId is wanted: the id of the statement".to_owned())
    };
    let id = query.text("statementId")?.ok_or_else(missing)?;
    if let Some(members) = body.as_object_mut() {
        members.entry("id").or_insert_with(|| id.as_str().into());
    }
    let statement = Statement::parse(&body, "").map_err(broken)?;
    if statement.id.as_deref().is_none_or(|own| !own.eq_ignore_ascii_case(&id)) {
        let fault = Fault::new("/id", "contradiction", "the statement has another id than `statementId`");
        return Err(broken(vec![fault]));
    }
    let taken = take(&state, permit.caller, vec![statement], |_| String::new()).await?;
    let mut reply = HttpResponse::NoContent().finish();
    tell_kept(&mut reply, &taken);
    Ok(reply)
}

/// Reads every statement of a batch; no two have one id.
fn batch(items: &[Value]) -> Result<Vec<Statement>, Problem> {
    if items.is_empty() || items.len() > MOST {
        let detail = format!("a batch has 1 to {MOST} statements");
        return Err(broken(vec![Fault::new("", "size", detail)]));
    }
    let (mut read, mut faults, mut ids) = (Vec::new(), Vec::new(), HashSet::new());
    for (index, item) in items.iter().enumerate() {
        match Statement::parse(item, &format!("/{index}")) {
            Ok(Statement { id: Some(id), .. }) if !ids.insert(id.clone()) => {
                faults.push(Fault::new(
                    format!("/{index}/id"),
                    "repeated",
                    "another statement of the batch has this id",
                ));
            }
            Ok(statement) => read.push(statement),
            Err(more) => faults.extend(more.into_iter().map(Fault::from)),
        }
    }
    if faults.is_empty() { Ok(read) } else { Err(broken(faults)) }
}

async fn take(
    state: &AppState,
    caller: Caller,
    statements: Vec<Statement>,
    at: impl Fn(usize) -> String + Send + 'static,
) -> Result<Vec<TakenStatement>, Problem> {
    let call = move |office: &Office| office.take_statements(&caller, &statements, at);
    let taken = state.ask(call).await.map_err(Problem::of_statement)?;
    (0..taken.iter().map(|statement| statement.awards).sum()).for_each(|_| state.metrics.award());
    Ok(taken)
}

fn tell_kept(reply: &mut HttpResponse, taken: &[TakenStatement]) {
    let kept = taken.iter().filter(|statement| statement.completions > 0).count();
    reply.headers_mut().insert(KEPT, HeaderValue::from(kept));
}

/// The refusal of statements that break rules: 400, as the standard has it.
fn broken(faults: Vec<impl Into<Fault>>) -> Problem {
    rejected(faults.into_iter().map(Into::into).collect()).of_statement()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::problem::Kind;

    fn statement(id: &str) -> Value {
        json!({
            "id": id, "actor": {"mbox": "mailto:ana@example.org"}, "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"},
            "object": {"id": "https://lms.example.edu/quiz/7"}
        })
    }

    #[test]
    fn a_batch_has_some_statements_of_different_ids() {
        let (one, two) = ("6690e6c9-3ef0-4ed3-8b37-7f3964730bee", "6690e6c9-3ef0-4ed3-8b37-7f3964730bef");
        assert_eq!(batch(&[statement(one), statement(two)]).unwrap().len(), 2);
        for bad in [
            vec![],
            vec![statement(one), statement(&one.to_uppercase())],
            vec![statement(one); MOST + 1],
            vec![json!(1)],
        ] {
            assert!(matches!(batch(&bad), Err(problem) if problem.kind == Kind::BadStatement));
        }
    }
}
