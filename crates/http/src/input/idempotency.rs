//! `Idempotency-Key`: the same key and the same request give the same reply.

use std::future::{Ready, ready};

use accolade_issuing::IdempotencyKey;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::{Kind, Problem};

/// The idempotency key of the request, where there is one.
pub(crate) struct Idempotency(pub(crate) Option<IdempotencyKey>);

impl FromRequest for Idempotency {
    type Error = Problem;
    type Future = Ready<Result<Idempotency, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(req))
    }
}

fn read(req: &HttpRequest) -> Result<Idempotency, Problem> {
    let mut keys = req.headers().get_all("idempotency-key");
    let Some(key) = keys.next() else { return Ok(Idempotency(None)) };
    if keys.next().is_some() {
        return Err(Problem::new(Kind::Unreadable, "send one Idempotency-Key, not several"));
    }
    let parsed = IdempotencyKey::parse(key.to_str().unwrap_or_default());
    let key = parsed
        .map_err(|fault| Problem::new(Kind::Unreadable, fault.detail.clone()).with_errors(vec![fault]))?;
    Ok(Idempotency(Some(key)))
}
