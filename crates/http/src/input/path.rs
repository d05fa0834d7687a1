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
        let id = req.match_info().get("id").unwrap_or_default();
        let fits = (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        ready(if fits { Ok(Id(id.to_owned())) } else { Err(Problem::not_found()) })
    }
}
