//! Query parameters: unknown ones are refused by name, known ones read once.

use std::future::{Ready, ready};

use accolade_issuing::{Fault, PageRequest};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use url::form_urlencoded;

use super::suggestion;
use crate::operations;
use crate::problem::{Kind, Problem};

/// Refuses a query parameter that the operation does not document, and one that stands there twice.
pub(crate) fn refuse_unknown_parameters(req: &HttpRequest) -> Result<(), Problem> {
    if req.query_string().is_empty() {
        return Ok(());
    }
    let known = operations::parameters_of(req);
    let mut seen: Vec<String> = Vec::new();
    for (name, _) in form_urlencoded::parse(req.query_string().as_bytes()) {
        if !known.iter().any(|known| *known == name) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let hint = suggestion(&name, &known);
            return Err(bad(&name, "unknown_parameter", format!("unknown query parameter {name:?}{hint}")));
        }
        if seen.iter().any(|earlier| *earlier == name) {
            return Err(bad(
                &name,
                "repeated_parameter",
                format!("the query parameter {name:?} stands there twice"),
            ));
        }
        seen.push(name.into_owned());
    }
    Ok(())
}

/// The query of a list: `limit`, `cursor` and filters, all known by now.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// The value of a filter; an empty or unprintable one is refused.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        let Some(value) = self.get(name) else { return Ok(None) };
        if value.is_empty() || value.len() > 512 || value.chars().any(char::is_control) {
            return Err(bad(name, "bad_parameter", format!("{name} must be 1 to 512 printable characters")));
        }
        Ok(Some(value.to_owned()))
    }

    /// The asked-for part of the list.
    pub(crate) fn page(&self) -> Result<PageRequest, Problem> {
        let limit = match self.get("limit") {
            None => None,
            Some(text) => Some(limit(text)?),
        };
        Ok(PageRequest { limit, cursor: self.text("cursor")? })
    }

    /// The query with another cursor: what `Link: rel="next"` points to.
    pub(crate) fn with_cursor(&self, cursor: &str) -> String {
        let others = self.0.iter().filter(|(name, _)| name != "cursor");
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others)
            .append_pair("cursor", cursor)
            .finish()
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn limit(text: &str) -> Result<u32, Problem> {
    let number = text.parse::<u32>().ok().filter(|limit| (1..=PageRequest::MAX_LIMIT).contains(limit));
    number.ok_or_else(|| {
        bad("limit", "bad_parameter", format!("limit must be 1 to {}", PageRequest::MAX_LIMIT))
    })
}

/// A problem with one query parameter; the pointer of the fault is the parameter's name behind `?`.
pub(crate) fn bad(name: &str, rule: &str, detail: String) -> Problem {
    Problem::new(Kind::BadParameter, detail.clone()).with_errors(vec![Fault::new(
        format!("?{name}"),
        rule,
        detail,
    )])
}

impl FromRequest for Parameters {
    type Error = Problem;
    type Future = Ready<Result<Parameters, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
        ready(Ok(Parameters(pairs)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_filters() {
        let query = Parameters(vec![("status".into(), "active".into()), ("cursor".into(), "a".into())]);
        assert_eq!(query.with_cursor("b c"), "status=active&cursor=b+c");
    }

    #[test]
    fn a_limit_is_a_small_positive_number() {
        assert_eq!(limit("200").unwrap(), 200);
        for bad in ["0", "201", "-1", "1.0", "", "ten", "99999999999999"] {
            assert!(limit(bad).is_err(), "{bad}");
        }
    }
}
