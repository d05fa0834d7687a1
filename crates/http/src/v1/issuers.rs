//! `/v1/issuers`: who awards.

use accolade_issuing::{NewIssuer, Office};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, get, patch, post};

use crate::input::{Id, Idempotency, Parameters, StrictJson};
use crate::permit::{IssuersRead, IssuersWrite, Permit};
use crate::publications::Publications;
use crate::reply::{self, Reply};
use crate::schema::{self, ListProblems, ReadProblems, WriteProblems};
use crate::state::AppState;

/// Register an issuer.
///
/// Makes its signing keys. Needs a key that is not bound to an issuer.
#[utoipa::path(operation_id = "registerIssuer", tag = "Issuers", security(("apiKey" = ["issuers:write"])),
    params(("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")),
    request_body(content = schema::NewIssuer, content_type = "application/json"),
    responses(
        (status = 201, description = "The issuer, registered.", body = schema::IssuerView, headers(("Location" = String, description = "Its URL in this API."))),
        WriteProblems
    ))]
#[post("/v1/issuers")]
pub(crate) async fn register_issuer(
    state: Data<AppState>,
    permit: Permit<IssuersWrite, (Idempotency, StrictJson)>,
) -> Reply {
    let (Idempotency(key), StrictJson(body)) = permit.input;
    let new = NewIssuer::parse(body)?;
    let caller = permit.caller;
    let image = new.profile.get("image").cloned();
    let register = move |office: &Office| office.register_issuer(&caller, new.clone(), key.clone());
    let issuer = state.illustrate(image.as_ref(), register).await?;
    reply::created(&format!("/v1/issuers/{}", issuer.id), &issuer)
}

/// List issuers.
///
/// Newest first. A key that is bound to an issuer sees that one.
#[utoipa::path(operation_id = "listIssuers", tag = "Issuers", security(("apiKey" = ["issuers:read"])),
    params(
        ("limit" = Option<u32>, Query, nullable = false, description = "Items on a page: 1 to 200, 50 by default.", minimum = 1, maximum = 200),
        ("cursor" = Option<schema::Cursor>, Query, nullable = false, description = "`next` of the page before.")
    ),
    responses((status = 200, description = "A page of issuers.", body = schema::IssuerPage), ListProblems))]
#[get("/v1/issuers")]
pub(crate) async fn list_issuers(
    state: Data<AppState>,
    req: HttpRequest,
    permit: Permit<IssuersRead, Parameters>,
) -> Reply {
    let (caller, query) = (permit.caller, permit.input);
    let wanted = query.page()?;
    let page = state.ask(move |office| office.issuers(&caller, &wanted)).await?;
    reply::page(&req, &query, &page)
}

/// Read an issuer.
#[utoipa::path(operation_id = "getIssuer", tag = "Issuers", security(("apiKey" = ["issuers:read"])),
    params(("id" = String, Path, description = "The issuer's `id`.")),
    responses((status = 200, description = "The issuer.", body = schema::IssuerView), ReadProblems))]
#[get("/v1/issuers/{id}")]
pub(crate) async fn get_issuer(state: Data<AppState>, permit: Permit<IssuersRead, Id>) -> Reply {
    let (caller, Id(id)) = (permit.caller, permit.input);
    let issuer = state.ask(move |office| office.issuer(&caller, &id)).await?;
    reply::json(StatusCode::OK, &issuer)
}

/// Amend an issuer.
///
/// A [merge patch](https://www.rfc-editor.org/rfc/rfc7396) of its Profile members: `null` takes a member away. Credentials
/// already awarded keep what they say; `idMethod` cannot change.
#[utoipa::path(operation_id = "amendIssuer", tag = "Issuers", security(("apiKey" = ["issuers:write"])),
    params(
        ("id" = String, Path, description = "The issuer's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::IssuerAmendment, content_type = "application/json", example = json!({"description": "Awards micro-credentials.", "email": null})),
    responses((status = 200, description = "The issuer as it is now.", body = schema::IssuerView), WriteProblems))]
#[patch("/v1/issuers/{id}")]
pub(crate) async fn amend_issuer(
    state: Data<AppState>,
    permit: Permit<IssuersWrite, (Id, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(id), Idempotency(key), StrictJson(patch)) = permit.input;
    let caller = permit.caller;
    let image = patch.get("image").cloned();
    let amend = move |office: &Office| office.amend_issuer(&caller, &id, &patch, key.clone());
    let amend = state.then_forget(amend, Publications::forget_everything);
    let issuer = state.illustrate(image.as_ref(), amend).await?;
    reply::json(StatusCode::OK, &issuer)
}
