//! `GET /xapi/about`.

use accolade_core::xapi::VERSION;
use actix_web::get;
use actix_web::http::StatusCode;
use serde_json::json;

use crate::reply::{self, Reply};
use crate::schema;

/// Tell which versions of the Experience API are spoken.
#[utoipa::path(operation_id = "getXapiAbout", tag = "xAPI", security(()),
    responses((status = 200, description = "The versions.", body = schema::XapiAbout)))]
#[get("/xapi/about")]
pub(crate) async fn get_xapi_about() -> Reply {
    reply::json(StatusCode::OK, &json!({ "version": [VERSION] }))
}
