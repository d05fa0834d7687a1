//! `/public/assertions/{id}`: the same award as Open Badges 2.0.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::{document, negotiated};
use crate::reply::Reply;
use crate::schema::PublicProblems;
use crate::state::AppState;

const JSON: &[&str] = &["application/ld+json", "application/json"];

/// Fetch a 2.0 assertion.
///
/// A revoked one answers 410 with `{"id", "revoked": true, "revocationReason"}`.
#[utoipa::path(operation_id = "fetchAssertion", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`.")),
    responses(
        (status = 200, description = "The hosted Assertion.", content((Object = "application/ld+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Revoked; the body says why.", content((Object = "application/ld+json"), (Object = "application/json"))),
        PublicProblems
    ))]
#[get("/public/assertions/{id}")]
pub(crate) async fn public_assertion(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JSON).await
}

/// Fetch a 2.0 assertion as JSON.
#[utoipa::path(operation_id = "fetchAssertionJson", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`.")),
    responses(
        (status = 200, description = "The hosted Assertion.", content((Object = "application/ld+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Revoked; the body says why.", content((Object = "application/ld+json"), (Object = "application/json"))),
        PublicProblems
    ))]
#[get("/public/assertions/{id}.json")]
pub(crate) async fn public_assertion_json(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JSON).await
}

/// Fetch a 2.0 assertion as JWS.
///
/// A revoked one answers 410 with `{"id", "revoked": true, "revocationReason"}`.
#[utoipa::path(operation_id = "fetchAssertionJws", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`.")),
    responses(
        (status = 200, description = "The signed Assertion, one line of text.", body = String, content_type = "application/jose", headers(("ETag" = String))),
        (status = 410, description = "Revoked; the body says why.", body = Object, content_type = "application/ld+json"),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/assertions/{id}.jws")]
pub(crate) async fn public_assertion_jws(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}
