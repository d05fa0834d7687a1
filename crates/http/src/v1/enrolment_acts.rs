//! What becomes of an enrolment beside completions: approved, left, transferred, shown to the learner, erased.

use accolade_core::Timestamp;
use accolade_issuing::{Caller, Fault, IdempotencyKey, Office, OfficeError};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, post};
use serde::Serialize;
use serde_json::Value;

use super::status::text_among;
use crate::input::{Id, Idempotency, StrictJson, Within};
use crate::permit::{CredentialsAward, CredentialsRevoke, EnrolmentsWrite, Permit};
use crate::problem::rejected;
use crate::reply::{self, Reply};
use crate::schema::{self, ActProblems, EarningProblems};
use crate::state::AppState;

/// Take a completion back.
///
/// It stays in the list with the time and the reason, and counts for nothing. Again is the same. What led to an award stays:
/// revoke the award instead.
#[utoipa::path(operation_id = "withdrawCompletion", tag = "Earning", security(("apiKey" = ["enrolments:write"])),
    params(
        ("id" = String, Path, description = "The enrolment's `id`."),
        ("completion" = String, Path, description = "The completion's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::Because, content_type = "application/json"),
    responses((status = 200, description = "The enrolment as it is now.", body = schema::EnrolmentView), EarningProblems))]
#[post("/v1/enrolments/{id}/completions/{completion}/withdraw")]
pub(crate) async fn withdraw_completion(
    state: Data<AppState>,
    permit: Permit<EnrolmentsWrite, (Within, Idempotency, StrictJson)>,
) -> Reply {
    let (Within { id, part }, Idempotency(key), StrictJson(body)) = permit.input;
    let reason = text_among(&body, "reason", &["reason"])?;
    let caller = permit.caller;
    let withdraw =
        move |office: &Office| office.withdraw_completion(&caller, &id, &part, reason.as_deref(), key);
    reply::json(StatusCode::OK, &state.ask(withdraw).await?)
}

