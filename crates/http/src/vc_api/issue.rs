//! `/vc-api/issuers/{id}`: credentials that the caller wrote, signed in an issuer's name.

use accolade_issuing::{Caller, IdempotencyKey, IssueOrder, IssueSuite, Office, OfficeError};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, get, post};
use serde_json::{Value, json};

use crate::input::{Id, Idempotency, StrictJson};
use crate::permit::{CredentialsAward, Permit};
use crate::problem::Problem;
use crate::reply::{self, Reply};
use crate::schema::{self, IssueProblems, ReadProblems};
use crate::state::AppState;
use crate::visits::Visit;

/// What an issuer can sign with.
///
/// The names that `issuer` may be in a credential, for each suite. A suite whose key is yet to be made has no `didKey`: the
/// key is made when the suite is first used.
#[utoipa::path(operation_id = "getIssuerSuites", tag = "VC API", security(("apiKey" = ["credentials:award"])),
    params(("id" = String, Path, description = "The issuer's `id`.")),
    responses((status = 200, description = "The suites.", body = schema::IssuerSuites), ReadProblems))]
#[get("/vc-api/issuers/{id}")]
pub(crate) async fn get_suites(state: Data<AppState>, permit: Permit<CredentialsAward, Id>) -> Reply {
    let (caller, Id(issuer)) = (permit.caller, permit.input);
    let suites = state.ask(move |office| office.issuer_suites(&caller, &issuer)).await?;
    reply::json(StatusCode::OK, &suites)
}

/// Issue a credential.
///
/// Signs a credential that the caller wrote with `eddsa-rdfc-2022`. It is checked first by every rule of the data model, a
/// badge by those of badges too; proofs that stand in it already are kept. It is handed out and not kept here, but for a week
/// as the reply to an `Idempotency-Key`; an audit row with its hash is. `credential.issuer` is the issuer's `profileId`, or the `did:key` of its key for the suite.
#[utoipa::path(operation_id = "issueCredential", tag = "VC API", security(("apiKey" = ["credentials:award"])),
    params(
        ("id" = String, Path, description = "The issuer's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::CredentialToIssue, content_type = "application/json"),
    responses((status = 201, description = "The credential, signed.", body = schema::IssuedCredential), IssueProblems))]
#[post("/vc-api/issuers/{id}/credentials/issue")]
pub(crate) async fn issue_credential(
    state: Data<AppState>,
    permit: Permit<CredentialsAward, (Id, Visit, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(issuer), _visit, Idempotency(key), StrictJson(body)) = permit.input;
    issue(&state, permit.caller, issuer, IssueSuite::default(), key, &body).await
}

/// Issue a credential with a suite.
///
/// As `issueCredential`, with another cryptosuite and curve, or as a token (`jwt`), which comes in an
/// `EnvelopedVerifiableCredential`.
#[utoipa::path(operation_id = "issueCredentialBySuite", tag = "VC API", security(("apiKey" = ["credentials:award"])),
    params(
        ("id" = String, Path, description = "The issuer's `id`."),
        ("suite" = schema::IssueSuite, Path, description = "How it is to be signed."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::CredentialToIssue, content_type = "application/json"),
    responses((status = 201, description = "The credential, signed.", body = schema::IssuedCredential), IssueProblems))]
#[post("/vc-api/issuers/{id}/{suite}/credentials/issue")]
pub(crate) async fn issue_credential_by_suite(
    state: Data<AppState>,
    permit: Permit<CredentialsAward, (Id, Suite, Visit, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(issuer), Suite(suite), _visit, Idempotency(key), StrictJson(body)) = permit.input;
    issue(&state, permit.caller, issuer, suite, key, &body).await
}

async fn issue(
    state: &AppState,
    caller: Caller,
    issuer: String,
    suite: IssueSuite,
    key: Option<IdempotencyKey>,
    body: &Value,
) -> Reply {
    let order = IssueOrder::parse(body).map_err(|error| Problem::from(error).of_credential())?;
    let publications = state.publications.clone();
    let issuing = move |office: &Office| {
        let issued = office.issue(&caller, &issuer, suite, &order, key);
        // A new key is of no use to verifiers who are shown the documents of before. Where issuing failed for a reason of
        // ours it may have been made all the same; a refusal says nothing, and must not cost everybody the documents kept.
        if issued.as_ref().map_or_else(is_ours, |issued| issued.key_made) {
            publications.forget_everything();
        }
        issued
    };
    let issued = state.ask(issuing).await.map_err(Problem::of_credential)?;
    reply::json(StatusCode::CREATED, &json!({ "verifiableCredential": issued.credential }))
}

fn is_ours(error: &OfficeError) -> bool {
    matches!(error, OfficeError::Store(_) | OfficeError::Signing(_) | OfficeError::Corrupt(_))
}

/// `{suite}` of the path.
pub(crate) struct Suite(IssueSuite);

impl FromRequest for Suite {
    type Error = Problem;
    type Future = std::future::Ready<Result<Suite, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        let name = req.match_info().get("suite").unwrap_or_default();
        std::future::ready(IssueSuite::parse(name).map(Suite).ok_or_else(Problem::not_found))
    }
}
