//! `/public/credentials/{id}`: an award as Open Badges 3.0.

use accolade_issuing::{CredentialForm, Publicly};
use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::{document, negotiated, send};
use crate::negotiation;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::schema::PublicProblems;
use crate::state::AppState;

const JSON: &[&str] = &["application/ld+json", "application/vc", "application/json"];
const JWT: &[&str] = &["application/vc+jwt", "application/jwt"];
/// In order of preference where a client names several alike.
const ALL: &[&str] =
    &["application/ld+json", "application/vc", "application/json", "application/vc+jwt", "application/jwt"];

/// Fetch a credential.
///
/// By `Accept`: `application/vc`, `application/ld+json` or `application/json` for Open Badges 3.0 JSON with its embedded proof,
/// `application/vc+jwt` for the VC-JWT. Anything else gets the JSON.
#[utoipa::path(operation_id = "fetchCredential", tag = "Public", security(()),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("Accept" = Option<String>, Header, nullable = false, description = "The representation; see the description."),
        ("If-None-Match" = Option<String>, Header, nullable = false, description = "The `ETag` you have; 304 where it still stands.")
    ),
    responses(
        (status = 200, description = "The credential.", content(
            (Object = "application/ld+json"), (Object = "application/vc"), (Object = "application/json"), (String = "application/vc+jwt")
        ), headers(("ETag" = String), ("Link" = String, description = "The other representations."))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/credentials/{id}")]
pub(crate) async fn public_credential(state: Data<AppState>, req: HttpRequest) -> Reply {
    let media_type = negotiation::choose(&req, ALL);
    let Some(Publicly::Credential(id, CredentialForm::Json)) = Publicly::from_path(req.path()) else {
        return Err(Problem::not_found());
    };
    let form = if JWT.contains(&media_type) { CredentialForm::Jwt } else { CredentialForm::Json };
    let found = state.publication(&Publicly::Credential(id, form)).await?.ok_or_else(Problem::not_found)?;
    Ok(send(&req, &found, Some(media_type)))
}

/// Fetch a credential as JSON.
///
/// Open Badges 3.0 with its embedded proof, whatever `Accept` says.
#[utoipa::path(operation_id = "fetchCredentialJson", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`.")),
    responses(
        (status = 200, description = "The credential.", content(
            (Object = "application/ld+json"), (Object = "application/vc"), (Object = "application/json")
        ), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/credentials/{id}.json")]
pub(crate) async fn public_credential_json(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JSON).await
}

/// Fetch a credential as VC-JWT.
#[utoipa::path(operation_id = "fetchCredentialJwt", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`.")),
    responses(
        (status = 200, description = "The VC-JWT, one line of text.", body = String, content_type = "application/vc+jwt", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/credentials/{id}.jwt")]
pub(crate) async fn public_credential_jwt(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}
