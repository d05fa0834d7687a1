//! `/public/images/{id}`: pictures under the hash of their bytes. They never change.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::document;
use crate::reply::Reply;
use crate::schema::{self, AwardFormProblems, PublicProblems};
use crate::state::AppState;

/// Fetch an image as PNG.
///
/// The image itself where it is a PNG, otherwise drawn with 600 pixels a side.
#[utoipa::path(operation_id = "fetchImagePng", tag = "Public", security(()),
    params(("id" = String, Path, description = "The image's `id`: the SHA-256 of its bytes.")),
    responses(
        (status = 200, description = "The image.", body = schema::Binary, content_type = "image/png", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/images/{id}.png")]
pub(crate) async fn public_image_png(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch an image as SVG.
///
/// Only where it is one.
#[utoipa::path(operation_id = "fetchImageSvg", tag = "Public", security(()),
    params(("id" = String, Path, description = "The image's `id`: the SHA-256 of its bytes.")),
    responses(
        (status = 200, description = "The image.", body = schema::Anything, content_type = "image/svg+xml", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/images/{id}.svg")]
pub(crate) async fn public_image_svg(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch an image in a size.
#[utoipa::path(operation_id = "fetchImageSide", tag = "Public", security(()),
    params(
        ("id" = String, Path, description = "The image's `id`: the SHA-256 of its bytes."),
        ("side" = u32, Path, description = "Pixels a side: 90, 200, 400 or 600.")
    ),
    responses(
        (status = 200, description = "The image.", body = schema::Binary, content_type = "image/png", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/images/{id}/{side}.png")]
pub(crate) async fn public_image_side(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch the card of an achievement.
///
/// 1200 × 627: the badge, its name and its issuer, for where the link is shared. Nobody who earned it is on it.
#[utoipa::path(operation_id = "fetchCard", tag = "Public", security(()),
    params(("id" = String, Path, description = "The achievement's `id`.")),
    responses(
        (status = 200, description = "The card.", body = schema::Binary, content_type = "image/png", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        PublicProblems
    ))]
#[get("/public/achievements/{id}/card.png")]
pub(crate) async fn public_card(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch a credential inside of its picture, as PNG.
///
/// The file holds the 3.0 credential and the same award as hosted 2.0 Assertion, each in its own chunk, so that readers of
/// either version find theirs.
#[utoipa::path(operation_id = "fetchCredentialPng", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`."), ("key" = Option<String>, Query, nullable = false, description = "The key of a sharing link; opens a private award.")),
    responses(
        (status = 200, description = "The baked badge.", body = schema::Binary, content_type = "image/png", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Erased.", body = Object, content_type = "application/json"),
        AwardFormProblems
    ))]
#[get("/public/credentials/{id}.png")]
pub(crate) async fn public_credential_png(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch a credential inside of its picture, as SVG.
///
/// Holds what the PNG holds. Where the picture is a PNG, the drawing holds nothing else.
#[utoipa::path(operation_id = "fetchCredentialSvg", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`."), ("key" = Option<String>, Query, nullable = false, description = "The key of a sharing link; opens a private award.")),
    responses(
        (status = 200, description = "The baked badge.", body = schema::Anything, content_type = "image/svg+xml", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Erased.", body = Object, content_type = "application/json"),
        AwardFormProblems
    ))]
#[get("/public/credentials/{id}.svg")]
pub(crate) async fn public_credential_svg(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch a 2.0 assertion inside of its picture.
///
/// A revoked one answers 410 with `{"id", "revoked": true, "revocationReason"}`.
#[utoipa::path(operation_id = "fetchAssertionImage", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`."), ("key" = Option<String>, Query, nullable = false, description = "The key of a sharing link; opens a private award.")),
    responses(
        (status = 200, description = "The baked badge.", body = schema::Binary, content_type = "image/png", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Revoked, and the body says why; or erased.", content((Object = "application/ld+json"), (Object = "application/json"))),
        AwardFormProblems
    ))]
#[get("/public/assertions/{id}/image")]
pub(crate) async fn public_assertion_image(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}
