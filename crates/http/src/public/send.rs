//! A document as it is sent, or the news that the client has it already.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use crate::publications::Document;

/// What search engines obey ([Google's description](https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#xrobotstag)).
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// `document`, or 304 where the client has it already; `media_type` in place of its own, where the client named one.
pub(crate) fn send(
    req: &HttpRequest,
    document: &Document,
    media_type: Option<&'static str>,
    vary: Option<HeaderValue>,
) -> HttpResponse {
    let unchanged = document.status == StatusCode::OK && has_already(req, &document.etag);
    let mut reply = HttpResponse::new(if unchanged { StatusCode::NOT_MODIFIED } else { document.status });
    let headers = reply.headers_mut();
    headers.insert(header::ETAG, document.etag.clone());
    headers.insert(header::CACHE_CONTROL, document.cache_control.clone());
    if let Some(vary) = vary {
        headers.insert(header::VARY, vary);
    }
    if let Some(link) = &document.link {
        headers.insert(header::LINK, link.clone());
    }
    if document.noindex {
        headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    }
    document.policy.write(headers);
    if unchanged {
        return reply;
    }
    let content_type = media_type.map(HeaderValue::from_static);
    headers.insert(header::CONTENT_TYPE, content_type.unwrap_or_else(|| document.content_type.clone()));
    if let Some(disposition) = &document.disposition {
        headers.insert(header::CONTENT_DISPOSITION, disposition.clone());
    }
    if let Some(language) = &document.language {
        headers.insert(header::CONTENT_LANGUAGE, language.clone());
    }
    reply.set_body(actix_web::body::BoxBody::new(document.body.clone()))
}

/// Whether `If-None-Match` names this entity. Weak tags count: the bytes are what matters.
fn has_already(req: &HttpRequest, etag: &HeaderValue) -> bool {
    let tags = req.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let mut tags = tags.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/").as_bytes() == etag.as_bytes())
}
