//! What is served to people: pages about badges, the check, and pages for those who write clients.

mod assets;
mod coordinate;
mod embed;
mod form;
mod front;
mod manual;
mod oembed;
mod progress;
mod refusal;
mod verify;
mod visitor;

use accolade_publishing::PageAddress;
use actix_web::HttpRequest;
use utoipa_actix_web::service_config::ServiceConfig;

#[cfg(test)]
pub(crate) use manual::ERRORS;
pub(crate) use refusal::refusal;
pub(crate) use visitor::{Visitor, query_value, share_key};

use crate::negotiation::Choice;
use crate::problem::Problem;
use crate::public::send;
use crate::reply::Reply;
use crate::state::AppState;

/// The methods of paths that are no operations of the API, for `Allow`.
pub(crate) const METHODS: &[(&str, &[&str])] = &[
    ("/", &["GET", "HEAD"]),
    ("/robots.txt", &["GET", "HEAD"]),
    ("/favicon.ico", &["GET", "HEAD"]),
    ("/assets/{file}", &["GET", "HEAD"]),
    ("/embed/{id}", &["GET", "HEAD"]),
    ("/verify", &["POST"]),
    ("/progress/{token}", &["GET", "HEAD"]),
    ("/coordinate", &["GET", "HEAD"]),
    ("/coordinate/sign-in", &["GET", "HEAD", "POST"]),
    ("/coordinate/sign-out", &["GET", "HEAD", "POST"]),
    ("/coordinate/achievements/{id}", &["GET", "HEAD"]),
    ("/coordinate/achievements/{id}/{act}", &["GET", "HEAD", "POST"]),
    ("/coordinate/enrolments/{id}", &["GET", "HEAD"]),
    ("/coordinate/enrolments/{id}/{act}", &["GET", "HEAD", "POST"]),
    ("/errors", &["GET", "HEAD"]),
    ("/docs", &["GET", "HEAD"]),
];

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    // Only what answers with JSON is an operation of the API; pages stay out of its document.
    config
        .service(verify::verify_url)
        .service(oembed::fetch_oembed)
        .map(|config| config.service(verify::verify_form).service(embed::embed).service(progress::progress))
        .configure(coordinate::routes)
        .configure(front::routes)
        .configure(assets::routes)
        .configure(manual::routes);
}

/// The page at `address`, which was the outcome of `choice` or is all there is at the path of `req`.
pub(crate) async fn page(
    state: &AppState,
    req: &HttpRequest,
    address: &PageAddress,
    choice: Option<Choice>,
) -> Reply {
    let visitor = Visitor::of(req);
    let page = state.page(address, visitor.preferred).await?.ok_or_else(Problem::not_found)?;
    Ok(send(req, &page, None, visitor.vary(choice)))
}
