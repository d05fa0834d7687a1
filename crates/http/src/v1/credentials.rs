//! Awards, read and listed, and who may see them.

use accolade_issuing::{AwardAmendment, AwardStatus, CredentialFilter, Office};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, get, patch};

use crate::input::{Id, Idempotency, Parameters, StrictJson, bad_parameter};
use crate::permit::{CredentialsAward, CredentialsRead, Permit};
use crate::problem::Problem;
use crate::reply::{self, Reply};
use crate::schema::{self, ListProblems, ReadProblems, WriteProblems};
use crate::state::AppState;

/// List awards.
///
/// Newest first; the filters narrow together.
#[utoipa::path(operation_id = "listCredentials", tag = "Credentials", security(("apiKey" = ["credentials:read"])),
    params(
        ("issuer" = Option<schema::Wanted>, Query, nullable = false, description = "Only of this issuer, by its `id`."),
        ("achievement" = Option<schema::Wanted>, Query, nullable = false, description = "Only of this achievement, by its `id`."),
        ("recipient" = Option<schema::RecipientSought>, Query, nullable = false, description = "Only to this e-mail address, DID, URL or phone number, as it was in the order."),
        ("status" = Option<schema::AwardStatus>, Query, nullable = false, description = "Only `active`, `suspended`, `revoked` or `erased` ones."),
        ("limit" = Option<u32>, Query, nullable = false, description = "Items on a page: 1 to 200, 50 by default.", minimum = 1, maximum = 200),
        ("cursor" = Option<schema::Cursor>, Query, nullable = false, description = "`next` of the page before.")
    ),
    responses((status = 200, description = "A page of awards.", body = schema::AwardPage), ListProblems))]
#[get("/v1/credentials")]
pub(crate) async fn list_credentials(
    state: Data<AppState>,
    req: HttpRequest,
    permit: Permit<CredentialsRead, Parameters>,
) -> Reply {
    let (caller, query) = (permit.caller, permit.input);
    let (filter, wanted) = (filter(&query)?, query.page()?);
    let page = state.ask(move |office| office.credentials(&caller, &filter, &wanted)).await;
    let page = page.map_err(Problem::in_query)?;
    reply::page(&req, &query, &page)
}

/// Read an award.
#[utoipa::path(operation_id = "getCredential", tag = "Credentials", security(("apiKey" = ["credentials:read"])),
    params(("id" = String, Path, description = "The award's `id`.")),
    responses((status = 200, description = "The award.", body = schema::AwardView), ReadProblems))]
#[get("/v1/credentials/{id}")]
pub(crate) async fn get_credential(state: Data<AppState>, permit: Permit<CredentialsRead, Id>) -> Reply {
    let (caller, Id(id)) = (permit.caller, permit.input);
    let award = state.ask(move |office| office.credential(&caller, &id)).await?;
    reply::json(StatusCode::OK, &award)
}

/// Change who may see an award.
///
/// `visibility` decides what the world is shown from now on, `"shareKey": "renew"` makes the share link that was given out
/// before open nothing any more; `links.share` is the new one. What was signed stays as it is: a name that stands in plain text
/// in a public award stays there, behind the lock once the award is private. Both count at once.
#[utoipa::path(operation_id = "amendCredential", tag = "Credentials", security(("apiKey" = ["credentials:award"])),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::AwardAmendment, content_type = "application/json"),
    responses((status = 200, description = "The award, amended.", body = schema::AwardView), WriteProblems))]
#[patch("/v1/credentials/{id}")]
pub(crate) async fn amend_credential(
    state: Data<AppState>,
    permit: Permit<CredentialsAward, (Id, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(id), Idempotency(key), StrictJson(body)) = permit.input;
    let amendment = AwardAmendment::parse(&body)?;
    let (caller, award) = (permit.caller, id.clone());
    let amend = move |office: &Office| office.amend_award(&caller, &id, &amendment, key);
    let award = state.change(amend, move |publications| publications.forget_status(&award)).await?;
    reply::json(StatusCode::OK, &award)
}

fn filter(query: &Parameters) -> Result<CredentialFilter, Problem> {
    let status = match query.text("status")? {
        None => None,
        Some(name) => Some(AwardStatus::parse(&name).ok_or_else(|| {
            let detail = format!("status is active, suspended, revoked or erased, not {name:?}");
            bad_parameter("status", "bad_parameter", detail)
        })?),
    };
    Ok(CredentialFilter {
        issuer: query.text("issuer")?,
        achievement: query.text("achievement")?,
        recipient: query.text("recipient")?,
        status,
    })
}
