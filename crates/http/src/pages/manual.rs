//! Pages for people who write clients: the problems explained, and the API to try out.

use std::sync::{Arc, LazyLock};

use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::Config;

use crate::policies::Policy;
use crate::problem::{Kind, Problem};
use crate::reply::Reply;

/// docs/errors.md: one section for each problem type.
pub(crate) const ERRORS: &str = include_str!("../../../../docs/errors.md");

static TRY_OUT: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    Arc::new(Config::from("../openapi.json").validator_url("none").try_it_out_enabled(true))
});

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    // Not operations of the API: they stay out of its document.
    config.map(|config| config.service(errors).service(docs).service(docs_file));
}

#[get("/errors")]
async fn errors() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(ERRORS)
}

/// The page's files are named relative to it, so it needs the slash.
#[get("/docs")]
async fn docs() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "docs/")).finish()
}

#[get("/docs/{file:.*}")]
async fn docs_file(file: Path<String>) -> Reply {
    let file = utoipa_swagger_ui::serve(&file, TRY_OUT.clone())
        .map_err(|_| Problem::new(Kind::Internal, "a file of the page cannot be read"))?
        .ok_or_else(Problem::not_found)?;
    let mut reply = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, file.content_type))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(file.bytes.into_owned());
    Policy::TryOut.write(reply.headers_mut());
    Ok(reply)
}
