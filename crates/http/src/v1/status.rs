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
pub(super) type Change = Permit<CredentialsRevoke, (Id, Idempotency, StrictJson)>;

/// Revoke an award for good.
///
/// Again is the same. The 2.0 assertion answers 410 from now on. With `supersededBy` the page says which award of the same
/// issuer took its place; that can be said later, too, of an award that is revoked already.
#[utoipa::path(operation_id = "revokeCredential", tag = "Credentials", security(("apiKey" = ["credentials:revoke"])),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::Revocation, content_type = "application/json"),
    responses((status = 200, description = "The award, revoked.", body = schema::AwardView), WriteProblems))]
#[post("/v1/credentials/{id}/revoke")]
pub(crate) async fn revoke_credential(state: Data<AppState>, change: Change) -> Reply {
    let successor = text(&change.input.2.0, "supersededBy")?;
    apply(
        &state,
        change,
        &["reason", "supersededBy"],
        move |office, caller, id, reason, key| match &successor {
            Some(successor) => office.supersede(caller, id, reason, successor, key),
            None => office.revoke(caller, id, reason, key),
        },
    )
    .await
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
    apply(&state, change, &["reason"], Office::suspend).await
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
    apply(&state, change, &["reason"], Office::reinstate).await
}

/// Lets the office do something with an award, for the `reason` of the body; what makes a good one is the office's to say.
pub(super) async fn apply<V>(
    state: &AppState,
    change: Change,
    known: &'static [&'static str],
    verb: V,
) -> Reply
where
    V: FnOnce(&Office, &Caller, &str, Option<&str>, Option<IdempotencyKey>) -> Result<Award, OfficeError>
        + Send
        + 'static,
{
    let (Id(id), Idempotency(key), StrictJson(body)) = change.input;
    let reason = text_among(&body, "reason", known)?;
    let caller = change.caller;
    let award = id.clone();
    let act = move |office: &Office| verb(office, &caller, &id, reason.as_deref(), key);
    let award = state.change(act, move |publications| publications.forget_status(&award)).await?;
    reply::json(StatusCode::OK, &award)
}

/// The text `name` of an object that has only members that are `known`.
pub(super) fn text_among(
    body: &Value,
    name: &str,
    known: &'static [&'static str],
) -> Result<Option<String>, Problem> {
    let Value::Object(members) = body else {
        let fault = Fault::new("", "wrong_type", "an object is wanted here, such as {\"reason\": …}");
        return Err(rejected(vec![fault]));
    };
    let unknown: Vec<Fault> = members
        .keys()
        .filter(|member| !known.contains(&member.as_str()))
        .map(|member| unknown_member("", member, known))
        .collect();
    if unknown.is_empty() { text(body, name) } else { Err(rejected(unknown)) }
}

fn text(body: &Value, name: &str) -> Result<Option<String>, Problem> {
    match body.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => {
            let fault = Fault::new(format!("/{name}"), "wrong_type", format!("`{name}` is a string"));
            Err(rejected(vec![fault]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_reason_is_text_and_stands_alone() {
        let reason = |body: &Value| text_among(body, "reason", &["reason"]);
        assert_eq!(reason(&json!({"reason": "by mistake"})).unwrap().as_deref(), Some("by mistake"));
        assert_eq!(reason(&json!({})).unwrap(), None);
        for bad in [json!([]), json!({"reason": 1}), json!({"raeson": "by mistake"})] {
            assert!(reason(&bad).is_err(), "{bad}");
        }
    }
}
