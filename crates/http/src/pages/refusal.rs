//! A refusal as a page, for people who came by a link.

use accolade_publishing::{Page, Press};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use super::visitor::Visitor;
use crate::negotiation;
use crate::policies::Policy;
use crate::problem::Problem;

/// `problem` as a page where a person is to read it; `None` where a machine is.
pub(crate) fn refusal(req: &HttpRequest, press: &Press, problem: &Problem) -> Option<HttpResponse> {
    if !is_for_people(req) {
        return None;
    }
    let visitor = Visitor::of(req);
    let status = problem.kind.status();
    // What the person did himself is worth a sentence; of everything else the page says enough.
    let detail =
        (status == 400 || status == 413 || status == 415 || status == 422).then_some(problem.detail());
    let page = press.problem(status, detail, visitor.language()).ok()?;
    Some(reply(problem, page))
}

/// Whether what stands at this path is for people, and who asks is one. The answer to a form always is.
fn is_for_people(req: &HttpRequest) -> bool {
    const PLACES: [&str; 6] = ["/public/", "/embed/", "/assets/", "/verify", "/progress/", "/coordinate"];
    let path = req.path();
    let is_form = req.method() == Method::POST && (path == "/verify" || path.starts_with("/coordinate/"));
    let of_pages = path == "/" || path == "/public" || PLACES.iter().any(|place| path.starts_with(place));
    is_form || (of_pages && negotiation::reads_pages(req))
}

fn reply(problem: &Problem, page: Page) -> HttpResponse {
    let mut reply = problem.head();
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.content_type));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(page.language.tag()));
    Policy::Page.write(headers);
    reply.set_body(actix_web::body::BoxBody::new(page.body))
}
