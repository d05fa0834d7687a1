//! `/`, what this server is, and `/robots.txt`.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use utoipa_actix_web::service_config::ServiceConfig;

use super::visitor::Visitor;
use crate::public::send;
use crate::publications::FixedPage;
use crate::reply::Reply;
use crate::state::AppState;

/// Which of the badges may be listed their pages say themselves, and who may not look cannot read that: so all may look. What costs
/// work, or is for machines, is nobody's to crawl.
const ROBOTS: &str = "User-agent: *\nDisallow: /v1/\nDisallow: /vc-api/\nDisallow: /oauth/\nDisallow: /1.0/\nDisallow: /oembed\n\
                      Disallow: /verify?\nDisallow: /docs/\nDisallow: /coordinate\nAllow: /\n";

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.map(|config| config.service(landing).service(robots));
}

#[get("/")]
async fn landing(state: Data<AppState>, req: HttpRequest) -> Reply {
    let visitor = Visitor::of(&req);
    let page = state.fixed_page(FixedPage::Landing, visitor.language())?;
    Ok(send(&req, &page, None, visitor.vary(None)))
}

#[get("/robots.txt")]
async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .body(ROBOTS)
}
