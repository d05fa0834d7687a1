//! `/vc-api/credentials/verify` and `/vc-api/presentations/verify`: any verifiable credential, judged by the data model's rules.

use accolade_issuing::Fault;
use accolade_verifying::{Asked, Report, Submission};
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use serde_json::Value;

use super::request::Request;
use super::verdict::Verdict;
use crate::input::StrictJson;
use crate::permit::{CredentialsRead, Permit};
use crate::reply::{self, Reply};
use crate::schema::{self, ExaminationProblems};
use crate::state::AppState;
use crate::visits::Visit;

const OPTIONS: &[&str] = &["checks", "challenge", "domain"];

/// Verify a credential.
///
/// Any verifiable credential, badge or not: an object with a proof or an envelope, or a token as text. 200 where everything
/// holds; else 400 with what does not. With `checks: ["proof"]` nothing else is
/// looked up, and a key that is not the issuer's is a warning only.
#[utoipa::path(operation_id = "verifyCredential", tag = "VC API", security(("apiKey" = ["credentials:read"])),
    request_body(content = schema::CredentialToVerify, content_type = "application/json"),
    responses((status = 200, description = "It holds.", body = schema::Verification), ExaminationProblems))]
#[post("/vc-api/credentials/verify")]
pub(crate) async fn verify_credential(
    state: Data<AppState>,
    permit: Permit<CredentialsRead, (Visit, StrictJson)>,
) -> Reply {
    let (_visit, StrictJson(body)) = permit.input;
    match read(&body, "verifiableCredential") {
        Ok((credential, asked)) => answer(&state.examiner.verify_credential(credential, &asked).await),
        Err(faults) => refused(faults),
    }
}

/// Verify a presentation.
///
/// The presentation itself, by its holder's proof, and each credential in it. As for `verifyCredential`; `challenge` and
/// `domain` are what the holder was asked for.
#[utoipa::path(operation_id = "verifyPresentation", tag = "VC API", security(("apiKey" = ["credentials:read"])),
    request_body(content = schema::PresentationToVerify, content_type = "application/json"),
    responses((status = 200, description = "It holds.", body = schema::Verification), ExaminationProblems))]
#[post("/vc-api/presentations/verify")]
pub(crate) async fn verify_presentation(
    state: Data<AppState>,
    permit: Permit<CredentialsRead, (Visit, StrictJson)>,
) -> Reply {
    let (_visit, StrictJson(body)) = permit.input;
    match read(&body, "verifiablePresentation") {
        Ok((presented, asked)) => answer(&state.examiner.verify_presentation(presented, &asked).await),
        Err(faults) => refused(faults),
    }
}

/// What stands under `name`, and what is asked of it.
fn read(body: &Value, name: &str) -> Result<(Submission, Asked), Vec<Fault>> {
    let request = Request::read(body, name, OPTIONS)?;
    Ok((request.submission(name)?, request.asked()?))
}

fn answer(report: &Report) -> Reply {
    let verdict = Verdict::of(report);
    reply::json(verdict.status(), &verdict)
}

/// The request itself is wrong; said in the same shape, so that a client reads one.
fn refused(faults: Vec<Fault>) -> Reply {
    reply::json(StatusCode::BAD_REQUEST, &Verdict::of_faults(faults))
}
