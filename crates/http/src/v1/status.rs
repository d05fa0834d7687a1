//! Revoke, suspend, reinstate. What changes here every verifier sees within five seconds.

use accolade_issuing::{Award, Caller, Fault, IdempotencyKey, Office, OfficeError};
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use serde_json::Value;

use crate::input::{Id, Idempotency, StrictJson, unknown_member};
use crate::permit::{CredentialsRevoke, Permit};
use crate::problem::{Problem, rejected};
use crate::reply::{self, Reply};
use crate::schema::{self, WriteProblems};
use crate::state::AppState;

/// What a handler here takes out of a request.
type Change = Permit<CredentialsRevoke, (Id, Idempotency, StrictJson)>;

/// What the office does with an award, for a reason.
type Verb = fn(&Office, &Caller, &str, Option<&str>, Option<IdempotencyKey>) -> Result<Award, OfficeError>;

/// Revoke an award for good.
///
/// Again is the same. The 2.0 assertion answers 410 from now on.
#[utoipa::path(operation_id = "revokeCredential", tag = "Credentials", security(("apiKey" = ["credentials:revoke"])),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::StatusChange, content_type = "application/json"),
    responses((status = 200, description = "The award, revoked.", body = schema::AwardView), WriteProblems))]
#[post("/v1/credentials/{id}/revoke")]
pub(crate) async fn revoke_credential(state: Data<AppState>, change: Change) -> Reply {
    apply(&state, change, Office::revoke).await
}

/// Suspend an award until it is reinstated.
#[utoipa::path(operation_id = "suspendCredential", tag = "Credentials", security(("apiKey" = ["credentials:revoke"])),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::StatusChange, content_type = "application/json"),
    responses((status = 200, description = "The award, suspended.", body = schema::AwardView), WriteProblems))]
#[post("/v1/credentials/{id}/suspend")]
pub(crate) async fn suspend_credential(state: Data<AppState>, change: Change) -> Reply {
    apply(&state, change, Office::suspend).await
}

/// Put a suspended award back in force.
#[utoipa::path(operation_id = "reinstateCredential", tag = "Credentials", security(("apiKey" = ["credentials:revoke"])),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::StatusChange, content_type = "application/json"),
    responses((status = 200, description = "The award, in force.", body = schema::AwardView), WriteProblems))]
#[post("/v1/credentials/{id}/reinstate")]
pub(crate) async fn reinstate_credential(state: Data<AppState>, change: Change) -> Reply {
    apply(&state, change, Office::reinstate).await
}

async fn apply(state: &AppState, change: Change, verb: Verb) -> Reply {
    let (Id(id), Idempotency(key), StrictJson(body)) = change.input;
    let reason = reason(&body)?;
    let caller = change.caller;
    let award = id.clone();
    let act = move |office: &Office| verb(office, &caller, &id, reason.as_deref(), key);
    let award = state.change(act, move |publications| publications.forget_status(&award)).await?;
    reply::json(StatusCode::OK, &award)
}

/// The `reason` of `{reason?}`; what makes a good one is the office's to say.
fn reason(body: &Value) -> Result<Option<String>, Problem> {
    let Some(members) = body.as_object() else {
        return Err(rejected(vec![Fault::new("", "wrong_type", "the body is an object with a reason")]));
    };
    let mut faults: Vec<Fault> = members
        .keys()
        .filter(|name| *name != "reason")
        .map(|name| unknown_member("", name, &["reason"]))
        .collect();
    let reason = match members.get("reason") {
        None => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(_) => {
            faults.push(Fault::new("/reason", "wrong_type", "a reason is text"));
            None
        }
    };
    if faults.is_empty() { Ok(reason) } else { Err(rejected(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_reason_is_text_and_stands_alone() {
        assert_eq!(reason(&json!({"reason": "by mistake"})).unwrap().as_deref(), Some("by mistake"));
        assert_eq!(reason(&json!({})).unwrap(), None);
        for bad in [json!([]), json!({"reason": 1}), json!({"raeson": "by mistake"})] {
            assert!(reason(&bad).is_err(), "{bad}");
        }
    }
}
