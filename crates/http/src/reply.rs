//! Replies of the management API.

use accolade_issuing::Page;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::input::Parameters;
use crate::problem::{Kind, Problem};

/// What a handler gives.
pub(crate) type Reply = Result<HttpResponse, Problem>;

/// `status` with `body` as JSON. Such replies belong to one caller, so nobody in between may keep them.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Reply {
    let bytes =
        serde_json::to_vec(body).map_err(|_| Problem::new(Kind::Internal, "the reply cannot be written"))?;
    let mut reply = HttpResponse::build(status);
    reply.insert_header((header::CONTENT_TYPE, "application/json"));
    reply.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(reply.body(bytes))
}

/// 201 with `Location`.
pub(crate) fn created(location: &str, body: &impl Serialize) -> Reply {
    let mut reply = json(StatusCode::CREATED, body)?;
    let value = header::HeaderValue::try_from(location)
        .map_err(|_| Problem::new(Kind::Internal, "the location is not a header"))?;
    reply.headers_mut().insert(header::LOCATION, value);
    Ok(reply)
}

/// A page, with `Link: rel="next"` where there is more.
pub(crate) fn page<T: Serialize>(req: &HttpRequest, query: &Parameters, page: &Page<T>) -> Reply {
    let mut reply = json(StatusCode::OK, page)?;
    if let Some(next) = &page.next {
        let link = format!("<{}?{}>; rel=\"next\"", req.path(), query.with_cursor(next));
        let value = header::HeaderValue::try_from(link)
            .map_err(|_| Problem::new(Kind::Internal, "the link is not a header"))?;
        reply.headers_mut().insert(header::LINK, value);
    }
    Ok(reply)
}
