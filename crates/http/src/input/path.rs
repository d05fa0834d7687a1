//! The id in a path.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::Problem;

/// `{id}` of the path. Our ids are short ASCII; anything else names nothing, and never reaches the database (PostgreSQL
/// takes no NUL, for one).
pub(crate) struct Id(pub(crate) String);

impl FromRequest for Id {
    type Error = Problem;
    type Future = Ready<Result<Id, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(req, "id").map(Id))
    }
}

/// `{id}` of the path and the id of a part of it, such as `{completion}`.
pub(crate) struct Within {
    pub(crate) id: String,
    pub(crate) part: String,
}

impl FromRequest for Within {
    type Error = Problem;
    type Future = Ready<Result<Within, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let part = req.match_info().iter().map(|(name, _)| name).find(|name| *name != "id");
        let both =
            read(req, "id").and_then(|id| Ok(Within { id, part: read(req, part.unwrap_or_default())? }));
        ready(both)
    }
}

fn read(req: &HttpRequest, name: &str) -> Result<String, Problem> {
    let id = req.match_info().get(name).unwrap_or_default();
    let fits = (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if fits { Ok(id.to_owned()) } else { Err(Problem::not_found()) }
}
