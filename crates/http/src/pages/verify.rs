//! `/verify`: the examination for people. Paste, link or drop a badge, and read what the examiner says.

use accolade_publishing::{Language, Verified, VerifyForm};
use accolade_verifying::{Expectations, Submission};
use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, get, post};
use futures_util::future::LocalBoxFuture;

use super::form::Filled;
use super::query_value;
use super::visitor::Visitor;
use crate::input::{Parameters, bad_parameter, refuse_unknown_parameters};
use crate::negotiation::{self, Choice, HTML};
use crate::problem::Problem;
use crate::public::send;
use crate::publications::{Document, FixedPage};
use crate::reply::{self, Reply};
use crate::schema::{self, VerifyProblems};
use crate::state::AppState;
use crate::visits::Visit;

/// Examine the badge at a URL.
///
/// What `links.verify` of an award leads to: a page for people (`text/html`), the report for everybody else.
#[utoipa::path(operation_id = "verifyUrl", tag = "Verification", security(()),
    params(
        ("url" = schema::Wanted, Query, description = "Where the badge is; https only."),
        ("lang" = Option<String>, Query, nullable = false, description = "The language of the page: en, es, fr, de, zh or ar. Else `Accept-Language`.")
    ),
    responses(
        (status = 200, description = "The report.", content((schema::Report = "application/json"), (String = "text/html"))),
        VerifyProblems
    ))]
#[get("/verify")]
pub(super) async fn verify_url(state: Data<AppState>, req: HttpRequest, query: Parameters) -> Reply {
    let choice = negotiation::choose(&req, &["application/json", HTML]);
    if choice.is_page() {
        return link_or_form(&state, &req, choice).await;
    }
    state.rates.count(&req)?;
    refuse_unknown_parameters(&req)?;
    let missing = || bad_parameter("url", "required", "say which badge: ?url=https://…".to_owned());
    let url = query.text("url")?.ok_or_else(missing)?;
    let visit = Visit::extract(&req).await?;
    let report = state.examiner.verify(Submission::Url(url)).await;
    drop(visit);
    let mut reply = reply::json(StatusCode::OK, &report)?;
    reply.headers_mut().insert(header::VARY, choice.vary());
    Ok(reply)
}

/// The report on what a link names, or where it names nothing, the form. What else a link has picked up on its way does not matter.
async fn link_or_form(state: &AppState, req: &HttpRequest, choice: Choice) -> Reply {
    let visitor = Visitor::of(req);
    let Some(url) = query_value(req, "url") else {
        let form = state.fixed_page(FixedPage::VerifyForm, visitor.language())?;
        return Ok(send(req, &form, None, visitor.vary(Some(choice))));
    };
    state.rates.count(req)?;
    let _visit = Visit::extract(req).await?;
    let report = state.examiner.verify(Submission::Url(url.clone())).await;
    let verified = Verified { report: &report, url: Some(&url) };
    let page = state.publishing.press().verify_report(verified, visitor.language())?;
    Ok(send(req, &Document::of_the_moment(page)?, None, visitor.vary(Some(choice))))
}

/// What was filled in, and the leave to have it examined, which is asked for before the body is read.
pub(super) struct HandedIn {
    filled: Filled,
    _visit: Visit,
}

impl FromRequest for HandedIn {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<HandedIn, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            AppState::of(&req)?.rates.count(&req)?;
            let visit = Visit::extract(&req).await?;
            Ok(HandedIn { filled: Filled::read(&req, &mut payload).await?, _visit: visit })
        })
    }
}

/// The form, filled in. Not an operation of the API, which has `POST /v1/verify`: its answer, refusals too, is always a page.
#[post("/verify")]
pub(super) async fn verify_form(state: Data<AppState>, req: HttpRequest, handed_in: HandedIn) -> Reply {
    let visitor = Visitor::of(&req);
    let HandedIn { filled, _visit } = handed_in;
    let Some((submission, url)) = filled.submission() else {
        return again(&state, &req, filled, visitor.language());
    };
    let mut expectations = Expectations::default();
    expectations.recipient = filled.recipient.clone();
    let report = state.examiner.verify_expecting(submission, &expectations).await;
    // Whom it was expected for stands in no address, so a report on that has none.
    let url = url.as_deref().filter(|_| filled.recipient.is_none());
    let verified = Verified { report: &report, url };
    let page = state.publishing.press().verify_report(verified, visitor.language())?;
    Ok(send(&req, &Document::of_the_moment(page)?, None, None))
}

/// The form once more, with what was filled in: it was no badge, or several.
fn again(state: &AppState, req: &HttpRequest, filled: Filled, language: Language) -> Reply {
    let Filled { url, text, recipient, .. } = filled;
    let form = VerifyForm { url, text, recipient, fault: Some(String::new()) };
    let page = state.publishing.press().verify_form(&form, language)?;
    Ok(send(req, &Document::of_the_moment(page)?, None, None))
}
