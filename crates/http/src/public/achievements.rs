//! `/public/achievements/{id}` and its 2.0 view, `/public/badges/{id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::{document, negotiated};
use crate::reply::Reply;
use crate::schema::{self, PublicProblems};
use crate::state::AppState;

const JSON: &[&str] = &["application/ld+json", "application/json"];

/// Fetch an achievement.
#[utoipa::path(operation_id = "fetchAchievement", tag = "Public", security(()),
    params(("id" = String, Path, description = "The achievement's `id`.")),
    responses(
        (status = 200, description = "The 3.0 Achievement.", content((Object = "application/ld+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/achievements/{id}")]
pub(crate) async fn public_achievement(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JSON).await
}

/// Fetch a 2.0 badge class.
#[utoipa::path(operation_id = "fetchBadge", tag = "Public", security(()),
    params(("id" = String, Path, description = "The achievement's `id`.")),
    responses(
        (status = 200, description = "The BadgeClass.", content((Object = "application/ld+json"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/badges/{id}")]
pub(crate) async fn public_badge(state: Data<AppState>, req: HttpRequest) -> Reply {
    negotiated(&state, &req, JSON).await
}

/// Fetch the image of a 2.0 badge class.
///
/// The achievement's own image, or a plain one where it has none: the BadgeClass demands an image.
#[utoipa::path(operation_id = "fetchBadgeImage", tag = "Public", security(()),
    params(("id" = String, Path, description = "The achievement's `id`.")),
    responses(
        (status = 200, description = "The image.", content((schema::Binary = "image/png"), (schema::Binary = "image/svg+xml")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/badges/{id}/image")]
pub(crate) async fn public_badge_image(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}