/// Approve an enrolment whose requirements are satisfied.
///
/// Makes the award. Again gives the same award.
#[utoipa::path(operation_id = "approveEnrolment", tag = "Earning", security(("apiKey" = ["credentials:award", "enrolments:write"])),
    params(
        ("id" = String, Path, description = "The enrolment's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    responses((status = 200, description = "The enrolment and its award.", body = schema::ApprovedView), ActProblems))]
#[post("/v1/enrolments/{id}/approve")]
pub(crate) async fn approve_enrolment(
    state: Data<AppState>,
    permit: Permit<CredentialsAward, (Id, Idempotency)>,
) -> Reply {
    act(&state, permit, Office::approve).await
}

/// Transfer an enrolment to the achievement as it is now.
///
/// What was completed counts on where the requirement is still there under its `id`.
#[utoipa::path(operation_id = "transferEnrolment", tag = "Earning", security(("apiKey" = ["enrolments:write"])),
    params(
        ("id" = String, Path, description = "The enrolment's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    responses((status = 200, description = "The enrolment as it is now.", body = schema::EnrolmentView), ActProblems))]
#[post("/v1/enrolments/{id}/transfer")]
pub(crate) async fn transfer_enrolment(
    state: Data<AppState>,
    permit: Permit<EnrolmentsWrite, (Id, Idempotency)>,
) -> Reply {
    act(&state, permit, Office::transfer).await
}

/// Lets the office do something with an enrolment of which nothing more is to be said.
async fn act<R, T: Serialize + Send + 'static>(
    state: &AppState,
    permit: Permit<R, (Id, Idempotency)>,
    verb: fn(&Office, &Caller, &str, Option<IdempotencyKey>) -> Result<T, OfficeError>,
) -> Reply {
    let (caller, (Id(id), Idempotency(key))) = (permit.caller, permit.input);
    reply::json(StatusCode::OK, &state.ask(move |office| verb(office, &caller, &id, key)).await?)
}

/// Note that a learner has left.
///
/// Again is the same; enrolling the learner anew begins anew.
#[utoipa::path(operation_id = "leaveEnrolment", tag = "Earning", security(("apiKey" = ["enrolments:write"])),
    params(
        ("id" = String, Path, description = "The enrolment's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::Because, content_type = "application/json"),
    responses((status = 200, description = "The enrolment as it is now.", body = schema::EnrolmentView), EarningProblems))]
#[post("/v1/enrolments/{id}/leave")]
pub(crate) async fn leave_enrolment(
    state: Data<AppState>,
    permit: Permit<EnrolmentsWrite, (Id, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(id), Idempotency(key), StrictJson(body)) = permit.input;
    let reason = text_among(&body, "reason", &["reason"])?;
    let caller = permit.caller;
    let enrolment = state.ask(move |office| office.leave(&caller, &id, reason.as_deref(), key)).await?;
    reply::json(StatusCode::OK, &enrolment)
}

/// Make a link to a learner's own progress.
///
/// It opens without an account, until it expires or the links of the enrolment are revoked. Nothing is stored: each call makes
/// another link.
#[utoipa::path(operation_id = "createProgressLink", tag = "Earning", security(("apiKey" = ["enrolments:write"])),
    params(("id" = String, Path, description = "The enrolment's `id`.")),
    request_body(content = schema::LinkOrder, content_type = "application/json"),
    responses((status = 200, description = "The link.", body = schema::LinkView), EarningProblems))]
#[post("/v1/enrolments/{id}/progress-link")]
pub(crate) async fn create_progress_link(
    state: Data<AppState>,
    permit: Permit<EnrolmentsWrite, (Id, StrictJson)>,
) -> Reply {
    let (Id(id), StrictJson(body)) = permit.input;
    let until = until(&body).map_err(|fault| rejected(vec![fault]));
    text_among(&body, "expiresAt", &["expiresAt"])?;
    let until = until?;
    let caller = permit.caller;
    let link = state.ask(move |office| office.progress_link(&caller, &id, until)).await?;
    reply::json(StatusCode::OK, &link)
}

fn until(body: &Value) -> Result<Option<Timestamp>, Fault> {
    let Some(text) = body.get("expiresAt").and_then(Value::as_str) else { return Ok(None) };
    Timestamp::parse(text).map(Some).map_err(|why| Fault::new("/expiresAt", "date_time", why.to_string()))
}

/// Revoke every link to a learner's progress.
///
/// Again is the same; new links can be made.
#[utoipa::path(operation_id = "revokeProgressLinks", tag = "Earning", security(("apiKey" = ["enrolments:write"])),
    params(("id" = String, Path, description = "The enrolment's `id`.")),
    responses((status = 204, description = "None of the links opens anything any more."), ActProblems))]
#[delete("/v1/enrolments/{id}/progress-link")]
pub(crate) async fn revoke_progress_links(
    state: Data<AppState>,
    permit: Permit<EnrolmentsWrite, Id>,
) -> Reply {
    let (caller, Id(id)) = (permit.caller, permit.input);
    state.ask(move |office| office.revoke_progress_links(&caller, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Erase a learner.
///
/// The name, what the learner is known by, and the evidence, marks and statements of all enrolments with the issuer are gone when
/// this answers. Awards stay: erase each of them, too, where that is wanted. Again is the same. The `reason` stays in the audit
/// log and must not name the learner.
#[utoipa::path(operation_id = "eraseLearner", tag = "Earning", security(("apiKey" = ["credentials:revoke", "enrolments:write"])),
    params(("id" = String, Path, description = "The `id` of the enrolments' `learner`.")),
    request_body(content = schema::LearnerErasure, content_type = "application/json"),
    responses((status = 204, description = "Nothing of the learner is left."), EarningProblems))]
#[post("/v1/learners/{id}/erase")]
pub(crate) async fn erase_learner(
    state: Data<AppState>,
    permit: Permit<CredentialsRevoke, (Id, StrictJson)>,
) -> Reply {
    let (Id(id), StrictJson(body)) = permit.input;
    let reason = text_among(&body, "reason", &["reason"])?;
    let caller = permit.caller;
    state.ask(move |office| office.erase_learner(&caller, &id, reason.as_deref())).await?;
    Ok(HttpResponse::NoContent().finish())
}
