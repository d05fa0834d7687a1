//! `/public/achievements/{id}` and its 2.0 view, `/public/badges/{id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::{document, represent};
use crate::negotiation::HTML;
use crate::reply::Reply;
use crate::schema::{self, PublicProblems};
use crate::state::AppState;

const JSON: &[&str] = &["application/ld+json", "application/json"];
const WITH_PAGE: &[&str] = &["application/ld+json", "application/json", HTML];

/// Fetch an achievement.
#[utoipa::path(operation_id = "fetchAchievement", tag = "Public", security(()),
    params(("id" = String, Path, description = "The achievement's `id`."), ("lang" = Option<String>, Query, nullable = false, description = "The language of the page: en, es, fr, de, zh or ar. Else `Accept-Language`.")),
    responses(
        (status = 200, description = "The 3.0 Achievement.", content((Object = "application/ld+json"), (Object = "application/json"), (String = "text/html")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/achievements/{id}")]
pub(crate) async fn public_achievement(state: Data<AppState>, req: HttpRequest) -> Reply {
    represent(&state, &req, WITH_PAGE, JSON).await
}

/// Fetch an achievement as it once was.
///
/// What credentials awarded under that version hold; `related` of the next version names it.
#[utoipa::path(operation_id = "fetchAchievementVersion", tag = "Public", security(()),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("version" = u32, Path, description = "Which version, from 1.", minimum = 1)
    ),
    responses(
        (status = 200, description = "The 3.0 Achievement.", content((Object = "application/ld+json")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/achievements/{id}/versions/{version}")]
pub(crate) async fn public_achievement_version(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch a 2.0 badge class.
#[utoipa::path(operation_id = "fetchBadge", tag = "Public", security(()),
    params(("id" = String, Path, description = "The achievement's `id`."), ("lang" = Option<String>, Query, nullable = false, description = "The language of the page: en, es, fr, de, zh or ar. Else `Accept-Language`.")),
    responses(
        (status = 200, description = "The BadgeClass.", content((Object = "application/ld+json"), (Object = "application/json"), (String = "text/html")), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/badges/{id}")]
pub(crate) async fn public_badge(state: Data<AppState>, req: HttpRequest) -> Reply {
    represent(&state, &req, WITH_PAGE, JSON).await
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
