//! `/public/keys/{kid}`: one key, which the `kid` of a VC-JWT points to.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::negotiated;
use crate::reply::Reply;
use crate::schema::PublicProblems;
use crate::state::AppState;

const JWK: &[&str] = &["application/jwk+json", "application/json"];
const JSON: &[&str] = &["application/ld+json", "application/json"];

/// Fetch a key.
///
/// One bare JWK; a retired key still answers.
#[utoipa::path(operation_id = "fetchKey", tag = "Public", security(()),
    params(("id" = String, Path, description = "The key's id, the last part of a JWT's `kid`.")),
    responses(
        (status = 200, description = "The JWK.", content((Object = "application/jwk+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/keys/{id}")]
pub(crate) async fn public_key(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JWK).await
}

/// Fetch a key as 2.0 CryptographicKey.
#[utoipa::path(operation_id = "fetchKeyV2", tag = "Public", security(()),
    params(("id" = String, Path, description = "The key's id.")),
    responses(
        (status = 200, description = "The CryptographicKey.", content((Object = "application/ld+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/keys/{id}/v2")]
pub(crate) async fn public_key_v2(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JSON).await
}
