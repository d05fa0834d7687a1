//! `/coordinate`: the coordinator's tab. Plain forms and redirects; nothing of it needs a script.
//!
//! Whoever signs in with an API key gets an access token for an hour in a cookie that no script can read and no other site can
//! send. A form is taken only when it comes from a page of ours, by its `Origin`, and carries the session's token.

mod form;
mod learner;
mod roster;
mod session;

use accolade_publishing::{Page, SignInFault};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::visitor::Visitor;
use crate::policies::Policy;
use crate::public::send;
use crate::publications::Document;
use crate::reply::Reply;
use crate::state::AppState;
use form::Form;
use session::{Session, is_ours};

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.map(|config| {
        config
            .service(desk)
            .service(sign_in)
            .service(sign_out)
            .service(roster::roster)
            .service(roster::record_ticks)
            .service(learner::learner)
            .service(learner::complete)
            .service(learner::withdraw)
            .service(learner::approve)
            .service(learner::leave)
            .service(learner::make_link)
            .service(back_to_desk)
            .service(back_to_roster)
            .service(back_to_learner)
    });
}

/// Where one begins: the micro-credentials to choose from, or the form to sign in.
#[get("/coordinate")]
async fn desk(state: Data<AppState>, req: HttpRequest) -> Reply {
    let session = match Session::of(&state, &req).await? {
        Ok(session) => session,
        Err(fault) => return signed_out(&state, &req, fault),
    };
    let catalogue = state.catalogue().await?;
    let issuer = session.caller.issuer.as_deref();
    let press = state.publishing.press();
    let page = press.desk_page(&session.coordinator(), &catalogue, issuer, Visitor::of(&req).language())?;
    shown(&req, page)
}

#[post("/coordinate/sign-in")]
async fn sign_in(state: Data<AppState>, req: HttpRequest, body: Payload) -> Reply {
    state.token_rates.count(&req)?;
    if !is_ours(&state, &req) {
        return signed_out(&state, &req, Some(SignInFault::Stale));
    }
    let form = Form::read(&req, body).await?;
    let key = form.text("key").unwrap_or_default().to_owned();
    match Session::begin(&state, key).await? {
        Ok(cookie) => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, "../coordinate"))
            .insert_header((header::SET_COOKIE, cookie))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish()),
        Err(fault) => signed_out(&state, &req, Some(fault)),
    }
}

/// Takes the cookie away. The token in it ends by itself, within the hour.
#[post("/coordinate/sign-out")]
async fn sign_out(state: Data<AppState>, req: HttpRequest, body: Payload) -> Reply {
    let (_session, _form) = match opened(&state, &req, body).await? {
        Ok(both) => both,
        Err(reply) => return Ok(reply),
    };
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, "../coordinate"))
        .insert_header((header::SET_COOKIE, session::ended(&state)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish())
}

/// Where a form was shown again with what was wrong, its address leads to the page it belongs to: whoever reloads it, or chooses
/// another language there, comes back to that.
#[get("/coordinate/{act:sign-in|sign-out}")]
async fn back_to_desk(req: HttpRequest) -> HttpResponse {
    see(format!("../coordinate?{}", req.query_string()))
}

#[get("/coordinate/achievements/{id}/{act}")]
async fn back_to_roster(req: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    see(format!("../{}?{}", roster::encoded(&path.0), req.query_string()))
}

#[get("/coordinate/enrolments/{id}/{act}")]
async fn back_to_learner(req: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    see(format!("../{}?{}", roster::encoded(&path.0), req.query_string()))
}

/// The session and the form of a request that changes something; else the reply it gets.
async fn opened(
    state: &AppState,
    req: &HttpRequest,
    body: Payload,
) -> Result<Result<(Session, Form), HttpResponse>, crate::problem::Problem> {
    if !is_ours(state, req) {
        return Ok(Err(signed_out(state, req, Some(SignInFault::Stale))?));
    }
    let session = match Session::of(state, req).await? {
        Ok(session) => session,
        Err(fault) => {
            return Ok(Err(signed_out(state, req, Some(fault.unwrap_or(SignInFault::Expired)))?));
        }
    };
    let form = Form::read(req, body).await?;
    if !session.made(form.text("csrf").unwrap_or_default()) {
        return Ok(Err(signed_out(state, req, Some(SignInFault::Stale))?));
    }
    Ok(Ok((session, form)))
}

fn signed_out(state: &AppState, req: &HttpRequest, fault: Option<SignInFault>) -> Reply {
    let page = state.publishing.press().sign_in_page(fault, Visitor::of(req).language())?;
    shown(req, page)
}

/// A page of the desk: for the one who asked, and never kept.
fn shown(req: &HttpRequest, page: Page) -> Reply {
    const NO_STORE: HeaderValue = HeaderValue::from_static("private, no-store");
    let document = Document::of_the_moment(page)?;
    Ok(send(req, &Document { policy: Policy::Desk, cache_control: NO_STORE, ..document }, None, None))
}

/// To the page that shows what a form did; relative, so that it also holds behind a path.
fn see(location: String) -> HttpResponse {
    HttpResponse::build(StatusCode::SEE_OTHER)
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
