//! Awarding: the reason this server exists.

use accolade_issuing::AwardOrder;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;

use crate::input::{Id, Idempotency, StrictJson};
use crate::permit::{CredentialsAward, Permit};
use crate::reply::{self, Reply};
use crate::schema::{self, WriteProblems};
use crate::state::AppState;

/// Award an achievement to somebody.
///
/// The credential is checked against every rule, signed, verified and stored before this answers, as Open Badges 3.0 (embedded
/// proof and VC-JWT) and as Open Badges 2.0 (hosted and signed). 200 instead of 201 where the award was there already
/// (`externalId`, `onDuplicate: return-existing`) or is a dry run.
#[utoipa::path(operation_id = "awardCredential", tag = "Credentials", security(("apiKey" = ["credentials:award"])),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::AwardOrder, content_type = "application/json"),
    responses(
        (status = 201, description = "The award, made.", body = schema::AwardView, headers(("Location" = String, description = "Its URL in this API."))),
        (status = 200, description = "The award that was there, or what would be awarded.", body = schema::AwardView),
        WriteProblems
    ))]
#[post("/v1/achievements/{id}/credentials")]
pub(crate) async fn award_credential(
    state: Data<AppState>,
    permit: Permit<CredentialsAward, (Id, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(achievement), Idempotency(key), StrictJson(body)) = permit.input;
    let order = AwardOrder::parse(&body)?;
    let caller = permit.caller;
    let awarded = state.ask(move |office| office.award(&caller, &achievement, order, key)).await?;
    if !awarded.created {
        return reply::json(StatusCode::OK, &awarded.award);
    }
    state.metrics.award();
    reply::created(&format!("/v1/credentials/{}", awarded.award.id), &awarded.award)
}
