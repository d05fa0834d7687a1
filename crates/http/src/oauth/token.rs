//! `POST /oauth/token`.

use accolade_issuing::{AccessToken, TokenRefusal};
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::{Data, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, post};
use serde_json::json;

use super::client::client;
use super::form::Form;
use super::refusal::{Halt, Refusal};
use crate::input::read_body;
use crate::reply::Reply;
use crate::schema::{self, TokenProblems};
use crate::state::AppState;

/// A token request is a few hundred bytes.
const FORM_LIMIT: usize = 16 << 10;

/// Get an access token for an API key.
///
/// The client credentials grant of OAuth 2.0 ([RFC 6749, section 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)).
/// `client_id` is the API key's id, `client_secret` its secret; both as HTTP Basic, or both in the form. The token is good for
/// an hour, wherever the key is: `Authorization: Bearer act_…`. It never allows more than its key, and ends with it. Parameters
/// that are not listed here are ignored.
#[utoipa::path(operation_id = "giveToken", tag = "OAuth 2.0", security(()),
    request_body(content = schema::TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token.", body = schema::TokenReply, content_type = "application/json",
            headers(("Cache-Control" = String, description = "`no-store`."), ("Pragma" = String, description = "`no-cache`."))),
        (status = 400, description = "`invalid_request`, `invalid_scope` or `unsupported_grant_type`.", body = schema::TokenError, content_type = "application/json",
            headers(("Cache-Control" = String, description = "`no-store`."), ("Pragma" = String, description = "`no-cache`."))),
        (status = 401, description = "`invalid_client`: no API key has this id and this secret, or it is revoked.", body = schema::TokenError, content_type = "application/json",
            headers(("Cache-Control" = String, description = "`no-store`."), ("Pragma" = String, description = "`no-cache`."), ("WWW-Authenticate" = String, description = "`Basic`."))),
        TokenProblems
    ))]
#[post("/oauth/token")]
pub(crate) async fn give_token(state: Data<AppState>, req: HttpRequest, payload: Payload) -> Reply {
    grant(&state, &req, payload).await.map(|token| told(&token)).or_else(Halt::reply)
}

async fn grant(state: &AppState, req: &HttpRequest, payload: Payload) -> Result<AccessToken, Halt> {
    state.token_rates.count(req)?;
    refuse_other_forms(req)?;
    let body = read_body(req, &mut payload.into_inner(), FORM_LIMIT).await?;
    let form = Form::parse(&body)?;
    match form.get("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return Err(Refusal::UnsupportedGrantType.into()),
        None => return Err(Refusal::InvalidRequest("grant_type is missing: it is client_credentials").into()),
    }
    let client = client(req.headers(), &form)?;
    let scope = form.get("scope").map(str::to_owned);
    let answer = state
        .ask(move |office| match office.give_access_token(&client.id, &client.secret, scope.as_deref()) {
            Err(TokenRefusal::Office(error)) => Err(error),
            answer => Ok(answer),
        })
        .await?;
    Ok(answer?)
}

/// A secret in a URL ends up in the logs of everything on the way, so nothing is read from there.
fn refuse_other_forms(req: &HttpRequest) -> Result<(), Refusal> {
    if !req.query_string().is_empty() {
        return Err(Refusal::InvalidRequest("send the parameters in the body, never in the URL"));
    }
    if req.content_type() != "application/x-www-form-urlencoded" {
        return Err(Refusal::InvalidRequest("the body must be application/x-www-form-urlencoded"));
    }
    Ok(())
}

/// The reply of [RFC 6749, section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
fn told(token: &AccessToken) -> HttpResponse {
    let body = json!({
        "access_token": token.token,
        "token_type": "Bearer",
        "expires_in": token.expires_in,
        "scope": token.scopes.to_text(),
    });
    unkept(StatusCode::OK).body(body.to_string())
}

/// A reply of JSON that nobody on the way may keep.
pub(super) fn unkept(status: StatusCode) -> HttpResponseBuilder {
    let mut reply = HttpResponse::build(status);
    reply.insert_header((header::CONTENT_TYPE, "application/json"));
    reply.insert_header((header::CACHE_CONTROL, "no-store"));
    reply.insert_header((header::PRAGMA, "no-cache"));
    reply
}
