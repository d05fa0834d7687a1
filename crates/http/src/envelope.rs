//! What every exchange has in common: a request id, headers that keep browsers in check, a line in the log, a count.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use accolade_core::xapi::VERSION;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};

use crate::pages;
use crate::policies::Policy;
use crate::problem::Problem;
use crate::state::AppState;
use crate::xapi;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The middleware around everything.
pub(crate) async fn envelope(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let begun = Instant::now();
    let id = request_id(req.headers());
    let method = req.method().clone();
    let public = req.path().starts_with("/public/");
    let is_xapi = xapi::is_at(req.path());
    if method == Method::HEAD {
        // HEAD is GET without the body, which the encoder leaves out because the client asked so.
        req.head_mut().method = Method::GET;
    }
    let reply = if public && method == Method::OPTIONS {
        req.into_response(preflight())
    } else {
        next.call(req).await?.map_into_boxed_body()
    };
    let mut reply = explain(reply, &id);
    decorate(&mut reply, id.clone(), public);
    if is_xapi {
        reply.headers_mut().insert(xapi::VERSION_HEADER, HeaderValue::from_static(VERSION));
    }
    record(&reply, &method, &id, begun.elapsed());
    Ok(reply)
}

/// Writes a problem out, and turns what a library refused into a problem too.
fn explain(reply: ServiceResponse<BoxBody>, id: &HeaderValue) -> ServiceResponse<BoxBody> {
    let Some(error) = reply.response().error() else { return reply };
    let problem = match error.as_error::<Problem>() {
        Some(problem) => problem.clone(),
        None => Problem::of_status(reply.status()),
    };
    let state = reply.request().app_data::<Data<AppState>>();
    let page = state.and_then(|state| pages::refusal(reply.request(), state.publishing.press(), &problem));
    let written = page.unwrap_or_else(|| {
        let public_url = state.map_or("", |state| state.settings.public_url.as_str());
        problem.reply(public_url, id.to_str().unwrap_or_default())
    });
    reply.into_response(written)
}

fn decorate(reply: &mut ServiceResponse<BoxBody>, id: HeaderValue, public: bool) {
    let https = secure(reply);
    let headers = reply.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::REFERRER_POLICY) {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy = if public { Policy::Document } else { Policy::Api };
        policy.write(headers);
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

fn secure(reply: &ServiceResponse<BoxBody>) -> bool {
    let state = reply.request().app_data::<Data<AppState>>();
    state.is_some_and(|state| state.settings.public_url.starts_with("https:"))
}

/// Any page may read what the world may fetch.
fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ALLOW, "GET, HEAD, OPTIONS"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "Accept, If-None-Match, X-Request-Id"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

/// The log line holds the route's template, never the path, query, body or a token.
fn record(reply: &ServiceResponse<BoxBody>, method: &Method, id: &HeaderValue, took: Duration) {
    let route = reply.request().match_pattern();
    let route = route.as_deref().unwrap_or("none");
    let status = reply.status();
    let method = known(method);
    if let Some(state) = reply.request().app_data::<Data<AppState>>() {
        state.metrics.request(method, route, status.as_u16(), took);
    }
    let id = id.to_str().unwrap_or_default();
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(target: "accolade::access", request_id = id, method, route, status = status.as_u16(), micros);
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(target: "accolade::http", request_id = id, method, route, "answered 500");
    }
}

/// A method as a label: whatever a client invents is `OTHER`, so that it cannot fill the memory with counters.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

/// The client's own id where it is sane, else one that is new in this process.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|id| {
        let sane = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        (1..=64).contains(&id.len()) && id.as_bytes().iter().all(sane)
    });
    given.cloned().unwrap_or_else(new_request_id)
}

static REQUESTS: AtomicU64 = AtomicU64::new(1);
/// Tells this process's ids from another's; not a secret.
static PROCESS: LazyLock<String> = LazyLock::new(|| {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}", RandomState::new().hash_one("accolade"))
});

fn new_request_id() -> HeaderValue {
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    HeaderValue::try_from(format!("{}-{number:x}", *PROCESS)).unwrap_or(HeaderValue::from_static("none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_for(given: &'static [u8]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(REQUEST_ID, HeaderValue::from_bytes(given).unwrap());
        request_id(&headers).to_str().unwrap().to_owned()
    }

    #[test]
    fn a_sane_request_id_is_kept_and_another_replaced() {
        assert_eq!(id_for(b"lms-42.a_B"), "lms-42.a_B");
        for bad in [&b""[..], b"a b", b"<script>", b"\xff", &[b'x'; 65]] {
            let id = request_id(&{
                let mut headers = HeaderMap::new();
                headers.insert(REQUEST_ID, HeaderValue::from_bytes(bad).unwrap());
                headers
            });
            assert!(id.to_str().unwrap().starts_with(PROCESS.as_str()));
        }
    }

    #[test]
    fn invented_methods_share_one_label() {
        assert_eq!(known(&Method::from_bytes(b"FROBNICATE").unwrap()), "OTHER");
        assert_eq!(known(&Method::PATCH), "PATCH");
    }
}
