//! `/vc-api/credentials/derive`: a holder's part of a credential.

use accolade_issuing::Fault;
use accolade_verifying as verifying;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use serde_json::json;

use super::request::Request;
use crate::input::StrictJson;
use crate::permit::{CredentialsRead, Permit};
use crate::problem::{Problem, rejected};
use crate::reply::{self, Reply};
use crate::schema::{self, DeriveProblems};
use crate::state::AppState;
use crate::visits::Visit;

/// Derive a credential.
///
/// Of a credential with an `ecdsa-sd-2023` base proof the one that shows what `selectivePointers` choose and what its issuer
/// made mandatory. The base proof itself is not verified: whoever verifies what was derived does that.
#[utoipa::path(operation_id = "deriveCredential", tag = "VC API", security(("apiKey" = ["credentials:read"])),
    request_body(content = schema::CredentialToDerive, content_type = "application/json"),
    responses((status = 201, description = "The credential to show.", body = schema::IssuedCredential), DeriveProblems))]
#[post("/vc-api/credentials/derive")]
pub(crate) async fn derive_credential(
    state: Data<AppState>,
    permit: Permit<CredentialsRead, (Visit, StrictJson)>,
) -> Reply {
    let (_visit, StrictJson(body)) = permit.input;
    let request = Request::read(&body, "verifiableCredential", &["selectivePointers"]).map_err(refused)?;
    if !request.document.is_object() {
        let detail = "a credential with a base proof is an object";
        return Err(refused(vec![Fault::new("/verifiableCredential", "wrong_type", detail)]));
    }
    let pointers = request.texts("selectivePointers").map_err(refused)?;
    let credential = request.document.clone();
    let derived = state.compute(move || verifying::derive(&credential, &pointers)).await?;
    let derived = derived.map_err(|error| {
        let pointer = match error.code() {
            "bad_pointer" | "nothing_chosen" => "/options/selectivePointers",
            _ => "/verifiableCredential",
        };
        refused(vec![Fault::new(pointer, error.code(), error.to_string())])
    })?;
    reply::json(StatusCode::CREATED, &json!({ "verifiableCredential": derived }))
}

fn refused(faults: Vec<Fault>) -> Problem {
    rejected(faults).of_credential()
}
