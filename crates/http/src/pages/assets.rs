//! What pages refer to: the stylesheet and the icon. A name holds a digest of what it names, so it is kept for ever.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::policies::Policy;
use crate::problem::{Kind, Problem};
use crate::public::send;
use crate::publications::Document;
use crate::reply::Reply;
use crate::state::AppState;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.map(|config| config.service(stored).service(favicon));
}

#[get("/assets/{file}")]
async fn stored(state: Data<AppState>, req: HttpRequest) -> Reply {
    let assets = state.publishing.press().assets();
    let asset = assets.iter().find(|known| known.path == req.path()).ok_or_else(Problem::not_found)?;
    let etag = HeaderValue::try_from(format!("\"{}\"", asset.path.trim_start_matches("/assets/")));
    let document = Document {
        status: StatusCode::OK,
        body: asset.body.clone(),
        content_type: HeaderValue::from_static(asset.content_type),
        etag: etag.map_err(|_| Problem::new(Kind::Internal, "a file's name is not a header"))?,
        cache_control: FOR_EVER,
        link: None,
        disposition: None,
        language: None,
        policy: Policy::Asset,
        noindex: false,
    };
    Ok(send(&req, &document, None, None))
}

/// Browsers ask here for pages that name no icon, such as the PDF. Relative, so that it also holds behind a path.
#[get("/favicon.ico")]
async fn favicon(state: Data<AppState>) -> Reply {
    let assets = state.publishing.press().assets();
    let icon =
        assets.iter().find(|known| known.content_type == "image/svg+xml").ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, icon.path.trim_start_matches('/')))
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .finish())
}
