//! `/public/issuers/{id}`: who awards, and the keys he signs with.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::{document, negotiated, represent};
use crate::negotiation::HTML;
use crate::reply::Reply;
use crate::schema::PublicProblems;
use crate::state::AppState;

const JSON: &[&str] = &["application/ld+json", "application/json"];
const WITH_PAGE: &[&str] = &["application/ld+json", "application/json", HTML];
const DID: &[&str] = &["application/did+json", "application/did+ld+json", "application/json"];

/// Fetch an issuer.
///
/// The 3.0 Profile; for `idMethod: url` it is also the controller document that proofs are checked against.
#[utoipa::path(operation_id = "fetchIssuer", tag = "Public", security(()),
    params(("id" = String, Path, description = "The issuer's `id`."), ("lang" = Option<String>, Query, nullable = false, description = "The language of the page: en, es, fr, de, zh or ar. Else `Accept-Language`.")),
    responses(
        (status = 200, description = "The Profile.", content((Object = "application/ld+json"), (Object = "application/json"), (String = "text/html")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/issuers/{id}")]
pub(crate) async fn public_issuer(state: Data<AppState>, req: HttpRequest) -> Reply {
    represent(&state, &req, WITH_PAGE, JSON).await
}

/// Fetch a 2.0 issuer.
#[utoipa::path(operation_id = "fetchIssuerV2", tag = "Public", security(()),
    params(("id" = String, Path, description = "The issuer's `id`."), ("lang" = Option<String>, Query, nullable = false, description = "The language of the page: en, es, fr, de, zh or ar. Else `Accept-Language`.")),
    responses(
        (status = 200, description = "The 2.0 Issuer.", content((Object = "application/ld+json"), (Object = "application/json"), (String = "text/html")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/issuers/{id}/v2")]
pub(crate) async fn public_issuer_v2(state: Data<AppState>, req: HttpRequest) -> Reply {
    represent(&state, &req, WITH_PAGE, JSON).await
}

/// Fetch an issuer's DID document.
#[utoipa::path(operation_id = "fetchDidDocument", tag = "Public", security(()),
    params(("id" = String, Path, description = "The issuer's `id`.")),
    responses(
        (status = 200, description = "The DID document.", content((Object = "application/did+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/issuers/{id}/did.json")]
pub(crate) async fn public_did_document(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, DID).await
}

/// Fetch an issuer's public keys.
#[utoipa::path(operation_id = "fetchJwks", tag = "Public", security(()),
    params(("id" = String, Path, description = "The issuer's `id`.")),
    responses(
        (status = 200, description = "The JWK set.", body = Object, content_type = "application/jwk-set+json", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/issuers/{id}/jwks.json")]
pub(crate) async fn public_jwks(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch an issuer's 2.0 revocation list.
#[utoipa::path(operation_id = "fetchRevocations", tag = "Public", security(()),
    params(("id" = String, Path, description = "The issuer's `id`.")),
    responses(
        (status = 200, description = "The RevocationList.", content((Object = "application/ld+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/issuers/{id}/revocations")]
pub(crate) async fn public_revocations(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JSON).await
}
