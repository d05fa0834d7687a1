//! Awards, read and listed.

use accolade_issuing::{AwardStatus, CredentialFilter};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use crate::input::{Id, Parameters, bad_parameter};
use crate::permit::{CredentialsRead, Permit};
use crate::problem::Problem;
use crate::reply::{self, Reply};
use crate::schema::{self, ListProblems, ReadProblems};
use crate::state::AppState;

/// List awards.
///
/// Newest first; the filters narrow together.
#[utoipa::path(operation_id = "listCredentials", tag = "Credentials", security(("apiKey" = ["credentials:read"])),
    params(
        ("issuer" = Option<schema::Wanted>, Query, nullable = false, description = "Only of this issuer, by its `id`."),
        ("achievement" = Option<schema::Wanted>, Query, nullable = false, description = "Only of this achievement, by its `id`."),
        ("recipient" = Option<schema::RecipientSought>, Query, nullable = false, description = "Only to this e-mail address, DID, URL or phone number, as it was in the order."),
        ("status" = Option<schema::AwardStatus>, Query, nullable = false, description = "Only `active`, `suspended` or `revoked` ones."),
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

fn filter(query: &Parameters) -> Result<CredentialFilter, Problem> {
    let status = match query.text("status")? {
        None => None,
        Some(name) => Some(AwardStatus::parse(&name).ok_or_else(|| {
            let detail = format!("status is active, suspended or revoked, not {name:?}");
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
