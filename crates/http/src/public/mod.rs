//! What the world fetches, `/public`: no key, open to every origin, from memory.

mod achievements;
mod assertions;
mod catalogue;
mod credentials;
mod images;
mod issuers;
mod keys;
mod represent;
mod send;
mod status;

use accolade_issuing::Publicly;
use actix_web::HttpRequest;
use utoipa_actix_web::service_config::ServiceConfig;

use represent::{represent, send_page};
pub(crate) use send::send;

use crate::pages::share_key;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::state::AppState;

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    // A suffix stands before the bare id, which would take it too.
    config
        .service(images::public_credential_png)
        .service(images::public_credential_svg)
        .service(images::public_assertion_image)
        .service(images::public_card)
        .service(images::public_image_side)
        .service(images::public_image_png)
        .service(images::public_image_svg)
        .service(credentials::public_credential_json)
        .service(credentials::public_credential_jwt)
        .service(credentials::public_credential_pdf)
        .service(credentials::public_credential)
        .service(assertions::public_assertion_json)
        .service(assertions::public_assertion_jws)
        .service(assertions::public_assertion)
        .service(achievements::public_achievement_version)
        .service(achievements::public_achievement)
        .service(achievements::public_badge_image)
        .service(achievements::public_badge)
        .service(issuers::public_did_document)
        .service(issuers::public_jwks)
        .service(issuers::public_issuer_v2)
        .service(issuers::public_revocations)
        .service(issuers::public_issuer)
        .service(keys::public_key_v2)
        .service(keys::public_key)
        .service(status::public_status_list)
        .service(catalogue::public_catalogue);
}

/// The document that stands at the path of `req`; it has one form.
async fn document(state: &AppState, req: &HttpRequest) -> Reply {
    let address = Publicly::from_path(req.path()).ok_or_else(Problem::not_found)?;
    let key = share_key(req);
    let document = state.publication(&address, key.as_deref()).await?.ok_or_else(Problem::not_found)?;
    Ok(send(req, &document, None, None))
}

/// The document at the path of `req`, under the media type among `offers` that the client prefers.
async fn negotiated(state: &AppState, req: &HttpRequest, offers: &'static [&'static str]) -> Reply {
    represent(state, req, offers, offers).await
}
