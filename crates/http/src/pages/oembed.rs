//! `/oembed` ([specification](https://oembed.com/)): how a site that was given the address of a badge shows it.

use accolade_publishing::{OEmbedAnswer, OEmbedRequest};
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};

use super::query_value;
use super::visitor::Visitor;
use crate::input::bad_parameter;
use crate::policies::Policy;
use crate::problem::{Kind, Problem};
use crate::reply::Reply;
use crate::schema::{self, OEmbedProblems};
use crate::state::AppState;

/// Describe how to show a badge.
///
/// oEmbed 1.0, of type `rich`, for the address of a credential, as its page has it. Parameters that are not known are passed over,
/// as the specification has it; a badge that is private, or was erased, is not shown.
#[utoipa::path(operation_id = "fetchOembed", tag = "Public", security(()),
    params(
        ("url" = schema::Wanted, Query, description = "The badge's address."),
        ("format" = Option<String>, Query, nullable = false, description = "`json`, the only one there is."),
        ("maxwidth" = Option<u32>, Query, nullable = false, minimum = 1, maximum = 100000, description = "The widest frame you take, in pixels."),
        ("maxheight" = Option<u32>, Query, nullable = false, minimum = 1, maximum = 100000, description = "The highest frame you take, in pixels."),
        ("lang" = Option<String>, Query, nullable = false, description = "The language of the title: en, es, fr, de, zh or ar. Else `Accept-Language`.")
    ),
    responses((status = 200, description = "How to show it.", body = schema::OEmbed), OEmbedProblems))]
#[get("/oembed")]
pub(super) async fn fetch_oembed(state: Data<AppState>, req: HttpRequest) -> Reply {
    let missing = || bad_parameter("url", "required", "say which badge: ?url=https://…".to_owned());
    let url = query_value(&req, "url").ok_or_else(missing)?;
    if query_value(&req, "format").is_some_and(|format| format != "json") {
        return Err(Problem::new(Kind::NotImplemented, "there is JSON only: format=json"));
    }
    let (max_width, max_height) = (pixels(&req, "maxwidth")?, pixels(&req, "maxheight")?);
    let visitor = Visitor::of(&req);
    let language = visitor.language();
    let answer = state
        .publish(move |publishing| {
            publishing.oembed(&OEmbedRequest { url: &url, max_width, max_height }, language)
        })
        .await?;
    match answer {
        Some(OEmbedAnswer::Card(card)) => reply(visitor, card.cache_age, &card),
        Some(OEmbedAnswer::Private) => Err(Problem::new(Kind::PrivateCredential, "this badge is private")),
        Some(OEmbedAnswer::Gone) | None => Err(Problem::not_found()),
    }
}

fn reply(visitor: Visitor, seconds: u32, card: &impl serde::Serialize) -> Reply {
    let body =
        serde_json::to_vec(card).map_err(|_| Problem::new(Kind::Internal, "the reply cannot be written"))?;
    let mut reply = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CACHE_CONTROL, format!("public, max-age={seconds}")))
        .body(body);
    if let Some(vary) = visitor.vary(None) {
        reply.headers_mut().insert(header::VARY, vary);
    }
    reply.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Policy::Document.write(reply.headers_mut());
    Ok(reply)
}

fn pixels(req: &HttpRequest, name: &str) -> Result<Option<u32>, Problem> {
    let Some(text) = query_value(req, name) else { return Ok(None) };
    let number = text.parse().ok().filter(|pixels| (1..=100_000).contains(pixels));
    let bad = || bad_parameter(name, "bad_parameter", format!("{name} must be a number of pixels"));
    number.map(Some).ok_or_else(bad)
}
