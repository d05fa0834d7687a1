//! What the world fetches, `/public`: no key, open to every origin, from memory.

mod achievements;
mod assertions;
mod credentials;
mod issuers;
mod keys;
mod status;

use accolade_issuing::Publicly;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::negotiation;
use crate::problem::Problem;
use crate::publications::Document;
use crate::reply::Reply;
use crate::state::AppState;

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    // A suffix stands before the bare id, which would take it too.
    config
        .service(credentials::public_credential_json)
        .service(credentials::public_credential_jwt)
        .service(credentials::public_credential)
        .service(assertions::public_assertion_json)
        .service(assertions::public_assertion_jws)
        .service(assertions::public_assertion)
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
        .service(status::public_status_list);
}

/// The document that stands at the path of `req`.
async fn document(state: &AppState, req: &HttpRequest) -> Reply {
    let address = Publicly::from_path(req.path()).ok_or_else(Problem::not_found)?;
    let document = state.publication(&address).await?.ok_or_else(Problem::not_found)?;
    Ok(send(req, &document, None))
}

/// The document at the path of `req`, under the media type among `offers` that the client prefers.
async fn negotiated(state: &AppState, req: &HttpRequest, offers: &'static [&'static str]) -> Reply {
    let address = Publicly::from_path(req.path()).ok_or_else(Problem::not_found)?;
    let document = state.publication(&address).await?.ok_or_else(Problem::not_found)?;
    Ok(send(req, &document, Some(negotiation::choose(req, offers))))
}

/// `document`, or 304 where the client has it already.
fn send(req: &HttpRequest, document: &Document, media_type: Option<&'static str>) -> HttpResponse {
    let unchanged = document.status == StatusCode::OK && has_already(req, &document.etag);
    let mut reply = HttpResponse::new(if unchanged { StatusCode::NOT_MODIFIED } else { document.status });
    let headers = reply.headers_mut();
    headers.insert(header::ETAG, document.etag.clone());
    headers.insert(header::CACHE_CONTROL, document.cache_control.clone());
    if media_type.is_some() {
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    }
    if let Some(link) = &document.link {
        headers.insert(header::LINK, link.clone());
    }
    if unchanged {
        return reply;
    }
    let content_type = media_type.map(HeaderValue::from_static);
    headers.insert(header::CONTENT_TYPE, content_type.unwrap_or_else(|| document.content_type.clone()));
    if document.sandbox {
        let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    reply.set_body(actix_web::body::BoxBody::new(document.body.clone()))
}

/// Whether `If-None-Match` names this entity. Weak tags count: the bytes are what matters.
fn has_already(req: &HttpRequest, etag: &HeaderValue) -> bool {
    let tags = req.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let mut tags = tags.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/").as_bytes() == etag.as_bytes())
}
