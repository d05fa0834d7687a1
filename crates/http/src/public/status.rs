//! `/public/status/{list}`: which awards are out of force.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::negotiated;
use crate::reply::Reply;
use crate::schema::PublicProblems;
use crate::state::AppState;

const JSON: &[&str] = &["application/ld+json", "application/vc", "application/json"];

/// Fetch a status list.
///
/// A signed [BitstringStatusListCredential](https://www.w3.org/TR/vc-bitstring-status-list/).
#[utoipa::path(operation_id = "fetchStatusList", tag = "Public", security(()),
    params(("id" = String, Path, description = "The list's id.")),
    responses(
        (status = 200, description = "The list.", content((Object = "application/ld+json"), (Object = "application/vc"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/status/{id}")]
pub(crate) async fn public_status_list(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JSON).await
}
