//! What the router's own document says about a request: which parameters it takes, which methods a path has.

use std::sync::LazyLock;

use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};

use crate::pages;
use crate::problem::{Kind, Problem};

/// One operation of the document.
struct Known {
    method: Method,
    template: String,
    parameters: Vec<String>,
}

static OPERATIONS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let document = crate::openapi();
    document.paths.paths.iter().flat_map(|(template, item)| known(template, item)).collect()
});

/// Every operation of the document with its method.
pub(crate) fn of_item(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    [
        (Method::GET, &item.get),
        (Method::PUT, &item.put),
        (Method::POST, &item.post),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

fn known(template: &str, item: &PathItem) -> Vec<Known> {
    let parameters = |operation: &Operation| {
        let all = operation.parameters.iter().flatten();
        let query = all.filter_map(|parameter| match parameter {
            RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => {
                Some(parameter.name.clone())
            }
            _ => None,
        });
        query.collect()
    };
    of_item(item)
        .map(|(method, operation)| Known {
            method,
            template: template.to_owned(),
            parameters: parameters(operation),
        })
        .collect()
}

/// The query parameters that the operation of `req` documents.
pub(crate) fn parameters_of(req: &HttpRequest) -> &'static [String] {
    let template = req.match_pattern().unwrap_or_default();
    let found = OPERATIONS.iter().find(|known| known.template == template && known.method == *req.method());
    found.map(|known| known.parameters.as_slice()).unwrap_or_default()
}

/// Answers what no operation answers: 405 where the path is known, else 404.
pub(crate) async fn no_such_operation(req: HttpRequest) -> Result<HttpResponse, Problem> {
    let documented = OPERATIONS.iter().map(|known| (known.template.as_str(), answered(&known.method)));
    let own = pages::METHODS.iter().map(|(template, methods)| (*template, methods.to_vec()));
    let found: Vec<_> = documented.chain(own).filter(|(template, _)| matches(template, req.path())).collect();
    // `/v1/achievements/x:check` is no achievement of that name: the template that says most of the path is meant.
    let said = found.iter().map(|(template, _)| literal(template)).max();
    let meant = found.into_iter().filter(|(template, _)| Some(literal(template)) == said);
    let mut methods: Vec<&str> = meant.flat_map(|(_, methods)| methods).collect();
    if methods.is_empty() {
        return Err(Problem::new(Kind::NotFound, "there is no such path; /docs lists what there is"));
    }
    methods.push("OPTIONS");
    let allow = HeaderValue::try_from(methods.join(", ")).map_err(|_| Problem::not_found())?;
    if req.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish());
    }
    let detail = format!("{} does not apply here; {} do", req.method(), methods.join(", "));
    Err(Problem::new(Kind::MethodNotAllowed, detail).with_header(header::ALLOW, allow))
}

/// The methods that are answered where that one is.
fn answered(method: &Method) -> Vec<&str> {
    if *method == Method::GET { vec!["GET", "HEAD"] } else { vec![method.as_str()] }
}

/// How many characters of a path the template says itself.
fn literal(template: &str) -> usize {
    template.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest).len()).sum()
}

/// Whether `path` is one of the paths of `template`, such as `/public/credentials/{id}.json`.
fn matches(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if segment_matches(wanted, given) => {}
            _ => return false,
        }
    }
}

fn segment_matches(wanted: &str, given: &str) -> bool {
    match wanted.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((_, suffix)) => given.len() > suffix.len() && given.ends_with(suffix),
        None => wanted == given,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_matches_its_paths_only() {
        for (template, path, expected) in [
            ("/v1/issuers", "/v1/issuers", true),
            ("/v1/issuers", "/v1/issuers/", false),
            ("/v1/issuers/{id}", "/v1/issuers/x", true),
            ("/v1/issuers/{id}", "/v1/issuers/", false),
            ("/public/credentials/{id}.jwt", "/public/credentials/x.jwt", true),
            ("/public/credentials/{id}.jwt", "/public/credentials/.jwt", false),
            ("/public/credentials/{id}.jwt", "/public/credentials/x.json", false),
        ] {
            assert_eq!(matches(template, path), expected, "{template} {path}");
        }
    }

    #[test]
    fn a_template_with_a_word_after_the_id_says_more_than_one_without() {
        assert_eq!(literal("/v1/issuers/{id}"), "/v1/issuers/".len());
        assert_eq!(literal("/v1/achievements/{id}:check"), "/v1/achievements/:check".len());
        assert_eq!(literal("/a/{b}/c/{d}.json"), "/a//c/.json".len());
    }
}
