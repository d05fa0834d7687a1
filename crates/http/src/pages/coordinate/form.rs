//! A form of the desk, as a browser sends it: every field is there, some of them empty, some several times.

use actix_web::web::Payload;
use actix_web::{HttpMessage, HttpRequest};
use url::form_urlencoded;

use crate::input::read_body;
use crate::problem::{Kind, Problem};

/// A page of learners with every box ticked is far smaller.
const LIMIT: usize = 1 << 20;
/// More fields than any form of ours has.
const MOST_FIELDS: usize = 10_000;

/// What was filled in. It may hold a key, so it has no `Debug`.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the form; a field that is not ours does no harm.
    pub(super) async fn read(req: &HttpRequest, body: Payload) -> Result<Form, Problem> {
        if req.content_type() != "application/x-www-form-urlencoded" {
            return Err(Problem::new(
                Kind::UnsupportedMediaType,
                "the form must be application/x-www-form-urlencoded",
            ));
        }
        let body = read_body(req, &mut body.into_inner(), LIMIT).await?;
        let fields: Vec<_> = form_urlencoded::parse(&body)
            .take(MOST_FIELDS + 1)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        if fields.len() > MOST_FIELDS {
            return Err(Problem::new(Kind::Unreadable, "the form has too many fields"));
        }
        Ok(Form(fields))
    }

    /// What stands in a field; `None` where nothing does.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().filter(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).find(|value| !value.is_empty())
    }

    /// What stands in every field of that name.
    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        let values = self.0.iter().filter(move |(known, _)| known == name);
        values.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}
