//! `/public/assertions/{id}`: the same award as Open Badges 2.0.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::{document, negotiated, represent};
use crate::negotiation::HTML;
use crate::reply::Reply;
use crate::schema::AwardFormProblems;
use crate::state::AppState;

const JSON: &[&str] = &["application/ld+json", "application/json"];
const WITH_PAGE: &[&str] = &["application/ld+json", "application/json", HTML];

/// Fetch a 2.0 assertion.
///
/// A revoked one answers 410 with `{"id", "revoked": true, "revocationReason"}`.
#[utoipa::path(operation_id = "fetchAssertion", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`."),
        ("key" = Option<String>, Query, nullable = false, description = "The key of a sharing link; opens a private award."),
        ("lang" = Option<String>, Query, nullable = false, description = "The language of the page: en, es, fr, de, zh or ar. Else `Accept-Language`.")),
    responses(
        (status = 200, description = "The hosted Assertion.", content((Object = "application/ld+json"), (Object = "application/json"), (String = "text/html")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Revoked; the body says why.", content((Object = "application/ld+json"), (Object = "application/json"))),
        AwardFormProblems
    ))]
#[get("/public/assertions/{id}")]
pub(crate) async fn public_assertion(state: Data<AppState>, req: HttpRequest) -> Reply {
    represent(&state, &req, WITH_PAGE, JSON).await
}

/// Fetch a 2.0 assertion as JSON.
#[utoipa::path(operation_id = "fetchAssertionJson", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`.")),
    responses(
        (status = 200, description = "The hosted Assertion.", content((Object = "application/ld+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Revoked; the body says why.", content((Object = "application/ld+json"), (Object = "application/json"))),
        AwardFormProblems
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
        (status = 410, description = "Revoked; the body says why.", content((Object = "application/ld+json"), (Object = "application/json"))),
        (status = 304, description = "You have it already."),
        AwardFormProblems
    ))]
#[get("/public/assertions/{id}.jws")]
pub(crate) async fn public_assertion_jws(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}
