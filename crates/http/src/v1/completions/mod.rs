//! Completions as learning systems send them: the learner and what was done in one, one or many, as JSON or as a table.

mod batch;
mod orders;
pub(crate) mod sheet;

use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;

use crate::input::{Id, Parameters, bad_parameter};
use crate::permit::{EnrolmentsWrite, Permit};
use crate::problem::Problem;
use crate::reply::{self, Reply};
use crate::schema::{self, EarningProblems};
use crate::state::AppState;
use orders::Orders;

pub(crate) use batch::Batch;

/// Record what learners completed, one or many.
///
/// Whoever is not enrolled yet is enrolled by it. JSON with one completion or an array of up to 1,000, or a table (`text/csv`) with
/// up to 10,000 rows. What is wrong is named by its place in the array (`index`) or its line in the table (`line`).
/// `onError=stop`, the default: with anything wrong, nothing is recorded, and the answer is 422 with the same list. `onError=skip`:
/// the good ones are recorded, and the answer is 200 with what came of each. `dryRun=true` records nothing and tells how many
/// awards would be made. Give each an `externalId` and the whole may be sent again.
#[utoipa::path(operation_id = "completeForLearners", tag = "Earning", security(("apiKey" = ["enrolments:write"])),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("dryRun" = Option<schema::Whether>, Query, nullable = false, description = "`true` only tells what would come of it."),
        ("onError" = Option<schema::OnError>, Query, nullable = false, description = "`stop` (nothing is done) or `skip` (the good ones are).")
    ),
    request_body(description = "What they completed.", content(
        (schema::CompletionsOfLearners = "application/json"),
        (schema::CompletionTable = "text/csv")
    )),
    responses(
        (status = 200, description = "What came of each.", body = schema::BatchReport),
        EarningProblems
    ))]
#[post("/v1/achievements/{id}/completions")]
pub(crate) async fn complete_for_learners(
    state: Data<AppState>,
    permit: Permit<EnrolmentsWrite, (Id, Parameters, Orders)>,
) -> Reply {
    let (Id(achievement), query, Orders(orders)) = permit.input;
    let (dry_run, skip) = (is_dry(&query)?, skips(&query)?);
    let batch = Batch { caller: permit.caller, achievement, skip };
    let report =
        if dry_run { batch.foresee(&state, orders).await? } else { batch.carry_out(&state, orders).await? };
    reply::json(StatusCode::OK, &report)
}

fn is_dry(query: &Parameters) -> Result<bool, Problem> {
    match query.text("dryRun")?.as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(bad_parameter("dryRun", "choice", "dryRun is true or false".to_owned())),
    }
}

fn skips(query: &Parameters) -> Result<bool, Problem> {
    match query.text("onError")?.as_deref() {
        None | Some("stop") => Ok(false),
        Some("skip") => Ok(true),
        Some(_) => Err(bad_parameter("onError", "choice", "onError is stop or skip".to_owned())),
    }
}
