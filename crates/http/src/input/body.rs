//! Bodies: bounded in size and time, of a demanded media type, and JSON only in its strict form.

use std::time::Duration;

use accolade_issuing::Fault;
use accolade_linked_data::json;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde_json::Value;

use crate::problem::{Kind, Problem};

/// A JSON body may have 1 MiB.
pub(crate) const JSON_LIMIT: usize = 1 << 20;
/// A body that takes longer than this is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// A JSON body in which every reader sees the same: no duplicate members, no lone surrogates, no numbers that round.
pub(crate) struct StrictJson(pub(crate) Value);

impl FromRequest for StrictJson {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<StrictJson, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            demand_json(&req)?;
            let body = read_body(&req, &mut payload, JSON_LIMIT).await?;
            StrictJson::parse(&body)
        })
    }
}

impl StrictJson {
    /// Reads JSON text, and says where it is wrong.
    pub(crate) fn parse(bytes: &[u8]) -> Result<StrictJson, Problem> {
        json::parse(bytes).map(StrictJson).map_err(|error| {
            let fault = Fault::new(error.pointer.clone(), error.kind.code(), error.to_string());
            Problem::new(Kind::Unreadable, error.to_string()).with_errors(vec![fault])
        })
    }
}

fn demand_json(req: &HttpRequest) -> Result<(), Problem> {
    match req.content_type() {
        "application/json" => Ok(()),
        "" => Err(Problem::new(Kind::UnsupportedMediaType, "send Content-Type: application/json")),
        other => Err(Problem::new(
            Kind::UnsupportedMediaType,
            format!("the body must be application/json, not {other:?}"),
        )),
    }
}

/// Reads a body of at most `limit` bytes.
pub(crate) async fn read_body(
    req: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
) -> Result<Bytes, Problem> {
    if req.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Problem::new(Kind::UnsupportedMediaType, "send the body without Content-Encoding"));
    }
    let announced =
        req.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| u64::try_from(limit).is_ok_and(|limit| length > limit)) {
        return Err(too_large(limit));
    }
    let arrived = tokio::time::timeout(PATIENCE, collect(payload, limit)).await;
    arrived.map_err(|_| Problem::new(Kind::Timeout, "the body did not arrive within 10 seconds"))?
}

async fn collect(payload: &mut Payload, limit: usize) -> Result<Bytes, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::new(Kind::Unreadable, "the body broke off"))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

fn too_large(limit: usize) -> Problem {
    Problem::new(Kind::TooLarge, format!("the body may have at most {limit} bytes"))
}
