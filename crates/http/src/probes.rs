//! What machines that run this server ask: alive, ready, how busy, and what the API is.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::openapi;
use crate::problem::{Kind, Problem};
use crate::reply::Reply;
use crate::schema::ProbeProblems;
use crate::state::AppState;

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(health).service(ready).service(metrics).service(document);
}

/// Is the process alive?
///
/// Asks nothing of the database: a restart would not mend that.
#[utoipa::path(operation_id = "getHealth", tag = "Operation", security(()), responses(
    (status = 200, description = "The process is alive.", content_type = "text/plain", body = String, example = "ok")
))]
#[get("/healthz")]
async fn health() -> HttpResponse {
    text("text/plain; charset=utf-8", "ok".to_owned())
}

/// Can the server do its work?
///
/// Asks the database. 503 also while the server is going down, so that a balancer sends clients elsewhere first.
#[utoipa::path(operation_id = "getReadiness", tag = "Operation", security(()), responses(
    (status = 200, description = "The server is ready.", content_type = "text/plain", body = String, example = "ok"),
    ProbeProblems
))]
#[get("/readyz")]
async fn ready(state: Data<AppState>) -> Reply {
    if state.is_draining() {
        return Err(Problem::retry_after(Kind::Unavailable, "the server is going down", 5));
    }
    state.ask(|office| office.ping()).await?;
    Ok(text("text/plain; charset=utf-8", "ok".to_owned()))
}

/// Counters for Prometheus.
///
/// OpenMetrics text: requests by route template and status, times, awards, cache hits. No ids, no personal data.
#[utoipa::path(operation_id = "getMetrics", tag = "Operation", security(()), responses(
    (status = 200, description = "The counters.", content_type = "application/openmetrics-text", body = String)
))]
#[get("/metrics")]
async fn metrics(state: Data<AppState>) -> HttpResponse {
    text("application/openmetrics-text; version=1.0.0; charset=utf-8", state.metrics.text().to_string())
}

/// This API as an OpenAPI document.
#[utoipa::path(operation_id = "getOpenApi", tag = "Operation", security(()), responses(
    (status = 200, description = "The OpenAPI 3.1 document.", content_type = "application/json", body = Object)
))]
#[get("/openapi.json")]
async fn document(_: HttpRequest) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(openapi::compact())
}

fn text(content_type: &'static str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content_type))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(body)
}
