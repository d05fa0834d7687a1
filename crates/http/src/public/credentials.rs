//! `/public/credentials/{id}`: an award as Open Badges 3.0.

use accolade_publishing::PageAddress;
use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::{document, represent, send_page};
use crate::negotiation::HTML;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::schema::{self, AwardFormProblems};
use crate::state::AppState;

const JSON: &[&str] = &["application/ld+json", "application/vc", "application/json"];
/// In order of preference where a client names several alike: who names a type of ours means it, and browsers name pictures as
/// readily as pages.
const ALL: &[&str] = &[
    "application/ld+json",
    "application/vc",
    "application/json",
    "application/vc+jwt",
    "application/jwt",
    HTML,
    "application/pdf",
    "image/png",
    "image/svg+xml",
];

/// Fetch a credential.
///
/// By `Accept`: `application/vc`, `application/ld+json` or `application/json` for Open Badges 3.0 JSON with its embedded proof,
/// `application/vc+jwt` for the VC-JWT, `text/html` for the page, `application/pdf` for the certificate, `image/png` or
/// `image/svg+xml` for the picture with the credential in it. Who names none of them gets the JSON, unless it is known to show or index links: then the page.
#[utoipa::path(operation_id = "fetchCredential", tag = "Public", security(()),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("key" = Option<String>, Query, nullable = false, description = "The key of a sharing link; opens a private award."),
        ("lang" = Option<String>, Query, nullable = false, description = "The language of the page: en, es, fr, de, zh or ar. Else `Accept-Language`."),
        ("Accept" = Option<String>, Header, nullable = false, description = "The representation; see the description."),
        ("If-None-Match" = Option<String>, Header, nullable = false, description = "The `ETag` you have; 304 where it still stands.")
    ),
    responses(
        (status = 200, description = "The credential.", content(
            (Object = "application/ld+json"), (Object = "application/vc"), (Object = "application/json"), (String = "application/vc+jwt"),
            (String = "text/html"), (schema::Binary = "application/pdf"), (schema::Binary = "image/png"), (schema::Anything = "image/svg+xml")
        ), headers(("ETag" = String), ("Link" = String, description = "The other representations."), ("Vary" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Erased.", content((Object = "application/ld+json"), (Object = "application/vc"), (Object = "application/json"), (String = "text/html"))),
        AwardFormProblems
    ))]
#[get("/public/credentials/{id}")]
pub(crate) async fn public_credential(state: Data<AppState>, req: HttpRequest) -> Reply {
    represent(&state, &req, ALL, JSON).await
}

/// Fetch a credential as JSON.
///
/// Open Badges 3.0 with its embedded proof, whatever `Accept` says.
#[utoipa::path(operation_id = "fetchCredentialJson", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`."), ("key" = Option<String>, Query, nullable = false, description = "The key of a sharing link; opens a private award.")),
    responses(
        (status = 200, description = "The credential.", content(
            (Object = "application/ld+json"), (Object = "application/vc"), (Object = "application/json")
        ), headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Erased.", content((Object = "application/ld+json"), (Object = "application/vc"), (Object = "application/json"))),
        AwardFormProblems
    ))]
#[get("/public/credentials/{id}.json")]
pub(crate) async fn public_credential_json(state: Data<AppState>, req: HttpRequest) -> Reply {
    represent(&state, &req, JSON, JSON).await
}

/// Fetch a credential as VC-JWT.
#[utoipa::path(operation_id = "fetchCredentialJwt", tag = "Public", security(()),
    params(("id" = String, Path, description = "The award's `id`."), ("key" = Option<String>, Query, nullable = false, description = "The key of a sharing link; opens a private award.")),
    responses(
        (status = 200, description = "The VC-JWT, one line of text.", body = String, content_type = "application/vc+jwt", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Erased.", content((Object = "application/ld+json"), (Object = "application/json"))),
        AwardFormProblems
    ))]
#[get("/public/credentials/{id}.jwt")]
pub(crate) async fn public_credential_jwt(state: Data<AppState>, req: HttpRequest) -> Reply {
    document(&state, &req).await
}

/// Fetch a credential as a certificate.
///
/// A PDF to print, with the credential attached to it.
#[utoipa::path(operation_id = "fetchCertificate", tag = "Public", security(()),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("key" = Option<String>, Query, nullable = false, description = "The key of a sharing link; opens a private award."),
        ("paper" = Option<String>, Query, nullable = false, description = "`a4`, or `letter`."),
        ("lang" = Option<String>, Query, nullable = false, description = "The language of the certificate: en, es, fr, de, zh or ar. Else `Accept-Language`.")
    ),
    responses(
        (status = 200, description = "The certificate.", body = schema::Binary, content_type = "application/pdf", headers(("ETag" = String))),
        (status = 304, description = "You have it already."),
        (status = 410, description = "Erased.", body = String, content_type = "text/html"),
        AwardFormProblems
    ))]
#[get("/public/credentials/{id}.pdf")]
pub(crate) async fn public_credential_pdf(state: Data<AppState>, req: HttpRequest) -> Reply {
    let address = PageAddress::from_path(req.path()).ok_or_else(Problem::not_found)?;
    send_page(&state, &req, address, None).await
}
