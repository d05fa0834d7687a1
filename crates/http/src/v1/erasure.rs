//! Erase: everything that tells of a person goes, and every address of the award says so.

use accolade_issuing::Office;
use actix_web::post;
use actix_web::web::Data;

use super::status::{Change, apply};
use crate::reply::Reply;
use crate::schema::{self, WriteProblems};
use crate::state::AppState;

/// Erase an award.
///
/// Its documents, the recipient's name, your `externalId`, the digests it is found by and the replies kept of it are gone when
/// this answers; it is revoked for good, and each of its public addresses answers 410 with `{"id", "erased": true}`. Nothing brings
/// it back. Again is the same. The `reason` stays in the audit log and must not name the recipient. Copies that others hold, and
/// backups of the database, are theirs and yours to delete.
#[utoipa::path(operation_id = "eraseCredential", tag = "Credentials", security(("apiKey" = ["credentials:revoke"])),
    params(
        ("id" = String, Path, description = "The award's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::Erasure, content_type = "application/json"),
    responses((status = 200, description = "What is left of the award.", body = schema::AwardView), WriteProblems))]
#[post("/v1/credentials/{id}/erase")]
pub(crate) async fn erase_credential(state: Data<AppState>, change: Change) -> Reply {
    apply(&state, change, &["reason"], Office::erase).await
}
