//! `/.well-known/oauth-authorization-server`: what a client of OAuth 2.0 has to know of this server
//! ([RFC 8414](https://www.rfc-editor.org/rfc/rfc8414)).

use accolade_issuing::Scope;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use serde_json::json;

use crate::problem::{Kind, Problem};
use crate::reply::Reply;
use crate::schema::{self, MetadataProblems};
use crate::state::AppState;

/// Fetch the metadata of the authorization server.
///
/// Every URL in it is under the configured public URL, whatever the request says. The standard wants https, so a server
/// that is tried out under http has none.
#[utoipa::path(operation_id = "fetchServerMetadata", tag = "OAuth 2.0", security(()),
    responses(
        (status = 200, description = "The metadata.", body = schema::ServerMetadata, content_type = "application/json",
            headers(("Cache-Control" = String, description = "An hour."))),
        MetadataProblems
    ))]
#[get("/.well-known/oauth-authorization-server")]
pub(crate) async fn server_metadata(state: Data<AppState>) -> Reply {
    let base = &state.settings.public_url;
    if !base.starts_with("https://") {
        return Err(Problem::new(
            Kind::NotFound,
            "the metadata are published under an https public URL only",
        ));
    }
    let body = json!({
        "issuer": base,
        "token_endpoint": format!("{base}/oauth/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "grant_types_supported": ["client_credentials"],
        // There is no authorization endpoint, so there is no response type; the standard wants the member all the same.
        "response_types_supported": [],
        "scopes_supported": Scope::ALL,
        "service_documentation": format!("{base}/docs/"),
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(body.to_string()))
}
