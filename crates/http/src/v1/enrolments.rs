//! Enrolments: who is on the way to an achievement, and how far.

use accolade_issuing::{CompletionOrder, EnrolmentFilter, EnrolmentOrder, EnrolmentStatus};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, get, post};

use crate::input::{Id, Idempotency, Parameters, StrictJson, bad_parameter};
use crate::permit::{EnrolmentsRead, EnrolmentsWrite, Permit};
use crate::problem::{Problem, rejected};
use crate::reply::{self, Reply};
use crate::schema::{self, EarningProblems, ListProblems, ReadProblems};
use crate::state::AppState;

/// Enrol a learner for an achievement.
///
/// 201, or 200 with the enrolment that is there: a learner is enrolled once, until the learner leaves. The requirements that count
/// are those of the achievement as it is now, also when it is amended later.
#[utoipa::path(operation_id = "enrolLearner", tag = "Earning", security(("apiKey" = ["enrolments:write"])),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::NewEnrolment, content_type = "application/json"),
    responses(
        (status = 201, description = "The enrolment, made.", body = schema::EnrolmentView, headers(("Location" = String, description = "Its URL in this API."))),
        (status = 200, description = "The enrolment that was there.", body = schema::EnrolmentView),
        EarningProblems
    ))]
#[post("/v1/achievements/{id}/enrolments")]
pub(crate) async fn enrol_learner(
    state: Data<AppState>,
    permit: Permit<EnrolmentsWrite, (Id, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(achievement), Idempotency(key), StrictJson(body)) = permit.input;
    let order = EnrolmentOrder::parse(&body).map_err(rejected)?;
    let caller = permit.caller;
    let enrolled = state.ask(move |office| office.enrol(&caller, &achievement, &order, key)).await?;
    if !enrolled.created {
        return reply::json(StatusCode::OK, &enrolled.enrolment);
    }
    reply::created(&format!("/v1/enrolments/{}", enrolled.enrolment.id), &enrolled.enrolment)
}

/// List the enrolments for an achievement.
///
/// Newest first; the filters narrow together. Each says how far the learner is.
#[utoipa::path(operation_id = "listEnrolments", tag = "Earning", security(("apiKey" = ["enrolments:read"])),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("cohort" = Option<schema::Wanted>, Query, nullable = false, description = "Only of this cohort."),
        ("status" = Option<schema::EnrolmentStatus>, Query, nullable = false, description = "Only in this status."),
        ("limit" = Option<u32>, Query, nullable = false, description = "Items on a page: 1 to 200, 50 by default.", minimum = 1, maximum = 200),
        ("cursor" = Option<schema::Cursor>, Query, nullable = false, description = "`next` of the page before.")
    ),
    responses((status = 200, description = "A page of enrolments.", body = schema::EnrolmentPage), ListProblems))]
#[get("/v1/achievements/{id}/enrolments")]
pub(crate) async fn list_enrolments(
    state: Data<AppState>,
    req: HttpRequest,
    permit: Permit<EnrolmentsRead, (Id, Parameters)>,
) -> Reply {
    let (caller, (Id(achievement), query)) = (permit.caller, permit.input);
    let filter = EnrolmentFilter { cohort: query.text("cohort")?, status: status(&query)? };
    let wanted = query.page()?;
    let page = state.ask(move |office| office.enrolments(&caller, &achievement, &filter, &wanted)).await;
    reply::page(&req, &query, &page.map_err(Problem::in_query)?)
}

fn status(query: &Parameters) -> Result<Option<EnrolmentStatus>, Problem> {
    let Some(name) = query.text("status")? else { return Ok(None) };
    EnrolmentStatus::parse(&name).map(Some).ok_or_else(|| {
        let known: Vec<&str> = EnrolmentStatus::NAMED.iter().map(|(name, _)| *name).collect();
        bad_parameter("status", "choice", format!("status is one of {}", known.join(", ")))
    })
}

/// Read an enrolment.
///
/// With every completion, withdrawn ones too, and how far they lead.
#[utoipa::path(operation_id = "getEnrolment", tag = "Earning", security(("apiKey" = ["enrolments:read"])),
    params(("id" = String, Path, description = "The enrolment's `id`.")),
    responses((status = 200, description = "The enrolment.", body = schema::EnrolmentView), ReadProblems))]
#[get("/v1/enrolments/{id}")]
pub(crate) async fn get_enrolment(state: Data<AppState>, permit: Permit<EnrolmentsRead, Id>) -> Reply {
    let (caller, Id(id)) = (permit.caller, permit.input);
    let enrolment = state.ask(move |office| office.enrolment(&caller, &id)).await?;
    reply::json(StatusCode::OK, &enrolment)
}

/// Record that a learner completed a requirement.
///
/// When that satisfies all that is wanted, the award is made before this answers, once, with results and evidence; unless the
/// achievement wants a coordinator's approval. 200 instead of 201 where the completion was known already (`externalId`).
#[utoipa::path(operation_id = "completeRequirement", tag = "Earning", security(("apiKey" = ["enrolments:write"])),
    params(
        ("id" = String, Path, description = "The enrolment's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::NewCompletion, content_type = "application/json"),
    responses(
        (status = 201, description = "The completion, recorded, and what came of it.", body = schema::CompletedView),
        (status = 200, description = "The completion that was there.", body = schema::CompletedView),
        EarningProblems
    ))]
#[post("/v1/enrolments/{id}/completions")]
pub(crate) async fn complete_requirement(
    state: Data<AppState>,
    permit: Permit<EnrolmentsWrite, (Id, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(enrolment), Idempotency(key), StrictJson(body)) = permit.input;
    let order = CompletionOrder::parse(&body).map_err(rejected)?;
    let caller = permit.caller;
    let completed = state.ask(move |office| office.complete(&caller, &enrolment, &order, key)).await?;
    let status = if completed.created { StatusCode::CREATED } else { StatusCode::OK };
    reply::json(status, &completed)
}
